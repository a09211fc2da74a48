import Diagnostics
import Expression
import Reading
import Spatial

/// Reads applications from plain YAML without a tree in between.
///
/// Whatever is not plain, or at fault, gives nil: ``Application/reader(file:)`` then says what is wrong with it, or reads it after
/// all. Both read the same from the same item.
enum ApplicationItem {
  /// `file` is the index of its file in the batch.
  static func read(_ item: PlainItem, file: Int) -> Application? {
    let tokens = item.tokens
    guard let first = tokens.first, first.kind == .map else { return nil }
    var fields = FieldPlaces(of: first.range)
    var id: String?
    var name: String?
    var kind: Kind?
    var requests: WordSet<Category>?
    var submitted: CalendarDay?
    var (district, street, group, institution, replaces, creditCode):
      (String?, String?, String?, String?, String?, String?)
    var (site, area, setting, grade, ownership): (Site?, Area?, Setting?, Grade?, Ownership?)
    var (beds, existingBeds, occupancy, score): (Int?, Int?, Exact?, Exact?)
    var (specialty, designatedFor) = (WordSet<Specialty>(), WordSet<Category>())
    var circumstances = WordSet<Circumstance>()
    var seen: UInt32 = 0
    var last = -1
    var place = 1
    while place < tokens.count, tokens[place].kind == .key {
      guard let field = ApplicationField(bytes: item.text(tokens[place]), after: last) else {
        return nil
      }
      let bit: UInt32 = 1 << UInt32(field.rawValue)
      if seen & bit != 0 { return nil }
      seen |= bit
      last = Int(field.rawValue)
      place += 1
      guard place < tokens.count else { return nil }
      let token = tokens[place]
      place += 1
      // One that is left blank is a fault.
      if token.kind == .null, token.range.count == 0 { return nil }
      if token.kind == .null { continue }
      fields.add(field, token.range)
      func text() -> String? { isText(token) ? PlainText.text(item.text(token)) : nil }
      func code() -> String? { isText(token) ? PlainText.code(item.text(token)) : nil }
      func word<Word: Vocabulary>() -> Word? { isText(token) ? Word(word: item.text(token)) : nil }
      func plain<Value>(_ read: (UnsafeRawBufferPointer) -> Value?) -> Value? {
        token.kind == .plain ? read(item.text(token)) : nil
      }
      switch field {
      case .id: id = code()
      case .name: name = text()
      case .kind: kind = word()
      case .requests:
        requests = words(item, token, &place)
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
      case .area:
        area = word()
        if area == nil { return nil }
      case .setting:
        setting = word()
        if setting == nil { return nil }
      case .grade:
        grade = word()
        if grade == nil { return nil }
      case .specialty:
        guard let words: WordSet<Specialty> = words(item, token, &place) else { return nil }
        specialty = words
      case .ownership:
        ownership = word()
        if ownership == nil { return nil }
      case .beds:
        beds = plain(PlainText.count)
        if beds == nil { return nil }
      case .existingBeds:
        guard let count = plain(PlainText.count) else { return nil }
        existingBeds = count
      case .occupancy:
        guard let number = plain(PlainText.exact), number > one else { return nil }
        occupancy = number
      case .submitted: submitted = isText(token) ? PlainText.day(item.text(token)) : nil
      case .score:
        guard let number = plain(PlainText.exact), number <= hundred else { return nil }
        score = number
      case .group:
        group = text()
        if group == nil { return nil }
      case .designatedFor:
        guard let words: WordSet<Category> = words(item, token, &place) else { return nil }
        designatedFor = words
      case .institution:
        institution = code()
        if institution == nil { return nil }
      case .replaces:
        replaces = code()
        if replaces == nil { return nil }
      case .circumstances:
        guard let words: WordSet<Circumstance> = words(item, token, &place) else { return nil }
        circumstances = words
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
      site: site, area: area, setting: setting, grade: grade, specialty: specialty,
      ownership: ownership, beds: beds, existingBeds: existingBeds ?? 0, occupancy: occupancy,
      submitted: submitted, score: score, group: group, designatedFor: designatedFor,
      institution: institution, replaces: replaces, circumstances: circumstances,
      uscc: creditCode,
      source: ApplicationSource(file: file, item: first.range, fields: fields))
  }

  private static let one = Exact(1)
  private static let hundred = Exact(100)

  private static func isText(_ token: PlainToken) -> Bool {
    token.kind == .plain || token.kind == .quoted
  }

  /// The words of a list, and the place after it.
  private static func words<Word: Vocabulary>(
    _ item: PlainItem, _ list: PlainToken, _ place: inout Int
  ) -> WordSet<Word>? {
    guard list.kind == .list else { return nil }
    var set = WordSet<Word>()
    while place < item.tokens.count, item.tokens[place].kind != .end {
      let token = item.tokens[place]
      guard isText(token), let word = Word(word: item.text(token)) else { return nil }
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
      if key.elementsEqual("lon".utf8), longitude == nil, token.kind == .plain {
        longitude = text
      } else if key.elementsEqual("lat".utf8), latitude == nil, token.kind == .plain {
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

extension ApplicationField {
  private static let names = WordBytes(allCases.map(\.name))

  /// The field that the bytes name; looked for after the place of another, as files have them in order.
  fileprivate init?(bytes: UnsafeRawBufferPointer, after last: Int) {
    guard let index = Self.names.index(of: bytes, from: last + 1) else { return nil }
    self.init(rawValue: UInt8(index))
  }
}
