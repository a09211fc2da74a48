package import Diagnostics
import Glibc
import Reading

/// The folder of a tenant, which holds all that is read of it.
package struct TenantFolder {
  /// Nil where the files are named one by one, and none has to lie in a folder.
  package let path: String?
  package let sources: InputSources

  /// Loads the file that says what the tenant is.
  func loadTenant(_ file: String) throws(Faults) -> SourceFile {
    try checkInside(file)
    do {
      return try sources.load(file)
    } catch {
      throw Faults(
        error.faults.map { fault in
          fault.location == nil
            ? Self.unopened(fault.path, zh: fault.message.zh, en: fault.message.en) : fault
        })
    }
  }

  /// Loads a file of the folder, which another may name.
  package func load(_ file: String, namedIn other: SourceFile? = nil) throws(Faults) -> SourceFile {
    try checkInside(file)
    return try sources.load(file, namedIn: other)
  }

  /// Holds a file to the folder. A symbolic link in the way may lead to another file of it, and to nothing outside: what
  /// decides would not be what stands in the folder. In memory there are no links.
  private func checkInside(_ file: String) throws(Faults) {
    guard let path, !sources.holds(file), let folder = Self.resolved(path),
      let found = Self.resolved(file),
      found != folder, !found.hasPrefix(folder + "/")
    else { return }
    throw Faults(
      Fault(
        path: file, zh: "应为统筹地区目录内的文件，实际为符号链接，指向目录之外的 `\(found)`",
        en: "expected a file in the tenant's own folder, found a symbolic link to `\(found)`"))
  }

  /// The path without symbolic links; nil where there is nothing.
  private static func resolved(_ path: String) -> String? {
    guard let found = realpath(path, nil) else { return nil }
    defer { free(found) }
    return String(cString: found)
  }

  /// The fault of a tenant's own file that could not be opened, which says why it names no line.
  static func unopened(_ path: String, zh: String, en: String) -> Fault {
    Fault(
      path: path, zh: "统筹地区文件未能打开，故不能指明行号：\(zh)",
      en: "the tenant's file could not be opened, so that no line can be named: \(en)")
  }
}
