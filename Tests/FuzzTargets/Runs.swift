import Diagnostics
import PlanlintKit
import Reading
import TestSupport

/// Whole runs of the checker from memory: read, decided, explained and written.
enum Runs {
  /// The root of the project.
  static let root = Golden.root

  private static func input(_ name: String, _ path: String) -> Input {
    .memory(name: name, bytes: Golden.bytes("huaibei/\(path)") ?? [])
  }

  private static let base: Request = {
    var request = Request()
    request.city = "huaibei"
    request.policies = root + "/policies"
    request.facts = input("facts.yaml", "facts.yaml")
    request.registry = input("registry.csv", "registry.csv")
    request.keepInputs()
    return request
  }()

  /// A small batch, for the figures, registry, waivers and baseline that it is decided with.
  private static let applications = input(
    "applications.yaml", "../fuzz/applications-yaml/small.yaml")

  static func check(_ bytes: [UInt8], _ format: Input.Format) -> Trial {
    decided(by: [.memory(name: "a.\(format.rawValue)", bytes: bytes, format: format)], base)
  }

  /// A workbook of one sheet, which these bytes are the XML of.
  static func workbook(sheet: [UInt8]) -> [UInt8] {
    var workbook = StoredWorkbook()
    workbook.workbook = "<sheets><sheet name=\"申请\" sheetId=\"1\" r:id=\"r1\"/></sheets>"
    workbook.sharedTexts = "<si><t>id</t></si><si><t>kind</t></si><si><t>retail_pharmacy</t></si>"
    workbook.styles =
      "<numFmts><numFmt numFmtId=\"200\" formatCode=\"yyyy-mm-dd\"/><numFmt numFmtId=\"201\" formatCode=\"0.000000\"/></numFmts>"
      + "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"200\"/><xf numFmtId=\"201\"/></cellXfs>"
    let name = "xl/worksheets/sheet1.xml"
    return StoredWorkbook.zipped(
      workbook.parts.filter { $0.name != name } + [(name, String(decoding: sheet, as: UTF8.self))])
  }

  static func facts(_ bytes: [UInt8], _ format: Input.Format) -> Trial {
    var request = base
    request.facts = .memory(name: "f.\(format.rawValue)", bytes: bytes, format: format)
    return decided(by: [applications], request)
  }

  static func registry(_ bytes: [UInt8]) -> Trial {
    var request = base
    request.registry = .memory(name: "r.csv", bytes: bytes, format: .csv)
    return decided(by: [applications], request)
  }

  static func waivers(_ bytes: [UInt8]) -> Trial {
    var request = base
    request.waivers = .memory(name: "w.yaml", bytes: bytes, format: .yaml)
    return decided(by: [applications], request)
  }

  static func baseline(_ bytes: [UInt8]) -> Trial {
    var request = base
    request.baseline = .memory(name: "b.json", bytes: bytes, format: .json)
    return decided(by: [applications], request)
  }

  static func plan(_ bytes: [UInt8]) -> Trial {
    SoundFaults.of {
      let result = try Planlint.plan(
        [.memory(name: "p.yaml", bytes: bytes, format: .yaml)], base)
      return broken(result).map(Trial.broken) ?? .held(told: verdicts(result))
    }
  }

  /// Decides, and one time in eight once more: the same inputs give the same bytes.
  static func decided(by inputs: [Input], _ request: Request) -> Trial {
    SoundFaults.of {
      let result = try Planlint.check(inputs, request)
      if let broken = broken(result) { return .broken(broken) }
      let report = json(result)
      if report.count % 8 == 0 {
        let again = try Planlint.check(inputs, request)
        if report != json(again) { return .broken("two runs of the same give two reports") }
      }
      return .held(told: verdicts(result))
    }
  }

  private static func verdicts(_ result: RunResult) -> [String] {
    [
      VisibleText.line(
        result.subjects.map { "\($0.id): \($0.verdict.rawValue)" }.joined(separator: ", "))
    ]
      + result.notes.map { $0.rendered(.en) }
  }

  private static func json(_ result: RunResult) -> [UInt8] {
    var bytes: [UInt8] = []
    result.write(Format(name: "json") ?? .text, Presentation()) { block in
      bytes += block
      return true
    }
    return bytes
  }

  /// No verdict without its provision, none but that which its findings give, and a report that is JSON.
  private static func broken(_ result: RunResult) -> String? {
    for subject in result.subjects {
      for finding in subject.findings {
        if finding.message.zh.isEmpty || finding.message.en.isEmpty {
          return "`\(subject.id)`: a finding of \(finding.rule) says nothing"
        }
      }
      let outcomes = Set(subject.findings.map(\.outcome))
      switch subject.verdict {
      case .refused, .noncompliant:
        if !outcomes.contains(.fail) { return "`\(subject.id)` is refused and nothing fails" }
      case .admissible, .compliant, .review, .incomplete:
        if outcomes.contains(.fail) { return "`\(subject.id)` is not refused and something fails" }
      }
    }
    let report = SourceFile(path: "report", bytes: json(result))
    do {
      _ = try Document.read(report, format: .json)
    } catch {
      return "the report is no JSON: \(error.faults.first?.message.en ?? "")"
    }
    return nil
  }
}
