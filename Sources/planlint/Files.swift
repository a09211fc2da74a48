import ArgumentParser
import Diagnostics
import Glibc
import PlanlintKit

/// The files of a run, looked at before anything is read.
enum Files {
  /// Every argument has to be a readable file or `-`; anything else is an error that names the nearest subcommand or file.
  static func check(_ paths: [String]) throws {
    if paths.isEmpty {
      throw ValidationError(
        zh: "应至少给出一个文件，标准输入为 `-`",
        en: "expected at least one file, or `-` for standard input")
    }
    if paths.count(where: { $0 == "-" }) > 1 {
      throw ValidationError(
        zh: "`-`（标准输入）至多给出一次", en: "expected `-` (standard input) at most once")
    }
    for path in paths where path != "-" {
      if exists(path) { continue }
      let names = PlanlintCommand.subcommands.map { $0._commandName } + neighbours(of: path)
      throw ValidationError(
        zh: "`\(path)` 既不是命令，也不是可读的文件" + Suggestion.chinese(path, among: names),
        en: "`\(path)` is neither a subcommand nor a file that can be read"
          + Suggestion.of(path, among: names))
    }
  }

  /// The files of a run: those that the command line names, else those that the settings file names under `key`.
  static func chosen(
    _ named: [String], else entries: [Configuration.Entry]?, key: String, language: Language
  ) throws -> [String] {
    if !named.isEmpty { return named }
    guard let entries else {
      throw ValidationError(
        zh: "应至少给出一个要检查的文件，标准输入为 `-`；或在 \(Configuration.fileName) 中写明 `\(key):`",
        en:
          "expected at least one file to check, or `-` for standard input, or `\(key):` in \(Configuration.fileName)"
      )
    }
    var files: [String] = []
    do throws(InputErrors) {
      for entry in entries {
        for file in try matches(entry) where !files.contains(file) { files.append(file) }
      }
    } catch {
      for line in error.lines(in: language) { Terminal.printError(line) }
      throw ExitCode(2)
    }
    return files
  }

  /// The files that an entry of the settings means, in alphabetical order; a pattern that matches none is an error.
  private static func matches(_ entry: Configuration.Entry) throws(InputErrors) -> [String] {
    if exists(entry.value) { return [entry.value] }
    var found = glob_t()
    defer { globfree(&found) }
    let code = "`\(entry.value)`"
    // `?` and `[…]` stand for characters, as in Chinese names, and not for bytes.
    setlocale(LC_CTYPE, "C.UTF-8")
    defer { setlocale(LC_CTYPE, "C") }
    switch glob(pattern(entry), GLOB_ERR, nil, &found) {
    case 0:
      return (0..<Int(found.gl_pathc)).compactMap { index in
        found.gl_pathv[index].map { String(cString: $0) }
      }
    case GLOB_NOMATCH: throw entry.error(zh: "没有与 \(code) 相符的文件", en: "no file matches \(code)")
    default:
      let reason = String(cString: strerror(errno)).lowercased()
      throw entry.error(
        zh: "查找 \(code) 时有目录无法读取（\(reason)）",
        en: "a folder cannot be read while looking for \(code) (\(reason))")
    }
  }

  /// An entry as a pattern; the settings file's own folder stands for itself in it, whatever it is called.
  private static func pattern(_ entry: Configuration.Entry) -> String {
    guard let slash = entry.path.lastIndex(of: "/") else { return entry.value }
    let folder = entry.path[...slash]
    guard entry.value.hasPrefix(folder) else { return entry.value }
    let plain = folder.map { "*?[\\".contains($0) ? "\\\($0)" : String($0) }.joined()
    return plain + entry.value.dropFirst(folder.count)
  }

  /// Whether anything is there, a link that leads nowhere included: opening it says what is wrong with it.
  static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 || lstat(SheetPath(path).file, &status) == 0
  }

  /// The files in the folder where a path would be.
  private static func neighbours(of path: String) -> [String] {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    let entries = (try? FolderEntries.of(folder.isEmpty ? "." : folder)) ?? []
    return entries.lazy.filter { !$0.name.hasPrefix(".") }.prefix(1_000).map { folder + $0.name }
  }
}
