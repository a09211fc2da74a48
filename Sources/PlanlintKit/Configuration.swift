package import Checks
import Diagnostics
import Reporting

/// A settings file, `planlint.yaml`: defaults for what neither the command line nor the inputs say.
///
/// Paths are given as seen from the working folder.
public struct Configuration: Sendable {
  /// The name that is looked for in folders.
  public static let fileName = SettingsFile.name
  /// The words of `lang`; the options have these and the following in common with the file.
  public static let languages = SettingsFile.languages
  /// The words of `fail_on`.
  public static let failOnWords = SettingsFile.failOnWords
  /// The words of `show`.
  public static let showWords = SettingsFile.showWords

  /// One setting of a file.
  public struct Entry: Sendable {
    /// As a run takes it; of a path, as seen from the working folder.
    public let value: String
    /// The file it stands in.
    public let path: String
    /// The line it stands on, from 1.
    public let line: Int

    private let entry: SettingsFile.Entry

    init(_ entry: SettingsFile.Entry) {
      self.entry = entry
      value = entry.value
      path = entry.location.file.path
      line = entry.line
    }

    /// That there is something wrong with it, at its place.
    public func error(zh: String, en: String) -> InputErrors {
      InputErrors(Faults(entry.fault(zh: zh, en: en)))
    }
  }

  package let settings: SettingsFile

  /// Reads a settings file.
  ///
  /// - Throws: ``InputErrors`` with every fault of it: a field that is not known, a value that is none.
  public init(reading path: String) throws(InputErrors) {
    do {
      settings = try SettingsFile(
        reading: path, formatNames: ReportFormat.allCases.map(\.rawValue))
    } catch {
      throw InputErrors(error)
    }
  }

  /// Holds the paths that the file names to its own folder, whatever they are for.
  ///
  /// - Throws: ``InputErrors`` with each that leads out of it, unless that is allowed.
  public func checkPaths(allowsOutside: Bool) throws(InputErrors) {
    do {
      try settings.checkPaths(allowsOutside: allowsOutside)
    } catch {
      throw InputErrors(error)
    }
  }

  /// The settings file's own path.
  public var path: String { settings.file.path }
  /// The files that are checked where none are named; each may be a pattern (`batches/*.yaml`).
  public var applications: [Entry]? { settings.applications?.map(Entry.init) }
  /// The same of plans.
  public var plans: [Entry]? { settings.plans?.map(Entry.init) }
  /// The city.
  public var city: Entry? { settings.city.map(Entry.init) }
  /// The year's figures.
  public var facts: Entry? { settings.facts.map(Entry.init) }
  /// The institutions designated already.
  public var registry: Entry? { settings.registry.map(Entry.init) }
  /// The recorded waivers.
  public var waivers: Entry? { settings.waivers.map(Entry.init) }
  /// The day of decision.
  public var asOf: Entry? { settings.asOf.map(Entry.init) }
  /// The datum of locations that name none.
  public var datum: Entry? { settings.datum.map(Entry.init) }
  /// The folder of profiles.
  public var policies: Entry? { settings.policies.map(Entry.init) }
  /// The language of messages and reports.
  public var language: Entry? { settings.language.map(Entry.init) }
  /// What gives an exit code that is not 0.
  public var failOn: Entry? { settings.failOn.map(Entry.init) }
  /// How much of a report is shown.
  public var show: Entry? { settings.show.map(Entry.init) }
  /// Where the site of rules is published that reports point to.
  public var rulesAddress: Entry? { settings.rulesAddress.map(Entry.init) }
  /// The baseline of applications.
  public var checkBaseline: Entry? { settings.checkBaseline.map(Entry.init) }
  /// The baseline of plans.
  public var planBaseline: Entry? { settings.planBaseline.map(Entry.init) }
  /// Each as `--format` takes it, `sarif=report.sarif`; nil where the file has none.
  public var formats: [Entry]? {
    settings.formats?.map { format in
      Entry(
        SettingsFile.Entry(
          value: format.name + (format.file.map { "=" + $0 } ?? ""), location: format.location))
    }
  }
}

/// What an applications or plan file says of itself, which goes before a settings file.
public struct OwnSettings: Sendable {
  private let head: InputHead

  /// Reads the head of a file; what else is in it is not looked at.
  public init(reading input: Input) throws(InputErrors) {
    do {
      head = try InputHead(
        reading: input.name, try InputSources([input.source].compactMap(\.self)))
    } catch {
      throw InputErrors(error)
    }
  }

  /// The city.
  public var city: Configuration.Entry? { head.city.map(Configuration.Entry.init) }
  /// The year's figures.
  public var facts: Configuration.Entry? { head.facts.map(Configuration.Entry.init) }
  /// The institutions designated already.
  public var registry: Configuration.Entry? { head.registry.map(Configuration.Entry.init) }
  /// The day of decision.
  public var asOf: Configuration.Entry? { head.asOf.map(Configuration.Entry.init) }
  /// The datum of locations that name none.
  public var datum: Configuration.Entry? { head.datum.map(Configuration.Entry.init) }
}
