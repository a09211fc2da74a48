package import Cases
package import Diagnostics
package import Reading

/// An institution that there is not yet: what `planlint gaps` asks the rules about.
package struct Newcomer {
  /// In paths of what is missing.
  package static let id = "newcomer"
  private static let name = "拟新增机构"
  /// Fields that are given otherwise, or that no newcomer has.
  private static let fixed: Set<String> = [
    "id", "name", "kind", "requests", "submitted", "institution", "replaces", "designated_for",
    "existing_beds", "uscc", Application.newBedsName,
  ]

  /// What is asked of it on the command line, and what is taken beside that.
  package struct Ask {
    package var kind: String
    /// Empty takes the ordinary one of the kind.
    package var categories: [String]
    package var settings: [(field: String, value: String)]
  }

  /// A value with the option that gives it, for messages.
  private struct Cell {
    var field: String
    var value: String
    var option: String
  }

  package let application: Application
  /// Holds what it was read from.
  package let file: SourceFile
  /// What was taken for want of anything else.
  package let assumptions: [Bilingual]

  /// - Parameter submitted: the day of decision.
  /// - Throws: a word or field that is not known, with the option that gives it.
  package init(_ ask: Ask, submitted: CalendarDay, _ catalogue: Catalogue) throws(Faults) {
    var assumptions: [Bilingual] = []
    var cells = [
      Cell(field: "id", value: Self.id, option: ""),
      Cell(field: "name", value: Self.name, option: ""),
      Cell(field: "kind", value: ask.kind, option: "--kind"),
    ]
    var categories = ask.categories
    if categories.isEmpty {
      // A kind that there is not is told by itself.
      let kind = catalogue.words.kind.word(meaning: ask.kind) ?? Kind.retailPharmacy
      let category = catalogue.words.category[Self.ordinaryCategory(of: kind)]
      categories = [category.word]
      assumptions.append(
        Bilingual(
          zh: "申请类别按\(category.label.zh)计（可用 --category 指定）",
          en: "it asks for \(category.label.en) (--category says otherwise)"))
    }
    cells.append(
      Cell(field: "requests", value: categories.joined(separator: ";"), option: "--category"))
    cells.append(Cell(field: "submitted", value: submitted.description, option: "--as-of"))
    let given = Set(ask.settings.map(\.field))
    let isInpatient = categories.contains {
      catalogue.words.category.word(meaning: $0) == Category.inpatient
    }
    if isInpatient, !given.contains("beds") {
      cells.append(Cell(field: "beds", value: "1", option: "--set beds"))
      assumptions.append(
        Bilingual(
          zh: "申请床位按 1 张计（可用 --set beds=N 指定）",
          en: "it asks for 1 bed (--set beds=N says otherwise)"))
    }
    for (field, value) in ask.settings {
      guard field != "location", !cells.contains(where: { $0.field == field }),
        !Self.fixed.contains(field),
        catalogue.application.fields.contains(where: { $0.name == field })
      else {
        let known = catalogue.application.fields.map(\.name).filter { name in
          !Self.fixed.contains(name)
        }
        let nearest = NearestName.of(field, among: known)
        throw Faults(
          Fault(
            path: "--set", zh: "申请没有可以设定的字段 `\(field)`",
            en: "an application has no field `\(field)` that can be set",
            meant: nearest.map { Meant($0) }))
      }
      cells.append(Cell(field: field, value: value, option: "--set \(field)"))
    }
    var head = ""
    var row = ""
    var ends: [Int] = []
    for (index, cell) in cells.enumerated() {
      head += (index == 0 ? "" : ",") + cell.field
      row += (index == 0 ? "" : ",") + Self.quoted(cell.value)
      ends.append(row.utf8.count)
    }
    let file = SourceFile(
      path: "newcomer", bytes: Array((head + "\n" + row + "\n").utf8), statedFormat: "csv")
    do throws(Faults) {
      let read = try ApplicationFile.read(file, index: 0, catalogue)
      guard let application = read.applications.first else {
        throw Faults(Fault(path: "--kind", zh: "没有可以设想的机构", en: "there is no newcomer"))
      }
      self.application = application
      self.file = read.file
    } catch {
      let start = head.utf8.count + 1
      throw Faults(
        error.faults.map { fault in
          let at = (fault.location?.range.start ?? start) - start
          let cell = ends.firstIndex { at < $0 } ?? 2
          let option = cells[cell].option
          return Fault(
            path: option.isEmpty ? "--kind" : option, zh: fault.message.zh, en: fault.message.en)
        })
    }
    self.assumptions = assumptions
  }

  private static func quoted(_ value: String) -> String {
    "\"" + value.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }

  /// What a kind asks for as a rule.
  private static func ordinaryCategory(of kind: Kind) -> Category {
    switch kind {
    case .retailPharmacy: .retailPharmacy
    case .hospital, .nursingHospital: .inpatient
    default: .outpatient
    }
  }
}
