package import Cases
package import Diagnostics
import Glibc
import Reading

/// A registry that was read beside the applications, before it is sure that it will be asked for.
///
/// What is wrong with it is said only by who asks for it.
package struct RegistryAhead: Sendable {
  /// Smaller files are read faster than a thread is begun.
  private static let smallestBytes = 1 << 16
  /// The bytes of a file of applications that are searched for its registry.
  private static let headBytes = 1 << 12

  package let path: String
  /// Nil where it could not be opened.
  package private(set) var file: SourceFile?
  package private(set) var read: Result<Registry, Faults>

  package init(_ path: String, _ catalogue: Catalogue) {
    self.path = path
    do throws(Faults) {
      let file = try InputFile.load(path: path)
      self.file = file
      read = .success(try Registry(reading: file, catalogue))
    } catch {
      read = .failure(error)
    }
  }

  /// Whether a registry is a plain file that takes long enough to be read beside something else.
  static func isWorthwhile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
      && status.st_size >= smallestBytes
  }

  /// The path that a file of applications names as its registry, as far as its first lines show; the reader of the file decides.
  package static func path(namedIn file: SourceFile) -> String? {
    let key = Array("registry:".utf8)
    let value = file.withBytes { bytes -> String? in
      for line in bytes.prefix(headBytes).split(separator: UInt8(ascii: "\n"))
      where line.starts(with: key) {
        let value = String(decoding: line.dropFirst(key.count), as: UTF8.self)
        return CellText.trimmed(value)
      }
      return nil
    }
    guard let value, !value.isEmpty, !value.contains(where: { "\"'#&*!|>%@`".contains($0) }) else {
      return nil
    }
    return InputLoader.resolve(value, from: file)
  }
}
