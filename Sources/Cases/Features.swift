package import Diagnostics
package import Reading

/// Features of GeoJSON (RFC 7946) as the records that a YAML file would have.
///
/// Each is a point, or has no geometry; its properties are the fields of the table, in English or Chinese. GeoJSON is in WGS-84,
/// longitude first; a property that names another datum goes before that, since exports from maps do not convert. A height is
/// passed over.
package struct Features {
  private let file: SourceFile
  private let table: ColumnTable
  private let hasLocation: Bool
  private let named: (String, String) -> Void
  /// The properties seen so far: each is judged once.
  private var seen: Set<String> = []
  private var unused: [Located<String>] = []
  private var unknown: [Located<String>] = []
  /// Whether what is not read is kept as the user's own (`x-备注`).
  private var keepsOthers = false
  private var readings = Readings()
  private var context: FieldContext

  /// Coordinate reference systems of older files that are read: WGS-84 and what counts as it, longitude first.
  package static let systems = [
    "urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:OGC::CRS84", "urn:ogc:def:crs:EPSG::4326",
    "EPSG:4326", "urn:ogc:def:crs:EPSG::4490", "EPSG:4490",
  ]

  /// Gives each feature as a mapping to `row`, until it returns false.
  ///
  /// - Parameters:
  ///   - keepsOthers: whether what is not read is kept as the user's own (`x-备注`).
  ///   - named: gets a field and the property that means it, where they differ.
  /// - Returns: what was passed over.
  package static func read(
    _ file: SourceFile, _ table: ColumnTable, hasLocation: Bool = false, keepsOthers: Bool = false,
    named: (String, String) -> Void, row body: (Node) -> Bool
  ) throws(Faults) -> [Note] {
    try withoutActuallyEscaping(named) { (named) throws(Faults) -> [Note] in
      var features = Features(
        file: file, table: table, hasLocation: hasLocation, named: named,
        context: FieldContext(file))
      features.keepsOthers = keepsOthers
      var isStopped = false
      let head = try Document.read(file, format: .geoJSON, streaming: "features") {
        (node: Node) throws(Faults) in
        if isStopped { return }
        if let record = features.record(node), !body(record) { isStopped = true }
        if features.context.faults.isFull { try features.context.faults.check() }
      }
      features.readHead(head)
      try features.context.faults.check()
      return Rows.unusedNotes(features.unused, features.unknown, file)
        + features.readings.notes(file)
    }
  }

  private init(
    file: SourceFile, table: ColumnTable, hasLocation: Bool,
    named: @escaping (String, String) -> Void, context: FieldContext
  ) {
    self.file = file
    self.table = table
    self.hasLocation = hasLocation
    self.named = named
    self.context = context
  }

  // MARK: The collection

  private mutating func readHead(_ head: Node) {
    guard let type = head["type"], type.scalar?.text == "FeatureCollection",
      head["features"]?.items != nil
    else {
      return context.fault(
        head["type"]?.range ?? ByteRange(start: head.range.start, end: head.range.start),
        zh: "应为 GeoJSON 的 `FeatureCollection`，其中 `features` 为点要素列表",
        en: "expected a GeoJSON `FeatureCollection` with a list of points in `features`")
    }
    guard let system = head["crs"], !system.isNull else { return }
    let name = system["properties"]?["name"]
    guard let text = name?.scalar?.text, Self.systems.contains(text) else {
      return context.fault(
        (name ?? system).range, zh: "应为 WGS-84 坐标（GeoJSON 的规定），实际声明了其他坐标参考系，请先转换",
        en:
          "expected WGS-84, as GeoJSON has it, found another coordinate reference system; convert it first"
      )
    }
  }

  // MARK: Features

  /// A feature's fields; nil after a fault.
  private mutating func record(_ feature: Node) -> Node? {
    guard feature["type"]?.scalar?.text == "Feature" else {
      context.fault(
        feature["type"]?.range ?? feature.range, zh: "应为 GeoJSON 的 `Feature`",
        en: "expected a GeoJSON `Feature`")
      return nil
    }
    guard var entries = properties(feature["properties"], feature),
      var location = place(feature["geometry"])
    else { return nil }
    if let index = entries.firstIndex(where: { $0.key == "datum" }) {
      let datum = entries.remove(at: index)
      if !location.isEmpty { location.append(datum) }
    } else if let first = location.first {
      location.append(
        Entry(
          key: "datum", keyRange: first.keyRange,
          value: Node(
            range: first.value.range, content: .scalar(Scalar(text: "wgs84", kind: .plain)))))
    }
    if let id = feature["id"], !id.isNull, !entries.contains(where: { $0.key == "id" }) {
      entries.append(Entry(key: "id", keyRange: id.range, value: id))
    }
    if !hasLocation {
      entries += location
    } else if let first = location.first {
      entries.append(
        Entry(
          key: "location", keyRange: first.keyRange,
          value: Node(range: first.keyRange, content: .map(location))))
    }
    return Node(range: feature.range, content: .map(entries))
  }

  private mutating func properties(_ node: Node?, _ feature: Node) -> [Entry]? {
    guard let found = node?.entries else {
      if let node, !node.isNull {
        context.expected(Bilingual(zh: "字段组 `properties`", en: "`properties` as a mapping"), node)
        return nil
      }
      return []
    }
    var entries: [Entry] = []
    for entry in found {
      let name = Located(entry.key, entry.keyRange)
      let isNew = seen.insert(entry.key).inserted
      guard case .column(let column, _) = table.meaning(of: entry.key) else {
        if isNew { reject(name) }
        if keepsOthers, !entry.value.isNull {
          entries.append(
            Entry(
              key: ColumnTable.ownName(entry.key), keyRange: entry.keyRange, value: entry.value))
        }
        continue
      }
      if column.field == "lon" || column.field == "lat" || column.field == "location" {
        if isNew { placeTwice(name) }
        continue
      }
      if isNew, entry.key != column.field { named(column.field, entry.key) }
      let value = value(entry.value, as: column)
      if !value.isNull {
        entries.append(Entry(key: column.field, keyRange: entry.keyRange, value: value))
      }
    }
    return entries
  }

  private mutating func reject(_ name: Located<String>) {
    if let fault = table.fault(name, file) { return context.faults.add(fault) }
    switch table.meaning(of: name.value) {
    case .unused: unused.append(name)
    case .unknown: unknown.append(name)
    default: break
    }
  }

  /// A property as its field's value: text is read as a cell of a table is, anything else stays as it is.
  private mutating func value(_ node: Node, as column: ColumnTable.Column) -> Node {
    guard let scalar = node.scalar,
      scalar.kind == .quoted || scalar.kind == .number && column.cell == .day
    else { return node }
    return WrittenValue.cell(scalar.text, at: node.range, as: column, of: file, &readings)
  }

  /// The longitude and latitude of a point; empty where there is no geometry, nil after a fault.
  private mutating func place(_ geometry: Node?) -> [Entry]? {
    guard let geometry, !geometry.isNull else { return [] }
    guard geometry["type"]?.scalar?.text == "Point" else {
      context.expected(
        Bilingual(zh: "点（`Point`）", en: "a `Point`"), geometry["type"] ?? geometry)
      return nil
    }
    guard let coordinates = geometry["coordinates"], let numbers = coordinates.items,
      (2...3).contains(numbers.count)
    else {
      context.fault(
        (geometry["coordinates"] ?? geometry).range, zh: "应为 `[经度, 纬度]`",
        en: "expected `[longitude, latitude]`")
      return nil
    }
    return [
      Entry(key: "lon", keyRange: coordinates.range, value: numbers[0]),
      Entry(key: "lat", keyRange: coordinates.range, value: numbers[1]),
    ]
  }

  private mutating func placeTwice(_ name: Located<String>) {
    let code = Quoting.code(name.value)
    context.fault(
      name.range, zh: "属性 \(code) 与几何坐标重复，请删去或以 `x-` 开头",
      en: "the property \(code) says again what the geometry says; remove it or begin it with `x-`")
  }
}
