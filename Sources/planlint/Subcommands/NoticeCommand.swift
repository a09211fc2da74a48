import ArgumentParser
import Diagnostics
import Glibc
import PlanlintKit

/// `planlint notice`: a letter to each applicant, and the list for publication.
struct NoticeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notice",
    abstract: "Write a notice to each applicant and the list for publication, in Chinese.",
    discussion: """
      planlint notice --city huaibei applications.yaml --out notices decides as `check` does and writes notice-ID.html for each \
      application (拟纳入, 不予纳入 or 原则上不予纳入, 需补正, 需人工裁量) and public-list.html without scores, coordinates or \
      telephone numbers; all-notices.html has all letters in one file to print, each on sheets of its own. What only the authority knows (contact, deadlines, legal remedies) is left blank to be filled in; \
      the day is that of decision. The folder is made where it is missing; files of these names are replaced, others are left \
      alone, and where something cannot be written the folder stays as it was.

      Templates: --write-templates DIR writes the built-in ones for editing, and --template DIR uses them: notice.html, \
      public-list.html, notice.txt, public-list.txt, each of which may be left out. A name that planlint does not know is an \
      error with its place, before anything is written.

      Exit codes: 0 the notices were written, whatever the verdicts; 2 usage, input, template, or nothing written.
      """)

  @OptionGroup var input: InputOptions
  @OptionGroup var settingsOptions: SettingsOptions
  @OptionGroup var batch: BatchOptions

  @Option(
    help: ArgumentHelp("The folder that the notices are written into.", valueName: "dir"),
    completion: .directory)
  var out: String?

  @Option(
    help: ArgumentHelp("A folder of templates of your own.", valueName: "dir"),
    completion: .directory)
  var template: String?

  @Option(
    help: ArgumentHelp("html (to print) or text. May be given twice.", valueName: "html|text"),
    completion: .list(LetterForm.allCases.map(\.rawValue)))
  var format: [String] = []

  @Option(
    help: ArgumentHelp("Write the built-in templates into this folder and end.", valueName: "dir"),
    completion: .directory)
  var writeTemplates: String?

  @Option(
    help: ArgumentHelp("Language of messages: zh or en.", valueName: "zh|en"),
    completion: Completions.languages)
  var lang: String?

  mutating func validate() throws {
    try Choice.check(lang, "--lang", Configuration.languages)
    for name in format where LetterForm(rawValue: name) == nil {
      throw ValidationError(
        zh: "--format：应为 `html` 或 `text`，实际为 `\(name)`"
          + Suggestion.chinese(name, among: LetterForm.allCases.map(\.rawValue)),
        en: "--format: expected `html` or `text`, found `\(name)`"
          + Suggestion.of(name, among: LetterForm.allCases.map(\.rawValue)))
    }
    if writeTemplates != nil {
      if !batch.files.isEmpty || out != nil {
        throw ValidationError(
          zh: "--write-templates：不能与文件或 --out 同用",
          en: "--write-templates: expected neither files nor --out beside it")
      }
      return
    }
    if out == nil || out == "" {
      throw ValidationError(
        zh: "应以 --out DIR 写明写入告知书的目录",
        en: "expected --out DIR, the folder that the notices are written into")
    }
  }

  mutating func run() throws {
    // What the settings file says of the language counts from where it is read.
    var language = Settings(configuration: nil).language(lang)
    do {
      if let writeTemplates {
        try Self.writeBuiltIn(to: writeTemplates, language)
        return
      }
      let (files, settings) = try batch.chosen(settingsOptions, language: lang)
      language = settings.language(lang)
      var forms: [LetterForm] = []
      for name in format.isEmpty ? ["html"] : format {
        if let form = LetterForm(rawValue: name), !forms.contains(form) { forms.append(form) }
      }
      // Before anything is read or decided: a template that cannot be used is found at once.
      let templates = try TemplateFolder(template).load(forms)
      let request = batch.request(input, settings)
      let outcome = try Planlint.check(files.map(Input.file), request)
      try Self.write(templates.compactMap(outcome.letters), to: out ?? "", language)
    } catch let error as InputErrors {
      for line in error.lines(in: language) { Terminal.printError(line) }
      throw ExitCode(2)
    } catch let failure as OutputFolder.Failure {
      Terminal.printError(
        language == .zh
          ? "\(failure.path): error: 告知书无法写入（\(failure.reason)），原有文件未改动"
          : "\(failure.path): error: the notices cannot be written (\(failure.reason)); the folder is as it was"
      )
      throw ExitCode(2)
    }
  }

  private static func write(
    _ forms: [RunResult.Letters], to path: String, _ language: Language
  ) throws {
    let output = try OutputFolder(path)
    do {
      for letters in forms {
        var all = LetterBundle(letters.form)
        for letter in letters {
          try output.write(letter.text, as: letter.fileName)
          all.add(letter)
        }
        if let all = all.letter { try output.write(all.text, as: all.fileName) }
      }
      try output.finish()
    } catch {
      output.abandon()
      throw error
    }
    let count = (forms.first?.count ?? 1) - 1
    Terminal.print(
      language == .zh
        ? "\(path): 已写入 \(count) 份告知书和公示名单"
        : "\(path): \(count) notices and the list for publication are written")
  }

  private static func writeBuiltIn(to path: String, _ language: Language) throws {
    let files = LetterForm.allCases.flatMap(LetterTemplates.builtIn)
    for file in files where access(path + "/" + file.name, F_OK) == 0 {
      throw ValidationError(
        zh: "`\(path)/\(file.name)` 已存在；应为没有模板的目录，以免覆盖",
        en:
          "`\(path)/\(file.name)` is there already; expected a folder without templates, so that none of yours is lost"
      )
    }
    try OutputFolder.write(files.map { ($0.name, $0.text) }, to: path)
    Terminal.print(
      language == .zh ? "\(path): 已写入内置模板" : "\(path): the built-in templates are written")
  }
}

