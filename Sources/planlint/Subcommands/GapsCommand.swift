import ArgumentParser
import PlanlintKit

/// `planlint gaps`: where a newcomer would pass.
struct GapsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gaps",
    abstract: "Map where a newcomer of a kind would pass today.",
    discussion: """
      Free is where every circle that the profile has lets one more stand, by the institutions of the registry; beside it stands what has \
      to be checked on site (within the accuracy of coordinates), and the places left by district and street. What is not given of \
      the newcomer and makes a difference gives a map each; --set gives it. Exit codes: 0 the map is written, 2 an input cannot be read, or \
      there is no registry.
      """)

  @OptionGroup var input: InputOptions
  @OptionGroup var settingsOptions: SettingsOptions
  @OptionGroup var notes: NoteOptions

  @Option(
    help: ArgumentHelp(
      "The institutions designated already (CSV, XLSX, GeoJSON, YAML or JSON).", valueName: "file"),
    completion: Completions.tables)
  var registry: String?

  @Option(
    help: ArgumentHelp(
      "The kind of institution (retail_pharmacy, clinic …). Default: retail_pharmacy.",
      valueName: "kind"), completion: .list(GapQuestion.kinds))
  var kind: String?

  @Option(
    help: ArgumentHelp(
      "What it asks for (pooled_pharmacy, inpatient …). May be given several times. Default: the ordinary one of the kind.",
      valueName: "category"), completion: .list(GapQuestion.categoryWords))
  var category: [String] = []

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "A field of the newcomer, as an application has it: area=built_up, grade=primary. May be given several times.",
      valueName: "field=value"))
  var settings: [String] = []

  @Option(
    help: ArgumentHelp(
      "Where to look: polygons in GeoJSON; those named for a district count as it. Default: the hull of the registry's places.",
      valueName: "file"), completion: .file(extensions: ["geojson", "json"]))
  var within: String?

  @Option(
    help: ArgumentHelp(
      "text, geojson or html; with =FILE into a file. May be given several times.",
      valueName: "format[=file]"),
    completion: .list(GapMap.Format.allCases.map(\.rawValue)))
  var format: [String] = []

  @Option(
    help: ArgumentHelp(
      "Language of messages: zh or en. Default: from LC_ALL or LANG, else zh.", valueName: "zh|en"),
    completion: Completions.languages)
  var lang: String?

  /// One form to write.
  private struct Target {
    var format: GapMap.Format
    /// None: standard output.
    var file: String?
  }

  mutating func validate() throws {
    try Choice.check(lang, "--lang", Configuration.languages)
    for text in settings {
      guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
        throw ValidationError(
          zh: "--set：应为 字段=取值，实际为 `\(text)`", en: "--set: expected field=value, found `\(text)`")
      }
    }
    _ = try targets()
  }

  mutating func run() throws {
    let settings = try settingsOptions.settings(
      for: input.facts.map { [$0] } ?? [], language: lang)
    let targets = try targets()
    let known =
      settings.inputs([], facts: input.facts, registry: registry, waivers: nil)
      + input.frozen.inputs + [(within, "the area")]
    try places(targets).check(
      against: known.compactMap { entry in entry.path.map { (path: $0, name: entry.name) } }
        + (settings.policies(input.policies).value.map(OutputPlaces.profiles) ?? []))
    let language = settings.language(lang)
    var request = input.request(settings)
    request.registry = registry.map(Input.file)
    request.observer = notes.watch(settings, language: language).observer
    request.note = notes.writer(language: language)
    let map: GapMap
    do {
      map = try Planlint.gaps(question, request)
    } catch {
      for line in error.lines(in: language) { Terminal.printError(line) }
      throw ExitCode(2)
    }
    // Standard output comes last: where a file cannot be written nothing is on it.
    for target in targets {
      guard let path = target.file else { continue }
      do {
        try OutputFile(path: path).write { map.write(target.format, in: language, to: $0) }
      } catch {
        Terminal.printError(
          language == .zh
            ? "\(error.path): error: 无法写入（\(error.reason)），原有文件未改动"
            : "\(error.path): error: cannot be written (\(error.reason)); the old file is as it was"
        )
        throw ExitCode(2)
      }
    }
    for target in targets where target.file == nil {
      map.write(target.format, in: language, isColored: Terminal.isColored) { Terminal.write($0) }
    }
  }

  private var question: GapQuestion {
    var question = GapQuestion()
    question.kind = kind
    question.categories = category
    question.settings = settings.map { text in
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (String(parts[0]), String(parts[1]))
    }
    question.within = within.map(Input.file)
    return question
  }

  private func targets() throws -> [Target] {
    let names = GapMap.Format.allCases.map(\.rawValue)
    let targets = try (format.isEmpty ? ["text"] : format).map { text in
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(parts[0])
      guard let format = GapMap.Format(rawValue: name) else {
        throw ValidationError(
          zh: "--format：应为 \(names.joined(separator: "、")) 之一，实际为 `\(name)`"
            + Suggestion.chinese(name, among: names),
          en: "--format: expected one of \(names.joined(separator: ", ")), found `\(name)`"
            + Suggestion.of(name, among: names))
      }
      let file = parts.count > 1 ? String(parts[1]) : nil
      if file == "" {
        throw ValidationError(
          zh: "--format：`\(name)=` 之后应为文件", en: "--format: expected a file after `\(name)=`")
      }
      return Target(format: format, file: file)
    }
    if targets.count(where: { $0.file == nil }) > 1 {
      throw ValidationError(
        zh: "--format：写到标准输出的至多一种，其余请给出文件（`geojson=gaps.geojson`）",
        en:
          "--format: expected at most one format for standard output; give the others a file (`geojson=gaps.geojson`)"
      )
    }
    _ = try places(targets)
    return targets
  }

  /// Where everything goes; no two to one file.
  private func places(_ targets: [Target]) throws -> OutputPlaces {
    var places = OutputPlaces()
    for target in targets {
      if let file = target.file {
        try places.add(file, as: "--format \(target.format.rawValue)=\(file)")
      } else {
        try places.addStandardOutput()
      }
    }
    return places
  }
}
