import Glibc

/// What lies in a folder.
enum FolderEntries {
  struct Entry {
    var name: String
    /// A folder itself, links to folders aside.
    var isFolder: Bool
  }

  /// Everything but `.` and `..`, sorted by name; nil where the folder cannot be read to its end.
  static func of(_ path: String) -> [Entry]? {
    guard let directory = opendir(path) else { return nil }
    defer { closedir(directory) }
    var entries: [Entry] = []
    while true {
      errno = 0
      guard let entry = readdir(directory) else {
        return errno == 0 ? entries.sorted { $0.name < $1.name } : nil
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
}
