import ArgumentParser
import Diagnostics
import Glibc
import Notices
import PlanlintKit

/// `planlint notice`: a letter to each applicant, and the list for publication.
struct NoticeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notice",
    abstract: "Write a notice to each applicant and the list for publication, in Chinese.",
    discussion: """
      planlint notice --city huaibei applications.yaml --out notices decides as `check` does and writes notice-ID.html for each \
      application (拟纳入, 不予纳入 or 原则上不予纳入, 需补正, 需人工裁量) and public-list.html without scores, coordinates or \
      telephone numbers. What only the authority knows (contact, deadlines, legal remedies) is left blank to be filled in; \
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
    completion: .list(NoticeForm.allCases.map(\.rawValue)))
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
    for name in format where NoticeForm(rawValue: name) == nil {
      throw ValidationError(
        "--format: expected `html` or `text`, found `\(name)`"
          + Suggestion.of(name, among: NoticeForm.allCases.map(\.rawValue)))
    }
    if writeTemplates != nil {
      if !batch.files.isEmpty || out != nil {
        throw ValidationError("--write-templates: expected neither files nor --out beside it")
      }
      return
    }
    if out == nil || out == "" {
      throw ValidationError("expected --out DIR, the folder that the notices are written into")
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
      var forms: [NoticeForm] = []
      for name in format.isEmpty ? ["html"] : format {
        if let form = NoticeForm(rawValue: name), !forms.contains(form) { forms.append(form) }
      }
      // Before anything is read or decided: a template that cannot be used is found at once.
      let templates = try TemplateFolder(template).load(forms)
      let request = batch.request(input, settings)
      let outcome = try Planlint.check(files, request)
      guard let text = NoticeText(outcome.report) else { throw ExitCode(2) }
      try Self.write(text, outcome.report, templates, to: out ?? "", language)
    } catch let error as InputErrors {
      for line in error.lines(in: language) { Terminal.printError(line) }
      throw ExitCode(2)
    } catch let problem as NoticeTemplate.Problem {
      let message = problem.message[language]
      let place = problem.place.map { ":\($0.line):\($0.column)" } ?? ""
      Terminal.printError("\(problem.path)\(place): error: \(message)")
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
    _ text: NoticeText, _ report: Report, _ templates: TemplateFolder.Templates, to path: String,
    _ language: Language
  ) throws {
    let names = NoticeNames.of((0..<report.resultCount).map { report.result($0).id })
    let folder = try OutputFolder(path)
    do {
      for (form, notice, list) in templates.byForm {
        for (index, name) in names.enumerated() {
          try folder.write(
            notice.render(text.notice(index)), as: "\(name).\(form.fileExtension)")
        }
        try folder.write(list.render(text.publicList), as: "public-list.\(form.fileExtension)")
      }
      try folder.finish()
    } catch {
      folder.abandon()
      throw error
    }
    Terminal.print(
      language == .zh
        ? "\(path): 已写入 \(names.count) 份告知书和公示名单"
        : "\(path): \(names.count) notices and the list for publication are written")
  }

  private static func writeBuiltIn(to path: String, _ language: Language) throws {
    for file in TemplateFolder.fileNames where access(path + "/" + file.name, F_OK) == 0 {
      throw ValidationError(
        "`\(path)/\(file.name)` is there already; expected a folder without templates, so that none of yours is lost"
      )
    }
    let folder = try OutputFolder(path)
    do {
      for file in TemplateFolder.fileNames {
        try folder.write(BuiltInTemplates.text(file.template, file.form) ?? "", as: file.name)
      }
      try folder.finish()
    } catch {
      folder.abandon()
      throw error
    }
    Terminal.print(
      language == .zh ? "\(path): 已写入内置模板" : "\(path): the built-in templates are written")
  }
}

/// The templates of a run: those of a folder, the built-in ones where it has none.
struct TemplateFolder {
  /// Every file that is a template, with what it is.
  static let fileNames: [(name: String, template: String, form: NoticeForm)] =
    NoticeForm.allCases.flatMap { form in
      ["notice", "public-list"].map { ("\($0).\(form.fileExtension)", $0, form) }
    }

  /// Each form asked for, with its two templates.
  struct Templates {
    var byForm: [(form: NoticeForm, notice: NoticeTemplate, list: NoticeTemplate)] = []
  }

  private let path: String?

  init(_ path: String?) { self.path = path }

  func load(_ forms: [NoticeForm]) throws(NoticeTemplate.Problem) -> Templates {
    try checkNames()
    var templates = Templates()
    for form in forms {
      templates.byForm.append(
        (form, try template("notice", form), try template("public-list", form)))
    }
    return templates
  }

  private func template(
    _ name: String, _ form: NoticeForm
  ) throws(NoticeTemplate.Problem) -> NoticeTemplate {
    let file = "\(name).\(form.fileExtension)"
    if let path, let text = try Self.read(path + "/" + file) {
      return try NoticeTemplate(text, name: name, form: form, path: path + "/" + file)
    }
    return try NoticeTemplate(
      BuiltInTemplates.text(name, form) ?? "", name: name, form: form, path: file)
  }

  /// A page or text of another name would be passed over silently, and so would a folder without any template.
  private func checkNames() throws(NoticeTemplate.Problem) {
    guard let path else { return }
    let entries: [FolderEntries.Entry]
    do {
      entries = try FolderEntries.of(path)
    } catch {
      throw Self.problem(
        path, "无法读取模板文件夹（\(error.reason)）",
        "the folder of templates cannot be read (\(error.reason))")
    }
    let known = Self.fileNames.map(\.name)
    var found = 0
    for name in entries.map(\.name) {
      if known.contains(name) {
        found += 1
      } else if name.hasSuffix(".html") || name.hasSuffix(".txt") {
        throw Self.problem(
          path + "/" + name, "不是模板名；应为 \(known.joined(separator: "、")) 之一",
          "is no template; expected one of \(known.joined(separator: ", "))"
            + Suggestion.of(name, among: known))
      }
    }
    if found == 0 {
      throw Self.problem(
        path, "文件夹中没有模板；应有 \(known.joined(separator: "、")) 之一",
        "has no template; expected one of \(known.joined(separator: ", "))")
    }
  }

  /// Nil where there is no such file.
  private static func read(_ path: String) throws(NoticeTemplate.Problem) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 {
      if errno == ENOENT { return nil }
      throw problem(path, "无法读取模板", "the template cannot be read")
    }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= NoticeTemplate.byteLimit {
      let count = block.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if count < 0 { throw problem(path, "无法读取模板", "the template cannot be read") }
      if count == 0 {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        throw problem(
          path, "模板不是 UTF-8 文本", "the template is not UTF-8 text", after: wholeText(bytes))
      }
      bytes += block[..<count]
    }
    throw problem(
      path, "模板过大，应不超过 \(NoticeTemplate.byteLimit) 字节",
      "the template is too large; expected at most \(NoticeTemplate.byteLimit) bytes",
      after: wholeText(Array(bytes.prefix(NoticeTemplate.byteLimit))))
  }

  /// The text up to the first bytes that are no UTF-8.
  private static func wholeText(_ bytes: [UInt8]) -> String {
    var text = ""
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    while case .scalarValue(let scalar) = decoder.decode(&iterator) {
      text.unicodeScalars.append(scalar)
    }
    return text
  }

  /// - Parameter text: what stands before the place, where it is about one.
  private static func problem(
    _ path: String, _ zh: String, _ en: String, after text: String? = nil
  ) -> NoticeTemplate.Problem {
    NoticeTemplate.Problem(
      path: path, place: text.map { NoticeTemplate.Place(after: $0.utf8) },
      message: Bilingual(zh: zh, en: en))
  }
}
