import Foundation
import TestSupport
import Testing

@Suite("--what-if")
struct WhatIfTests {
  private static func check(_ city: String, _ options: [String]) throws -> Program.Result {
    try Program.run(
      ["check", "fixtures/\(city)/applications.yaml", "--what-if"] + options, in: Golden.root)
  }

  @Test("text has a line a cure and says once that none is a promise")
  func text() throws {
    let output = try Self.check("huaibei", ["--lang", "zh"]).output
    #expect(output.contains("= 可行: 床位减为 90 张（申请 300 张）即符合本条，为可行的最大值；整件申请此时可以纳入"))
    #expect(output.contains("= 可行: 濉溪县床位使用率（%）不低于 75 时符合本条；整件申请此时可以纳入"))
    #expect(output.components(separatedBy: "其他申请按现状不变").count == 2)
    let english = try Self.check("liaoning", ["--lang", "en"]).output
    #expect(
      english.contains("= would pass: the nearest place that passes is 510.0 m to the south"))
  }

  @Test("without it no report has cures, and JSON has empty lists")
  func without() throws {
    let folder = try Sample.folder(Sample.refused)
    for format in ["text", "json", "jsonl", "html", "markdown", "sarif"] {
      let result = try Program.run(
        ["check", "applications.yaml", "--lang", "zh", "--format", format], in: folder.path)
      #expect(!result.output.contains("可行:") && !result.output.contains("\"kind\": \"score\""))
      if format == "json" { #expect(result.output.contains("\"cures\": []")) }
    }
  }

  @Test("JSON names the path, the bounds, who can do it and the verdict on the whole")
  func json() throws {
    let folder = try Sample.folder(Sample.refused)
    let result = try Program.run(
      ["check", "applications.yaml", "--what-if", "--format", "json"], in: folder.path)
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    let results = try #require(report["results"] as? [[String: Any]])
    let findings = results.flatMap { $0["findings"] as? [[String: Any]] ?? [] }
    let cures = findings.flatMap { $0["cures"] as? [[String: Any]] ?? [] }
    let score = try #require(cures.first { $0["kind"] as? String == "score" })
    #expect(score["path"] as? String == "applications[B].score")
    #expect(score["value"] as? String == "90.1")
    let range = score["range"] as? [String: Any]
    #expect(range?["low"] as? String == "90")
    #expect(range?["lowOpen"] as? Bool == true)
    #expect(range?["high"] as? String == "100")
    #expect(score["verdict"] as? String == "admissible")
    #expect(score["from"] as? String == "authority")
    #expect(score["rank"] as? Int == 1)
    let notes = report["notes"] as? [[String: Any]] ?? []
    #expect(
      notes.contains {
        ($0["message"] as? [String: Any])?["en"] as? String
          == "each cure was tried with all other applications as they are; none is a promise"
      })
  }

  private static let ownFields = """
    planlint: tenant/1
    id: yuncheng
    names: [云城, 云城市]
    english: Yuncheng
    codes: ["9903"]
    profiles:
      - {id: yuncheng/2026-2030, file: 2026-2030.yaml, from: 2026-01-01, to: 2030-12-31}
    fields:
      application:
        operating_since: {type: date, zh: 正式运营日期, en: day of opening}
        form: {type: word, zh: 经营形式, en: form, words: {chain: {zh: 连锁, en: chain}, single: {zh: 单体, en: single}}}
      institution:
        form: {type: word, zh: 经营形式, en: form, words: {chain: {zh: 连锁, en: chain}, single: {zh: 单体, en: single}}}
        opened: {type: date, zh: 开业日期, en: day it opened}
      facts:
        launch: {type: date, zh: 启动日期, en: day of the launch}
        open: {type: flag, zh: 是否受理, en: open to applications}
    """

  private static let ownRules = [
    (
      "SINCE",
      "require: {that: 'application.submitted - application.operating_since >= days(least_days)'}"
    ),
    ("FORM", "require: {that: \"application.form == 'single'\"}"),
    ("LAUNCH", "require: {that: 'application.submitted >= facts.launch'}"),
    ("OPEN", "require: {that: facts.open}"),
    ("CHAINS", "require: {that: 'chains < 1'}"), ("OLD", "require: {that: 'old < 1'}"),
    ("BEDS", "limit: {take: beds, over: [city], used: facts.beds.designated, at_most: most_beds}"),
  ]

  private static let ownProfile =
    """
    planlint: policy/1
    id: yuncheng/2026-2030
    in_force: {from: 2026-01-01, to: 2030-12-31}
    document:
      title: 云城市规划（示例）
      status: in_force
      sha256: "0000000000000000000000000000000000000000000000000000000000000000"
    provisions:
      ALL: {at: 一, modality: must, quote: 示例}
    parameters:
      least_days: {value: 90, unit: days, basis: ALL}
      most_beds: {value: 100, unit: beds, basis: ALL}
    tallies:
      chains: {sum: places, over: [city], where: neighbour.form == 'chain', basis: ALL}
      old: {sum: places, over: [city], where: application.submitted - neighbour.opened >= days(least_days), basis: ALL}
    merit: [{by: id}]
    rules:

    """
    + ownRules.map { id, body in
      """
        - id: \(id)
          name: rule-\(id.lowercased())
          subject: application
          basis: ALL
          \(body)
          message: {zh: 示例, en: example}

      """
    }.joined()

  @Test("a city's own fields that are missing have days, words, yes or no, each as its kind is")
  func ownFields() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try folder.write(Self.ownFields, to: "policies/yuncheng/tenant.yaml")
    try folder.write(Self.ownProfile, to: "policies/yuncheng/2026-2030.yaml")
    try folder.write(
      "planlint: facts/1\ncity: yuncheng\nbeds: {designated: 50}\n", to: "facts.yaml")
    try folder.write(
      "- {id: P1, name: 一, kind: hospital, categories: [inpatient], district: 东区, lon: 116.1, lat: 34.1, datum: wgs84, beds: 50, status: active}\n",
      to: "registry.yaml")
    try folder.write(
      "city: yuncheng\nfacts: facts.yaml\nregistry: registry.yaml\napplications:\n  - {id: A, name: 示例, kind: hospital, requests: [inpatient], beds: 40, submitted: 2026-05-01}\n",
      to: "a.yaml")
    let result = try Program.run(
      ["--policies", "policies", "--lang", "zh", "--what-if", "a.yaml"], in: folder.path)
    #expect(result.code == 3, "\(result.errors)")
    for line in [
      "正式运营日期不晚于 2026-01-31 时符合本条", "经营形式为单体时符合本条", "全市启动日期不晚于 2026-05-01 时符合本条",
      "全市是否受理为是时符合本条", "定点机构名册中一的经营形式为单体时符合本条", "定点机构名册中一的开业日期不早于 2026-02-01 时符合本条",
    ] {
      #expect(result.output.contains("= 可行: \(line)；但整件申请此时资料不足"), "\(line): \(result.output)")
    }
    // What a limit of beds counts are beds, wherever a city's own fields stand.
    #expect(!result.output.contains("[BEDS]"))
  }

  @Test("it is for applications alone")
  func plans() throws {
    let folder = try Sample.folder(Sample.admissible)
    try folder.write("planlint: plan/1\ncity: huaibei\nscope: city\nyear: 2026\n", to: "plan.yaml")
    let result = try Program.run(["plan", "plan.yaml", "--what-if"], in: folder.path)
    #expect(result.code == 2)
    #expect(result.errors.contains("--what-if"))
  }

  @Test("a letter tells what lies in the applicant's power, and no score")
  func letters() throws {
    let folder = try TemporaryFolder()
    let arguments = [
      "notice", "\(Golden.root)/fixtures/huaibei/applications.yaml", "--out", "letters", "--format",
      "text",
    ]
    let policies = ["--policies", "\(Golden.root)/policies"]
    for (options, isTold) in [(["--what-if"], true), ([], false)] {
      let result = try Program.run(arguments + policies + options, in: folder.path)
      try #require(result.code == 0, "\(result.errors)")
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/letters")
      let texts = try names.filter { $0.hasSuffix(".txt") }.map {
        try String(contentsOfFile: folder.path + "/letters/" + $0, encoding: .utf8)
      }
      let line = "对审核意见（1）：如将申请床位由 300 张减为 90 张，按现有资料试算可符合该项要求，整件申请届时的结论为拟纳入。"
      #expect(texts.contains { $0.replacing("\n", with: "").contains(line) } == isTold)
      #expect(texts.contains { $0.contains("不构成准予纳入的承诺") } == isTold)
      #expect(!texts.contains { $0.contains("评估得分高于") || $0.contains("时符合本条") })
    }
  }
}
