import Glibc

/// Writes several files into a folder, all of them or none.
struct FileSet {
  let folder: String
  let files: [(name: String, text: String)]

  struct Failure: Error {
    let path: String
    let reason: String
  }

  private func path(_ name: String) -> String {
    folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
  }

  /// The files that are there already.
  var existing: [String] {
    files.map { path($0.name) }.filter { path in
      var status = stat()
      return lstat(path, &status) == 0
    }
  }

  /// Makes the folder and the files; `replacing` takes those that are there, which are left as they were otherwise.
  func write(replacing: Bool) throws(Failure) {
    // The one thing that a file cannot take the place of, so that none is placed before it is found.
    for path in files.map({ path($0.name) }) {
      var status = stat()
      if lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
        errno = EISDIR
        throw Failure(path)
      }
    }
    let made = try makeFolders()
    var temporary: [(path: String, final: String)] = []
    var placed: [String] = []
    func undo() {
      for file in temporary { unlink(file.path) }
      for path in placed { unlink(path) }
      for folder in made.reversed() { rmdir(folder) }
    }
    for (name, text) in files {
      let final = path(name)
      var template = Array("\(final).XXXXXX".utf8CString)
      let descriptor = mkstemp(&template)
      if descriptor < 0 {
        let failure = Failure(final)
        undo()
        throw failure
      }
      let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
      temporary.append((path, final))
      var text = text
      let isWhole = text.withUTF8 { Terminal.write(UnsafeRawBufferPointer($0), to: descriptor) }
      let mask = umask(0)
      umask(mask)
      let isDone = isWhole && fchmod(descriptor, 0o666 & ~mask) == 0
      let failure = isDone ? nil : Failure(final)
      close(descriptor)
      if let failure {
        undo()
        throw failure
      }
    }
    for (path, final) in temporary {
      // Without leave to replace, a file that came to be meanwhile stops it.
      let isPlaced = replacing ? rename(path, final) == 0 : link(path, final) == 0
      if !isPlaced {
        let failure = Failure(final)
        undo()
        throw failure
      }
      if !replacing {
        placed.append(final)
      }
    }
    if !replacing { for file in temporary { unlink(file.path) } }
  }

  /// The folders that had to be made, outermost first.
  private func makeFolders() throws(Failure) -> [String] {
    var made: [String] = []
    var prefix = folder.hasPrefix("/") ? "/" : ""
    for part in folder.split(separator: "/") {
      prefix += prefix.isEmpty || prefix.hasSuffix("/") ? String(part) : "/\(part)"
      if mkdir(prefix, 0o777) == 0 {
        made.append(prefix)
      } else if errno != EEXIST {
        let failure = Failure(prefix)
        for folder in made.reversed() { rmdir(folder) }
        throw failure
      }
    }
    return made
  }
}

extension FileSet.Failure {
  fileprivate init(_ path: String) {
    self.init(path: path, reason: String(cString: strerror(errno)).lowercased())
  }
}
