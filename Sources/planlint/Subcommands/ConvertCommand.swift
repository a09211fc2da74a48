import ArgumentParser
import Diagnostics
import PlanlintKit

/// `planlint convert`: an input in another form.
struct ConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract:
      "Write an input in another form, as planlint writes it: for git, or for other programs.",
    discussion: """
      Applications, registries and facts of any form that a check reads, plans and waivers become YAML, JSON, JSON Lines or CSV: \
      English names and words, days as 2026-03-02, fields in one order. A column or property that nothing reads is kept as one of \
      your own (`x-…`); titles, totals and remarks around a table are not, and notes on standard error say so, as they say what was \
      understood how. Comments of YAML are not data.

      What comes out is read again and held against what went in: what the form cannot hold is an error that names it, and the same \
      verdicts come of both. JSON Lines and CSV have rows alone: what an applications file says beside them (city, facts, registry, \
      as_of) is an error, unless --rows-only leaves it to the options of a check. A sheet of a workbook is named as in a check \
      (`form.xlsx#名册`).

      Exit codes: 0, or 2.
      """)

  @Option(
    help: ArgumentHelp(
      "What to write: \(Planlint.conversionTargets.joined(separator: ", ")).",
      valueName: "form"), completion: .list(Planlint.conversionTargets))
  var to: String

  @Option(
    name: .customLong("as"),
    help: ArgumentHelp(
      "What the input is, where that is not seen: \(Planlint.convertibleKinds.joined(separator: ", ")).",
      valueName: "kind"), completion: .list(Planlint.convertibleKinds))
  var kind: String?

  @Option(
    help: ArgumentHelp(
      "The city whose own fields and words the input has. Default: the file's own.",
      valueName: "id"), completion: Completions.cities)
  var city: String?

  @Option(
    help: ArgumentHelp(
      "Into this file, replaced as a whole. Default: standard output.", valueName: "file"),
    completion: .file())
  var out: String?

  @Flag(help: "Leave out what an applications file says of itself, where the form has rows alone.")
  var rowsOnly = false

  @OptionGroup var profiles: ProfileOptions

  @Argument(
    help: ArgumentHelp("The input; `-` is standard input.", valueName: "file"),
    completion: Completions.tables)
  var file: String

  mutating func validate() throws {
    try Choice.check(to, "--to", Planlint.conversionTargets)
    try Choice.check(kind, "--as", Planlint.convertibleKinds)
  }

  mutating func run() throws {
    try Files.check([file])
    if let out {
      var places = OutputPlaces()
      try places.add(out, as: "--out \(out)")
      if file != "-" { try places.check(against: [(SheetPath(file).file, "the input")]) }
    }
    let settings = try profiles.settings(for: [file])
    let language = settings.language(profiles.lang)
    var request = profiles.request(settings)
    request.city = city
    request.note = { Terminal.printError($0.rendered(language)) }
    let text: String
    do {
      text = try Planlint.convert(
        .file(file), to: to, as: kind, rowsOnly: rowsOnly, request)
    } catch {
      for line in error.lines(in: language) { Terminal.printError(line) }
      throw ExitCode(2)
    }
    guard let out else { return Terminal.printText(text) }
    do throws(OutputFile.Failure) {
      try OutputFile(path: out).write { write in
        Array(text.utf8).withUnsafeBytes { write($0) }
      }
    } catch {
      Terminal.printError(
        language == .zh
          ? "\(error.path): error: 无法写入（\(error.reason)），原有文件未改动"
          : "\(error.path): error: cannot be written (\(error.reason)); the old file is as it was")
      throw ExitCode(2)
    }
  }
}
