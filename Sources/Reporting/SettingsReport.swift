package import Diagnostics

/// One setting of a run, with its value and where that comes from.
package struct SettingRow: Sendable {
  package enum Origin: Sendable {
    case commandLine
    /// An applications or plan file's own word.
    case input(path: String, line: Int)
    case settingsFile(path: String, line: Int)
    case environment(variable: String)
    /// Built in; the note says what it means where nothing is set.
    case builtIn(note: Bilingual?)
  }

  package var name: String
  /// None where nothing is set.
  package var values: [String]
  /// Whether there may be several, so that programs find a list.
  package var isList: Bool
  package var origin: Origin

  package init(name: String, values: [String], isList: Bool, origin: Origin) {
    self.name = name
    self.values = values
    self.isList = isList
    self.origin = origin
  }
}

/// The settings of a run as a table for people or as JSON.
package struct SettingsReport: Sendable {
  private let path: String?
  private let rows: [SettingRow]

  /// `path` is the settings file's; nil where there is none.
  package init(path: String?, rows: [SettingRow]) {
    self.path = path
    self.rows = rows
  }

  /// A line a setting, in columns: name, value, where it comes from.
  package func text(_ language: Language) -> String {
    let isChinese = language == .zh
    let none = isChinese ? "无" : "none"
    let head = (isChinese ? "设置文件: " : "settings file: ") + (path ?? none)
    let cells = rows.map { row in
      [
        row.name, row.values.isEmpty ? "-" : row.values.joined(separator: ", "),
        Self.words(row.origin, language),
      ].map(VisibleText.of)
    }
    var widths = [0, 0]
    for row in cells {
      for column in widths.indices {
        widths[column] = max(widths[column], DisplayWidth.of(row[column]))
      }
    }
    var text = VisibleText.of(head) + "\n"
    for row in cells {
      for column in widths.indices {
        text +=
          row[column]
          + String(repeating: " ", count: widths[column] - DisplayWidth.of(row[column]) + 2)
      }
      text += row[2] + "\n"
    }
    return text
  }

  private static func words(_ origin: SettingRow.Origin, _ language: Language) -> String {
    let isChinese = language == .zh
    switch origin {
    case .commandLine: return isChinese ? "命令行" : "command line"
    case .input(let path, let line), .settingsFile(let path, let line): return "\(path):\(line)"
    case .environment(let variable):
      return isChinese ? "环境变量 \(variable)" : "environment \(variable)"
    case .builtIn(let note):
      let word = isChinese ? "默认" : "default"
      guard let note else { return word }
      return isChinese ? "\(word)（\(note.zh)）" : "\(word) (\(note.en))"
    }
  }

  /// The same as JSON; `origin` is `command_line`, `input`, `settings`, `environment` or `default`.
  package func json(version: String) -> String {
    var sink = ByteSink()
    var json = JSONWriter(taking: &sink, indented: true)
    json.beginObject()
    json.head("config/1", version: version)
    json.key("file")
    if let path { json.string(path) } else { json.null() }
    json.key("settings")
    json.beginArray()
    for row in rows { Self.write(row, to: &json) }
    json.endArray()
    json.endObject()
    json.endLine()
    json.giveBack(to: &sink)
    return String(decoding: sink.bytes, as: UTF8.self)
  }

  private static func write(_ row: SettingRow, to json: inout JSONWriter) {
    json.beginObject(inline: true)
    json.key("name")
    json.string(row.name)
    json.key("value")
    if row.isList {
      json.strings(row.values)
    } else if let value = row.values.first {
      json.string(value)
    } else {
      json.null()
    }
    json.key("origin")
    var place: (path: String, line: Int)?
    var variable: String?
    switch row.origin {
    case .commandLine: json.string("command_line" as StaticString)
    case .input(let path, let line):
      json.string("input" as StaticString)
      place = (path, line)
    case .settingsFile(let path, let line):
      json.string("settings" as StaticString)
      place = (path, line)
    case .environment(let name):
      json.string("environment" as StaticString)
      variable = name
    case .builtIn: json.string("default" as StaticString)
    }
    json.key("path")
    if let place { json.string(place.path) } else { json.null() }
    json.key("line")
    if let place { json.number(place.line) } else { json.null() }
    json.key("variable")
    if let variable { json.string(variable) } else { json.null() }
    json.endObject()
  }
}
