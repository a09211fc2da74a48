import Diagnostics
import PlanlintKit
import Store

/// One case that a confirmed round admits: the places that it takes, what it adds to the year's figures, and its row of the registry.
///
/// What a limit has used before is counted in facts and registry, so each place taken has to raise a figure there, or the next round
/// would give it again:
/// - `admitted` of the year, of the city and the district, by each category that is newly held, where a limit of the year gave a
///   place for it; a newcomer that asks for a special category of pharmacies alone is one of the retail pharmacies as well
///   (semantics.md 4.10), and one that takes a place of a limit that no category is named in counts as `retail_pharmacy` or
///   `outpatient`, by what it is;
/// - `beds`, by the beds that a limit gave: none where it is exempt;
/// - a figure of the city's own that a limit's `used` rests on and none of the other three, by what the limit gave, where the facts
///   state it;
/// - `stock`, where the facts state it, by each category newly held, as a registry would count it, less what the institution that it
///   replaces held.
struct Admission {
  var entries: [LedgerEntry]
  var newcomer: Newcomer

  /// - Parameters:
  ///   - takes: what it takes, in the order of merit.
  ///   - findings: its findings, for what was waived or ruled.
  ///   - replaced: the row of the leaving institution whose place it takes.
  init(
    _ filed: Case, _ application: PlainValue, year: Int, takes: [PlaceTake], findings: [Finding],
    replaced: PlainValue?, districts: [PlainValue]
  ) throws {
    let district = Self.name(of: application["district"]?.string, in: districts)
    entries = takes.map { take in
      let own = findings.filter {
        $0.rule == take.rule && $0.outcome != .note
          && (take.category == nil || $0.category == nil || $0.category == take.category)
      }
      let isAnswered = own.contains {
        $0.waiver != nil || $0.ruling != nil || $0.outcome == .fail
      }
      var entry = LedgerEntry(kind: .grant, take: take.take)
      entry.rule = take.rule
      entry.part = take.name ?? String(take.part)
      entry.scope = take.scope
      entry.unit = take.unit
      entry.limit = take.limit
      entry.used = take.used
      entry.usedWhole = take.usedWhole
      entry.limitWhole = take.limitWhole
      entry.isAdvisory = take.isAdvisory
      entry.isCounted = take.isCounted
      entry.isYearly = take.isYearly
      entry.isWaived = isAnswered
      entry.isBound = own.contains { $0.outcome == .pass } || isAnswered
      return entry
    }
    if entries.isEmpty {
      var entry = LedgerEntry(kind: .grant, take: 0)
      entry.isBound = false
      entries = [entry]
    }
    for index in entries.indices {
      entries[index].round = filed.round
      entries[index].filed = filed.id
      entries[index].year = year
    }
    var figures = Self.figures(application, year: year, district: district, takes: takes)
    let held = Set((replaced?["categories"]?.items ?? []).compactMap(\.string))
    if let replaced, replaced["status"]?.string != "terminated" {
      for category in held {
        for place in [nil, replaced["district"]?.string] as [String?] {
          figures[FigurePath.of(["stock", category], district: place), default: 0] -= 1
          if place == nil, replaced["district"]?.string == nil { break }
        }
      }
    }
    for entry in entries where !entry.isAdvisory {
      if let path = entry.givenPath { figures[path, default: 0] += entry.take }
    }
    entries[0].figures = figures.filter { $0.value != 0 }
    newcomer = Newcomer(
      filed: filed.id, row: Self.row(filed.id, application, district: district).json,
      institution: application["institution"]?.string,
      replaces: application["replaces"]?.string)
  }

  /// The district that a name or code means, as the facts call it.
  static func name(of district: String?, in districts: [PlainValue]) -> String? {
    guard let district else { return nil }
    let found = districts.first {
      $0["name"]?.string == district || $0["code"]?.string == district
    }
    return (found ?? districts.first { district.hasSuffix($0["name"]?.string ?? "\u{0}") })?[
      "name"]?.string ?? district
  }

