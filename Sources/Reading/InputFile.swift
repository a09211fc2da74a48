package import Diagnostics
import Glibc

/// Brings a file or standard input into memory.
package enum InputFile {
  /// Loads `path`; `-` is standard input and is shown as `<stdin>`. The path may name a sheet of a workbook (`a.xlsx#2026`).
  ///
  /// A file is read, not mapped, so that whatever is done to it meanwhile changes nothing of what was read; one that is another
  /// when its last byte has been read is a fault. So are directories, pipes and devices (nobody knows whether reading one ends),
  /// files that cannot be opened and inputs beyond the limits; each says what to do.
  package static func load(
    path: String, limits: ReadingLimits = .standard
  ) throws(Faults) -> SourceFile {
    if path == "-" { return try readAll(STDIN_FILENO, shown: "<stdin>", most: limits.pipeBytes) }
    // Opening a FIFO that nobody writes to would otherwise never end.
    let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK
    var descriptor = open(path, flags)
    if descriptor < 0, errno == ENOENT {
      // The path may go on with the name of a sheet.
      let file = SheetPath(path).file
      if file != path { descriptor = open(file, flags) }
    }
    if descriptor < 0 { throw Faults(cannotOpen(path, errno)) }
    defer { close(descriptor) }
    var before = stat()
    if fstat(descriptor, &before) != 0 { throw Faults(cannotRead(path, errno)) }
    switch before.st_mode & S_IFMT {
    case S_IFDIR: throw Faults(directory(path))
    case S_IFREG:
      let size = Int(before.st_size)
      if size > limits.fileBytes { throw Faults(tooLarge(path, limits.fileBytes)) }
      let file = try readAll(
        descriptor, shown: path, most: limits.fileBytes, capacity: max(size + 1, 1 << 12))
      var after = stat()
      guard fstat(descriptor, &after) == 0, file.count == Int(after.st_size),
        isSame(before, after)
      else { throw Faults(changed(path)) }
      return file
    default: throw Faults(irregular(path))
    }
  }

  private static func isSame(_ before: stat, _ after: stat) -> Bool {
    before.st_size == after.st_size && before.st_mtim.tv_sec == after.st_mtim.tv_sec
      && before.st_mtim.tv_nsec == after.st_mtim.tv_nsec
  }

  private static func readAll(
    _ descriptor: Int32, shown path: String, most: Int, capacity expected: Int = 1 << 16
  ) throws(Faults) -> SourceFile {
    var capacity = expected
    var count = 0
    guard var buffer = malloc(capacity) else { throw Faults(cannotRead(path, ENOMEM)) }
    while true {
      if count == capacity {
        if capacity > most {
          free(buffer)
          throw Faults(tooLarge(path, most))
        }
        // One byte beyond the limit is enough to know.
        capacity = min(capacity * 2, max(most, capacity) + 1)
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
        if code == EAGAIN {
          var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
          _ = poll(&ready, 1, -1)
          continue
        }
        free(buffer)
        throw Faults(code == EISDIR ? directory(path) : cannotRead(path, code))
      }
      count += got
    }
    if count > most {
      free(buffer)
      throw Faults(tooLarge(path, most))
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

  private static func changed(_ path: String) -> Fault {
    Fault(
      path: path, zh: "读取过程中文件被改动，请待写入结束后重新检查",
      en: "was changed while it was read; run again when nobody writes to it")
  }

  private static func irregular(_ path: String) -> Fault {
    Fault(
      path: path, zh: "这是管道或设备，不是文件；应给出文件，或用 `-` 读取标准输入",
      en: "is a pipe or a device; expected a file, or `-` for standard input")
  }

  package static func tooLarge(_ path: String, _ limit: Int) -> Fault {
    let size = ByteCount.words(limit)
    return Fault(
      path: path, zh: "文件超过 \(size) 的上限，请分成几个文件",
      en: "is larger than the limit of \(size); split it into several files")
  }
}
