import Checks
import Diagnostics
import Notices

/// What letters are written as.
public enum LetterForm: String, Sendable, CaseIterable {
  /// A page for a printer that needs nothing beside it.
  case html
  /// Plain text, for a mail or a document system.
  case text

  /// The ending of a file of this form (`txt`).
  public var fileExtension: String { form.fileExtension }

  var form: NoticeForm {
    switch self {
    case .html: .html
    case .text: .text
    }
  }
}

/// The two templates that letters are made of: one of the letter to an applicant, one of the list for publication.
///
/// They are written in Mustache; see <doc:NoticeTemplates>.
public struct LetterTemplates: Sendable {
  /// What the letters are written as.
  public let form: LetterForm
  let notice: NoticeTemplate
  let list: NoticeTemplate

  /// Takes templates of your own, from files or memory, and the built-in ones for those that are nil.
  ///
  /// - Throws: ``InputErrors`` with the place of a name that planlint does not know, or of a tag that cannot be read.
  public init(
    _ form: LetterForm, notice: Input? = nil, list: Input? = nil
  ) throws(InputErrors) {
    self.form = form
    self.notice = try Self.template(Self.noticeName, form, notice)
    self.list = try Self.template(Self.listName, form, list)
  }

  /// The built-in templates of a form, as files to edit.
  public static func builtIn(_ form: LetterForm) -> [StarterFile] {
    [noticeName, listName].map { name in
      StarterFile(
        name: "\(name).\(form.fileExtension)", text: BuiltInTemplates.text(name, form.form) ?? "")
    }
  }

  static let noticeName = "notice"
  static let listName = "public-list"

  private static func template(
    _ name: String, _ form: LetterForm, _ input: Input?
  ) throws(InputErrors) -> NoticeTemplate {
    let file: SourceFile
    do {
      file =
        try input.map { input throws(Faults) in
          try InputSources([input.source].compactMap(\.self)).load(input.name)
        }
        ?? SourceFile(
          path: "\(name).\(form.fileExtension)", text: BuiltInTemplates.text(name, form.form) ?? "")
    } catch {
      throw InputErrors(error)
    }
    do {
      return try NoticeTemplate(
        try text(of: file), name: name, form: form.form, path: file.path)
    } catch {
      throw InputErrors(Faults(fault(error, in: file)))
    }
  }

  /// The text of a template; one that is no text, or too long for a letter, is a problem where that shows.
  private static func text(of file: SourceFile) throws(NoticeTemplate.Problem) -> String {
    let text = file.withBytes { String(validating: $0, as: UTF8.self) }
    if file.count > NoticeTemplate.byteLimit {
      let most = NoticeTemplate.byteLimit
      throw problem(
        file, at: most, "模板过大，应不超过 \(most) 字节",
        "the template is too large; expected at most \(most) bytes")
    }
    if let text { return text }
    let end = file.withBytes { bytes in
      var decoder = UTF8()
      var iterator = bytes.makeIterator()
      var count = 0
      while case .scalarValue(let scalar) = decoder.decode(&iterator) {
        count += UTF8.width(scalar)
      }
      return count
    }
    throw problem(file, at: end, "模板不是 UTF-8 文本", "the template is not UTF-8 text")
  }

  private static func problem(
    _ file: SourceFile, at offset: Int, _ zh: String, _ en: String
  ) -> NoticeTemplate.Problem {
    NoticeTemplate.Problem(
      path: file.path, place: file.withBytes { NoticeTemplate.Place(after: $0.prefix(offset)) },
      message: Bilingual(zh: zh, en: en))
  }

  private static func fault(_ problem: NoticeTemplate.Problem, in file: SourceFile) -> Fault {
    guard let place = problem.place else {
      return Fault(path: problem.path, zh: problem.message.zh, en: problem.message.en)
    }
    let offset = file.withBytes { bytes -> Int in
      var (line, column) = (1, 1)
      for (offset, byte) in bytes.enumerated() {
        if (line, column) == (place.line, place.column), byte & 0xC0 != 0x80 { return offset }
        if byte == UInt8(ascii: "\n") {
          (line, column) = (line + 1, 1)
        } else if byte & 0xC0 != 0x80 {
          column += 1
        }
      }
      return bytes.count
    }
    return Fault(
      file, ByteRange(start: offset, end: offset), zh: problem.message.zh, en: problem.message.en)
  }
}

/// A letter to an applicant, or the list for publication, in Chinese.
public struct Letter: Sendable {
  /// The id of the application that it is about; nil for the list.
  public let subject: String?
  /// What a file of it may be called: no path, and no two of a run alike.
  public let fileName: String
  /// The whole document.
  public let text: String
}

extension RunResult {
  /// The letter to each applicant in the order of the input, and last the list for publication; nil for plans, which have none.
  ///
  /// Nothing is written anywhere, and nothing is decided anew.
  public func letters(_ templates: LetterTemplates) -> Letters? {
    NoticeText(report).map { Letters($0, report, templates) }
  }

  /// The letters of a run, each made when it is asked for.
  public struct Letters: RandomAccessCollection, Sendable {
    private let text: NoticeText
    private let ids: [String]
    private let names: [String]
    private let templates: LetterTemplates

    fileprivate init(_ text: NoticeText, _ report: Report, _ templates: LetterTemplates) {
      self.text = text
      self.templates = templates
      ids = (0..<report.resultCount).map { report.result($0).id }
      names = NoticeNames.of(ids)
    }

    /// What they are written as.
    public var form: LetterForm { templates.form }
    /// Zero.
    public var startIndex: Int { 0 }
    /// One more than there are applicants.
    public var endIndex: Int { ids.count + 1 }
    /// The letter to the applicant at an index of the input; at the last one the list for publication.
    public subscript(index: Int) -> Letter {
      precondition(indices.contains(index), "no letter has this index")
      let ending = "." + templates.form.fileExtension
      if index == ids.count {
        return Letter(
          subject: nil, fileName: LetterTemplates.listName + ending,
          text: templates.list.render(text.publicList))
      }
      return Letter(
        subject: ids[index], fileName: names[index] + ending,
        text: templates.notice.render(text.notice(index)))
    }
  }
}
