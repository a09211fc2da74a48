import Foundation
import TestSupport
import Testing

/// Reads every letter of the five cities' fixtures as the person who gets it would: nothing of outputs.md's list may stand in one.
@Suite("a letter tells its reader what concerns them and nothing else")
struct LettersTests {
  struct Batch: Sendable, CustomTestStringConvertible {
    var city: String
    var file: String
    var options: [String] = []
    /// What the bureau did not give: the input is written without it.
    var without: [String] = []
    /// The letters that there are.
    var count: Int

    var testDescription: String {
      ([file] + options + without.map { "no " + $0 }).joined(separator: " ")
    }
  }

  static let batches: [Batch] = [
    Batch(city: "wuhan", file: "wuhan/applications.yaml", count: 31),
    Batch(
      city: "wuhan", file: "wuhan/applications.yaml", without: ["facts", "registry"], count: 31),
    Batch(city: "liaoning", file: "liaoning/applications.yaml", count: 16),
    Batch(city: "liaoning", file: "liaoning/dalian-applications.yaml", count: 3),
    Batch(city: "liaoning", file: "liaoning/applications.yaml", without: ["registry"], count: 16),
    Batch(
      city: "xian", file: "xian/applications.yaml",
      options: ["--waivers", "fixtures/xian/waivers.yaml"], count: 30),
    Batch(city: "xian", file: "xian/applications.yaml", without: ["facts", "registry"], count: 30),
    Batch(
      city: "huaibei", file: "huaibei/applications.yaml",
      options: ["--waivers", "fixtures/huaibei/waivers.yaml"], count: 31),
    Batch(
      city: "huaibei", file: "huaibei/applications.yaml", without: ["facts", "registry"], count: 31),
    Batch(city: "tianmen", file: "tianmen/applications.yaml", count: 6),
    Batch(
      city: "huaibei", file: "huaibei/applications.yaml", options: ["--what-if"], count: 31),
    Batch(
      city: "liaoning", file: "liaoning/applications.yaml", options: ["--what-if"], count: 16),
  ]

  /// A letter and what the report knows of its application.
  private struct Letter {
    var id: String
    var name: String
    var verdict: String
    /// Without the lines for checking it again, which have digests and versions.
    var body: String
    var needs: [(path: String, from: String)]
    var findings: [[String: Any]]
  }

