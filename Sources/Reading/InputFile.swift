package import Diagnostics
import Glibc

/// Brings a file or standard input into memory.
package enum InputFile {
  /// Up to this size a file is read, not mapped: that is quicker, and nobody can truncate it under us.
  private static let smallestMapping = 1 << 20

  /// Loads `path`; `-` is standard input and is shown as `<stdin>`. The path may name a sheet of a workbook (`a.xlsx#2026`).
  ///
  /// A regular file of a mebibyte or more is mapped. Directories, files that cannot be opened and inputs beyond the limits are
  /// faults that say what to do.
  package static func load(
    path: String, limits: ReadingLimits = .standard
  ) throws(Faults) -> SourceFile {
    if path == "-" { return try readAll(STDIN_FILENO, shown: "<stdin>", limits) }
    var descriptor = open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0, errno == ENOENT {
      // The path may go on with the name of a sheet.
      let file = SheetPath(path).file
      if file != path { descriptor = open(file, O_RDONLY | O_CLOEXEC) }
    }
    if descriptor < 0 { throw Faults(cannotOpen(path, errno)) }
    defer { close(descriptor) }
    var status = stat()
    if fstat(descriptor, &status) != 0 { throw Faults(cannotRead(path, errno)) }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: throw Faults(directory(path))
    case S_IFREG where status.st_size >= smallestMapping:
      let size = Int(status.st_size)
      if size > limits.fileBytes { throw Faults(tooLarge(path, limits.fileBytes)) }
      guard let address = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0),
        address != MAP_FAILED
      else { throw Faults(cannotRead(path, errno)) }
      madvise(address, size, MADV_SEQUENTIAL)
      return SourceFile(
        path: path, memory: UnsafeRawBufferPointer(start: address, count: size),
        release: { munmap(UnsafeMutableRawPointer(mutating: $0.baseAddress), $0.count) })
    case S_IFREG:
      return try readAll(
        descriptor, shown: path, limits, capacity: max(Int(status.st_size) + 1, 1 << 12))
    default: return try readAll(descriptor, shown: path, limits)
    }
  }

  private static func readAll(
    _ descriptor: Int32, shown path: String, _ limits: ReadingLimits,
    capacity expected: Int = 1 << 16
  ) throws(Faults) -> SourceFile {
    var capacity = expected
    var count = 0
    guard var buffer = malloc(capacity) else { throw Faults(cannotRead(path, ENOMEM)) }
    while true {
      if count == capacity {
        if capacity > limits.pipeBytes {
          free(buffer)
          throw Faults(tooLarge(path, limits.pipeBytes))
        }
        // One byte beyond the limit is enough to know.
        capacity = min(capacity * 2, max(limits.pipeBytes, capacity) + 1)
        guard let larger = realloc(buffer, capacity) else {
          free(buffer)
          throw Faults(cannotRead(path, ENOMEM))
        }
        buffer = larger
      }
      let got = read(descriptor, buffer + count, capacity - count)
      if got == 0 { break }
      if got < 0 {
        let code = errno
        if code == EINTR { continue }
        free(buffer)
        throw Faults(code == EISDIR ? directory(path) : cannotRead(path, code))
      }
      count += got
    }
    if count > limits.pipeBytes {
      free(buffer)
      throw Faults(tooLarge(path, limits.pipeBytes))
    }
    return SourceFile(
      path: path, memory: UnsafeRawBufferPointer(start: buffer, count: count),
      release: { free(UnsafeMutableRawPointer(mutating: $0.baseAddress)) })
  }
}

extension InputFile {
  private static func cannotOpen(_ path: String, _ code: Int32) -> Fault {
    switch code {
    case ENOENT, ENOTDIR:
      Fault(
        path: path, zh: "没有这个文件，请核对路径；从标准输入读取请写 `-`",
        en: "there is no such file; check the path, or give `-` to read standard input")
    case EACCES, EPERM:
      Fault(path: path, zh: "没有读取权限，请检查文件权限", en: "may not be read; check the file's permissions")
    default: cannotRead(path, code)
    }
  }

  private static func cannotRead(_ path: String, _ code: Int32) -> Fault {
    let reason = String(cString: strerror(code)).lowercased()
    return Fault(path: path, zh: "无法读取（\(reason)）", en: "cannot be read (\(reason))")
  }

  private static func directory(_ path: String) -> Fault {
    Fault(
      path: path, zh: "这是目录，应给出其中的文件", en: "is a directory; expected a file, so name one in it")
  }

  private static func tooLarge(_ path: String, _ limit: Int) -> Fault {
    let size = ByteCount.words(limit)
    return Fault(
      path: path, zh: "文件超过 \(size) 的上限，请分成几个文件",
      en: "is larger than the limit of \(size); split it into several files")
  }
}
