import Diagnostics
import Expression
package import Reading
import Spatial

/// Reads applications from plain YAML and JSON Lines without a tree in between.
///
/// Whatever is not plain, or at fault, gives nil: ``Application/reader(file:)`` then says what is wrong with it, or reads it after
/// all. Both read the same from the same item.
package enum ApplicationItem {
  /// `file` is the index of its file in the batch.
  package static func read(_ item: PlainItem, file: Int, _ catalogue: Catalogue) -> Application? {
    let tokens = item.tokens
    guard let first = tokens.first, first.kind == .map else { return nil }
    let entries = catalogue.applicationEntries
    let categories = catalogue.words.category
    var fields = FieldPlaces(of: first.range)
    var values = FieldValues()
    var (id, name): (String?, String?)
    var kind: Kind?
    var requests: WordSet<Category>?
    var submitted: CalendarDay?
    var (district, street, institution, replaces, creditCode):
      (String?, String?, String?, String?, String?)
    var site: Site?
    var (beds, existingBeds, score): (Int?, Int?, Exact?)
    var designatedFor = WordSet<Category>()
    var seen: UInt128 = 0
    var last = -1
    var place = 1
    while place < tokens.count, tokens[place].kind == .key {
      // Looked for after the place of another, as files have them in order.
      guard
        let index = catalogue.applicationNames.index(of: item.text(tokens[place]), from: last + 1)
      else { return nil }
      let bit: UInt128 = 1 << UInt128(index)
      if seen & bit != 0 { return nil }
      seen |= bit
      last = index
      place += 1
      guard place < tokens.count else { return nil }
      let token = tokens[place]
      place += 1
      // One that is left blank is a fault.
      if token.kind == .null, token.range.count == 0 { return nil }
      if token.kind == .null { continue }
      fields.add(ApplicationField(index), token.range)
      func text() -> String? { isText(token) ? PlainText.text(item.text(token)) : nil }
      func code() -> String? { isText(token) ? PlainText.code(item.text(token)) : nil }
      func plain<Value>(_ read: (UnsafeRawBufferPointer) -> Value?) -> Value? {
        isPlain(token) ? read(item.text(token)) : nil
      }
      switch entries[index].role {
      case nil:
        guard let slot = entries[index].slot,
          let cell = cell(entries[index].store, item, token, &place)
        else { return nil }
        values.set(slot, cell, of: catalogue.slotCount)
      case .id: id = code()
      case .name: name = text()
      case .kind:
        kind = isText(token) ? catalogue.words.kind.word(of: item.text(token)) : nil
      case .requests:
        requests = words(categories, item, token, &place)
        if requests?.isEmpty != false { return nil }
      case .district:
        district = text()
        if district == nil { return nil }
      case .street:
        street = text()
        if street == nil { return nil }
      case .location:
        site = Self.site(item, token, &place)
        if site == nil { return nil }
      case .beds:
        beds = plain(PlainText.count)
        if beds == nil { return nil }
      case .existingBeds:
        guard let count = plain(PlainText.count) else { return nil }
        existingBeds = count
      case .submitted: submitted = isText(token) ? PlainText.day(item.text(token)) : nil
      case .score:
        guard let number = plain(PlainText.exact), number <= hundred else { return nil }
        score = number
      case .designatedFor:
        guard let set: WordSet<Category> = words(categories, item, token, &place) else {
          return nil
        }
        designatedFor = set
      case .institution:
        institution = code()
        if institution == nil { return nil }
      case .replaces:
        replaces = code()
        if replaces == nil { return nil }
      case .uscc:
        creditCode = isText(token) ? PlainText.creditCode(item.text(token)) : nil
        if creditCode == nil { return nil }
      }
    }
    guard let id, let name, let kind, let requests, let submitted,
      !requests.contains(.inpatient) || beds != nil,
      institution == nil || institution != replaces
    else { return nil }
    return Application(
      id: id, name: name, kind: kind, requests: requests, district: district, street: street,
      site: site, beds: beds, existingBeds: existingBeds ?? 0, submitted: submitted, score: score,
      designatedFor: designatedFor, institution: institution, replaces: replaces,
      uscc: creditCode, values: values,
      source: ApplicationSource(file: file, item: first.range, fields: fields))
  }

  /// The value of a field that is kept among the others, and the place after it.
  private static func cell(
    _ store: FieldStore, _ item: PlainItem, _ token: PlainToken, _ place: inout Int
  ) -> FieldValues.Cell? {
    if case .words(let table) = store {
      guard let set: WordSet<OwnWordNumber> = words(table, item, token, &place) else { return nil }
      return .packed(UInt64(set.code))
    }
    return store.plain(item.text(token), isText: isText(token), isPlain: isPlain(token))
  }

  private static let hundred = Exact(100)

  /// Whether it is a value without quotes.
  private static func isPlain(_ token: PlainToken) -> Bool {
    token.kind == .plain || token.kind == .bare
  }

  private static func isText(_ token: PlainToken) -> Bool {
    token.kind == .plain || token.kind == .quoted
  }

  /// The words of a list, and the place after it.
  private static func words<Word: Vocabulary>(
    _ table: VocabularyTable, _ item: PlainItem, _ list: PlainToken, _ place: inout Int
  ) -> WordSet<Word>? {
    guard list.kind == .list else { return nil }
    var set = WordSet<Word>()
    while place < item.tokens.count, item.tokens[place].kind != .end {
      let token = item.tokens[place]
      guard isText(token), let word: Word = table.word(of: item.text(token)) else { return nil }
      set.insert(word)
      place += 1
    }
    place += 1
    return set
  }

  /// `{lon, lat, datum}`, and the place after it.
  private static func site(_ item: PlainItem, _ map: PlainToken, _ place: inout Int) -> Site? {
    guard map.kind == .map else { return nil }
    var longitude: UnsafeRawBufferPointer?
    var latitude: UnsafeRawBufferPointer?
    var datum: Datum?
    while place + 1 < item.tokens.count, item.tokens[place].kind == .key {
      let key = item.text(item.tokens[place])
      let token = item.tokens[place + 1]
      place += 2
      let text = item.text(token)
      if key.elementsEqual("lon".utf8), longitude == nil, isPlain(token) {
        longitude = text
      } else if key.elementsEqual("lat".utf8), latitude == nil, isPlain(token) {
        latitude = text
      } else if key.elementsEqual("datum".utf8), datum == nil, isText(token),
        let known = PlainText.datum(text)
      {
        datum = known
      } else {
        return nil
      }
    }
    place += 1
    guard let longitude, let latitude else { return nil }
    return Site(longitude, latitude, datum)
  }
}
