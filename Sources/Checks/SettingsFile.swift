package import Diagnostics
import Policy
package import Reading
import Spatial

/// A settings file (`planlint.yaml`): what a folder's checks have in common, so that nobody has to type it.
///
/// Paths in it are relative to it; here they are as seen from the working folder.
package struct SettingsFile: Sendable {
  /// The name that is looked for.
  package static let name = "planlint.yaml"
  /// What the file may say it is, with the version of its form.
  package static let format = "settings/1"

  package let file: SourceFile
  /// The applications that are checked where none are named, and the plans; each may be a pattern.
  package private(set) var applications: [Entry]?
  package private(set) var plans: [Entry]?
  package private(set) var city: Entry?
  package private(set) var facts: Entry?
  package private(set) var registry: Entry?
  package private(set) var waivers: Entry?
  package private(set) var asOf: Entry?
  package private(set) var datum: Entry?
  package private(set) var policies: Entry?
  package private(set) var formats: [SettingsFormat]?
  package private(set) var language: Entry?
  package private(set) var failOn: Entry?
  package private(set) var show: Entry?
  /// Where the site of rules is published that `planlint rules --format html=DIR` writes.
  package private(set) var rulesAddress: Entry?
  /// The baselines of `check` and of `plan`.
  package private(set) var checkBaseline: Entry?
  package private(set) var planBaseline: Entry?
  /// What it gives for a check; paths as seen from the working folder.
  package private(set) var defaults = CheckDefaults()

  /// One setting and where it stands.
  package struct Entry: Sendable {
    package var value: String
    package var location: Location

    package init(value: String, location: Location) {
      self.value = value
      self.location = location
    }

    package init(_ value: String, _ range: ByteRange, _ file: SourceFile) {
      self.init(value: value, location: Location(file: file, range: range))
    }

    /// From 1.
    package var line: Int {
      LineIndex(location.file).position(of: location.range.start).line
    }

    /// A fault that says what is wrong with it, at its place.
    package func fault(zh: String, en: String) -> Fault {
      Fault(location.file, location.range, zh: zh, en: en)
    }
  }

  /// The words that settings and options have in common.
  package static let languages = ["zh", "en"]
  package static let failOnWords = ["fail", "review"]
  package static let showWords = ["usual", "all"]

  /// Reads a file; `formatNames` are the formats that a report can take.
  package init(reading file: SourceFile, formatNames: [String]) throws(Faults) {
    self.init(file)
    let tree = try Document.read(file, format: .yaml)
    // A file without anything in it settles nothing.
    if tree.isNull { return }
    var context = FieldContext(file)
    let read = Self.reader(file, formatNames).read(tree, &context)
    try context.faults.check()
    if let read { self = read }
  }

  package init(reading path: String, formatNames: [String]) throws(Faults) {
    try self.init(reading: try InputFile.load(path: path), formatNames: formatNames)
  }

  private init(_ file: SourceFile) { self.file = file }

  /// Refuses paths that lead out of the file's folder, unless that is allowed: whoever takes over a folder of others' has not written them.
  package func checkPaths(allowsOutside: Bool) throws(Faults) {
    let paths = NamedPaths(settings: file.path, allowsOutside: allowsOutside)
    var faults = FaultCollector()
    let entries =
      (applications ?? []) + (plans ?? [])
      + [facts, registry, waivers, policies, checkBaseline, planBaseline].compactMap(\.self)
      + (formats ?? []).compactMap { format in
        format.file.map { Entry(value: $0, location: format.location) }
      }
    for entry in entries {
      do {
        try paths.admit(entry.value, namedAt: entry.location)
      } catch {
        faults.add(error)
      }
    }
    try faults.check()
  }

  package static func reader(
    _ file: SourceFile, _ formatNames: [String]
  ) -> FieldReader<SettingsFile> {
    .record(
      RecordDescription(
        "settings", zh: "设置", en: "settings of a folder",
        fields: [
          ("planlint", "文件格式", "format of the file"),
          (
            "applications", "未指明文件时所检查的申请文件",
            "the applications that are checked where none are named"
          ),
          ("plans", "未指明文件时所检查的规划文件", "the plans that are checked where none are named"),
          ("city", "统筹地区：编号、名称或区划代码", "the city: id, name or code"),
          ("facts", "基础数据文件", "the facts file"), ("registry", "定点机构名册文件", "the registry"),
          ("waivers", "批准例外文件", "the waivers"), ("as_of", "决定日期", "the day of decision"),
          ("datum", "未注明坐标系的位置所用坐标系", "datum of the locations that name none"),
          ("policies", "政策档案目录", "the folder of policy profiles"),
          ("formats", "报告格式，`格式` 或 `格式=文件`", "formats of reports, `format` or `format=file`"),
          ("lang", "语言", "language"),
          ("fail_on", "退出码从何算起", "what makes the exit code other than 0"),
          ("show", "显示哪些结果", "which findings are shown"), ("baseline", "基线文件", "baseline"),
          ("rules_address", "规则说明网页的网址", "address of the site of rules"),
        ],
        beyond: [
          Bilingual(
            zh: "`formats` 中至多一种写到标准输出，其余各有文件",
            en: "of `formats` one at most goes to standard output, each other has a file of its own"
          )
        ])
    ) { record in
      _ = record.optional("planlint", .format(format))
      var settings = SettingsFile(file)
      func entry(_ found: Located<String>?) -> Entry? {
        found.map { Entry($0.value, $0.range, file) }
      }
      func path(_ found: Located<String>?) -> Entry? {
        found.map { Entry(InputLoader.resolve($0.value, from: file), $0.range, file) }
      }
      func paths(_ found: Located<[Located<String>]>?) -> [Entry]? {
        found.map { $0.value.compactMap { path($0) } }
      }
      settings.applications = paths(record.optional("applications", .oneOrMore(inputPath)))
      settings.plans = paths(record.optional("plans", .oneOrMore(inputPath)))
      settings.city = entry(record.optional("city", .text))
      settings.facts = path(record.optional("facts", .text))
      settings.registry = path(record.optional("registry", .text))
      settings.waivers = path(record.optional("waivers", .text))
      let asOf = record.optional("as_of", .day)
      settings.asOf = asOf.map { Entry($0.value.description, $0.range, file) }
      let datum = record.optional("datum", .oneOf(Datum.self))
      settings.datum = datum.map { Entry($0.value.rawValue, $0.range, file) }
      settings.policies = path(record.optional("policies", .text))
      settings.formats = record.optional("formats", formats(formatNames))?.value
      settings.language = entry(record.optional("lang", .oneOf(languages)))
      settings.failOn = entry(record.optional("fail_on", .oneOf(failOnWords)))
      settings.show = entry(record.optional("show", .oneOf(showWords)))
      settings.rulesAddress = entry(record.optional("rules_address", webAddress))
      let baseline = record.optional("baseline", Self.baseline)?.value
      settings.checkBaseline = path(baseline?.check)
      settings.planBaseline = path(baseline?.plan)
      settings.defaults.city = settings.city.map {
        CheckDefaults.DefaultCity(value: $0.value, location: $0.location)
      }
      settings.defaults.facts = settings.facts?.value
      settings.defaults.registry = settings.registry?.value
      for entry in [
        settings.facts, settings.registry, settings.waivers, settings.checkBaseline,
        settings.planBaseline,
      ] {
        if let entry { settings.defaults.places[entry.value] = entry.location }
      }
      settings.defaults.path = file.path
      settings.defaults.asOf = asOf?.value
      settings.defaults.asOfPlace = settings.asOf?.location
      settings.defaults.datum = datum?.value
      settings.defaults.datumPlace = settings.datum?.location
      return settings
    }
  }

  /// A path, which is a file's: who writes settings has nothing on standard input.
  private static let inputPath = FieldReader<String>.text.then { path, context in
    if path.value != "-" { return path.value }
    context.fault(
      path.range, zh: "应为文件，实际为标准输入 `-`", en: "expected a file, found standard input, `-`")
    return nil
  }

  /// An address that a browser opens.
  private static let webAddress = FieldReader<String>.text.then { address, context in
    let isWeb = ["https://", "http://"].contains { start in
      address.value.hasPrefix(start) && address.value.utf8.count > start.utf8.count
    }
    let isPlain = address.value.utf8.allSatisfy {
      $0 > 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x3C && $0 != 0x3E
    }
    if isWeb, isPlain { return address.value }
    context.fault(
      address.range, zh: "应为以 `https://` 或 `http://` 开头的网址，实际为 `\(address.value)`",
      en: "expected an address that begins with `https://` or `http://`, found `\(address.value)`")
    return nil
  }.described { _ in .text(pattern: "^https?://[^ \"<>]+$") }

  /// One path for both subcommands, or one each.
  private static let baseline = FieldReader<(check: Located<String>?, plan: Located<String>?)> {
    node, context in
    if context.describes(.either([FieldReader<String>.text.schema, baselines.schema])) {
      return nil
    }
    if node.entries != nil { return baselines.read(node, &context) }
    guard let path = FieldReader<String>.text.read(node, &context) else { return nil }
    return (Located(path, node.range), Located(path, node.range))
  }

  private static let baselines = FieldReader<(check: Located<String>?, plan: Located<String>?)>
    .record(
      RecordDescription(
        "baselines", zh: "各命令的基线文件", en: "baselines by subcommand",
        fields: [("check", "check 的基线", "of check"), ("plan", "plan 的基线", "of plan")])
    ) { record in (record.optional("check", .text), record.optional("plan", .text)) }

  private static func formats(_ names: [String]) -> FieldReader<[SettingsFormat]> {
    FieldReader<[Located<SettingsFormat>]>.list(of: format(names), atLeast: 1).then {
      list, context in
      var toOutput: [Located<SettingsFormat>] = []
      var files: [String] = []
      for format in list.value {
        guard let file = format.value.file else {
          toOutput.append(format)
          continue
        }
        if files.contains(file) {
          context.fault(
            format.range, zh: "每种格式应各有文件，`\(file)` 重复",
            en: "expected every format to have a file of its own, found `\(file)` twice")
        }
        files.append(file)
      }
      if toOutput.count > 1, let second = toOutput.dropFirst().first {
        context.fault(
          second.range, zh: "标准输出至多一种格式，其余请给出文件（`json=report.json`）",
          en:
            "expected at most one format for standard output; give the others a file (`json=report.json`)"
        )
      }
      return list.value.map(\.value)
    }
  }

  /// `sarif`, or `sarif=report.sarif` into a file.
  private static func format(_ names: [String]) -> FieldReader<SettingsFormat> {
    FieldReader<String>.text.then { text, context in
      let parts = text.value.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(parts[0])
      guard names.contains(name) else {
        context.unknownName(name, text.range, among: names)
        return nil
      }
      var file = parts.count > 1 ? String(parts[1]) : nil
      if file == "" {
        context.fault(
          text.range, zh: "`\(name)=` 之后应有文件", en: "expected a file after `\(name)=`")
        return nil
      }
      file = file.map { InputLoader.resolve($0, from: context.file) }
      return SettingsFormat(
        name: name, file: file, location: Location(file: context.file, range: text.range))
    }.described { _ in .text(pattern: "^(\(names.joined(separator: "|")))(=.+)?$") }
  }
}

/// A format of `formats:`; without a file it goes to standard output.
package struct SettingsFormat: Sendable {
  package var name: String
  /// As seen from the working folder.
  package var file: String?
  package var location: Location
}
