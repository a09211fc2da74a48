package import Cases
package import Diagnostics
package import Reading

/// A jurisdiction with its own policy profiles (统筹地区): all that choosing a profile needs.
package struct Tenant: Sendable {
  /// A place that a tenant covers with its profiles (a city of a province).
  package struct Place: Sendable {
    package var id: String
    package var names: [String]
    package var codes: [String]
    var writtenCodes: [Located<String>] = []
  }

  /// A profile as its tenant lists it.
  package struct ProfileEntry: Sendable {
    package var id: String
    package var file: String
    package var from: CalendarDay
    package var to: CalendarDay
    package var range: ByteRange
    /// Where its file is named.
    package var fileRange: ByteRange
  }

  /// The file that says all this; nil of a tenant that is made by no file.
  package private(set) var file: SourceFile?
  package var id: String
  /// Where the id stands in the file.
  package var idRange: ByteRange
  /// Chinese names, the short one first.
  package var names: [String]
  package var english: String
  /// GB/T 2260 codes, of four or six digits.
  package var codes: [String]
  /// Every code of the file, of places and districts too, where it is written.
  package private(set) var writtenCodes: [Located<String>] = []
  package var covers: [Place]
  /// Its districts, for the files that `init` writes; empty where they are not listed.
  package var districts: [TenantDistrict]
  package var profiles: [ProfileEntry]
  /// Every field and word of its inputs, its own included.
  package var catalogue: Catalogue

  package init(reading file: SourceFile) throws(Faults) {
    let node = try Document.read(file, format: .yaml)
    var context = FieldContext(file)
    let tenant = Self.reader.read(node, &context)
    try context.faults.check()
    guard let tenant else {
      throw Faults(Fault(file, node.range, zh: "应为统筹地区文件", en: "expected a tenant file"))
    }
    self = tenant
    self.file = file
  }

  private init(
    id: Located<String>, names: [String], english: String, codes: [String], covers: [Place],
    districts: [TenantDistrict], profiles: [ProfileEntry], catalogue: Catalogue
  ) {
    self.id = id.value
    idRange = id.range
    self.names = names
    self.english = english
    self.codes = codes
    self.covers = covers
    self.districts = districts
    self.profiles = profiles
    self.catalogue = catalogue
  }

  package static let reader = FieldReader<Tenant>.record(
    RecordDescription(
      "tenant", zh: "统筹地区", en: "a jurisdiction with its own policy profiles",
      fields: [
        ("planlint", "文件格式", "format of the file"), ("id", "编号，即目录名", "its id, the folder's name"),
        ("names", "中文名称，简称在前", "its names in Chinese, the short one first"),
        ("english", "英文名称", "its name in English"), ("codes", "行政区划代码", "GB/T 2260 codes"),
        ("covers", "所辖适用同一档案的城市", "the cities that its profiles cover"),
        ("districts", "所辖区县", "its districts"),
        ("profiles", "政策档案", "its profiles"),
        ("fields", "自有字段，按所属记录", "its own fields, by what they are of"),
        ("words", "自有词语，按词表", "its own words, by vocabulary"),
      ])
  ) { record in
    _ = record.required("planlint", .format("tenant/1"))
    let id = record.required("id", .text)
    let names = record.required("names", .list(of: .text, atLeast: 1))
    let english = record.required("english", .text)
    let codes = record.required("codes", .list(of: .text, atLeast: 1))
    let covers = record.optional("covers", .list(of: place))
    let districts = record.optional("districts", .list(of: district))
    let profiles = record.required("profiles", .list(of: profile, atLeast: 1))
    let fields = record.optional("fields", OwnCatalogue.fields)
    let words = record.optional("words", OwnCatalogue.words)
    let own = OwnCatalogue(
      fields: (fields?.value ?? []).flatMap { named in
        named.value.value.map { (named.key.value, $0) }
      }, words: (words?.value ?? []).flatMap(\.value.value))
    let faults = record.context.faults.faults.count
    own.check(&record.context)
    checkNames(
      [((names?.value ?? []) + (codes?.value ?? [])).map { ($0.value, $0.range) }]
        + (covers?.value ?? []).map { place in
          ([place.value.id] + place.value.names + place.value.codes).map { ($0, place.range) }
        }, &record.context)
    checkNames(
      (districts?.value ?? []).map { [($0.value.district.name, $0.range)] }, &record.context)
    checkNames(
      (districts?.value ?? []).compactMap(\.value.code).map { [($0.value, $0.range)] },
      &record.context)
    guard let id, let names, let english, let codes, let profiles,
      record.context.faults.faults.count == faults
    else { return nil }
    var tenant = Tenant(
      id: id, names: names.value.map(\.value), english: english.value,
      codes: codes.value.map(\.value), covers: covers?.value.map(\.value) ?? [],
      districts: districts?.value.map(\.value.district) ?? [],
      profiles: profiles.value.map(\.value).sorted { $0.from < $1.from },
      catalogue: own.isEmpty ? .builtIn : Catalogue(own))
    tenant.writtenCodes =
      codes.value + (covers?.value ?? []).flatMap(\.value.writtenCodes)
      + (districts?.value ?? []).compactMap(\.value.code)
    return tenant
  }

  /// Holds that no two bear one name, by what each is called.
  private static func checkNames(
    _ bearers: [[(name: String, range: ByteRange)]], _ context: inout FieldContext
  ) {
    var bearerOf: [String: Int] = [:]
    for (bearer, names) in bearers.enumerated() {
      for (name, range) in names {
        if let other = bearerOf[name.lowercased()], other != bearer {
          let code = Quoting.code(name)
          context.fault(
            range, zh: "\(code) 已用于另一处，名称和代码不得重复",
            en:
              "\(code) stands for another already; expected names and codes of which each means one"
          )
          break
        }
        bearerOf[name.lowercased()] = bearer
      }
    }
  }

  private static let place = FieldReader<Place>.record(
    RecordDescription(
      "place", zh: "所辖城市", en: "a city that it covers",
      fields: [
        ("id", "编号", "its id"), ("names", "中文名称", "its names in Chinese"),
        ("codes", "行政区划代码", "GB/T 2260 codes"),
      ])
  ) { record in
    let id = record.required("id", .text)
    let names = record.required("names", .list(of: .text, atLeast: 1))
    let codes = record.required("codes", .list(of: .text, atLeast: 1))
    guard let id, let names, let codes else { return nil }
    return Place(
      id: id.value, names: names.value.map(\.value), codes: codes.value.map(\.value),
      writtenCodes: codes.value)
  }

  private static let district = FieldReader<(district: TenantDistrict, code: Located<String>?)>
    .record(
      RecordDescription(
        "district", zh: "区县", en: "a district",
        fields: [("name", "名称", "its name"), ("code", "行政区划代码", "GB/T 2260 code")])
    ) { record in
      let name = record.required("name", .text)
      let code = record.optional("code", .text)
      return name.map { (TenantDistrict(name: $0.value, code: code?.value), code) }
    }

  private static let profile = FieldReader<ProfileEntry>.record(
    RecordDescription(
      "profile", zh: "政策档案", en: "a profile",
      fields: [
        ("id", "编号", "its id"), ("file", "文件", "its file"), ("from", "起始日期", "its first day"),
        ("to", "终止日期", "its last day"),
      ],
      beyond: [
        Bilingual(zh: "编号和起止日期与档案文件一致", en: "id and span are those of the profile's file")
      ])
  ) { record in
    let id = record.required("id", .text)
    let file = record.required("file", fileName)
    let from = record.required("from", .day)
    let to = record.required("to", .day)
    guard let id, let file, let from, let to else { return nil }
    return ProfileEntry(
      id: id.value, file: file.value, from: from.value, to: to.value, range: record.range,
      fileRange: file.range)
  }

  /// A path that leads to nothing outside the tenant's own folder.
  private static let fileName = FieldReader<String>.text.then { path, context in
    let steps = path.value.split(separator: "/", omittingEmptySubsequences: false)
    guard steps.contains("..") || steps.first == "" else { return path.value }
    let code = Quoting.code(path.value)
    context.fault(
      path.range, zh: "应为统筹地区目录内的文件，实际为 \(code)",
      en: "expected a file in the tenant's own folder, found \(code)")
    return nil
  }

  /// Every way to call it.
  package var ownNames: [String] { [id] + names + codes }

  /// Every way to call it or a place it covers.
  package var allNames: [String] {
    ownNames + covers.flatMap { [$0.id] + $0.names + $0.codes }
  }

  /// The name in Chinese that reports use: the one with 市 or 省 where there is one.
  package var title: Bilingual { Bilingual(zh: names.last ?? id, en: english) }

  /// The profile for a day, and whether the day lies in its span; outside every span the nearest.
  package func profile(on day: CalendarDay) -> (entry: ProfileEntry, isInForce: Bool)? {
    if let entry = profiles.last(where: { $0.from <= day && day <= $0.to }) { return (entry, true) }
    func distance(_ entry: ProfileEntry) -> Int {
      day < entry.from
        ? entry.from.daysSinceEpoch - day.daysSinceEpoch
        : day.daysSinceEpoch - entry.to.daysSinceEpoch
    }
    return profiles.min { distance($0) < distance($1) }.map { ($0, false) }
  }
}
