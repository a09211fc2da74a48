import Diagnostics
import Reading

/// Of each institution the application that asked first for each category.
struct FirstAsking<Key: Hashable> {
  private struct Asked: Hashable {
    var key: Key
    var category: Category
  }

  private var first: [Asked: Int] = [:]

  /// The earliest application of the key that asks for one of the categories too; this one is remembered for the others.
  mutating func earlier(_ key: Key, _ index: Int, _ requests: WordSet<Category>) -> Int? {
    var earliest: Int?
    for category in requests.words {
      let asked = Asked(key: key, category: category)
      if let other = first[asked] {
        earliest = min(earliest ?? other, other)
      } else {
        first[asked] = index
      }
    }
    return earliest
  }
}

/// Finds applications of a batch that seem to be one and the same.
struct Duplicates {
  let applications: [Application]
  let files: [SourceFile]
  let isSeparate: Bool

  /// So many applications a note names.
  private static let namedLimit = 12

  /// Where files are batches of their own, what stands before the key.
  private func key(_ application: Application, _ text: String) -> String {
    (isSeparate ? "\(application.source.file)\u{1F}" : "") + text
  }

  /// Adds a fault for each id that cannot be told from another by looking at it.
  func checkLooks(_ faults: inout FaultCollector) {
    if applications.allSatisfy({ LookAlike.isPlain($0.id) }) { return }
    var seen: [String: Int] = [:]
    for (index, application) in applications.enumerated() {
      let form = key(application, LookAlike.form(application.id))
      guard let other = seen[form] else {
        seen[form] = index
        continue
      }
      // The same id twice has a fault of its own.
      let first = applications[other]
      if first.id == application.id { continue }
      faults.add(
        Fault(
          files[application.source.file], application.source.range(of: .id),
          zh:
            "申请编号 `\(application.id)` 与 `\(first.id)` 看起来相同（只差空白、全角、不可见字符或形近字母），应能分清",
          en:
            "the id `\(application.id)` looks like `\(first.id)` (they differ in white space, width, letters that cannot be seen or letters that look alike): expected ids that can be told apart"
        ))
      if faults.isFull { return }
    }
  }

  /// Applications of one legal person for the same category: a fault where they have one name as well, so that one was entered twice,
  /// and else a note, since campuses and branches may share a code.
  func sharedCreditCodes(_ faults: inout FaultCollector) -> [Note] {
    var named = FirstAsking<[String]>()
    var others = FirstAsking<String>()
    var groups = Groups()
    for (index, application) in applications.enumerated() {
      guard let code = application.uscc else { continue }
      let own = key(application, code)
      let name = LookAlike.form(application.name)
      let earlier = others.earlier(own, index, application.requests)
      if let other = named.earlier([own, name], index, application.requests) {
        let first = applications[other]
        faults.add(
          Fault(
            files[application.source.file], application.source.range(of: .uscc),
            zh: "申请 `\(application.id)` 与 `\(first.id)` 的统一社会信用代码、名称和申请类别相同，似为重复申请",
            en:
              "the applications `\(application.id)` and `\(first.id)` have the same credit code, name and category: expected each institution once"
          ))
      } else if let earlier {
        groups.add(index, to: earlier)
      }
    }
    return groups.notes(self, .uscc) { first, others in
      Bilingual(
        zh: "申请 \(others.zh)与 \(first.zh) 的统一社会信用代码相同且申请同一类别，请核对是否为同一机构",
        en:
          "the applications \(others.en) and \(first.en) have the same credit code and ask for the same category; check that they are two institutions"
      )
    }
  }

  /// One name, kind and place under several ids, for the same category: a note, since what is one and the same is for a clerk to say.
  func sharedPlaces() -> [Note] {
    struct Place: Hashable {
      var file: Int
      var kind: Kind
      var longitude, latitude: Double?
      var district, street: String?
    }
    struct NamedPlace: Hashable {
      var place: Place
      var name: String
    }
    func place(of application: Application) -> Place? {
      let site = application.site
      if site == nil, application.district == nil { return nil }
      return Place(
        file: isSeparate ? application.source.file : 0, kind: application.kind,
        longitude: site?.longitude, latitude: site?.latitude,
        district: site == nil ? application.district : nil,
        street: site == nil ? application.street : nil)
    }
    // Most have a place of their own: only where the hash of one occurs again names are compared. Keeping every place with its name made
    // the peak of memory: 100,000 applications against 7,700 institutions took 1,122 bytes each, and take 936.
    var once: Set<Int> = []
    var again: Set<Int> = []
    for application in applications {
      guard let hash = place(of: application)?.hashValue else { continue }
      if !once.insert(hash).inserted { again.insert(hash) }
    }
    if again.isEmpty { return [] }
    var first = FirstAsking<NamedPlace>()
    var groups = Groups()
    for (index, application) in applications.enumerated() {
      guard let place = place(of: application), again.contains(place.hashValue) else { continue }
      let named = NamedPlace(place: place, name: LookAlike.form(application.name))
      guard let other = first.earlier(named, index, application.requests) else { continue }
      let earlier = applications[other]
      // Two codes, or two rows of the registry, are two institutions; one of them is told of already.
      if earlier.uscc != nil, application.uscc != nil { continue }
      if earlier.institution != nil, application.institution != nil { continue }
      groups.add(index, to: other)
    }
    return groups.notes(self, .id) { first, others in
      Bilingual(
        zh: "申请 \(others.zh)与 \(first.zh) 的名称、机构类别、位置和申请类别相同而编号不同，请核对是否重复申请",
        en:
          "the applications \(others.en) and \(first.en) have the same name, kind, place and category under different ids; check that none was entered twice"
      )
    }
  }

  /// Applications that seem to be the same as an earlier one; each group is told of once.
  private struct Groups {
    private var order: [Int] = []
    private var members: [Int: [Int]] = [:]

    mutating func add(_ index: Int, to first: Int) {
      if members[first] == nil { order.append(first) }
      members[first, default: []].append(index)
    }

    func notes(
      _ batch: Duplicates, _ field: ApplicationField,
      _ message: (_ first: Bilingual, _ others: Bilingual) -> Bilingual
    ) -> [Note] {
      order.compactMap { first in
        guard let others = members[first], let second = others.first else { return nil }
        let shown = others.prefix(Duplicates.namedLimit).map { "`\(batch.applications[$0].id)`" }
        let more = others.count - shown.count
        let ids = Bilingual(
          zh: shown.joined(separator: "、") + (more > 0 ? " 等 \(others.count) 件" : " "),
          en: shown.joined(separator: ", ") + (more > 0 ? " and \(more) more" : ""))
        let application = batch.applications[second]
        let id = "`\(batch.applications[first].id)`"
        let text = message(Bilingual(zh: id, en: id), ids)
        return Note(
          batch.files[application.source.file], application.source.range(of: field), zh: text.zh,
          en: text.en)
      }
    }
  }
}
