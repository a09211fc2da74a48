package import Diagnostics
package import Expression
package import Reading

/// One institution asking to be designated, or for more designated beds (定点申请).
///
/// A batch keeps one of each item, 200 bytes and what its texts and arrays take: what many do not give stands
/// beside it.
package struct Application: Sendable {
  package var id: String
  package var name: String
  package var district: String?
  package var street: String?
  package var site: Site?
  package var requests: WordSet<Category>
  package var designatedFor: WordSet<Category>
  private var askedFor: Int32
  private var existing: Int32
  package var submitted: CalendarDay
  package var kind: Kind
  /// The score where it is short, as ``FieldStore`` keeps a number.
  private var shortScore: UInt64
  private var rare: Rare?
  /// The fields that the program does nothing with but read, show and compare; see ``FieldEntry/slot``.
  package var values: FieldValues
  package var source: ApplicationSource

  /// What many applications do not give.
  private final class Rare: Sendable {
    let score: Exact?
    let institution: String?
    let replaces: String?
    let uscc: String?

    init(score: Exact?, institution: String?, replaces: String?, uscc: String?) {
      self.score = score
      self.institution = institution
      self.replaces = replaces
      self.uscc = uscc
    }
  }

  package init(
    id: String, name: String, kind: Kind, requests: WordSet<Category>, district: String?,
    street: String?, site: Site?, beds: Int?, existingBeds: Int, submitted: CalendarDay,
    score: Exact?, designatedFor: WordSet<Category>, institution: String?, replaces: String?,
    uscc: String?, values: FieldValues, source: ApplicationSource
  ) {
    self.id = id
    self.name = name
    self.kind = kind
    self.requests = requests
    self.district = district
    self.street = street
    self.site = site
    askedFor = -1
    existing = Int32(clamping: existingBeds)
    self.submitted = submitted
    shortScore = FieldStore.absent
    self.designatedFor = designatedFor
    if institution != nil || replaces != nil || uscc != nil {
      rare = Rare(score: nil, institution: institution, replaces: replaces, uscc: uscc)
    }
    self.values = values
    self.source = source
    self.beds = beds
    self.score = score
  }

  /// Designated beds asked for now; required where `inpatient` is requested.
  package var beds: Int? {
    get { askedFor < 0 ? nil : Int(askedFor) }
    set { askedFor = newValue.map { Int32(clamping: $0) } ?? -1 }
  }

  package var existingBeds: Int {
    get { Int(existing) }
    set { existing = Int32(clamping: newValue) }
  }

  /// 0 to 100; none comes last in merit.
  package var score: Exact? {
    get { FieldStore.number(packed: shortScore) ?? rare?.score }
    set {
      let packed = newValue.map { FieldStore.packed($0) }
      shortScore = (packed ?? nil) ?? FieldStore.absent
      let long = packed == .some(nil) ? newValue : nil
      if long != rare?.score {
        rare = Rare(score: long, institution: institution, replaces: replaces, uscc: uscc)
      }
    }
  }

  /// Its own id in the registry.
  package var institution: String? {
    get { rare?.institution }
    set {
      rare = Rare(score: rare?.score, institution: newValue, replaces: replaces, uscc: uscc)
    }
  }

  /// The registry id of the leaving institution whose place it takes.
  package var replaces: String? {
    get { rare?.replaces }
    set {
      rare = Rare(score: rare?.score, institution: institution, replaces: newValue, uscc: uscc)
    }
  }

  /// The unified social credit code, in capitals.
  package var uscc: String? {
    get { rare?.uscc }
    set {
      rare = Rare(score: rare?.score, institution: institution, replaces: replaces, uscc: newValue)
    }
  }
}

/// Where an application was read from.
package struct ApplicationSource: Sendable {
  /// The index of its file in the batch.
  package var file: Int
  /// The bytes of the whole item.
  package var item: ByteRange
  /// The bytes of its values, by field.
  package var fields: FieldPlaces

  /// The value of `field`, else of the id, else the item.
  package func range(of field: ApplicationField) -> ByteRange {
    fields[field] ?? fields[.id] ?? item
  }
}

