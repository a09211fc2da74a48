import ArgumentParser
import PlanlintKit

/// `planlint policy init`: the beginning of a profile, from the text of its document.
struct PolicyInitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Make the beginning of a city's profile from the text of its document.",
    discussion: """
      tenant.yaml, the profile with every sentence that binds (原则上, 不得, 应, 可, 优先 …) as a provision with its place, a tests \
      file and todo.md, which lists what only a person can say. How binding each sentence is, is guessed by its words and says \
      so; until rules are written everything is left to a person. All of them are written, or none; a file that is there is \
      never replaced without --force. Exit codes: 0, or 2.
      """)

  @Option(
    help: ArgumentHelp(
      "The id of the new tenant: small Latin letters, digits and hyphens.", valueName: "id"))
  var city: String

  @Option(
    help: ArgumentHelp("The city in Chinese. Default: as the title has it.", valueName: "name"))
  var name: String?

  @Option(help: ArgumentHelp("Its GB/T 2260 code.", valueName: "code"))
  var code: String?

  @Option(
    help: ArgumentHelp(
      "The first and the last year (2026-2030). Default: those of the title.", valueName: "years"))
  var years: String?

  @Option(
    help: ArgumentHelp(
      "The folder, made where it is not there. Default: policies/<id>.", valueName: "dir"),
    completion: .directory)
  var into: String?

  @Flag(help: "Replace files that are there.")
  var force = false

  @Option(
    help: ArgumentHelp("Language of messages: zh or en.", valueName: "zh|en"),
    completion: Completions.languages)
  var lang: String?

  @OptionGroup var settingsOptions: SettingsOptions

  @Argument(
    help: ArgumentHelp("The text of the document, in UTF-8.", valueName: "document"),
    completion: .file(extensions: ["txt", "md"]))
  var document: String

  private var span: ClosedRange<Int>? {
    guard let years else { return nil }
    let parts = years.split(separator: "-").compactMap { Int($0) }
    guard let first = parts.first, let last = parts.last, parts.count <= 2, first <= last,
      (1900...2999).contains(first), (1900...2999).contains(last)
    else { return nil }
    return first...last
  }

  mutating func validate() throws {
    try Choice.check(lang, "--lang", Configuration.languages)
    let isID =
      city.first?.isLetter == true
      && city.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") }
    if !isID {
      throw ValidationError(
        zh: "--city：应为小写拉丁字母、数字和连字符（`huaibei`），实际为 `\(city)`",
        en: "--city: expected small Latin letters, digits and hyphens (`huaibei`), found `\(city)`")
    }
    if let code, ![2, 4, 6].contains(code.count) || !code.allSatisfy({ $0.isASCII && $0.isNumber })
    {
      throw ValidationError(
        zh: "--code：应为 2、4 或 6 位数字，实际为 `\(code)`",
        en: "--code: expected 2, 4 or 6 digits, found `\(code)`")
    }
    if let years, span == nil {
      throw ValidationError(
        zh: "--years：应为起止年度（`2026-2030`），实际为 `\(years)`",
        en: "--years: expected two years (`2026-2030`), found `\(years)`")
    }
  }

  mutating func run() throws {
    let settings = try settingsOptions.settings(for: [], language: lang)
    let language = settings.language(lang)
    let files: [StarterFile]
    do {
      files = try Planlint.profileSkeleton(
        document: document, city: city, name: name, code: code, years: span, language: language)
    } catch {
      for line in error.annotatedLines(in: language) { Terminal.printError(line) }
      throw ExitCode(2)
    }
    try NewFiles.write(files, into: into ?? "policies/\(city)", replacing: force, language)
  }
}