  private static func words(_ application: PlainValue, _ field: String) -> [String] {
    (application[field]?.items ?? []).compactMap(\.string)
  }

  private static func figures(
    _ application: PlainValue, year: Int, district: String?, takes: [PlaceTake]
  ) -> [String: Int] {
    let held = Set(words(application, "designated_for"))
    let new = words(application, "requests").filter { !held.contains($0) }
    var figures: [String: Int] = [:]
    func add(_ amount: Int, _ names: [String]) {
      figures[FigurePath.of(names, district: nil), default: 0] += amount
      if let district { figures[FigurePath.of(names, district: district), default: 0] += amount }
    }
    let isPharmacy = application["kind"]?.string == "retail_pharmacy"
    let places = takes.filter {
      !$0.isAdvisory && $0.isYearly && $0.unit == "institutions" && $0.take > 0
    }
    var given = Set(places.compactMap(\.category))
    if places.contains(where: { $0.category == nil }) {
      let ofKind = isPharmacy ? "retail_pharmacy" : "outpatient"
      given.formUnion(new)
      if !given.contains(ofKind) { given.insert(ofKind) }
    }
    for category in given.sorted() { add(1, ["admitted", String(year), category]) }
    for category in new { add(1, ["stock", category]) }
    for (names, amount) in own(takes) { add(amount, names) }
    let beds =
      takes.filter { !$0.isAdvisory && $0.unit == "beds" }.map(\.take).max() ?? 0
    if beds > 0 {
      add(beds, ["beds", "designated"])
      let specialties = words(application, "specialty")
      if specialties.contains("tcm") { add(beds, ["beds", "tcm"]) }
      if specialties.contains("psychiatry") { add(beds, ["beds", "psychiatric"]) }
      switch application["grade"]?.string {
      case "tertiary"?: add(beds, ["beds", "by_grade", "tertiary"])
      case "secondary"?: add(beds, ["beds", "by_grade", "secondary"])
      case "primary"?, "ungraded"?: add(beds, ["beds", "by_grade", "primary"])
      default: break
      }
    }
    return figures
  }

  /// What limits gave that are counted by figures of the city's own: the first that each names, which several parts raise once.
  private static func own(_ takes: [PlaceTake]) -> [(names: [String], amount: Int)] {
    let counted: Set<Substring> = ["admitted", "beds", "stock"]
    var most: [[String]: Int] = [:]
    for take in takes where !take.isAdvisory && take.take > 0 {
      let paths = take.usedFrom.map { $0.split(separator: ".").dropFirst() }
      guard !paths.contains(where: { $0.first.map(counted.contains) ?? true }),
        let names = paths.first?.map(String.init), !names.contains(where: { $0.contains("[") })
      else { continue }
      most[names] = max(most[names] ?? 0, take.take)
    }
    return most.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { ($0.key, $0.value) }
  }

  /// The institution as the registry will have it.
  private static func row(
    _ id: String, _ application: PlainValue, district: String?
  ) -> PlainValue {
    var row: PlainValue = ["id": .text(id)]
    row["name"] = application["name"]
    row["kind"] = application["kind"]
    let held = words(application, "designated_for")
    let new = words(application, "requests").filter { !held.contains($0) }
    row["categories"] = .list((held + new).map { .text($0) })
    row["district"] = district.map { .text($0) }
    row["lon"] = application["location"]?["lon"]
    row["lat"] = application["location"]?["lat"]
    row["datum"] = application["location"]?["datum"]
    let beds =
      (application["existing_beds"]?.integer ?? 0)
      + (new.contains("inpatient") || held.contains("inpatient")
        ? application["beds"]?.integer ?? 0 : 0)
    if beds > 0 { row["beds"] = .number(beds) }
    row["status"] = "active"
    // Everything else that both have.
    let taken: Set = ["id", "location", "beds", "existing_beds", "requests", "designated_for"]
    for entry in application.entries where row[entry.key] == nil && !taken.contains(entry.key) {
      row[entry.key] = entry.value
    }
    return row
  }
}
