import ArgumentParser
import PlanlintKit

/// The options that say which settings file counts.
struct SettingsOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The settings file. Default: the first \(Configuration.fileName) from the folder of the first input upwards, to the root of its git repository.",
      valueName: "file"), completion: Completions.documents)
  var config: String?

  @Flag(help: "Use no settings file.")
  var noConfig = false

  @Flag(
    help: ArgumentHelp(
      "Let inputs and the settings file name files outside their own folders; nothing is quoted of those in errors."
    ))
  var allowOutside = false

  mutating func validate() throws {
    if config != nil, noConfig {
      throw ValidationError(
        zh: "--config：不能与 --no-config 同用", en: "--config: expected it without --no-config")
    }
  }

  /// The settings for some inputs, or for the working folder; a settings file that cannot be read ends the run with 2.
  ///
  /// - Parameter language: that of `--lang`, for messages about the file.
  func settings(for files: [String], language: String?) throws -> Settings {
    let none = Settings(configuration: nil, allowsOutside: allowOutside)
    if noConfig { return none }
    guard let path = config ?? SettingsSearch.find(for: files.first) else { return none }
    do {
      let configuration = try Configuration(reading: path)
      try configuration.checkPaths(allowsOutside: allowOutside)
      return Settings(configuration: configuration, allowsOutside: allowOutside)
    } catch {
      for line in error.lines(in: none.language(language)) {
        Terminal.printError(line)
      }
      throw ExitCode(2)
    }
  }
}
