import ArgumentParser
import Diagnostics
import Glibc

/// Files that are written into a folder together, all of them or none.
///
/// They are written into a new folder beside it first. Where the folder is not there, the new one takes its place; where it is there
/// and holds no folders itself, the new one gets everything else that lies in it (as further links to the same files) and the two
/// change places: one step, which no signal and no error divides. A folder that holds folders, or in which somebody is working, stays what it is: its files are replaced one by one
/// while signals wait, and an error takes back those that were.
struct OutputFolder {
  typealias Failure = OutputFile.Failure

  let path: String
  private let temporary: String
  private let names = Names()
  /// Folders above it that had to be made, outermost first.
  private let made: [String]

  /// The names in the order of writing.
  private final class Names {
    var all: [String] = []
  }

  /// Makes the folder that is written into first, and those above.
  init(_ path: String) throws(Failure) {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    var status = stat()
    if stat(path, &status) == 0 {
      if status.st_mode & S_IFMT != S_IFDIR { throw Failure(path: path, reason: "not a folder") }
      guard let real = realpath(path, nil) else { throw Failure(errno: path) }
      defer { free(real) }
      path = String(cString: real)
      made = []
    } else {
      made = try Self.makeFolders(above: path)
    }
    self.path = path
    var template = Array("\(path).XXXXXX".utf8CString)
    var name = ""
    let isMade = Temporaries.change { paths in
      guard mkdtemp(&template) != nil else { return false }
      name = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
      paths.insert(name)
      return true
    }
    temporary = name
    if !isMade {
      let failure = Failure(errno: path)
      for folder in made.reversed() { rmdir(folder) }
      throw failure
    }
  }

