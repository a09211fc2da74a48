import ArgumentParser
import PlanlintKit

/// The options of every command that reads profiles: where they are looked for, the language of messages, the settings file.
struct ProfileOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The folder of policy profiles.", valueName: "dir"), completion: .directory)
  var policies: String?

  @Option(
    help: ArgumentHelp("Language of messages: zh or en.", valueName: "zh|en"),
    completion: Completions.languages)
  var lang: String?

  @OptionGroup var settingsOptions: SettingsOptions

  mutating func validate() throws {
    try Choice.check(lang, "--lang", Configuration.languages)
  }

  /// The settings for some inputs, or for the working folder.
  func settings(for files: [String] = []) throws -> Settings {
    try settingsOptions.settings(for: files, language: lang)
  }

  /// A request that looks for profiles where these options and the settings say.
  func request(_ settings: Settings) -> Request {
    var request = Request()
    request.configuration = settings.configuration
    request.allowsOutside = settings.allowsOutside
    request.policies = policies
    request.environmentPolicies = Terminal.environment("PLANLINT_POLICIES")
    request.executable = InputOptions.executable
    return request
  }
}
