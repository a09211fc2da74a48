import ArgumentParser
import PlanlintKit

/// `planlint init`: the inputs of a city, to be filled in.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write the inputs that a city's profile needs, commented, to be filled in.",
    discussion: """
      applications.yaml, facts.yaml, registry.csv, waivers.yaml and plan.yaml, with the fields that this profile's rules look \
      at: what each is, where it is found, which rules need it. All of them are written, or none; a file that is there is \
      never replaced without --force. Until they are filled in a check ends with 2 and names the blanks. Exit codes: 0, or 2.

      --form xlsx writes one workbook in their place, with the sheets 申请, 名册, 基础数据 and 填表说明: Chinese headers, lists of the words, \
      remarks on what is expected. `planlint --city ID FILE.xlsx` reads it as it is.
      """)

  @Option(
    help: ArgumentHelp(
      "The city: a tenant (huaibei), a city it covers, a Chinese name (淮北) or a GB/T 2260 code.",
      valueName: "id"), completion: Completions.cities)
  var city: String

  @Option(
    help: ArgumentHelp(
      "The year of the figures. Default: the first of the profile's span.", valueName: "year"))
  var year: Int?

  @Option(
    help: ArgumentHelp("For this profile. Default: the one of the year.", valueName: "id"),
    completion: Completions.profiles)
  var profile: String?

  @Option(
    help: ArgumentHelp(
      "`files`: YAML and CSV in a folder; `xlsx`: one workbook. Default: files.",
      valueName: "files|xlsx"), completion: .list(forms))
  var form: String?

  static let forms = ["files", "xlsx"]

  @Flag(help: "Replace files that are there.")
  var force = false

  @OptionGroup var profiles: ProfileOptions

  @Argument(
    help: ArgumentHelp(
      "The folder, made where it is not there; with --form xlsx the file.", valueName: "dir|file"),
    completion: .directory)
  var folder: String

  mutating func validate() throws {
    if let year, !(1900...2999).contains(year) {
      throw ValidationError(
        zh: "--year：应为四位数的年度，实际为 `\(year)`",
        en: "--year: expected a year of four digits, found `\(year)`")
    }
    try Choice.check(form, "--form", Self.forms)
    if folder.isEmpty {
      throw ValidationError(zh: "应为目录，实际为空", en: "expected a folder, found an empty name")
    }
  }

  mutating func run() throws {
    let settings = try profiles.settings()
    var request = profiles.request(settings)
    request.profile = profile
    let language = settings.language(profiles.lang)
    if form == "xlsx" { return try writeWorkbook(request, language) }
    let starters: [StarterFile]
    do {
      starters = try Planlint.starterFiles(city: city, year: year, language: language, request)
    } catch {
      for line in error.lines(in: language) { Terminal.printError(line) }
      throw ExitCode(2)
    }
    try NewFiles.write(starters, into: folder, replacing: force, language)
  }

  private func writeWorkbook(_ request: Request, _ language: Language) throws {
    let book: StarterBook
    do {
      book = try Planlint.starterWorkbook(city: city, year: year, language: language, request)
    } catch {
      for line in error.lines(in: language) { Terminal.printError(line) }
      throw ExitCode(2)
    }
    do throws(OutputFile.Failure) {
      if !force, Files.exists(folder) {
        throw OutputFile.Failure(
          path: folder,
          reason: language == .zh
            ? "文件已存在；要替换请加 `--force`" : "is there already; give `--force` to replace it")
      }
      try OutputFile(path: folder).write { book.write(to: $0) }
    } catch {
      Terminal.printError(
        language == .zh
          ? "\(error.path): error: 无法写入（\(error.reason)）"
          : "\(error.path): error: cannot be written (\(error.reason))")
      throw ExitCode(2)
    }
    Terminal.print(folder)
  }
}