/// The templates of a run: those of a folder, the built-in ones where it has none.
struct TemplateFolder {
  private let path: String?

  init(_ path: String?) { self.path = path }

  func load(_ forms: [LetterForm]) throws(InputErrors) -> [LetterTemplates] {
    try checkNames()
    var templates: [LetterTemplates] = []
    for form in forms {
      templates.append(
        try LetterTemplates(form, notice: file("notice", form), list: file("public-list", form)))
    }
    return templates
  }

  /// Nil where there is no such file.
  private func file(_ name: String, _ form: LetterForm) -> Input? {
    let file = path.map { "\($0)/\(name).\(form.fileExtension)" }
    return file.flatMap { access($0, F_OK) == 0 ? .file($0) : nil }
  }

  /// A page or text of another name would be passed over silently, and so would a folder without any template.
  private func checkNames() throws(InputErrors) {
    guard let path else { return }
    let entries: [FolderEntries.Entry]
    do {
      entries = try FolderEntries.of(path)
    } catch {
      throw Self.error(
        path, "无法读取模板文件夹（\(error.reason)）",
        "the folder of templates cannot be read (\(error.reason))")
    }
    let known = LetterForm.allCases.flatMap(LetterTemplates.builtIn).map(\.name)
    var found = 0
    for name in entries.map(\.name) {
      if known.contains(name) {
        found += 1
      } else if name.hasSuffix(".html") || name.hasSuffix(".txt") {
        throw Self.error(
          path + "/" + name, "不是模板名；应为 \(known.joined(separator: "、")) 之一",
          "is no template; expected one of \(known.joined(separator: ", "))"
            + Suggestion.of(name, among: known))
      }
    }
    if found == 0 {
      throw Self.error(
        path, "文件夹中没有模板；应有 \(known.joined(separator: "、")) 之一",
        "has no template; expected one of \(known.joined(separator: ", "))")
    }
  }

  private static func error(_ path: String, _ zh: String, _ en: String) -> InputErrors {
    InputErrors(Faults(Fault(path: path, zh: zh, en: en)))
  }
}
