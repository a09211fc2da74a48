package import Diagnostics
import Expression
package import Reading
package import Spatial

extension Application {
  /// Reads one application of the file with the given index in the batch.
  package static func reader(file: Int, _ catalogue: Catalogue = .builtIn) -> FieldReader<
    Application
  > {
    let fields = fieldsReader(file: file, catalogue)
    let columns = catalogue.applicationColumns
    return FieldReader { node, context in
      fields.read(
        WrittenValue.record(node, columns, hasLocation: true, &context), &context)
    }
  }

  private static func fieldsReader(
    file: Int, _ catalogue: Catalogue
  ) -> FieldReader<Application> {
    .record(description(catalogue)) { record in
      var draft = ApplicationDraft(catalogue, record.range)
      for index in catalogue.applicationEntries.indices { draft.read(index, &record) }
      return draft.application(&record, file: file)
    }
  }
}

/// An application while its fields are read one by one.
private struct ApplicationDraft {
  private let catalogue: Catalogue
  private var fields: FieldPlaces
  private var values = FieldValues()
  private var id, name, district, street, institution, replaces, creditCode: String?
  private var kind: Kind?
  private var requests: WordSet<Category>?
  private var designatedFor = WordSet<Category>()
  private var site: Site?
  private var beds: Int?
  private var existingBeds = 0
  private var submitted: CalendarDay?
  private var score: Exact?

  init(_ catalogue: Catalogue, _ range: ByteRange) {
    self.catalogue = catalogue
    fields = FieldPlaces(of: range)
  }

  /// Reads the field of an entry of the catalogue.
  mutating func read(_ index: Int, _ record: inout Record) {
    let entry = catalogue.applicationEntries[index]
    func optional<Value>(_ reader: FieldReader<Value>) -> Value? {
      let found: Located<Value>?
      if case .required = entry.field.absence {
        found = record.required(entry.name, reader)
      } else {
        found = record.optional(entry.name, reader)
      }
      if let found { fields.add(ApplicationField(index), found.range) }
      return found?.value
    }
    let categories = catalogue.words.category
    switch entry.role {
    case nil:
      guard let slot = entry.slot, let cell = optional(entry.reader) else { return }
      values.set(slot, cell, of: catalogue.slotCount)
    case .id: id = optional(.code)
    case .name: name = optional(.text)
    case .kind: kind = optional(.word(of: catalogue.words.kind))
    case .requests: requests = optional(.words(of: categories, atLeast: 1))
    case .district: district = optional(.text)
    case .street: street = optional(.text)
    case .location: site = optional(Site.reader)
    case .beds: beds = optional(.bedCount)
    case .existingBeds: existingBeds = optional(.bedCount) ?? 0
    case .submitted: submitted = optional(.day)
    case .score: score = optional(.exact(Exact(0), Exact(100)))
    case .designatedFor: designatedFor = optional(.words(of: categories)) ?? WordSet()
    case .institution: institution = optional(.code)
    case .replaces: replaces = optional(.code)
    case .uscc: creditCode = optional(.creditCode)
    }
  }

  /// What was read, held together; nil after a fault.
  func application(_ record: inout Record, file: Int) -> Application? {
    guard let id, let name, let kind, let requests, let submitted else { return nil }
    if requests.contains(.inpatient), beds == nil, !record.has("beds") {
      record.fault(
        record.range, zh: "申请 `\(id)`：申请住院类别须填写 `beds`（申请床位）",
        en:
          "application `\(id)`: expected `beds`, which is required where `inpatient` is requested"
      )
      return nil
    }
    if let institution, institution == replaces {
      record.fault(
        record.range, zh: "申请 `\(id)`：`replaces` 与 `institution` 不能是同一机构",
        en: "application `\(id)`: `replaces` and `institution` name the same institution")
      return nil
    }
    return Application(
      id: id, name: name, kind: kind, requests: requests, district: district, street: street,
      site: site, beds: beds, existingBeds: existingBeds, submitted: submitted, score: score,
      designatedFor: designatedFor, institution: institution, replaces: replaces,
      uscc: creditCode, values: values,
      source: ApplicationSource(file: file, item: record.range, fields: fields))
  }
}

