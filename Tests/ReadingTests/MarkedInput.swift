import Diagnostics

@testable import Reading

/// Input in which `▶` stands where a fault is expected; the marks are no part of it.
struct MarkedInput {
  let file: SourceFile
  let offsets: [Int]

  init(_ marked: String, path: String = "input") {
    var bytes: [UInt8] = []
    var offsets: [Int] = []
    for scalar in marked.unicodeScalars {
      if scalar == "▶" {
        offsets.append(bytes.count)
      } else {
        bytes.append(contentsOf: Array(String(scalar).utf8))
      }
    }
    file = SourceFile(path: path, bytes: bytes)
    self.offsets = offsets
  }

  /// `line:column` of each mark.
  var places: [String] {
    let index = LineIndex(file)
    return offsets.map {
      let position = index.position(of: $0)
      return "\(position.line):\(position.column)"
    }
  }
}

/// The faults of a reading; empty where there are none.
func faults(_ body: () throws(Faults) -> Void) -> [Fault] {
  do {
    try body()
    return []
  } catch {
    return error.faults
  }
}

extension [Fault] {
  /// `line:column` of each.
  var places: [String] {
    map { fault in
      guard let location = fault.location else { return "none" }
      let position = LineIndex(location.file).position(of: location.range.start)
      return "\(position.line):\(position.column)"
    }
  }

  var english: [String] { map(\.message.en) }
}

extension Node {
  /// The tree as one line, without places: `{a: 'b', c: [1, ~]}`.
  var outline: String {
    switch content {
    case .list(let items): "[" + items.map(\.outline).joined(separator: ", ") + "]"
    case .map(let entries):
      "{" + entries.map { $0.key + ": " + $0.value.outline }.joined(separator: ", ") + "}"
    case .scalar(let scalar):
      switch scalar.kind {
      case .plain: scalar.text
      case .quoted: "'" + scalar.text + "'"
      case .number: "#" + scalar.text
      case .bool: "?" + scalar.text
      case .null: "~"
      case .formula, .error: "!" + scalar.text
      }
    }
  }

  /// Every key and value with the bytes it was read from, in the order of the document.
  func pieces(_ file: SourceFile) -> [String] {
    switch content {
    case .scalar: [file.text(range)]
    case .list(let items): items.flatMap { $0.pieces(file) }
    case .map(let entries):
      entries.flatMap { [file.text($0.keyRange) + ":"] + $0.value.pieces(file) }
    }
  }
}

/// A seeded generator (SplitMix64), so that a failure can be repeated.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
