import Foundation

/// Runs the built program in a folder, as a user would.
package struct Program: Sendable {
  package struct Result: Sendable {
    package var code: Int32
    package var output: String
    package var errors: String
  }

  /// The program that was built with these tests.
  package static var path: String {
    let tests = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    // The test runner is beside the program, or was handed the bundle that is.
    for candidate in [tests.path] + CommandLine.arguments {
      var parts = candidate.split(separator: "/", omittingEmptySubsequences: false)
      while parts.count > 1 {
        parts.removeLast()
        let path = parts.joined(separator: "/") + "/planlint"
        var isFolder = ObjCBool(false)
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue
        {
          return path
        }
      }
    }
    return Golden.root + "/.build/debug/planlint"
  }

  /// Runs it with a clean environment, the project's profiles and English messages, unless told otherwise.
  package static func run(
    _ arguments: [String], in folder: String, input: String? = nil,
    environment: [String: String] = [:]
  ) throws -> Result {
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: folder)
    var variables = ["PLANLINT_POLICIES": Golden.root + "/policies", "LANG": "en_US.UTF-8"]
    variables.merge(environment) { $1 }
    process.environment = variables.filter { !$0.value.isEmpty }
    // Files take any amount without a reader that keeps up.
    let base = FileManager.default.temporaryDirectory.appending(
      path: "planlint-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: base, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: base) }
    func handle(_ name: String, _ text: String) throws -> FileHandle {
      let url = base.appending(path: name)
      try Data(text.utf8).write(to: url)
      return try FileHandle(forUpdating: url)
    }
    let output = try handle("out", "")
    let errors = try handle("err", "")
    process.standardInput = try handle("in", input ?? "")
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    process.waitUntilExit()
    func read(_ name: String) throws -> String {
      String(decoding: try Data(contentsOf: base.appending(path: name)), as: UTF8.self)
    }
    return Result(
      code: process.terminationStatus, output: try read("out"), errors: try read("err"))
  }
}
