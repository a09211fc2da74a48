/// Paths as the root of a repository sees them, as code hosts look for them.
package struct RepositoryPaths: Sendable {
  private let root: [Substring]
  private let workingFolder: [Substring]

  /// - Parameters:
  ///   - root: the absolute path of the repository.
  ///   - workingFolder: the absolute path of the folder that relative paths begin in.
  package init(root: String, workingFolder: String) {
    self.root = root.split(separator: "/")
    self.workingFolder = workingFolder.split(separator: "/")
  }

  /// The path from the root; one outside the repository, or standard input (`<stdin>`), stays as it is.
  package func path(_ path: String) -> String {
    if path.isEmpty || path == "<stdin>" { return path }
    var parts = path.hasPrefix("/") ? [] : workingFolder
    for part in path.split(separator: "/") where part != "." {
      if part == ".." {
        _ = parts.popLast()
      } else {
        parts.append(part)
      }
    }
    guard parts.count > root.count, parts.starts(with: root) else { return path }
    return parts.dropFirst(root.count).joined(separator: "/")
  }
}
