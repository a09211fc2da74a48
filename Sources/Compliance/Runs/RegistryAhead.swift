import Diagnostics
import Dispatch
import Glibc
import Reading

/// A registry that is read while the applications are, before it is sure that it will be asked for.
///
/// What is wrong with it is said only by who asks for it.
// SAFETY: written by the one thread that reads, and read by those that have waited for it.
final class RegistryAhead: @unchecked Sendable {
  /// Smaller files are read faster than a thread is begun.
  private static let smallestBytes = 1 << 16
  /// The bytes of a file of applications that are searched for its registry.
  private static let headBytes = 1 << 12

  let path: String
  private let group = DispatchGroup()
  private var file: SourceFile?
  private var read: Result<Registry, Faults>?

  /// Begins to read; nil where that is not worth a thread, or is no plain file.
  init?(_ path: String, _ catalogue: Catalogue) {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_size >= Self.smallestBytes
    else { return nil }
    self.path = path
    DispatchQueue.global(qos: .userInitiated).async(group: group) { [self] in
      do throws(Faults) {
        let file = try InputFile.load(path: path)
        self.file = file
        read = .success(try Registry(reading: file, catalogue))
      } catch {
        read = .failure(error)
      }
    }
  }

  /// The file, where it could be opened, and what was read.
  func wait() -> (file: SourceFile?, read: Result<Registry, Faults>) {
    group.wait()
    return (file, read ?? .success(Registry()))
  }

  /// The path that a file of applications names as its registry, as far as its first lines show; the reader of the file decides.
  static func path(namedIn file: SourceFile) -> String? {
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
