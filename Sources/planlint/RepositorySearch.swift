import Glibc
import PlanlintKit

/// The git repository of the working folder.
enum RepositorySearch {
  /// Nil where the working folder lies in none.
  static func find() -> Repository? {
    guard let path = realpath(".", nil) else { return nil }
    defer { free(path) }
    let working = String(cString: path)
    var parts = working.split(separator: "/")
    while true {
      let folder = "/" + parts.joined(separator: "/")
      if Files.exists(parts.isEmpty ? "/.git" : folder + "/.git") {
        return Repository(root: folder, workingFolder: working)
      }
      if parts.popLast() == nil { return nil }
    }
  }
}