extension Application {
  /// What its fields are called, and what has to hold among them.
  private static func description(_ catalogue: Catalogue) -> RecordDescription {
    var description = RecordDescription(
      "application", zh: "定点申请", en: "an institution asking to be designated",
      demands: [RecordDemand(when: .contains("requests", "inpatient"), .has("beds"))],
      beyond: [
        Bilingual(zh: "`id` 在同一批次中不得重复", en: "no `id` occurs twice in a batch"),
        Bilingual(
          zh: "`replaces` 与 `institution` 不能是同一机构",
          en: "`replaces` and `institution` are not the same"),
        Bilingual(
          zh: "`district` 须为基础数据所列区县，`institution`、`replaces` 须在名册中",
          en: "`district` is one of the facts', `institution` and `replaces` are in the registry"),
        Bilingual(
          zh: "`lon`、`lat`、`datum` 也可不写在 `location` 内，读取时归入其中",
          en: "`lon`, `lat` and `datum` may stand outside `location` too, and are read as if in it"),
        RecordDescription.writtenForms,
      ])
    for entry in catalogue.applicationEntries {
      description.fields[entry.name] = entry.field.label
    }
    return description
  }
}

extension FieldReader where Value == Int {
  static var bedCount: FieldReader<Int> { .integer(in: 0...1_000_000) }
}

/// What an applications file says beside its applications.
package struct BatchHead: Sendable {
  package var city: Located<String>?
  package var asOf: Located<CalendarDay>?
  package var datum: Located<Datum>?
  package var facts: Located<String>?
  package var registry: Located<String>?

  package static func reader(_ catalogue: Catalogue = .builtIn) -> FieldReader<BatchHead> {
    .record(
      RecordDescription(
        "applications", zh: "申请批次", en: "a batch of applications",
        fields: [
          ("planlint", "文件格式", "format of the file"),
          ("city", "统筹地区：编号、名称或区划代码", "the city: id, name or code"),
          ("as_of", "决定日期", "the day of decision"),
          ("datum", "未注明坐标系的位置所用坐标系", "datum of the locations that name none"),
          ("facts", "基础数据文件", "the facts file"), ("registry", "定点机构名册文件", "the registry"),
          ("applications", "申请列表", "the applications"),
        ])
    ) { record in
      _ = record.optional("planlint", .format("applications/1"))
      let head = BatchHead(
        city: record.optional("city", .text), asOf: record.optional("as_of", .day),
        datum: record.optional("datum", DatumName.reader), facts: record.optional("facts", .text),
        registry: record.optional("registry", .text))
      _ = record.required(
        "applications",
        .list(of: FieldReader<Node>.anything).described { _ in
          .list(Application.reader(file: 0, catalogue).schema, atLeast: 1)
        })
      return head
    }
  }
}

/// The applications of one file as they were read.
package struct ApplicationFile: Sendable {
  package var head: BatchHead
  package var applications: [Application]
  /// The file as text that places point into.
  package var file: SourceFile
  /// What was passed over or converted.
  package var notes: [Note] = []

  /// Reads a file of any format that says what an applications file says; `index` is its place in the batch.
  ///
  /// `datum` goes before the one that the file's head names, `default` after it; `others` are the sheets of a workbook that are read
  /// as something else.
  package static func read(
    _ input: SourceFile, index: Int, datum assumed: Datum? = nil, default: Datum? = nil,
    others: [String] = [], _ catalogue: Catalogue = .builtIn
  ) throws(Faults) -> ApplicationFile {
    let format = DocumentFormat(of: input)
    var (file, notes) = try TableText.read(
      input, format: format, fit: { sheet, _ in catalogue.applicationColumns.fit(sheet) },
      others: others)
    var context = FieldContext(file)
    var applications: [Application] = []
    let reader = Application.reader(file: index, catalogue)
    var head: Node?
    let plain =
      switch format {
      case .yaml: PlainApplications.read(file, index: index, reader, catalogue)
      case .jsonLines: PlainApplications.readLines(file, index: index, reader, catalogue)
      default: nil as PlainApplications.Found?
      }
    if let plain {
      (head, applications) = (plain.head, plain.applications)
      context.readings = plain.readings
    } else if format.isTable {
      var quick: ApplicationRow?
      do {
        notes += try Rows.read(
          file, catalogue.applicationColumns, hasLocation: true,
          named: { context.columnNames = $0 },
          quick: { row, columns in
            let reader = quick ?? ApplicationRow(columns, file: index, catalogue)
            quick = reader
            guard let application = reader.read(row) else { return false }
            applications.append(application)
            return true
          }
        ) { node in
          if let application = reader.read(node, &context) { applications.append(application) }
          return !context.faults.isFull
        }
      } catch {
        throw Faults(context.faults.faults + error.faults)
      }
    } else if format == .geoJSON {
      do {
        notes += try Features.read(
          file, catalogue.applicationColumns, hasLocation: true,
          named: { context.columnNames[$0] = $1 }
        ) { node in
          if let application = reader.read(node, &context) { applications.append(application) }
          return !context.faults.isFull
        }
      } catch {
        throw Faults(context.faults.faults + error.faults)
      }
    } else {
      do {
        head = try Document.read(file, format: format, streaming: "applications") {
          (node: Node) throws(Faults) in
          if let application = reader.read(node, &context) { applications.append(application) }
          if context.faults.isFull { throw Faults(context.faults.faults) }
        }
      } catch {
        // What was found before the file broke off comes first.
        if context.faults.isFull { throw error }
        throw Faults(context.faults.faults + error.faults)
      }
    }
    var result = ApplicationFile(head: BatchHead(), applications: [], file: file, notes: notes)
    if let head, head.items == nil {
      if let read = BatchHead.reader(catalogue).read(head, &context) { result.head = read }
    }
    try context.faults.check()
    if applications.isEmpty {
      throw Faults(
        Fault(
          file, head?.range ?? ByteRange(start: 0, end: 0), zh: "没有任何申请，无可检查",
          en: "expected at least one application, found none: there is nothing to check"))
    }
    if let datum = assumed ?? result.head.datum?.value ?? `default` {
      for index in applications.indices where applications[index].site?.datum == nil {
        applications[index].site?.datum = datum
      }
    }
    result.notes += context.readings.notes(file)
    result.notes += applications.restoreZeros(file)
    result.applications = applications
    return result
  }
}