  /// The letters of a batch, the ids and names of its applications, and the ids of its rules and readings.
  private static func read(
    _ batch: Batch
  ) throws -> (letters: [Letter], others: [(id: String, name: String)], codes: Set<String>) {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    var input = "fixtures/" + batch.file
    if !batch.without.isEmpty {
      let lines = try String(contentsOfFile: Golden.root + "/" + input, encoding: .utf8)
        .split(separator: "\n", omittingEmptySubsequences: false)
        .filter { line in !batch.without.contains { line.hasPrefix($0 + ":") } }
        .map { line in
          // What the input names lies beside the fixture.
          for key in ["facts: ", "registry: "] where line.hasPrefix(key) {
            return key + Golden.root + "/fixtures/" + batch.file.split(separator: "/")[0] + "/"
              + line.dropFirst(key.count)
          }
          return String(line)
        }
      input = try folder.write(lines.joined(separator: "\n"), to: "applications.yaml")
    }
    var city = ["--city", batch.city]
    if !batch.without.isEmpty { city.append("--allow-outside") }
    let written = try Program.run(
      ["notice", "--lang", "zh", "--format", "text", "--out", folder.path + "/out", input] + city
        + batch.options, in: Golden.root)
    #expect(written.code == 0, "\(written.errors)")
    let checked = try Program.run(
      ["check", "--format", "json", input] + city + batch.options, in: Golden.root)
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(checked.output.utf8)) as? [String: Any])
    var codes = Set<String>()
    for rule in report["rules"] as? [[String: Any]] ?? [] {
      if let id = rule["id"] as? String { codes.insert(id) }
    }
    var letters: [Letter] = []
    for result in report["results"] as? [[String: Any]] ?? [] {
      let subject = try #require(result["subject"] as? [String: Any])
      let id = try #require(subject["id"] as? String)
      let findings = try #require(result["findings"] as? [[String: Any]])
      for reading in result["readings"] as? [[String: Any]] ?? [] {
        if let id = reading["id"] as? String { codes.insert(id) }
      }
      var needs: [(path: String, from: String)] = []
      for finding in findings {
        for need in finding["needs"] as? [[String: Any]] ?? [] {
          needs.append((need["path"] as? String ?? "", need["from"] as? String ?? ""))
        }
        for considered in finding["considered"] as? [[String: Any]] ?? [] {
          if let id = considered["id"] as? String { codes.insert(id) }
        }
      }
      let whole = try folder.read("out/notice-\(id).txt")
      letters.append(
        Letter(
          id: id, name: try #require(subject["name"] as? String),
          verdict: try #require(result["verdict"] as? String),
          body: whole.components(separatedBy: "\n----\n")[0], needs: needs, findings: findings))
    }
    return (letters, letters.map { ($0.id, $0.name) }, codes)
  }

  /// All that stands in quotation marks in the city's profiles as words of a document: its quotes and titles, without white space.
  private static func documents(_ city: String) throws -> String {
    let folder = Golden.root + "/policies/" + city
    var text = ""
    for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    where name.hasSuffix(".yaml") && !name.hasSuffix(".tests.yaml") && name != "tenant.yaml" {
      text += try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
    }
    let lines = text.split(separator: "\n")
    return lines.indices.filter { line in
      lines[line].contains(#/(quote|title|name):|^ +- /#)
    }.map { lines[$0] }.joined(separator: " ").filter { !$0.isWhitespace }
  }

  @Test("of what it was, what was found and what is asked for", arguments: batches)
  func letters(_ batch: Batch) throws {
    let (letters, others, codes) = try Self.read(batch)
    #expect(letters.count == batch.count)
    try nothingElse(letters, others, codes, batch)
    try quotes(letters, batch)
    try asks(letters)
  }

  /// No path, code, score, word of the program or other applicant's name stands in one.
  private func nothingElse(
    _ letters: [Letter], _ others: [(id: String, name: String)], _ codes: Set<String>,
    _ batch: Batch
  ) throws {
    let registry = try String(
      contentsOfFile: Golden.root + "/fixtures/" + batch.city + "/registry.csv", encoding: .utf8)
    for letter in letters {
      let own = letter.body.replacingOccurrences(of: letter.id, with: "")
      for (id, name) in others where id != letter.id {
        #expect(!own.contains(id), "\(letter.id) names \(id)")
        // An institution of the registry, which stands near or is replaced, may have the name of an applicant.
        #expect(!own.contains(name) || registry.contains(name), "\(letter.id) names \(name)")
      }
      for code in codes { #expect(!own.contains(code), "\(letter.id) has \(code)") }
      for word in [
        "applications[", "registry[", "facts.", "district.", ".yaml", ".csv", "（缺）", "nil", "null",
        "{", "}",
        "效力", "补救", "限内", "读法", "reading", "setting",
      ] { #expect(!own.contains(word), "\(letter.id) has \(word)") }
      #expect(own.firstMatch(of: #/[0-9] ?分(?!钟)|评分：/#) == nil, "\(letter.id) has a score")
      // Latin letters are those of datums and of what the document itself says.
      let latin = own.replacing(#/“[^”]*”/#, with: "").matches(of: #/[A-Za-z][A-Za-z0-9_]+/#).map {
        String($0.output)
      }
      #expect(
        latin.allSatisfy { ["WGS84", "GCJ02", "CGCS2000", "BD09"].contains($0) },
        "\(letter.id): \(latin)")
      #expect(own.contains(letter.name + "："))
    }
  }

  /// What stands in quotation marks is said by the document, is a category's name or a word that two readings differ in.
  private func quotes(_ letters: [Letter], _ batch: Batch) throws {
    let documents = try Self.documents(batch.city)
    var found = 0
    for letter in letters {
      // Marks within marks belong to the outer ones.
      for line in letter.body.split(separator: "\n") {
        var depth = 0
        var quote = ""
        for character in line {
          if character == "”" { depth -= 1 }
          if depth == 0, !quote.isEmpty {
            let words = quote.filter { !$0.isWhitespace }
            for part in words.components(separatedBy: "……") {
              #expect(
                documents.contains(part) || ["且", "或", "双通道"].contains(part),
                "\(letter.id): \(quote)")
            }
            quote = ""
            found += 1
          }
          if depth > 0 { quote.append(character) }
          if character == "“" { depth += 1 }
        }
        #expect(depth == 0, "\(letter.id): \(line)")
      }
    }
    #expect(found > 0)
  }

  /// It says the state that the application is in, and asks its reader for what they alone can give.
  private func asks(_ letters: [Letter]) throws {
    for letter in letters {
      let result = try #require(
        letter.body.firstMatch(of: #/\n审核结果：(.+)\n/#).map { String($0.output.1) })
      switch letter.verdict {
      case "admissible": #expect(result == "拟纳入", "\(letter.id)")
      case "refused": #expect(["不予纳入", "原则上不予纳入"].contains(result), "\(letter.id)")
      case "review":
        #expect(["需人工裁量", "待在先申请定论", "须先确认适用的文件"].contains(result), "\(letter.id)")
      case "incomplete":
        #expect(["需补正", "待受理单位核实", "须先确认适用的文件"].contains(result), "\(letter.id)")
      default: Issue.record("\(letter.id): \(letter.verdict)")
      }
      let isOut = letter.findings.contains { $0["rule"] as? String == "profile-not-in-force" }
      #expect((result == "须先确认适用的文件") == isOut, "\(letter.id)")
      if isOut { #expect(!letter.body.contains("不符合上述文件"), "\(letter.id)") }
      if result == "待在先申请定论" {
        #expect(
          !letter.body.replacing("批准例外和裁量决定", with: "").contains("裁量"), "\(letter.id)")
      }
      // Each request stands once, under those who can meet it.
      let lists = letter.body.components(separatedBy: "四、补正材料与可采取的办法")[1]
        .components(separatedBy: "五、联系方式")[0]
      let own =
        lists.components(separatedBy: "请你单位补充下列材料：").dropFirst().first?
        .components(separatedBy: "：\n")[0].split(separator: "\n").filter { $0.hasPrefix("　　") }
        ?? []
      #expect(Set(own).count == own.count, "\(letter.id)")
      let isAsked = letter.needs.contains { $0.from == "applicant" }
      let isChecked = letter.needs.contains { $0.from == "authority" }
      #expect(lists.contains("请你单位补充下列材料：") == isAsked, "\(letter.id): \(letter.needs)")
      #expect(lists.contains("待受理单位核实") == isChecked, "\(letter.id): \(letter.needs)")
      if letter.verdict == "admissible" { #expect(!lists.contains("补充下列材料"), "\(letter.id)") }
      // An exception that is approved makes nothing 符合.
      for finding in letter.findings where finding["outcome"] as? String == "waived" {
        let message = (finding["message"] as? [String: String])?["zh"] ?? ""
        #expect(!message.hasPrefix("符合") && letter.body.contains("经批准例外："), "\(letter.id)")
      }
    }
  }
}
