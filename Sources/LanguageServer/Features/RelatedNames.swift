import Diagnostics
import Policy
import PolicyDesk
import Reading

/// The second places that what is wrong with a document speaks of: what the readers say of them, and the names that a message mentions.
extension Workspace {
  /// As many places are told of one fault.
  private static let mostRelated = 5
  /// The quote of a provision is shown up to so many characters.
  private static let shownQuote = 60

  /// The places that belong to a diagnosis, without that of the diagnosis itself.
  mutating func related(to diagnosis: Diagnosis, in path: String) -> [RelatedPlace] {
    var places: [RelatedPlace] = []
    func add(_ place: RelatedPlace) {
      let isItself =
        place.location.file.path == path && place.location.range.overlaps(diagnosis.range)
      let isKnown = places.contains {
        $0.location.file.path == place.location.file.path
          && $0.location.range == place.location.range
      }
      if !isItself, !isKnown, places.count < Self.mostRelated { places.append(place) }
    }
    diagnosis.related.forEach(add)
    earlier(diagnosis, in: path).map(add)
    var names = Self.quoted(diagnosis.message.en) + diagnosis.names
    if diagnosis.severity != .error || diagnosis.code != Diagnosis.doesNotLoad {
      names += basis(of: diagnosis, in: path)
    }
    var seen: Set<String> = []
    for name in names where seen.insert(name).inserted {
      definitions(of: name, from: path).forEach(add)
    }
    return places
  }

  /// What stands between backticks in a message.
  static func quoted(_ message: String) -> [String] {
    let parts = message.split(separator: "`", omittingEmptySubsequences: false)
    return parts.indices.filter { $0 % 2 == 1 && $0 + 1 < parts.count }.map { String(parts[$0]) }
  }

  /// Where a name of the profile is defined, told with what it is; a provision with its sentence.
  ///
  /// Looked for in the tree, not in the index of all names: that one takes longer than a key may.
  private mutating func definitions(of name: String, from path: String) -> [RelatedPlace] {
    guard let profile = profilePath(for: path), let analysis = analysis(profile),
      let node = analysis.node
    else { return [] }
    // A rule may be named with its category or part (`HB-BED-CAP[inpatient]`).
    let name = String(name.prefix { $0 != "[" && $0 != "/" })
    var places: [RelatedPlace] = []
    for section in node.entries ?? [] where NameIndex.sections[section.key] != nil {
      for entry in section.value.entries ?? [] where entry.key == name {
        let item = ProfileItem(name, in: [section.key], of: node)
        places.append(place(item, name, Location(file: analysis.file, range: entry.keyRange)))
      }
    }
    for rule in node["rules"]?.items ?? [] {
      guard let id = rule["id"], id.scalar?.text == name else { continue }
      places.append(
        RelatedPlace(
          Location(file: analysis.file, range: id.range), zh: "规则 `\(name)`",
          en: "the rule `\(name)`"))
    }
    return places
  }

  private func place(_ item: ProfileItem?, _ name: String, _ location: Location) -> RelatedPlace {
    let kind = item?.kind ?? Bilingual(zh: "名称", en: "name")
    guard let quote = item?.quote else {
      return RelatedPlace(location, zh: "\(kind.zh) `\(name)`", en: "the \(kind.en) `\(name)`")
    }
    let shown = quote.count > Self.shownQuote ? quote.prefix(Self.shownQuote) + "…" : quote[...]
    return RelatedPlace(
      location, zh: "\(kind.zh) `\(name)`：“\(shown)”", en: "the \(kind.en) `\(name)`: “\(shown)”")
  }

  /// The provisions that a rule at fault rests on.
  private mutating func basis(of diagnosis: Diagnosis, in path: String) -> [String] {
    guard kind(of: path) == .policy,
      let rule = analysis(path)?.node?["rules"]?.items?.first(where: {
        $0.range.start <= diagnosis.range.start && diagnosis.range.end <= $0.range.end
      })
    else { return [] }
    let named =
      rule["basis"]?.items?.compactMap(\.scalar?.text)
      ?? [rule["basis"]?.scalar?.text].compactMap(\.self)
    return named.isEmpty ? [rule["id"]?.scalar?.text].compactMap(\.self) : named
  }

  // MARK: What is there twice

  /// The fields by which items of a list are told apart.
  private static let identities = ["id", "name"]

  /// The earlier item of the same list that has the id at which something is wrong.
  private mutating func earlier(_ diagnosis: Diagnosis, in path: String) -> RelatedPlace? {
    guard let analysis = analysis(path), let node = analysis.node,
      let range = Self.earlier(diagnosis.range, node)
    else { return nil }
    return RelatedPlace(
      Location(file: analysis.file, range: range), zh: "先写在这里", en: "stands here already")
  }

  private static func earlier(_ range: ByteRange, _ node: Node) -> ByteRange? {
    guard node.range.start <= range.start, range.end <= node.range.end else { return nil }
    for entry in node.entries ?? [] {
      if let found = earlier(range, entry.value) { return found }
    }
    guard let items = node.items,
      let place = items.firstIndex(where: {
        $0.range.start <= range.start && range.end <= $0.range.end
      })
    else { return nil }
    for key in identities {
      guard let value = items[place][key], value.range == range, let text = value.scalar?.text
      else { continue }
      return items[..<place].first { $0[key]?.scalar?.text == text }?[key]?.range
    }
    return earlier(range, items[place])
  }
}

extension ByteRange {
  fileprivate func overlaps(_ other: ByteRange) -> Bool {
    start <= other.end && other.start <= end
  }
}
