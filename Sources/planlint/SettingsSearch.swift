import Glibc
import PlanlintKit

/// Looks for the settings file of an input: in its folder, then in each above it.
///
/// A few calls of `stat` and nothing else, since it happens in every run. The root of a git repository, or of the file system, is
/// the last folder that is looked at, so that nobody's settings reach into another's project.
enum SettingsSearch {
  /// The path of the settings file as seen from the working folder, or absolute where the input's is; nil where there is none.
  static func find(for input: String?) -> String? {
    let input = input == "-" ? nil : input
    let folder = input.map(Self.folder) ?? "."
    guard let start = components(folder) else { return nil }
    var depth = start.count
    while true {
      let directory = "/" + start[..<depth].joined(separator: "/")
      let path = (depth == 0 ? "" : directory) + "/" + Configuration.fileName
      if isFile(path) {
        return folder.hasPrefix("/") ? path : relative(Array(start[..<depth])) ?? path
      }
      if depth == 0 || Files.exists(directory + "/.git") { return nil }
      depth -= 1
    }
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func components(_ folder: String) -> [Substring]? {
    guard let path = realpath(folder, nil) else { return nil }
    defer { free(path) }
    return String(cString: path).split(separator: "/")
  }

  /// Whether settings may stand there: a file, or a link that leads nowhere, which opening it then says.
  ///
  /// Nobody named it, so that a pipe or a device is passed over: reading one may never end.
  private static func isFile(_ path: String) -> Bool {
    var status = stat()
    if stat(path, &status) == 0 { return status.st_mode & S_IFMT == S_IFREG }
    return lstat(path, &status) == 0
  }

  /// The settings file in a folder as seen from the working folder.
  private static func relative(_ folder: [Substring]) -> String? {
    guard let working = components(".") else { return nil }
    var common = 0
    while common < min(folder.count, working.count), folder[common] == working[common] {
      common += 1
    }
    let up = [Substring](repeating: "..", count: working.count - common)
    return (up + folder[common...] + [Configuration.fileName[...]]).joined(separator: "/")
  }
}
