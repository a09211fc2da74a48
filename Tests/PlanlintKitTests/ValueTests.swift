import Foundation
import PlanlintKit
import TestSupport
import Testing

@Suite("The values of a run")
struct ValueTests {
  /// Every batch and every plan of the five cities.
  static let runs: [(city: String, file: String)] =
    ["huaibei", "xian", "liaoning", "wuhan", "tianmen"].flatMap { city in
      let files = (try? FileManager.default.contentsOfDirectory(atPath: Golden.path(city))) ?? []
      return files.sorted().filter { $0.hasSuffix("applications.yaml") || $0.hasPrefix("plan") }
        .map { (city, $0) }
    }

  private static func run(_ city: String, _ file: String) throws -> RunResult {
    let folder = Golden.path(city)
    var request = Request()
    request.policies = Golden.root + "/policies"
    request.keepsNotApplicable = true
    let waivers = folder + "/waivers.yaml"
    let isPlan = file.hasPrefix("plan")
    request.tellsWhatIf = !isPlan
    if !isPlan, FileManager.default.fileExists(atPath: waivers) { request.waivers = .file(waivers) }
    let input = Input.file(folder + "/" + file)
    return isPlan ? try Planlint.plan([input], request) : try Planlint.check([input], request)
  }

  private static func written(_ result: RunResult) throws -> [String: Any] {
    var presentation = Presentation()
    presentation.showsAll = true
    var bytes: [UInt8] = []
    result.write(try #require(Format(name: "json")), presentation) { part in
      bytes += part
      return true
    }
    return try #require(JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
  }

  @Test("are what the report in JSON says, field by field and nothing left out", arguments: runs)
  func same(_ run: (city: String, file: String)) throws {
    let result = try Self.run(run.city, run.file)
    // How the run was asked for is for a replay, and no value of the result.
    let written = try Self.written(result).filter { $0.key != "run" }
    let values = Self.object(result)
    #expect(Set(written.keys) == Set(values.keys))
    for (key, value) in written where key != "results" {
      #expect(Self.text(value) == Self.text(values[key]), "\(key)")
    }
    let results = try #require(written["results"] as? [[String: Any]])
    #expect(!results.isEmpty)
    #expect(results.count == result.subjects.count)
    for (written, subject) in zip(results, result.subjects) {
      let values = Self.object(subject, of: result)
      for key in Set(written.keys).union(values.keys) where key != "findings" {
        #expect(Self.text(written[key]) == Self.text(values[key]), "\(subject.id) \(key)")
      }
      let findings = try #require(written["findings"] as? [[String: Any]])
      #expect(findings.count == subject.findings.count)
      for (written, finding) in zip(findings, subject.findings) {
        let values = Self.object(finding)
        for key in Set(written.keys).union(values.keys) {
          #expect(
            Self.text(written[key]) == Self.text(values[key]),
            "\(subject.id) \(finding.rule) \(key):")
        }
      }
    }
  }

  @Test("what a baseline knows and what is gone are values too")
  func baseline() throws {
    let first = try Self.run("huaibei", "applications.yaml")
    var bytes: [UInt8] = []
    first.writeBaseline { part in
      bytes += part
      return true
    }
    let subject = try #require(first.subjects.last)
    let path = Golden.path("huaibei/applications.yaml")
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let cut = try #require(text.range(of: "  - id: \(subject.id)\n"))
    var request = Request()
    request.policies = Golden.root + "/policies"
    request.facts = .file(Golden.path("huaibei/facts.yaml"))
    request.registry = .file(Golden.path("huaibei/registry.csv"))
    request.baseline = .memory(name: "b.json", bytes: bytes)
    let shorter = String(text[..<cut.lowerBound])
      .replacing("facts: facts.yaml\n", with: "").replacing("registry: registry.csv\n", with: "")
    let result = try Planlint.check([.memory(name: "a.yaml", text: shorter)], request)
    let written = try #require(try Self.written(result)["baseline"] as? [String: Any])
    #expect(result.baseline.map { $0.knownCount > 0 && $0.fixedCount > 0 } == true)
    #expect(Self.text(written) == Self.text(Self.object(result)["baseline"]))
    let known = result.subjects.flatMap(\.findings).count(where: \.isKnown)
    #expect(known == result.baseline?.knownCount)
  }

  @Test("a quantity is a fraction in lowest terms, and a range has two ends")
  func quantities() throws {
    let quantities = try Self.runs.flatMap { run in
      try Self.run(run.city, run.file).subjects.flatMap(\.findings)
        .flatMap { [$0.measured, $0.limit] }.compactMap(\.self)
    }
    #expect(quantities.count > 20)
    for quantity in quantities {
      if let exact = quantity.exact {
        let value = Double(exact.numerator) / Double(exact.denominator)
        let parts = quantity.value.split(separator: "/").compactMap { Double($0) }
        #expect(exact.denominator >= 1)
        #expect(abs(value - (parts.count == 2 ? parts[0] / parts[1] : parts[0])) < 1e-9)
      } else {
        #expect(quantity.value.contains("..") == (quantity.bounds != nil), "\(quantity.value)")
      }
    }
  }

  @Test("a fault has its place, and says what was found and what was expected")
  func faults() throws {
    let text = "planlint: applications/1\ncity: huaibei\napplications:\n  - {id: A, kind: shop}\n"
    var request = Request()
    request.policies = Golden.root + "/policies"
    let error = #expect(throws: InputErrors.self) {
      try Planlint.check([.memory(name: "a.yaml", text: text)], request)
    }
    let fault = try #require(error?.faults.first { $0.message.en.contains("shop") })
    let place = try #require(fault.location)
    #expect(fault.path == "a.yaml" && place.line == 4 && place.column == 19)
    #expect(place.text == "shop" && place.place == "a.yaml:4:19")
    #expect(fault.message.en.contains("expected") && fault.message.zh.contains("应为"))
    #expect(
      error?.lines(in: .en).contains { $0.hasPrefix("a.yaml:4:19: error: ") } == true)
  }
}

