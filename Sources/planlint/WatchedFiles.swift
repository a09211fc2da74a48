import Diagnostics
import Glibc
import PlanlintKit

/// The files that a command line reads, as far as that can be told without running it, and what stands in each of them now.
struct WatchedFiles {
  /// Options whose value is written to.
  private static let outputs: Set<String> = [
    "--format", "--write-baseline", "--out", "--write-templates",
  ]

  /// Changes whenever a file is written anew or replaced; nil where there is none.
  private struct State: Equatable {
    var device: UInt
    var number: UInt
    var size: Int
    var seconds: Int
    var nanoseconds: Int
  }

  private var states: [String: State?] = [:]
  /// In the order in which they were found.
  private(set) var paths: [String] = []
  /// Whether there are others than profiles.
  private(set) var hasInputs = false

  /// Looks at the files of a command line: those that it names, what they and the settings file name, and the profiles.
  init(of arguments: [String]) {
    for path in Self.named(in: arguments) { add(path) }
    let files = paths
    let settings =
      Self.value(of: "--config", in: arguments) ?? SettingsSearch.find(for: files.first)
    var policies = Self.value(of: "--policies", in: arguments)
    if let settings, !arguments.contains("--no-config") {
      add(settings)
      if let configuration = try? Configuration(reading: settings) {
        let entries =
          [configuration.facts, configuration.registry, configuration.waivers].compactMap(\.self)
          + (configuration.applications ?? []) + (configuration.plans ?? [])
        for entry in entries {
          let found = try? Files.chosen([], else: [entry], key: "", language: .en)
          for path in found ?? [entry.value] { add(path) }
        }
        policies = policies ?? configuration.policies?.value
      }
    }
    for path in files {
      // What cannot be read has to be watched all the same, and names nothing.
      guard let own = try? OwnSettings(reading: .file(path)) else { continue }
      for entry in [own.facts, own.registry].compactMap(\.self) { add(entry.value) }
    }
    hasInputs = !paths.isEmpty
    var request = Request()
    request.policies = policies
    request.environmentPolicies = Terminal.environment("PLANLINT_POLICIES")
    request.workingDirectory = "."
    request.executable = InputOptions.executable
    if let folder = request.policyFolder {
      for profile in OutputPlaces.profiles(in: folder) { add(profile.path) }
    }
  }

  /// Those in which something else stands now, or which have come or gone.
  func changed(since old: WatchedFiles) -> [String] {
    let all = paths + old.paths.filter { states[$0] == nil }
    return all.filter { path in
      (states[path] ?? Self.state(of: path)) != (old.states[path] ?? nil)
    }
  }

  /// The folders in which they lie, each once.
  var folders: [String] {
    var folders: [String] = []
    for path in paths {
      let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
      if !folders.contains(folder) { folders.append(folder) }
    }
    return folders
  }

  private mutating func add(_ path: String) {
    // A sheet of a workbook is named after its file.
    let file =
      path.firstIndex(of: "#").map { Files.exists(path) ? path : String(path[..<$0]) } ?? path
    if states[file] != nil { return }
    states[file] = .some(Self.state(of: file))
    paths.append(file)
  }

  private static func state(of path: String) -> State? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return State(
      device: UInt(status.st_dev), number: UInt(status.st_ino), size: Int(status.st_size),
      seconds: Int(status.st_mtim.tv_sec), nanoseconds: Int(status.st_mtim.tv_nsec))
  }

  /// Every word of a command line that is a file's name, or the files of a folder's name, and every value of `--option=value`.
  private static func named(in arguments: [String]) -> [String] {
    var found: [String] = []
    var isOutput = false
    for argument in arguments {
      if isOutput {
        isOutput = false
        continue
      }
      if outputs.contains(argument) {
        isOutput = true
        continue
      }
      var word = argument[...]
      if argument.hasPrefix("-") {
        let parts = argument.split(separator: "=", maxSplits: 1)
        guard parts.count == 2, !outputs.contains(String(parts[0])) else { continue }
        word = parts[1]
      }
      let path = String(word)
      var status = stat()
      let file = path.firstIndex(of: "#").map { String(path[..<$0]) } ?? path
      guard stat(path, &status) == 0 || stat(file, &status) == 0 else { continue }
      if status.st_mode & S_IFMT == S_IFDIR {
        let entries = (try? FolderEntries.of(path)) ?? []
        found += entries.filter { !$0.isFolder }.map { "\(path)/\($0.name)" }
      } else {
        found.append(path)
      }
    }
    return found
  }

  private static func value(of option: String, in arguments: [String]) -> String? {
    for (index, argument) in arguments.enumerated() {
      if argument == option { return arguments.dropFirst(index + 1).first }
      if argument.hasPrefix(option + "=") { return String(argument.dropFirst(option.count + 1)) }
    }
    return nil
  }
}
