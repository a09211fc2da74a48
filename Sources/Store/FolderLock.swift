import Glibc

/// A folder taken by one process, which a second one is told of by name.
///
/// The system gives it back when the process ends in whatever way.
final class FolderLock: Sendable {
  private let descriptor: Int32

  /// Takes a folder, which is made where it is not there.
  init(_ folder: String) throws {
    if mkdir(folder, 0o700) != 0, errno != EEXIST {
      throw StoreError.failed("\(folder): \(String(cString: strerror(errno)))")
    }
    let path = "\(folder)/desk.lock"
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw StoreError.failed("\(path): \(String(cString: strerror(errno)))")
    }
    if flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      // It is closed by `deinit`, which runs where an initializer throws after everything is set; a second time it could be another's.
      let holder = Self.read(descriptor)
      throw StoreError.served(
        "\(folder) is served by another process\(holder.isEmpty ? "" : ", \(holder)"); a folder has one"
      )
    }
    let name = "\(Self.programName) (\(getpid()))"
    _ = ftruncate(descriptor, 0)
    _ = name.withCString { pwrite(descriptor, $0, strlen($0), 0) }
  }

  deinit { close(descriptor) }

  private static var programName: String {
    CommandLine.arguments.first?.split(separator: "/").last.map(String.init) ?? "planlintd"
  }

  private static func read(_ descriptor: Int32) -> String {
    var bytes = [UInt8](repeating: 0, count: 128)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : ""
  }
}
