package import Diagnostics
import Glibc
import Reading

/// What the paths that an input or the settings file names may lead to: files in the input's own folder and in that of the settings file.
///
/// Applications come from outside the office. A path in one that leads elsewhere would make a run read, and quote in its errors, whatever
/// its user may read.
package struct NamedPaths: Sendable {
  /// The settings file's path, whose folder is the office's own.
  private let settings: String?
  private let allowsOutside: Bool
  private let sources: InputSources

  package init(settings: String?, allowsOutside: Bool, sources: InputSources = InputSources()) {
    self.settings = settings
    self.allowsOutside = allowsOutside
    self.sources = sources
  }

  /// Refuses a path that is named where it may not be; one that nobody but the command line names is the user's own.
  package func admit(_ path: String, namedAt place: Location?) throws(Faults) {
    guard let place, isOfFiles(path) else { return }
    if path == "-" {
      throw Faults(
        Fault(
          place.file, place.range, zh: "应为文件，实际为标准输入 `-`",
          en: "expected a file, found standard input, `-`"))
    }
    if allowsOutside || !isOutside(path, place) { return }
    throw Faults(
      Fault(
        place.file, place.range, zh: "`\(path)` 不在本文件所在目录内；确需使用的，请加 `--allow-outside`",
        en:
          "`\(path)` lies outside the folder of this file; give `--allow-outside` where that is meant"
      ))
  }

  /// Faults without any text of a file that lies outside.
  package func unquoted(_ faults: Faults, _ path: String, namedAt place: Location?) -> Faults {
    guard let place, isOfFiles(path), isOutside(path, place) else { return faults }
    return Faults(
      faults.faults.map { fault in
        var fault = fault
        fault.message = Bilingual(
          zh: "此处不合要求；该文件在引用它的文件所在目录之外，不引用其内容，请在命令行指明该文件以查看详情",
          en:
            "cannot be read as it stands here; nothing is quoted of a file outside the folder of the one that names it, so name it on the command line to see more"
        )
        return fault
      })
  }

  private func isOfFiles(_ path: String) -> Bool { !sources.holds(path) && !sources.isGiven(path) }

  private func isOutside(_ path: String, _ place: Location) -> Bool {
    let folders = [place.file.path, settings].compactMap(\.self).map(Self.folder)
    return !folders.contains { Self.holds(path, in: $0) }
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Whether two paths lead to one file.
  static func isSame(_ a: String, _ b: String) -> Bool {
    a == b || whole(a) == whole(b)
  }

  /// Whether a path leads to somewhere in a folder, links followed.
  private static func holds(_ path: String, in folder: String) -> Bool {
    let (root, target) = (whole(folder), whole(path))
    return target == root || target.hasPrefix(root == "/" ? root : root + "/")
  }

  /// A path from the root, links followed as far as it exists.
  private static func whole(_ path: String) -> String {
    if let real = realpath(path, nil) {
      defer { free(real) }
      return String(cString: real)
    }
    let folder = folder(of: path)
    let name = path.split(separator: "/").last.map(String.init) ?? path
    if folder == path || name == ".." { return path }
    let above = whole(folder)
    return (above == "/" ? "" : above) + "/" + name
  }
}
