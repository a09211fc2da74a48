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

  mutating func validate() throws {
    if config != nil, noConfig {
      throw ValidationError("--config: expected it without --no-config")
    }
  }

  /// The settings for some inputs, or for the working folder; a settings file that cannot be read ends the run with 2.
  ///
  /// - Parameter language: that of `--lang`, for messages about the file.
  func settings(for files: [String], language: String?) throws -> Settings {
    if noConfig { return Settings(configuration: nil) }
    guard let path = config ?? SettingsSearch.find(for: files.first) else {
      return Settings(configuration: nil)
    }
    do {
      return Settings(configuration: try Configuration(reading: path))
    } catch {
      for line in error.lines(in: Settings(configuration: nil).language(language)) {
        Terminal.printError(line)
      }
      throw ExitCode(2)
    }
  }
}