// MARK: - The values as the objects of JSON

extension ValueTests {
  private static func object(_ result: RunResult) -> [String: Any] {
    var object: [String: Any] = [
      "planlint": ["format": "report/1", "version": Planlint.version],
      "tenant": result.tenant,
      "profile": result.profiles.first.map { Self.object($0) as Any } ?? NSNull(),
      "inputs": result.inputs.map { ["path": $0.path, "role": $0.role, "sha256": $0.sha256] },
      "as_of": result.asOf,
      "notes": result.notes.map { note in
        [
          "path": note.path, "line": optional(note.location?.line),
          "column": optional(note.location?.column), "message": Self.object(note.message),
        ] as [String: Any]
      },
      "places": result.places.map { row in
        [
          "rule": row.rule, "scope": row.scope, "unit": row.unit, "limit": optional(row.limit),
          "used_before": optional(row.usedBefore), "taken": row.taken,
          "taken_if_all": row.takenIfAll, "left": optional(row.left), "order": row.order,
        ] as [String: Any]
      },
      "rules": result.rules.map { rule in
        [
          "id": rule.id, "name": rule.name, "modality": rule.modality.rawValue,
          "summary": Self.object(rule.summary), "reading": optional(rule.reading.map(Self.object)),
          "citations": rule.citations.map(Self.object),
        ] as [String: Any]
      },
      "results": [],
    ]
    if result.profiles.count > 1 { object["profiles"] = result.profiles.map(Self.object) }
    if let baseline = result.baseline {
      object["baseline"] =
        [
          "path": baseline.path, "new": baseline.newCount, "known": baseline.knownCount,
          "fixed": baseline.fixedCount, "fixed_findings": baseline.fixed.map(Self.object),
        ] as [String: Any]
    }
    let isApplication = result.subjectType == .application
    object["summary"] = [
      "subjects": result.summary.subjects,
      isApplication ? "admissible" : "compliant": result.summary.admissible,
      isApplication ? "refused" : "noncompliant": result.summary.refused,
      "review": result.summary.review, "incomplete": result.summary.incomplete,
    ]
    return object
  }

  private static func object(_ subject: SubjectResult, of result: RunResult) -> [String: Any] {
    var object: [String: Any] = [
      "subject": ["type": subject.type.rawValue, "id": subject.id, "name": subject.name],
      "verdict": subject.verdict.rawValue,
      "readings": subject.readings.map {
        [
          "id": $0.id, "provision": $0.provision, "value": $0.value,
          "alternative": $0.alternative, "verdictOtherwise": $0.verdictOtherwise.rawValue,
        ]
      },
      "findings": [],
    ]
    if result.profiles.count > 1 { object["profile"] = result.profile(of: subject)?.id }
    return object
  }

  private static func object(_ cure: Cure) -> [String: Any] {
    [
      "kind": cure.kind.rawValue, "path": cure.path, "value": optional(cure.value),
      "range": optional(
        cure.range.map {
          [
            "low": optional($0.low), "lowOpen": $0.isLowOpen, "high": optional($0.high),
            "highOpen": $0.isHighOpen,
          ] as [String: Any]
        }),
      "words": cure.words, "rank": optional(cure.rank),
      "place": optional(
        cure.place.map {
          [
            "lon": $0.longitude, "lat": $0.latitude, "datum": $0.datum,
            "metres": rounded($0.metres, 10), "bearing": rounded($0.bearingDegrees, 10),
          ] as [String: Any]
        }),
      "verdict": cure.verdict.rawValue, "from": cure.holder.rawValue,
      "message": Self.object(cure.message),
    ]
  }