extension Site {
  /// Reads `{lon, lat, datum}` and rejects places that cannot be meant.
  package static let reader = FieldReader<Site>.record(
    RecordDescription(
      "location", zh: "位置", en: "a place",
      fields: [
        ("lon", "经度", "longitude, degrees"), ("lat", "纬度", "latitude, degrees"),
        ("datum", "坐标系", "datum"),
      ])
  ) { record in
    let longitude = record.required("lon", Site.longitude)
    let latitude = record.required("lat", Site.latitude)
    let datum = record.optional("datum", DatumName.reader)
    guard let longitude, let latitude else { return nil }
    guard let site = Site(longitude.value, latitude.value, datum?.value) else { return nil }
    if let problem = site.problem {
      record.fault(
        ByteRange(start: longitude.range.start, end: latitude.range.end), zh: problem.zh,
        en: problem.en)
      return nil
    }
    return site
  }

  /// Degrees of longitude, as they are written; whether they can be meant is for ``problem`` to say.
  package static let longitude = degrees(Coordinate.chinasLongitudes)
  package static let latitude = degrees(Coordinate.chinasLatitudes)

  private static func degrees(_ range: ClosedRange<Double>) -> FieldReader<String> {
    FieldReader<String>.decimal.described { _ in
      .number(minimum: String(Int(range.lowerBound)), maximum: String(Int(range.upperBound)))
    }
  }

  /// A place from the decimals as they were written.
  package init?(_ longitude: String, _ latitude: String, _ datum: Datum?) {
    guard let x = Double(longitude), let y = Double(latitude) else { return nil }
    func decimals(_ text: String) -> Int {
      text.utf8.firstIndex(of: UInt8(ascii: ".")).map {
        text.utf8.distance(from: $0, to: text.utf8.endIndex) - 1
      } ?? 0
    }
    self.init(
      longitude: x, latitude: y, longitudeDecimals: decimals(longitude),
      latitudeDecimals: decimals(latitude), datum: datum)
  }

  /// Why the place cannot be meant, if it cannot.
  package var problem: Bilingual? {
    switch Coordinate(longitude: longitude, latitude: latitude).problem {
    case nil: nil
    case .swapped:
      Bilingual(
        zh: "经度与纬度似乎填反：经度应在 73 至 136 之间，纬度应在 3 至 54 之间",
        en:
          "longitude and latitude seem to be swapped: expected a longitude of 73 to 136 and a latitude of 3 to 54"
      )
    case .zero:
      Bilingual(
        zh: "坐标为（0，0），通常表示没有填写位置：请填写实际坐标，没有坐标的不填此项",
        en:
          "the point (0, 0) is what exports write where there is none: give the place, or leave `location` out"
      )
    case .notFinite, .outOfRange, .outsideChina:
      Bilingual(
        zh: "坐标（\(longitude)，\(latitude)）不在中国境内：经度应在 73 至 136 之间，纬度应在 3 至 54 之间",
        en:
          "the point (\(longitude), \(latitude)) is not in China: expected a longitude of 73 to 136 and a latitude of 3 to 54"
      )
    }
  }
}
