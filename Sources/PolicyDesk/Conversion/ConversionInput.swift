import Cases
import Diagnostics
import Policy
import Reading
import Spatial

/// An input as planlint writes it: what it says of itself, and its rows.
struct ConversionInput {
  var kind: Conversion.Kind
  /// Of facts, plans and waivers all of it.
  var head: [PlainField] = []
  var rows: [PlainItem] = []

  // MARK: What it is

  static func kind(
    of file: SourceFile, _ catalogue: Catalogue
  ) throws(Faults) -> Conversion.Kind {
    let format = DocumentFormat(of: file)
    if format.isTable { return try kind(ofTable: file, format, catalogue) }
    var first: Node?
    var head: Node?
    do throws(Faults) {
      let key = format == .geoJSON ? "features" : "applications"
      head = try Document.read(file, format: format, streaming: key) { (node) throws(Faults) in
        first = node["properties"] ?? node
        throw Faults([])
      }
    } catch {
      if first == nil { throw error }
    }
    if let first {
      func has(_ fields: [String], _ table: ColumnTable) -> Bool {
        (first.entries ?? []).contains { entry in
          guard case .column(let column, _) = table.meaning(of: entry.key) else { return false }
          return fields.contains(column.field)
        }
      }
      let isRegistry =
        has(["categories", "status"], catalogue.registryColumns)
        && !has(["requests", "submitted"], catalogue.applicationColumns)
      return isRegistry ? .registry : .applications
    }
    let stated = head?["planlint"]?.scalar?.text ?? ""
    if let kind = Conversion.Kind.allCases.first(where: { stated.hasPrefix($0.rawValue + "/") }) {
      return kind
    }
    func has(_ keys: String...) -> Bool { keys.contains { head?[$0] != nil } }
    if has("institutions") { return .registry }
    if has("waivers", "rulings") { return .waivers }
    if has("scope", "totals", "annual_new", "procedure", "indicators") { return .plan }
    if has("residents", "insured", "districts", "beds", "stock", "terminated") { return .facts }
    if has("applications") { return .applications }
    throw Faults(unclear(file))
  }

  private static func kind(
    ofTable input: SourceFile, _ format: DocumentFormat, _ catalogue: Catalogue
  ) throws(Faults) -> Conversion.Kind {
    for (kind, table) in [
      (Conversion.Kind.applications, catalogue.applicationColumns),
      (.registry, catalogue.registryColumns),
    ] {
      let (file, _) = try TableText.read(input, format: format) { sheet, _ in table.fit(sheet) }
      if table.fit(file) == .whole { return kind }
    }
    let isFigure = FactsTable.knownNames(catalogue)
    let (file, _) = try TableText.read(input, format: format)
    let names = TableReader.names(of: file, isKnown: isFigure)
    if names.count(where: { isFigure($0.name) }) > 1 { return .facts }
    throw Faults(unclear(input))
  }

  private static func unclear(_ file: SourceFile) -> Fault {
    let names = Conversion.Kind.allCases.map(\.rawValue)
    return Fault(
      path: file.path,
      zh: "看不出这是哪种文件，请用 `--as` 指明：\(names.joined(separator: "、"))",
      en:
        "cannot tell what this file is: name it with `--as`, one of \(names.joined(separator: ", "))"
    )
  }

  // MARK: Reading

  /// Reads an input, which has to be one that a check takes.
  static func read(
    _ file: SourceFile, as kind: Conversion.Kind, _ catalogue: Catalogue, _ note: (Note) -> Void
  ) throws(Faults) -> ConversionInput {
    var input = ConversionInput(kind: kind)
    let plain = PlainRecord(catalogue: catalogue)
    let format = DocumentFormat(of: file)
    switch kind {
    case .applications:
      let read = try ApplicationFile.read(file, index: 0, catalogue)
      read.notes.forEach(note)
      try input.readApplications(read, format, plain)
    case .registry:
      let read = try Registry(reading: file, catalogue)
      read.notes.forEach(note)
      try input.readRegistry(file, format, plain)
    case .facts:
      let read = try Facts(reading: file, catalogue)
      read.notes.forEach(note)
      let node =
        format.isTable
        ? try FactsTable.read(file, format: format, catalogue).node
        : try Document.read(file, format: format)
      input.take(plain.record(node, catalogue.facts))
    case .plan:
      _ = try Plan(reading: file, catalogue)
      input.take(plain.record(try Document.read(file, format: format), catalogue.plan))
    case .waivers:
      _ = try Waivers(reading: file)
      // Every value of it is text.
      if let item = PlainItem(own: try Document.read(file, format: format)) {
        input.take(item)
      }
    }
    return input
  }

  private mutating func take(_ document: PlainItem) {
    if case .map(let entries) = document { head = entries }
  }

  private mutating func readApplications(
    _ read: ApplicationFile, _ format: DocumentFormat, _ plain: PlainRecord
  ) throws(Faults) {
    let catalogue = plain.catalogue
    var context = FieldContext(read.file)
    var nodes: [Node] = []
    var document: Node?
    func add(_ node: Node) -> Bool {
      nodes.append(node)
      return true
    }
    if format.isTable {
      _ = try Rows.read(
        read.file, catalogue.applicationColumns, hasLocation: true, keepsOthers: true, row: add)
    } else if format == .geoJSON {
      _ = try Features.read(
        read.file, catalogue.applicationColumns, hasLocation: true, keepsOthers: true,
        named: { _, _ in }, row: add)
    } else {
      document = try Document.read(read.file, format: format, streaming: "applications") {
        (node) throws(Faults) in
        nodes.append(
          WrittenValue.record(
            node, catalogue.applicationColumns, hasLocation: true, &context))
      }
    }
    let datum = read.head.datum?.value.rawValue
    rows = nodes.map { plain.application($0, datum: datum) }
    for entry in document?.entries ?? [] where entry.key != "applications" && !entry.value.isNull {
      switch entry.key {
      case "as_of":
        if let day = read.head.asOf {
          head.append(PlainField(entry.key, .bare(day.value.description)))
        }
      // Each place says its own by now.
      case "datum": continue
      case "planlint": head.append(PlainField(entry.key, .bare(entry.value.scalar?.text ?? "")))
      default:
        if let item = PlainItem(own: entry.value) { head.append(PlainField(entry.key, item)) }
      }
    }
  }

  private mutating func readRegistry(
    _ file: SourceFile, _ format: DocumentFormat, _ plain: PlainRecord
  ) throws(Faults) {
    let catalogue = plain.catalogue
    var nodes: [Node] = []
    func add(_ node: Node) -> Bool {
      nodes.append(node)
      return true
    }
    if format.isTable {
      let (text, _) = try TableText.read(file, format: format) { sheet, _ in
        catalogue.registryColumns.fit(sheet)
      }
      _ = try Rows.read(text, catalogue.registryColumns, keepsOthers: true, row: add)
    } else if format == .geoJSON {
      _ = try Features.read(
        file, catalogue.registryColumns, keepsOthers: true, named: { _, _ in }, row: add)
    } else {
      var context = FieldContext(file)
      let document = try Document.read(file, format: format, streaming: "institutions") {
        (node) throws(Faults) in
        nodes.append(
          WrittenValue.record(node, catalogue.registryColumns, hasLocation: false, &context))
      }
      for entry in document.entries ?? [] where entry.key.hasPrefix("x-") {
        if let item = PlainItem(own: entry.value) { head.append(PlainField(entry.key, item)) }
      }
    }
    rows = nodes.map { plain.institution($0) }
  }
}
