import Glibc

/// One file that a run writes, replaced as a whole: written beside its place first, then moved over it, so that a failure or a
/// signal leaves the old one as it was.
///
/// Only a regular file is replaced, and keeps its mode and owner; where a symbolic link leads to one, that one is. A device, a FIFO
/// or a socket is written to, and so are `/dev/stdout` and `/dev/fd/N`. A file that nobody may write, one whose owner cannot be
/// kept, and a link that leads nowhere are refused.
struct OutputFile {
  let path: String

  struct Failure: Error {
    let path: String
    let reason: String

    init(path: String, reason: String) {
      self.path = path
      self.reason = reason
    }

    /// With what the system says.
    init(errno path: String) {
      self.init(path: path, reason: String(cString: strerror(errno)).lowercased())
    }
  }

  /// What stands at a path now.
  enum Place {
    /// Nothing, or a regular file: its real path, and its state if it is there.
    case file(String, old: stat?)
    /// Something that is written to as it is.
    case stream
    /// A descriptor of this process.
    case descriptor(Int32)
  }

  /// - Throws: ``Failure`` where nothing can be written there.
  func place() throws(Failure) -> Place {
    if let number = Self.descriptor(path) { return .descriptor(number) }
    var status = stat()
    if stat(path, &status) != 0 {
      if errno != ENOENT { throw Failure(errno: path) }
      if lstat(path, &status) == 0 {
        throw Failure(path: path, reason: "a symbolic link that leads nowhere")
      }
      return .file(path, old: nil)
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw Failure(path: path, reason: "is a folder")
    default: return .stream
    }
    // Root may write what nobody may: the mode says what is meant.
    if status.st_mode & 0o222 == 0 || access(path, W_OK) != 0 {
      throw Failure(path: path, reason: "read-only file")
    }
    guard let real = realpath(path, nil) else { throw Failure(errno: path) }
    defer { free(real) }
    return .file(String(cString: real), old: status)
  }

  /// The descriptor that a path is another name of.
  private static func descriptor(_ path: String) -> Int32? {
    switch path {
    case "/dev/stdout": return STDOUT_FILENO
    case "/dev/stderr": return STDERR_FILENO
    default:
      for folder in ["/dev/fd/", "/proc/self/fd/"] where path.hasPrefix(folder) {
        return Int32(path.dropFirst(folder.count))
      }
      return nil
    }
  }

  /// `body` gives blocks to the function it is handed, which returns false once no more is taken.
  func write(
    _ body: (_ write: @escaping (UnsafeRawBufferPointer) -> Bool) -> Bool
  ) throws(Failure) {
    switch try place() {
    case .file(let real, let old): try replace(real, old, body)
    case .descriptor(let number):
      let copy = dup(number)
      if copy < 0 { throw Failure(errno: path) }
      try pour(into: copy, body)
    case .stream:
      let descriptor = open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC)
      if descriptor < 0 { throw Failure(errno: path) }
      try pour(into: descriptor, body)
    }
  }

  /// Writes to what stays as it is. A reader that has closed it wants no more, which is no failure.
  private func pour(
    into descriptor: Int32, _ body: (@escaping (UnsafeRawBufferPointer) -> Bool) -> Bool
  ) throws(Failure) {
    let isWhole = body { Terminal.write($0, to: descriptor) }
    let code = errno
    close(descriptor)
    errno = code
    if !isWhole, code != EPIPE { throw Failure(errno: path) }
  }

  private func replace(
    _ real: String, _ old: stat?, _ body: (@escaping (UnsafeRawBufferPointer) -> Bool) -> Bool
  ) throws(Failure) {
    let (temporary, descriptor) = try Self.temporary(beside: real, shown: path)
    let isWhole = body { Terminal.write($0, to: descriptor) }
    var failure: Failure?
    if !isWhole || !Self.keep(old, descriptor) || fsync(descriptor) != 0 {
      failure = Failure(errno: path)
    }
    if close(descriptor) != 0, failure == nil { failure = Failure(errno: path) }
    Temporaries.change { paths in
      if failure == nil, rename(temporary, real) != 0 { failure = Failure(errno: path) }
      if failure != nil { unlink(temporary) }
      paths.remove(temporary)
    }
    if let failure { throw failure }
  }

  /// An empty file beside a place, known to ``Temporaries``.
  static func temporary(
    beside path: String, shown: String
  ) throws(Failure) -> (path: String, descriptor: Int32) {
    var template = Array("\(path).XXXXXX".utf8CString)
    var made = ""
    let descriptor = Temporaries.change { paths in
      let descriptor = mkstemp(&template)
      if descriptor >= 0 {
        made = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        paths.insert(made)
      }
      return descriptor
    }
    if descriptor < 0 { throw Failure(errno: shown) }
    return (made, descriptor)
  }

  /// Gives a new file the mode and owner of the one it replaces, else those of any new file.
  static func keep(_ old: stat?, _ descriptor: Int32) -> Bool {
    guard let old else {
      let mask = umask(0)
      umask(mask)
      return fchmod(descriptor, 0o666 & ~mask) == 0
    }
    var own = stat()
    if fstat(descriptor, &own) != 0 { return false }
    if own.st_uid != old.st_uid || own.st_gid != old.st_gid,
      fchown(descriptor, old.st_uid, old.st_gid) != 0
    {
      return false
    }
    return fchmod(descriptor, old.st_mode & 0o7777) == 0
  }
}