extension Application {
  /// The fields that conditions see: those of the file but the location, which only circles look at, and `new_beds`.
  package static func shape(_ entries: [ApplicationEntry]) -> RecordShape {
    RecordShape(
      "application",
      entries.filter { $0.role != .location }.map(\.field) + [
        .init(
          newBedsName, .count, zh: "新增床位",
          en: "beds asked for, less those of the institution it replaces")
      ])
  }

  package static let newBedsName = "new_beds"

  /// Where `new_beds` stands: after a tenant's own fields.
  package static func newBedsField(of catalogue: Catalogue) -> Int {
    catalogue.application.fields.count - 1
  }

  /// The application as conditions see it, with all the beds that it asks for as new ones.
  package func record(_ catalogue: Catalogue) -> DataRecord {
    let shape = catalogue.application
    let path = "applications[\(id)]."
    func absent(_ field: RecordShape.Field) -> Value {
      field.shape.absent(path + field.name, field.absence)
    }
    var values: [Value] = []
    values.reserveCapacity(shape.fields.count)
    for entry in catalogue.applicationEntries where entry.role != .location {
      values.append(value(of: entry, catalogue) ?? absent(entry.field))
    }
    values.append(
      askedBeds.map { .decimal(Exact($0)) }
        ?? absent(shape.fields[Self.newBedsField(of: catalogue)]))
    return DataRecord(shape, values)
  }

  /// What conditions see of a field; nil where it is absent.
  package func value(of entry: ApplicationEntry, _ catalogue: Catalogue) -> Value? {
    switch entry.role {
    case .id: return .string(id)
    case .name: return .string(name)
    case .kind: return catalogue.words.kind.value(kind)
    case .requests: return catalogue.words.category.value(requests)
    case .district: return district.map(Value.string)
    case .street: return street.map(Value.string)
    case .beds: return beds.map { .decimal(Exact($0)) }
    case .existingBeds: return .decimal(Exact(existingBeds))
    case .submitted: return submitted.value
    case .score: return score.map(Value.decimal)
    case .designatedFor: return catalogue.words.category.value(designatedFor)
    case .institution: return institution.map(Value.string)
    case .replaces: return replaces.map(Value.string)
    case .uscc: return uscc.map(Value.string)
    case .location: return nil
    case nil: return entry.value(values, of: "applications[\(id)]")
    }
  }

  /// The application as another tenant's fields and words have it; what that tenant has none for is left out.
  package func translated(from source: Catalogue, to target: Catalogue) -> Application {
    guard source !== target, source.isExtended || target.isExtended else { return self }
    func moved(_ words: WordSet<Category>) -> WordSet<Category> {
      WordSet(
        words.words.compactMap {
          target.words.category.word(meaning: source.words.category[$0].word)
        })
    }
    var result = self
    result.kind = target.words.kind.word(meaning: source.words.kind[kind].word) ?? .otherMedical
    result.requests = moved(requests)
    result.designatedFor = moved(designatedFor)
    result.values = FieldValues()
    for entry in target.applicationEntries {
      guard let slot = entry.slot, let other = source.applicationEntry(entry.name),
        let value = value(of: other, source), let cell = entry.store.cell(of: value)
      else { continue }
      result.values.set(slot, cell, of: target.slotCount)
    }
    return result
  }

  /// The same without asking for a category (nor for beds, which inpatient care alone has).
  package func withdrawing(_ category: Category) -> Application {
    var application = self
    application.requests = WordSet(requests.words.filter { $0 != category })
    if category == .inpatient { application.beds = nil }
    return application
  }

  /// The beds that it asks for; nil where they are missing and inpatient care is asked for.
  package var askedBeds: Int? { beds ?? (requests.contains(.inpatient) ? nil : 0) }
}
