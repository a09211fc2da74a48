import Glibc

/// Paths of this machine.
enum Files {
  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  static var current: String {
    guard let path = getcwd(nil, 0) else { return "." }
    defer { free(path) }
    return String(cString: path)
  }
}
