import Diagnostics

/// The `primaryLocationLineHash` of each line, as GitHub's code scanning computes it.
///
/// A rolling hash over the first hundred UTF-16 units from the line's start that are neither space nor tab, line ends counted
/// as one; equal hashes of a file are numbered. Source: github/codeql-action, src/fingerprints.ts.
struct LineHashes {
  /// Larger files get no hashes (code scanning then computes its own); they need twelve bytes a line.
  static let sizeLimit = 1 << 26

  private static let blockSize = 100
  private static let factor: UInt64 = 37
  private static let endOfFile: UInt16 = 0xFFFF

  private struct Entry {
    var hash: UInt64
    var number: Int32
  }

  private var entries: [Entry] = []

  /// The hash of a line, from 1; nil past the end and in files that are too large.
  subscript(line: Int) -> String? {
    guard entries.indices.contains(line - 1) else { return nil }
    let entry = entries[line - 1]
    return String(entry.hash, radix: 16) + ":\(entry.number)"
  }

  init(_ file: SourceFile) {
    guard file.count <= Self.sizeLimit else { return }
    var roller = Roller()
    file.withBytes { bytes in
      var parser = Unicode.UTF8.ForwardParser()
      var iterator = bytes.makeIterator()
      while true {
        switch parser.parseScalar(from: &iterator) {
        case .valid(let encoded):
          for unit in UTF16.encode(Unicode.UTF8.decode(encoded))
            ?? UTF16.encodedReplacementCharacter
          {
            roller.process(unit)
          }
        case .error: roller.process(0xFFFD)
        case .emptyInput: return
        }
      }
    }
    roller.finish()
    entries = roller.entries
  }

  private struct Roller {
    var entries: [Entry] = []
    private var window = [UInt16](repeating: 0, count: blockSize)
    /// The line that begins at each place of the window; -1 where none does.
    private var lines = [Int](repeating: -1, count: blockSize)
    private var hash: UInt64 = 0
    private var index = 0
    private var line = 0
    private var isLineStart = true
    private var wasReturn = false
    private var counts: [UInt64: Int32] = [:]
    private let leavingFactor = (0..<blockSize).reduce(UInt64(1)) { power, _ in power &* factor }

    mutating func process(_ unit: UInt16) {
      var unit = unit
      if unit == 0x20 || unit == 0x09 || (wasReturn && unit == 0x0A) {
        wasReturn = false
        return
      }
      wasReturn = unit == 0x0D
      if wasReturn { unit = 0x0A }
      if lines[index] != -1 { output() }
      if isLineStart {
        isLineStart = false
        lines[index] = line
        line += 1
      }
      if unit == 0x0A { isLineStart = true }
      update(unit)
    }

    mutating func finish() {
      process(endOfFile)
      for _ in 0..<blockSize {
        if lines[index] != -1 { output() }
        update(0)
      }
    }

    private mutating func output() {
      let number = (counts[hash] ?? 0) + 1
      counts[hash] = number
      // Lines leave the window in the order in which they came.
      entries.append(Entry(hash: hash, number: number))
      lines[index] = -1
    }

    private mutating func update(_ unit: UInt16) {
      let leaving = window[index]
      window[index] = unit
      hash = factor &* hash &+ UInt64(unit) &- leavingFactor &* UInt64(leaving)
      index = (index + 1) % blockSize
    }
  }
}
