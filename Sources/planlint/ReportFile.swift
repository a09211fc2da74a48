import Glibc

/// Writes a file as a whole: beside its place first, then moved over it, so that a failure leaves the old one as it was.
struct ReportFile {
  let path: String

  struct Failure: Error {
    let path: String
    let reason: String
  }

  /// `body` gives blocks to the function it is handed, which returns false once the disk takes no more.
  func write(_ body: (_ write: @escaping (UnsafeRawBufferPointer) -> Bool) -> Bool) throws(Failure)
  {
    var template = Array("\(path).XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    if descriptor < 0 { throw failure() }
    let temporary = String(
      decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let isWhole = body { Terminal.write($0, to: descriptor) }
    let mask = umask(0)
    umask(mask)
    guard isWhole, fchmod(descriptor, 0o666 & ~mask) == 0, fsync(descriptor) == 0 else {
      let failure = failure()
      close(descriptor)
      unlink(temporary)
      throw failure
    }
    close(descriptor)
    if rename(temporary, path) != 0 {
      let failure = failure()
      unlink(temporary)
      throw failure
    }
  }

  private func failure() -> Failure {
    Failure(path: path, reason: String(cString: strerror(errno)).lowercased())
  }
}
