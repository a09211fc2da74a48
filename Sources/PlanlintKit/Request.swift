package import Compliance
public import Diagnostics

/// What a check is asked for: the inputs beside its files, and where the profiles are.
public struct Request: Sendable {
  /// A tenant id, a city that one covers, a Chinese name or a GB/T 2260 code; nil takes the files' own.
  public var city: String?
  /// The path of the year's figures; nil takes the files' own.
  public var facts: String?
  /// The path of the institutions designated already; nil takes the files' own.
  public var registry: String?
  /// The path of the recorded waivers.
  public var waivers: String?
  /// The day of decision, `YYYY-MM-DD`; nil takes the files' own, else the last day of submission.
  public var asOf: String?
  /// The datum of locations that name none: `wgs84`, `cgcs2000`, `gcj02` or `bd09`.
  public var datum: String?
  /// Takes what is worth knowing about how inputs were read: rows of totals passed over, an encoding converted.
  public var note: (@Sendable (Note) -> Void)?
  /// The id of the profile to apply whatever the dates say.
  public var profile: String?
  /// A baseline file, of which the findings are no news; nil shows everything.
  public var baseline: String?
  /// Whether each file is a batch of its own.
  public var isSeparate = false
  /// Whether rules that do not apply are reported too.
  public var keepsNotApplicable = false
  /// The rules that are shown alone, by id or readable name; one that there is not is an error.
  public var shownRules: [String] = []
  /// What neither these nor the files say: city, facts, registry, waivers, day of decision, datum and folder of profiles.
  public var configuration: Configuration?
  /// The folder of profiles; nil looks for one.
  public var policies: String?
  /// What the environment names as the folder of profiles.
  public var environmentPolicies: String?
  /// Where a folder `policies` is looked for first.
  public var workingDirectory = "."
  /// The program's own path, beside which the folder may lie.
  public var executable: String?

  /// Who watches the run; nothing of it reaches the report.
  package var observer: RunObserver?

  public init() {}

  package func library() throws(Faults) -> PolicyLibrary {
    let entry = policies == nil ? configuration?.settings.policies : nil
    return try PolicyLibrary(
      named: policies ?? entry?.value, at: entry?.location, environment: environmentPolicies,
      workingDirectory: workingDirectory, executable: executable)
  }

  /// The folder of profiles that a run would use; nil where there is none.
  public var policyFolder: String? { try? library().directory }

  package var options: CheckOptions {
    var options = CheckOptions(version: Planlint.version, digest: Digest.sha256)
    options.city = city
    options.facts = facts
    options.registry = registry
    options.waivers = waivers ?? configuration?.settings.waivers?.value
    options.asOf = asOf
    options.datum = datum
    if let note { options.note = note }
    options.profile = profile
    options.baseline = baseline
    if let configuration { options.defaults = configuration.settings.defaults }
    options.isSeparate = isSeparate
    options.keepsNotApplicable = keepsNotApplicable
    options.shownRules = shownRules
    options.observer = observer
    return options
  }
}

/// Everything wrong with the inputs, up to a limit; never empty.
public struct InputErrors: Error, Sendable {
  /// Each with its place in an input; its message says what was found and what was expected.
  public let faults: [Fault]

  package init(_ faults: Faults) { self.faults = faults.faults }

  /// One line each, `path:line:column: error: message`, in Chinese or English.
  public func lines(in language: Language) -> [String] {
    faults.map { $0.rendered(language) }
  }
}
