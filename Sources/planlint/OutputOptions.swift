import ArgumentParser
import PlanlintKit

/// The options that say how a report is written.
struct OutputOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "\(Format.all.map(\.name).joined(separator: ", ")); with =FILE into a file. May be given several times.",
      valueName: "format[=file]"), completion: Completions.formats)
  var format: [String] = []

  @Option(
    help: ArgumentHelp(
      "Language of messages: zh or en. Default: from LC_ALL or LANG, else zh.", valueName: "zh|en"),
    completion: Completions.languages)
  var lang: String?

  @Option(
    help: ArgumentHelp(
      "With `fail`, only failures make the exit code other than 0 (a 3 becomes 0). Default: review.",
      valueName: "fail|review"), completion: .list(Configuration.failOnWords))
  var failOn: String?

  @Option(
    help: ArgumentHelp(
      "With `all`, also show what holds, is exempt or does not apply. Default: usual.",
      valueName: "usual|all"), completion: .list(Configuration.showWords))
  var show: String?

  @Option(
    help: ArgumentHelp(
      "Show findings of this rule only; changes no verdict. May be given several times.",
      valueName: "id"), completion: Completions.rules)
  var rule: [String] = []

  @Option(
    help: ArgumentHelp(
      "Show findings of this outcome only; changes no verdict. May be given several times.",
      valueName: "outcome"), completion: .list(Presentation.outcomeNames))
  var outcome: [String] = []

  @Option(
    help: ArgumentHelp(
      "Show this application, city or district only, by its id; changes no verdict and no exit code. May be given several times.",
      valueName: "id"))
  var subject: [String] = []

  @Option(
    help: ArgumentHelp(
      "How much of each subject json, jsonl and csv carry: `verdict` has ids, verdicts and outcomes, `finding` also figures, places and what is missing. Default: full.",
      valueName: "verdict|finding|full"), completion: .list(Presentation.detailNames))
  var detail: String?

  @Option(
    help: ArgumentHelp(
      "Show only what is new against this baseline, and what was fixed. Known findings count neither for the exit code; one that got worse is new.",
      valueName: "file"), completion: .file(extensions: ["json"]))
  var baseline: String?

  @Option(
    help: ArgumentHelp(
      "Write what is found now as a baseline, after --baseline was read; both may name the same file.",
      valueName: "file"), completion: .file(extensions: ["json"]))
  var writeBaseline: String?

  @OptionGroup var notes: NoteOptions

  @Option(
    help: ArgumentHelp(
      "Count findings by rule and outcome on standard error, with the time of each stage and the memory: --stats, or --stats=json for programs.",
      valueName: "text|json"), completion: .list(["text", "json"]))
  var stats: String?

  mutating func validate() throws {
    try Choice.check(stats, "--stats", ["text", "json"])
    try Choice.check(lang, "--lang", Configuration.languages)
    try Choice.check(failOn, "--fail-on", Configuration.failOnWords)
    try Choice.check(show, "--show", Configuration.showWords)
    try Choice.check(detail, "--detail", Presentation.detailNames)
    if !subject.isEmpty, writeBaseline != nil {
      throw ValidationError(
        zh: "--write-baseline 记录全部检查结果；请去掉 --subject，或另行运行一次",
        en:
          "--write-baseline keeps what is found of everybody; leave --subject out, or write it in a run of its own"
      )
    }
    for name in outcome { try Choice.check(name, "--outcome", Presentation.outcomeNames) }
    _ = try Delivery.targets(format, writeBaseline)
  }

  /// How the reports of a run are delivered.
  func delivery(_ settings: Settings, ofPlans: Bool = false) throws -> Delivery {
    var presentation = Presentation()
    presentation.language = settings.language(lang)
    presentation.showsAll = settings.show(show).value == "all"
    presentation.rules = rule
    presentation.outcomes = outcome
    presentation.detail = detail
    presentation.repository = RepositorySearch.find()
    presentation.rulesAddress = settings.rulesAddress.value
    return Delivery(
      targets: try Delivery.targets(settings.formats(format).values, writeBaseline),
      presentation: presentation, failsOnReview: settings.failOn(failOn).value != "fail",
      baseline: settings.baseline(baseline, ofPlans: ofPlans).value, writeBaseline: writeBaseline,
      watch: notes.watch(settings, language: presentation.language, measures: stats != nil),
      stats: stats)
  }
}
