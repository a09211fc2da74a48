import Glibc

/// Files that are written into a folder together: beside it first, then moved into it, so that a failure leaves the folder as
/// it was.
///
/// Files of other names are left alone; those that are replaced are kept until all have been moved.
struct ReportFolder {
  struct Failure: Error {
    let path: String
    let reason: String
  }

  private let path: String
  private let temporary: String
  private let names = Names()

  /// The names in the order of writing.
  private final class Names {
    var all: [String] = []
  }

  /// Makes the folder that is written into first.
  init(_ path: String) throws(Failure) {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    self.path = path
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFDIR {
      throw Failure(path: path, reason: "not a folder")
    }
    var template = Array("\(path).XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Failure(errno: path) }
    temporary = String(
      decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  func write(_ text: String, as name: String) throws(Failure) {
    let file = temporary + "/" + name
    let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    if descriptor < 0 { throw Failure(errno: file) }
    var text = text
    let isWhole = text.withUTF8 { Terminal.write(UnsafeRawBufferPointer($0), to: descriptor) }
    guard isWhole, close(descriptor) == 0 else { throw Failure(errno: file) }
    names.all.append(name)
  }

  /// Moves everything into the folder, or nothing.
  func finish() throws(Failure) {
    let old = temporary + "/.old"
    let isNew = mkdir(path, 0o777) == 0
    if !isNew, errno != EEXIST { throw Failure(errno: path) }
    guard mkdir(old, 0o700) == 0 else { throw Failure(errno: old) }
    var moved: [(name: String, hadOld: Bool)] = []
    for name in names.all {
      let target = path + "/" + name
      var status = stat()
      let isThere = lstat(target, &status) == 0
      var failure: Failure?
      if isThere, status.st_mode & S_IFMT == S_IFDIR {
        failure = Failure(path: target, reason: "a folder of this name is there")
      } else if isThere, rename(target, old + "/" + name) != 0 {
        failure = Failure(errno: target)
      } else if rename(temporary + "/" + name, target) != 0 {
        failure = Failure(errno: target)
        if isThere { rename(old + "/" + name, target) }
      }
      if let failure {
        for (name, hadOld) in moved.reversed() {
          rename(path + "/" + name, temporary + "/" + name)
          if hadOld { rename(old + "/" + name, path + "/" + name) }
        }
        if isNew { rmdir(path) }
        throw failure
      }
      moved.append((name, isThere))
    }
    for (name, hadOld) in moved where hadOld { unlink(old + "/" + name) }
    rmdir(old)
    rmdir(temporary)
  }

  /// Takes away what was written and not moved.
  func abandon() {
    for name in names.all { unlink(temporary + "/" + name) }
    rmdir(temporary + "/.old")
    rmdir(temporary)
  }
}

extension ReportFolder.Failure {
  fileprivate init(errno path: String) {
    self.init(path: path, reason: String(cString: strerror(errno)).lowercased())
  }
}
