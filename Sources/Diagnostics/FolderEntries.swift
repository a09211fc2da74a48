import Glibc

/// What lies in a folder.
package enum FolderEntries {
  package struct Entry: Sendable {
    package var name: String
    /// A folder itself, links to folders aside.
    package var isFolder: Bool
  }

  /// The folder cannot be read to its end.
  package struct Failure: Error, Sendable {
    package var reason: String
  }

  /// Everything but `.` and `..`, sorted by name.
  package static func of(_ path: String) throws(Failure) -> [Entry] {
    guard let directory = opendir(path) else { throw failure(errno) }
    defer { closedir(directory) }
    var entries: [Entry] = []
    while true {
      errno = 0
      guard let entry = readdir(directory) else {
        if errno == 0 { return entries.sorted { $0.name < $1.name } }
        throw failure(errno)
      }
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name == "." || name == ".." { continue }
      var status = stat()
      let isKnown = lstat("\(path)/\(name)", &status) == 0
      entries.append(
        Entry(name: name, isFolder: isKnown && status.st_mode & S_IFMT == S_IFDIR))
    }
  }

  private static func failure(_ code: Int32) -> Failure {
    Failure(reason: String(cString: strerror(code)).lowercased())
  }
}
