import ArgumentParser
import Glibc
import PlanlintKit

/// The options that say what is checked against what.
struct InputOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The city: a tenant (huaibei), a city it covers, a Chinese name (淮北) or a GB/T 2260 code. Default: the file's own.",
      valueName: "id"), completion: Completions.cities)
  var city: String?

  @Option(
    help: ArgumentHelp(
      "The year's figures (facts/1, or a table or sheet); goes before the file's own.",
      valueName: "file"),
    completion: Completions.tables)
  var facts: String?

  @Option(
    help: ArgumentHelp(
      "The day of decision, YYYY-MM-DD. Default: the file's own, else the last day of submission.",
      valueName: "date"))
  var asOf: String?

  @Option(
    help: ArgumentHelp("Apply this profile whatever the dates say.", valueName: "id"),
    completion: Completions.profiles)
  var profile: String?

  @Option(
    help: ArgumentHelp("The folder of policy profiles.", valueName: "dir"), completion: .directory)
  var policies: String?

  @OptionGroup var frozen: FrozenProfileOptions

  func request(_ settings: Settings) -> Request {
    var request = Request()
    request.configuration = settings.configuration
    request.allowsOutside = settings.allowsOutside
    request.city = city
    request.facts = facts.map(Input.file)
    request.asOf = asOf
    request.profile = profile
    request.policies = policies
    frozen.apply(to: &request)
    request.environmentPolicies = Terminal.environment("PLANLINT_POLICIES")
    request.workingDirectory = "."
    request.executable = Self.executable
    return request
  }

  mutating func validate() throws { try frozen.check(folder: policies) }

  /// Where this program lies, links followed.
  static var executable: String? {
    guard let path = realpath("/proc/self/exe", nil) else { return nil }
    defer { free(path) }
    return String(cString: path)
  }
}
