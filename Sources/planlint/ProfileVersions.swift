import ArgumentParser
import Diagnostics
import PlanlintKit

/// The two versions of a profile that `policy diff` is given, as files or as git knows them: `OLD NEW`, `REV PROFILE`,
/// `REV..REV -- PROFILE`, `REV:PROFILE`.
struct ProfileVersions {
  /// A version as it is asked for.
  enum Version: Equatable {
    case file(String)
    /// The file as it was at a revision.
    case revision(String, path: String)

    /// As messages call it, and git does.
    var name: String {
      switch self {
      case .file(let path): path
      case .revision(let revision, let path): "\(revision):\(path)"
      }
    }
  }

  let old: Version
  let new: Version
  let applications: [String]

  /// A word that is a file is one; what it can be else follows from its form and its place. `--` is taken out before.
  init(_ operands: [String], exists: (String) -> Bool) throws {
    func revisions(_ words: [String], _ path: String) throws -> (Version, Version) {
      guard let first = words.first, words.count <= 2 else {
        throw ValidationError(
          zh: "政策档案之前应为一个或两个版本，或一个范围（`REV..REV`），实际为 \(words.count) 个",
          en:
            "expected one revision, two, or a range (`REV..REV`) before the profile, found \(words.count)"
        )
      }
      if words.count == 2 { return (try Self.at(first, path), try Self.at(words[1], path)) }
      // As `git diff` reads them: an end left out is HEAD, three dots begin where the two parted.
      for dots in ["...", ".."] {
        guard let range = first.firstRange(of: dots) else { continue }
        let (from, to) = (String(first[..<range.lowerBound]), String(first[range.upperBound...]))
        let (start, end) = (from.isEmpty ? "HEAD" : from, to.isEmpty ? "HEAD" : to)
        return (
          try Self.at(dots == "..." ? "\(start)...\(end)" : start, path), try Self.at(end, path)
        )
      }
      return (try Self.at(first, path), .file(path))
    }
    guard operands.count >= 2 else {
      throw ValidationError(
        zh:
          "应为政策档案的两个版本：两个文件，或一个版本和一个文件（`planlint policy diff HEAD~1 policies/huaibei/2026-2028.yaml`）",
        en:
          "expected two versions of a profile: two files, or a revision and a file (`planlint policy diff HEAD~1 policies/huaibei/2026-2028.yaml`)"
      )
    }
    let (first, second) = (operands[0], operands[1])
    if exists(first) || first.contains(":") {
      old = Self.version(first, exists)
      new = Self.version(second, exists)
      applications = Array(operands.dropFirst(2))
    } else if !exists(second), !second.contains(":"), !first.contains(".."), operands.count > 2,
      exists(operands[2]) || !second.hasSuffix(".yaml")
    {
      (old, new) = try revisions([first, second], operands[2])
      applications = Array(operands.dropFirst(3))
    } else if second.contains(":"), !exists(second) {
      throw ValidationError(
        zh: "`\(first)` 不是文件；比较仓库中的两个版本，请写 `REV:PROFILE REV:PROFILE` 或 `REV..REV -- PROFILE`",
        en:
          "`\(first)` is no file; compare two of a repository's versions as `REV:PROFILE REV:PROFILE` or `REV..REV -- PROFILE`"
      )
    } else {
      (old, new) = try revisions([first], second)
      applications = Array(operands.dropFirst(2))
    }
  }

  private static func at(_ revision: String, _ path: String) throws -> Version {
    if revision.hasPrefix("-") {
      throw ValidationError(
        zh: "应为版本，实际为 `\(revision)`", en: "expected a revision, found `\(revision)`")
    }
    return .revision(revision, path: path)
  }

  private static func version(_ word: String, _ exists: (String) -> Bool) -> Version {
    guard !exists(word), let colon = word.firstIndex(of: ":"), colon > word.startIndex else {
      return .file(word)
    }
    return .revision(String(word[..<colon]), path: String(word[word.index(after: colon)...]))
  }
}

extension ProfileVersions.Version {
  /// What kept a version from being read.
  struct Failure: Error {
    let message: Bilingual
  }

  /// What is to be compared, and the tenant's file beside it as it was then.
  func inputs() throws(Failure) -> (profile: Input, beside: [Input]) {
    guard case .revision(let revision, let path) = self else { return (.file(name), []) }
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    let file = path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
    func git(_ arguments: [String]) throws(Failure) -> GitProgram.Result {
      guard let result = GitProgram.run(["-C", folder.isEmpty ? "." : folder] + arguments) else {
        throw Failure(
          message: Bilingual(
            zh: "\(name)：找不到 git 程序；请安装 git，或给出两个文件",
            en: "\(name): the program git was not found; install it, or give two files"))
      }
      return result
    }
    let inside = try git(["rev-parse", "--is-inside-work-tree"])
    guard inside.code == 0 else {
      throw Failure(
        message: Bilingual(
          zh: "\(name)：既不是文件，`\(folder.isEmpty ? "." : folder)` 也不在 git 仓库中；请给出两个文件，或在仓库内运行",
          en:
            "\(name): no file, and `\(folder.isEmpty ? "." : folder)` lies in no git repository; give two files, or run inside one"
        ))
    }
    var commit = revision
    if let range = revision.firstRange(of: "...") {
      let base = try git([
        "merge-base", "--end-of-options", String(revision[..<range.lowerBound]),
        String(revision[range.upperBound...]),
      ])
      commit = base.code == 0 ? Self.line(base.output) : revision
    }
    let known = try git([
      "rev-parse", "--verify", "--quiet", "--end-of-options", commit + "^{commit}",
    ])
    guard known.code == 0 else {
      throw Failure(
        message: Bilingual(
          zh: "\(name)：仓库中没有版本 `\(revision)`，也没有这个名称的文件；`git log --oneline -- \(path)` 可列出该档案的各个版本",
          en:
            "\(name): `\(revision)` is neither a revision of the repository nor a file; `git log --oneline -- \(path)` lists those of the profile"
        ))
    }
    let shown = try git(["show", "--end-of-options", "\(commit):./\(file)"])
    guard shown.code == 0 else {
      throw Failure(
        message: Bilingual(
          zh:
            "\(name)：版本 `\(revision)` 中没有这个文件；`git log --follow --oneline -- \(path)` 可查看它何时加入或改名",
          en:
            "\(name): there is no such file at `\(revision)`; `git log --follow --oneline -- \(path)` shows when it was added or renamed"
        ))
    }
    var beside: [Input] = []
    let tenant = try git(["show", "--end-of-options", "\(commit):./tenant.yaml"])
    if tenant.code == 0 {
      beside.append(
        .memory(name: "\(revision):\(folder)tenant.yaml", bytes: tenant.output, format: .yaml))
    }
    return (.memory(name: name, bytes: shown.output, format: .yaml), beside)
  }

  private static func line(_ bytes: [UInt8]) -> String {
    String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
  }
}
