import ArgumentParser
import Diagnostics
import Glibc

/// The files of a run, looked at before anything is read.
enum Files {
  /// Every argument has to be a readable file or `-`; anything else is an error that names the nearest subcommand or file.
  static func check(_ paths: [String]) throws {
    if paths.isEmpty {
      throw ValidationError("expected at least one file to check, or `-` for standard input")
    }
    if paths.count(where: { $0 == "-" }) > 1 {
      throw ValidationError("expected `-` (standard input) at most once")
    }
    for path in paths where path != "-" {
      if exists(path) { continue }
      let names = PlanlintCommand.subcommands.map { $0._commandName } + neighbours(of: path)
      throw ValidationError(
        "`\(path)` is neither a subcommand nor a file that can be read"
          + Suggestion.of(path, among: names))
    }
  }

  /// Whether anything is there, a link that leads nowhere included: opening it says what is wrong with it.
  static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 || lstat(SheetPath(path).file, &status) == 0
  }

  /// The files in the folder where a path would be.
  private static func neighbours(of path: String) -> [String] {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    guard let directory = opendir(folder.isEmpty ? "." : folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory), names.count < 1_000 {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(folder + name) }
    }
    return names.sorted()
  }
}
