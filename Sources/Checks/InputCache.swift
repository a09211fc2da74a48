import Cases
package import Diagnostics
import Synchronization

/// What was read before, by the bytes of its file, for programs that decide again and again: tenants, profiles, facts and registries are
/// values that any number of threads may use.
///
/// A check of one application against 7,700 institutions takes 196 million instructions (callgrind) where the registry is read each
/// time, and 3 where it is kept.
package final class InputCache: Sendable {
  /// A value that was read from a file; what else it may rest on are the fields and words that the file was read with.
  private struct Entry {
    var file: SourceFile
    var catalogue: Catalogue?
    var value: any Sendable
    var digest: String?
  }

  private let most: (values: Int, bytes: Int)
  private let entries = Mutex<[Entry]>([])

  /// - Parameters:
  ///   - values: so many are kept; those that were not asked for for longest go first.
  ///   - bytes: of files of so many together, but for the last one.
  package init(values: Int = 64, bytes: Int = 32 << 20) { most = (values, bytes) }

  /// What a file was read as before, or is read as now.
  ///
  /// Two threads that ask for it at once may both read it.
  func value<Value: Sendable, Failure: Error>(
    of file: SourceFile, _ catalogue: Catalogue? = nil,
    _ read: () throws(Failure) -> Value
  ) throws(Failure) -> Value {
    if let known = entries.withLock({ Self.find(file, catalogue, in: &$0) as Value? }) {
      return known
    }
    let value = try read()
    entries.withLock { entries in
      entries.append(Entry(file: file, catalogue: catalogue, value: value))
      var bytes = entries.reduce(0) { $0 + $1.file.count }
      while entries.count > most.values || bytes > most.bytes && entries.count > 1 {
        bytes -= entries.removeFirst().file.count
      }
    }
    return value
  }

  private static func find<Value>(
    _ file: SourceFile, _ catalogue: Catalogue?, in entries: inout [Entry]
  ) -> Value? {
    for index in entries.indices.reversed()
    where entries[index].catalogue === catalogue && isSame(entries[index].file, file) {
      guard let value = entries[index].value as? Value else { continue }
      entries.append(entries.remove(at: index))
      return value
    }
    return nil
  }

  /// The digest of a file, which is kept as long as what was read from it.
  func digest(of file: SourceFile, _ make: (SourceFile) -> String) -> String {
    let known = entries.withLock { entries in
      for index in entries.indices.reversed()
      where entries[index].digest != nil && Self.isSame(entries[index].file, file) {
        return entries[index].digest
      }
      return nil
    }
    if let known { return known }
    let digest = make(file)
    entries.withLock { entries in
      for index in entries.indices where Self.isSame(entries[index].file, file) {
        entries[index].digest = digest
      }
    }
    return digest
  }

  private static func isSame(_ one: SourceFile, _ other: SourceFile) -> Bool {
    one.path == other.path && one.statedFormat == other.statedFormat
      && one.hasSameBytes(as: other)
  }
}

extension InputCache? {
  /// What a file was read as before, or is read as now; where nothing is kept, it is read.
  func value<Value: Sendable, Failure: Error>(
    of file: SourceFile, _ catalogue: Catalogue? = nil,
    _ read: () throws(Failure) -> Value
  ) throws(Failure) -> Value {
    guard let self else { return try read() }
    return try self.value(of: file, catalogue, read)
  }

  /// The digest of a file, kept or made.
  package func digest(of file: SourceFile, _ make: (SourceFile) -> String) -> String {
    self?.digest(of: file, make) ?? make(file)
  }
}