  private static func object(_ finding: Finding) -> [String: Any] {
    var object: [String: Any] = [
      "rule": finding.rule, "name": finding.name, "category": optional(finding.category),
      "outcome": finding.outcome.rawValue, "modality": finding.modality.rawValue,
      "message": Self.object(finding.message),
      "location": [
        "path": finding.location.path, "line": finding.location.line,
        "column": finding.location.column, "endLine": finding.location.endLine,
        "endColumn": finding.location.endColumn,
      ] as [String: Any],
      "measured": optional(finding.measured.map(Self.object)),
      "limit": optional(finding.limit.map(Self.object)),
      "arithmetic": optional(finding.arithmetic.map(Self.object)),
      "rank": optional(finding.rank), "tieBreak": optional(finding.tieBreak.map(Self.object)),
      "neighbours": finding.neighbours.map(Self.object),
      "needs": finding.missing.map { ["path": $0.path, "from": $0.holder.rawValue] },
      "hangsOn": finding.hangsOn,
      "considered": finding.considered.map { one in
        [
          "id": one.id, "kind": one.kind.rawValue, "holds": one.holds.rawValue,
          "message": Self.object(one.message), "citation": Self.object(one.citation),
        ] as [String: Any]
      },
      "remedy": optional(finding.remedy.map(Self.object)),
      "cures": finding.cures.map(Self.object),
      "citations": finding.citations.map(Self.object),
      "reconstructed": finding.reconstructed.map(Self.object),
    ]
    object["circle"] = optional(
      finding.circle.map {
        [
          "lon": rounded($0.longitude, 1e7), "lat": rounded($0.latitude, 1e7),
          "radius_m": rounded($0.radiusMetres, 10),
        ]
      })
    object["exemption"] = optional(
      finding.exemption.map {
        [
          "id": $0.id, "provision": $0.citation.provision, "message": Self.object($0.message),
          "quote": $0.citation.quote,
        ] as [String: Any]
      })
    object["waiver"] = optional(
      finding.waiver.map {
        [
          "authority": $0.authority, "document": $0.document, "reason": $0.reason,
          "expires": $0.expires,
        ]
      })
    object["ruling"] = optional(
      finding.ruling.map {
        [
          "outcome": $0.outcome.rawValue, "otherwise": $0.otherwise.rawValue,
          "authority": $0.authority, "document": $0.document, "reason": $0.reason,
          "decided": $0.decided,
        ]
      })
    if finding.moreNeighbours > 0 { object["moreNeighbours"] = finding.moreNeighbours }
    if finding.moreHangsOn > 0 { object["moreHangsOn"] = finding.moreHangsOn }
    return object
  }

  private static func object(_ fixed: BaselineComparison.Fixed) -> [String: Any] {
    let (record, key) = (fixed.record, fixed.record.key)
    return [
      "subject": [
        "type": key.subjectType.rawValue, "id": key.subject, "name": record.subjectName,
      ],
      "rule": key.rule, "category": optional(key.category), "path": key.valuePath,
      "outcome": record.outcome.rawValue, "count": fixed.count, "profile": record.profile,
      "message": Self.object(record.message),
    ]
  }

  private static func object(_ profile: ProfileIdentity) -> [String: Any] {
    [
      "id": profile.id, "sha256": profile.sha256, "status": profile.status.rawValue,
      "in_force": ["from": profile.from, "to": profile.to], "document": profile.document,
    ]
  }

  private static func object(_ neighbour: Neighbour) -> [String: Any] {
    [
      "id": neighbour.id, "name": neighbour.name,
      "distance_m": rounded(neighbour.distanceMetres, 10),
      "uncertainty_m": rounded(neighbour.uncertaintyMetres, 10),
      "applicant": neighbour.isApplicant, "lon": rounded(neighbour.longitude, 1e7),
      "lat": rounded(neighbour.latitude, 1e7),
    ]
  }

  private static func object(_ citation: Citation) -> [String: Any] {
    [
      "provision": citation.provision, "document": citation.document, "at": citation.at,
      "quote": citation.quote, "modality": citation.modality.rawValue,
    ]
  }

  private static func object(_ quantity: Quantity) -> [String: Any] {
    ["value": quantity.value, "unit": quantity.unit]
  }

  private static func object(_ text: Bilingual) -> [String: Any] {
    ["zh": text[.zh], "en": text[.en]]
  }

  private static func optional(_ value: Any?) -> Any { value ?? NSNull() }

  /// The same text for the same value, whatever it came from; nothing is another than null.
  private static func text(_ value: Any?) -> String {
    switch value {
    case nil: "(nothing)"
    case is NSNull: "null"
    case let text as String: "\"\(text)\""
    case let number as NSNumber: "\(number.doubleValue)"
    case let list as [Any]: "[" + list.map(Self.text).joined(separator: ",") + "]"
    case let object as [String: Any]:
      "{" + object.keys.sorted().map { $0 + ":" + Self.text(object[$0]) }.joined(separator: ",")
        + "}"
    case let number as Int: "\(Double(number))"
    case let number as Double: "\(number)"
    case let flag as Bool: flag ? "1.0" : "0.0"
    default: "?"
    }
  }

  /// As JSON writes a number with so many decimals.
  private static func rounded(_ value: Double, _ unit: Double) -> Double {
    (value * unit).rounded() / unit
  }
}
