import ArgumentParser
import Diagnostics
import Glibc
import PlanlintKit

/// Keeps a run from writing over what it reads, and from writing two outputs to one file, by whatever names they go.
struct OutputPlaces {
  /// What a path leads to, whatever it is called.
  private enum Identity: Hashable {
    case file(device: UInt, number: UInt)
    /// Nothing yet: the real folder and the name.
    case missing(String)

    /// None of what may be written to more than once: devices, and standard output where it is a terminal.
    init?(_ path: String) {
      var status = stat()
      if stat(path, &status) == 0 {
        self.init(status)
      } else {
        let slash = path.lastIndex(of: "/")
        let folder = slash.map { String(path[...$0]) } ?? "."
        let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
        guard let real = realpath(folder, nil) else { return nil }
        defer { free(real) }
        self = .missing(String(cString: real) + "/" + name)
      }
    }

    init?(_ status: stat) {
      let kind = status.st_mode & S_IFMT
      guard kind == S_IFREG || kind == S_IFIFO || kind == S_IFDIR else { return nil }
      self = .file(device: UInt(status.st_dev), number: UInt(status.st_ino))
    }

    static var standardOutput: Identity? {
      var status = stat()
      return fstat(STDOUT_FILENO, &status) == 0 ? Identity(status) : nil
    }
  }

  private var outputs: [(option: String, identity: Identity)] = []

  /// Takes one more output.
  ///
  /// - Throws: an error of usage where another output goes to the same file.
  mutating func add(_ path: String, as option: String) throws {
    guard let identity = Identity(path) else { return }
    try add(identity, option)
  }

  mutating func addStandardOutput() throws {
    guard let identity = Identity.standardOutput else { return }
    try add(identity, "standard output")
  }

  private mutating func add(_ identity: Identity, _ option: String) throws {
    if let other = outputs.first(where: { $0.identity == identity }) {
      throw ValidationError(
        zh: "\(option)：应各有文件，实际与 \(other.option) 为同一文件",
        en: "\(option): expected a file of its own, found the same one as \(other.option)")
    }
    outputs.append((option, identity))
  }

  /// - Parameter inputs: each with what it is called in messages.
  /// - Throws: an error of usage where an output goes to one of them.
  func check(against inputs: [(path: String, name: String)]) throws {
    for input in inputs {
      guard let identity = Identity(input.path),
        let output = outputs.first(where: { $0.identity == identity })
      else { continue }
      throw ValidationError(
        zh: "\(output.option)：不能写入本次运行所读的文件 `\(input.path)`；未写入任何内容",
        en:
          "\(output.option): expected a file that the run does not read, found \(input.name) `\(input.path)`; nothing was written"
      )
    }
  }

  /// The files of a folder of policy profiles.
  static func profiles(in folder: String) -> [(path: String, name: String)] {
    ((try? FolderEntries.of(folder)) ?? []).filter(\.isFolder).flatMap { tenant in
      ((try? FolderEntries.of("\(folder)/\(tenant.name)")) ?? []).map {
        ("\(folder)/\(tenant.name)/\($0.name)", "the profile's")
      }
    }
  }
}
