public import Diagnostics
import Reporting

/// One setting of a run, with its value and where that comes from.
public struct Setting: Sendable {
  /// Where a value comes from; the first of these that has one counts.
  public enum Origin: Sendable {
    /// An option.
    case commandLine
    /// An applications or plan file's own word.
    case input(path: String, line: Int)
    /// A ``Configuration``.
    case settingsFile(path: String, line: Int)
    /// A variable of the environment.
    case environment(variable: String)
    /// Built in, with a note on what it means where nothing is set.
    case builtIn(zh: String, en: String)
  }

  /// As the settings file calls it (`as_of`).
  public var name: String
  /// None where nothing is set.
  public var values: [String]
  /// Whether there may be several values.
  public var isList: Bool
  /// Who says so.
  public var origin: Origin

  /// A setting with its values, none where nothing is set.
  public init(name: String, values: [String], isList: Bool = false, origin: Origin) {
    self.name = name
    self.values = values
    self.isList = isList
    self.origin = origin
  }

  /// The only value, or the first.
  public var value: String? { values.first }

  fileprivate var row: SettingRow {
    let origin: SettingRow.Origin =
      switch self.origin {
      case .commandLine: .commandLine
      case .input(let path, let line): .input(path: path, line: line)
      case .settingsFile(let path, let line): .settingsFile(path: path, line: line)
      case .environment(let variable): .environment(variable: variable)
      case .builtIn(let zh, let en):
        .builtIn(note: zh.isEmpty ? nil : Bilingual(zh: zh, en: en))
      }
    return SettingRow(name: name, values: values, isList: isList, origin: origin)
  }
}

/// The settings of a run, to be looked at.
public struct SettingsTable: Sendable {
  private let report: SettingsReport
  /// The settings file; nil where there is none.
  public let path: String?
  /// A row each.
  public let settings: [Setting]

  /// `path` is the settings file's; nil where there is none.
  public init(path: String?, settings: [Setting]) {
    self.path = path
    self.settings = settings
    report = SettingsReport(path: path, rows: settings.map(\.row))
  }

  /// A line a setting: name, value, where it comes from.
  public func text(in language: Language) -> String { report.text(language) }

  /// The same for programs (`config/1`).
  public var json: String { report.json(version: Planlint.version) }
}