  private static func makeFolders(above path: String) throws(Failure) -> [String] {
    var made: [String] = []
    var prefix = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/").dropLast() {
      prefix += prefix.isEmpty || prefix.hasSuffix("/") ? String(part) : "/\(part)"
      if mkdir(prefix, 0o777) == 0 {
        made.append(prefix)
      } else if errno != EEXIST {
        let failure = Failure(errno: prefix)
        for folder in made.reversed() { rmdir(folder) }
        throw failure
      }
    }
    return made
  }

  /// Of some names those at which something stands in the folder already.
  static func existing(_ names: [String], in folder: String) -> [String] {
    names.map { folder.hasSuffix("/") ? folder + $0 : "\(folder)/\($0)" }.filter { path in
      var status = stat()
      return lstat(path, &status) == 0
    }
  }

  typealias File = (name: String, text: String)

  /// Writes files into a folder, all of them or none.
  static func write(_ files: [File], to path: String, replacing: Bool = true) throws(Failure) {
    let output = try OutputFolder(path)
    do throws(Failure) {
      for file in files { try output.write(file.text, as: file.name) }
      try output.finish(replacing: replacing)
    } catch {
      output.abandon()
      throw error
    }
  }

  /// The same; where it cannot be, says so on standard error and ends with 2.
  static func deliver(
    _ files: [File], to path: String, replacing: Bool = true, _ language: Language
  ) throws {
    do {
      try write(files, to: path, replacing: replacing)
    } catch {
      Terminal.printError(
        language == .zh
          ? "\(error.path): error: 无法写入（\(error.reason)），未写入任何文件"
          : "\(error.path): error: cannot be written (\(error.reason)), so nothing was")
      throw ExitCode(2)
    }
  }

  func write(_ text: String, as name: String) throws(Failure) {
    let target = path + "/" + name
    var old = stat()
    let isThere = lstat(target, &old) == 0
    if isThere, old.st_mode & S_IFMT == S_IFDIR {
      throw Failure(path: target, reason: "a folder of this name is there")
    }
    let file = temporary + "/" + name
    let descriptor = Temporaries.change { _ in
      open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    }
    if descriptor < 0 { throw Failure(errno: target) }
    var text = text
    let isRegular = isThere && old.st_mode & S_IFMT == S_IFREG
    let isWhole = text.withUTF8 { Terminal.write(UnsafeRawBufferPointer($0), to: descriptor) }
    let isKept = isWhole && (!isRegular || OutputFile.keep(old, descriptor))
    let failure = isKept ? nil : Failure(errno: target)
    if close(descriptor) != 0, failure == nil { throw Failure(errno: target) }
    if let failure { throw failure }
    names.all.append(name)
  }

  /// Puts everything into its place, or nothing.
  ///
  /// - Parameter replacing: whether files of these names may be replaced; where they may not and one has come to be, nothing is.
  func finish(replacing: Bool = true) throws(Failure) {
    var failure: Failure?
    Temporaries.change { paths in
      var status = stat()
      if stat(path, &status) != 0 {
        let mask = umask(0)
        umask(mask)
        if chmod(temporary, 0o777 & ~mask) != 0 || Self.move(temporary, path, exchange: false) != 0
        {
          failure = Failure(errno: path)
        } else {
          paths.remove(temporary)
        }
      } else if !replacing, let there = Self.existing(names.all, in: path).first {
        failure = Failure(path: there, reason: "is there already")
      } else if let others = entriesBeside(), !isWorkedIn {
        failure = exchange(others, status)
      } else {
        failure = replaceEach()
      }
    }
    if let failure { throw failure }
    abandon()
  }

  /// Takes away what was written and not put into its place, and the folders that were made for it and are empty.
  ///
  /// What the system does not let it take away is named on standard error, in both languages, since cleaning up knows no options.
  func abandon() {
    let isLeft = Temporaries.change { paths in
      Temporaries.remove(temporary)
      paths.remove(temporary)
      for folder in made.reversed() { rmdir(folder) }
      var status = stat()
      return lstat(temporary, &status) == 0
    }
    if isLeft {
      Terminal.printError(
        "\(temporary): note: 临时目录未能删除，请自行删除 this folder could not be removed; remove it")
    }
  }

  /// The other entries of the folder; nil where one of them is a folder, which cannot be linked.
  private func entriesBeside() -> [String]? {
    guard let entries = try? FolderEntries.of(path), !entries.contains(where: \.isFolder) else {
      return nil
    }
    return entries.map(\.name).filter { !names.all.contains($0) }
  }

  /// Whether this program was started in it: a shell would stand in a folder that is gone.
  private var isWorkedIn: Bool {
    guard let working = getcwd(nil, 0) else { return true }
    defer { free(working) }
    let folder = String(cString: working)
    return folder == path || folder.hasPrefix(path + "/")
  }

  private func exchange(_ others: [String], _ old: stat) -> Failure? {
    for name in others {
      let code = linkat(AT_FDCWD, "\(path)/\(name)", AT_FDCWD, "\(temporary)/\(name)", 0)
      if code != 0 { return replaceEach() }
    }
    if chown(temporary, old.st_uid, old.st_gid) != 0
      || chmod(temporary, old.st_mode & 0o7777) != 0
    {
      return Failure(errno: path)
    }
    // The old folder has the new one's name then, and goes with what is in it.
    if Self.move(temporary, path, exchange: true) == 0 {
      let known = Set(others + names.all)
      // What somebody else put there since it was looked at comes along.
      for entry in (try? FolderEntries.of(temporary)) ?? [] where !known.contains(entry.name) {
        rename("\(temporary)/\(entry.name)", "\(path)/\(entry.name)")
      }
      return nil
    }
    if errno == EINVAL || errno == ENOSYS || errno == EBUSY {
      for name in others { unlink("\(temporary)/\(name)") }
      return replaceEach()
    }
    return Failure(errno: path)
  }

  /// Replaces file after file; on an error those that were replaced come back.
  private func replaceEach() -> Failure? {
    let kept = "\(temporary)/.old"
    guard mkdir(kept, 0o700) == 0 else { return Failure(errno: path) }
    var moved: [(name: String, hadOld: Bool)] = []
    var failure: Failure?
    for name in names.all {
      let target = "\(path)/\(name)"
      var status = stat()
      let isThere = lstat(target, &status) == 0
      // The old file gets a second name; the new one then takes its place in one step.
      if isThere, linkat(AT_FDCWD, target, AT_FDCWD, "\(kept)/\(name)", 0) != 0 {
        failure = Failure(errno: target)
      } else if rename("\(temporary)/\(name)", target) != 0 {
        failure = Failure(errno: target)
      } else {
        moved.append((name, isThere))
        continue
      }
      break
    }
    if failure != nil {
      for (name, hadOld) in moved.reversed() {
        if hadOld {
          rename("\(kept)/\(name)", "\(path)/\(name)")
        } else {
          unlink("\(path)/\(name)")
        }
      }
    }
    for entry in (try? FolderEntries.of(kept)) ?? [] { unlink("\(kept)/\(entry.name)") }
    rmdir(kept)
    return failure
  }

  /// Moves a folder to a place where nothing is, or lets two folders change places (renameat2 of Linux, which Swift's Glibc does not
  /// declare); -1 with `ENOSYS` where the C library has no such call.
  private static func move(_ from: String, _ to: String, exchange: Bool) -> Int32 {
    typealias Call =
      @convention(c) (
        Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32
      ) -> Int32
    guard let symbol = dlsym(nil, "renameat2") else {
      errno = ENOSYS
      return -1
    }
    let renameat2 = unsafeBitCast(symbol, to: Call.self)
    return renameat2(AT_FDCWD, from, AT_FDCWD, to, exchange ? exchangeFlag : noReplaceFlag)
  }

  private static let noReplaceFlag: UInt32 = 1
  private static let exchangeFlag: UInt32 = 2
}
