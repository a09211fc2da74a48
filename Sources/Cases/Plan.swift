package import Diagnostics
import Expression
package import Reading

/// A plan file as it was read.
package struct Plan: Sendable {
  package var value: DataRecord
  package var file: SourceFile
  package var city: Located<String>?
  package var year: Int
  package var isDistrict: Bool
  package var district: String?
  package var facts: Located<String>?
  package var registry: Located<String>?
  package var whole: ByteRange
  /// The districts that it lists.
  package var districts: [DataRecord] {
    guard case .list(let items) = value["districts"] else { return [] }
    return items.compactMap { item in
      if case .record(let record as DataRecord) = item { record } else { nil }
    }
  }
  private var places: [String: ByteRange]
  /// Where each of them is named, in their order.
  private var districtRanges: [ByteRange]

  package init(reading file: SourceFile, _ catalogue: Catalogue = .builtIn) throws(Faults) {
    let node = try Document.read(file, format: DocumentFormat(of: file))
    try self.init(node, file: file, catalogue)
  }

  package init(_ node: Node, file: SourceFile, _ catalogue: Catalogue = .builtIn) throws(Faults) {
    var context = FieldContext(file)
    let read = catalogue.plan.reader("plan").read(node, &context)
    try context.faults.check()
    guard let read, case .record(let record as DataRecord) = read.value else {
      throw Faults(Fault(file, node.range, zh: "应为计划文件", en: "expected a plan file"))
    }
    var places: [String: ByteRange] = [:]
    for place in read.places where places[place.path] == nil { places[place.path] = place.range }
    func text(_ name: String) -> Located<String>? {
      guard case .string(let text) = record[name], let range = places["plan.\(name)"] else {
        return nil
      }
      return Located(text, range)
    }
    let isDistrict = text("scope")?.value == "district"
    if isDistrict, text("district") == nil {
      context.fault(
        node.range, zh: "区级计划须填写 `district`", en: "expected `district`, which a district plan needs"
      )
    }
    try context.faults.check()
    self.file = file
    self.places = places
    districtRanges = read.places.filter {
      $0.path.hasPrefix("plan.districts[") && $0.path.hasSuffix("].district")
    }.map(\.range)
    self.isDistrict = isDistrict
    value = record
    district = text("district")?.value
    city = text("city")
    facts = text("facts")
    registry = text("registry")
    year = record["year"].exact?.asInt ?? 0
    whole = node.range
  }

  /// Holds the districts that the plan names against those that are known, each of which it may list once, by name or code.
  package func checkDistricts(_ facts: Facts) throws(Faults) {
    var faults = FaultCollector()
    func known(_ name: String, at range: ByteRange) -> String? {
      if let known = facts.plannedDistrict(name) { return known }
      let nearest = NearestName.of(name, among: facts.districtNames)
      faults.add(
        Fault(
          file, range,
          zh: "应为基础数据或统筹地区所列的区县，实际为 `\(name)`",
          en: "expected a district that the facts or the city list, found `\(name)`",
          meant: nearest.map { Meant($0) }))
      return nil
    }
    if let district { _ = known(district, at: range(of: "district")) }
    var seen: [String: String] = [:]
    for (record, range) in zip(districts, districtRanges) {
      guard case .string(let name) = record["district"], let known = known(name, at: range) else {
        continue
      }
      if let first = seen.updateValue(name, forKey: known) {
        faults.add(
          Fault(
            file, range,
            zh: "应每个区县各列一次，`\(name)` 已列出" + (first == name ? "" : "（`\(first)`）"),
            en: "expected each district once, found `\(name)` again"
              + (first == name ? "" : ", which is `\(first)`")))
      }
    }
    try faults.check()
  }

  /// The bytes of what a path names (`procedure.documents`), else of the nearest thing around it that is there.
  package func range(of path: String, inDistrict district: String? = nil) -> ByteRange {
    var parts = path.split(separator: ".")
    if let district {
      let item = "plan.districts[\(district)]"
      while !parts.isEmpty {
        if let range = places[item + "." + parts.joined(separator: ".")] { return range }
        parts.removeLast()
      }
      return places[item + ".district"] ?? places[item] ?? whole
    }
    while !parts.isEmpty {
      if let range = places["plan." + parts.joined(separator: ".")] { return range }
      parts.removeLast()
    }
    return places["plan.year"] ?? whole
  }
}
