package import Checks
public import Diagnostics
import Reporting

/// What a check is asked for: the inputs beside its files, and where the profiles are.
public struct Request: Sendable {
  /// A tenant id, a city that one covers, a Chinese name or a GB/T 2260 code; nil takes the files' own.
  public var city: String?
  /// The year's figures; nil takes the files' own.
  public var facts: Input?
  /// The institutions designated already; nil takes the files' own.
  public var registry: Input?
  /// The recorded waivers.
  public var waivers: Input?
  /// The day of decision, `YYYY-MM-DD`; nil takes the files' own, else the last day of submission.
  public var asOf: String?
  /// The datum of locations that name none: `wgs84`, `cgcs2000`, `gcj02` or `bd09`.
  public var datum: String?
  /// Takes what is worth knowing about how inputs were read: rows of totals passed over, an encoding converted.
  public var note: (@Sendable (Note) -> Void)?
  /// The id of the profile to apply whatever the dates say.
  public var profile: String?
  /// A baseline file, of which the findings are no news; nil shows everything.
  public var baseline: Input?
  /// Whether each file is a batch of its own.
  public var isSeparate = false
  /// Whether findings tell what would make them pass (``Finding/cures``), each change tried.
  public var tellsWhatIf = false
  /// Whether rules that do not apply are reported too.
  public var keepsNotApplicable = false
  /// The rules that are shown alone, by id or readable name; one that there is not is an error.
  public var shownRules: [String] = []
  /// The ids of the subjects that are shown alone; one that there is not is an error. All are decided all the same.
  public var shownSubjects: [String] = []
  /// Whether files that the inputs or the configuration name may lie outside the folders of those that name them; nothing is quoted
  /// of such files in errors.
  public var allowsOutside = false
  /// What neither these nor the files say: city, facts, registry, waivers, day of decision, datum and folder of profiles.
  public var configuration: Configuration?
  /// The folder of profiles; nil looks for one called `policies`. Its files may be in memory, see ``supporting``.
  public var policies: String?
  /// What is in memory and named by other inputs: the facts of an applications file, the files of a folder of profiles
  /// (`policies/huaibei/tenant.yaml` and the profile beside it).
  public var supporting: [Input] = []
  /// One profile file that is applied instead of those of a folder; with ``tenantFile``.
  public var policyFile: String?
  /// The file of the tenant of ``policyFile``.
  public var tenantFile: String?
  /// What the environment names as the folder of profiles.
  public var environmentPolicies: String?
  /// Where a folder `policies` is looked for first.
  public var workingDirectory = "."
  /// The program's own path, beside which the folder may lie.
  public var executable: String?

  /// What was read for earlier runs; nil reads everything for each.
  package var cache: InputCache?

  /// Whether facts, registry and day of decision that the files of applications name are passed over, with a note: whoever asks has
  /// them already.
  package var passesOverSources = false

  /// Who watches the run; nothing of it reaches the report.
  package var observer: RunObserver?

  /// Keeps the profiles, facts and registries that are read, for other requests that are copies of this one.
  package mutating func keepInputs() { cache = InputCache() }

  /// A request that leaves everything to the inputs.
  public init() {}

  /// What the settings of an earlier run gave, where that is decided again.
  package var recordedDefaults: CheckDefaults?

  /// Everything of the request that is in memory, and of these inputs.
  private func sources(_ inputs: [Input] = []) throws(Faults) -> InputSources {
    let given = inputs + [facts, registry, waivers, baseline].compactMap(\.self) + supporting
    return try InputSources(
      given.compactMap(\.source), files: given.filter { $0.source == nil }.map(\.name))
  }

  package func library() throws(Faults) -> PolicyLibrary { try library(try sources()) }

  /// The profiles, read from what a run's other inputs are read from.
  func library(_ sources: InputSources) throws(Faults) -> PolicyLibrary {
    if let policyFile, let tenantFile {
      return try PolicyLibrary(
        policy: policyFile, tenant: tenantFile, sources: sources, cache: cache)
    }
    let entry = policies == nil ? configuration?.settings.policies : nil
    return try PolicyLibrary(
      named: policies ?? entry?.value, at: entry?.location, environment: environmentPolicies,
      workingDirectory: workingDirectory, executable: executable, sources: sources,
      cache: cache)
  }

  /// The folder of profiles that a run would use; nil where there is none.
  public var policyFolder: String? { try? library().directory }

  /// What a run over some inputs works with.
  package func options(_ inputs: [Input] = []) throws(Faults) -> CheckOptions {
    var options = CheckOptions(
      version: Planlint.version,
      digest: { [cache] in cache.digest(of: $0, Digest.sha256) })
    options.sources = try sources(inputs)
    options.cache = cache
    options.city = city
    options.facts = facts?.name
    options.registry = registry?.name
    options.waivers = waivers?.name ?? configuration?.settings.waivers?.value
    options.asOf = asOf
    options.datum = datum
    if let note { options.note = note }
    options.profile = profile
    options.baseline = baseline?.name
    if let configuration { options.defaults = configuration.settings.defaults }
    if let recordedDefaults { options.defaults = recordedDefaults }
    options.isSeparate = isSeparate
    options.tellsWhatIf = tellsWhatIf
    options.allowsOutside = allowsOutside
    options.keepsNotApplicable = keepsNotApplicable
    options.shownRules = shownRules
    options.shownSubjects = shownSubjects
    options.observer = observer
    options.passesOverSources = passesOverSources
    return options
  }

  /// What a report keeps of it, so that it can be decided again.
  package static func record(
    _ command: RunRecord.Command, _ files: [String], _ options: CheckOptions
  ) -> RunRecord {
    var record = RunRecord(command: command, files: files)
    record.options.city = options.city
    record.options.facts = options.facts
    record.options.registry = options.registry
    record.options.waivers = options.waivers
    record.options.baseline = options.baseline
    record.options.asOf = options.asOf
    record.options.datum = options.datum
    record.options.profile = options.profile
    record.defaults = options.defaults.record
    record.isSeparate = options.isSeparate
    record.subjects = options.shownSubjects
    record.tellsWhatIf = options.tellsWhatIf
    return record
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

  /// The same, each followed by the line of the file that it speaks of, with carets under the place.
  public func annotatedLines(in language: Language) -> [String] {
    faults.flatMap { FaultText.lines($0, in: language) }
  }
}
