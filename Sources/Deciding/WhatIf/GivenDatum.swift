import Cases
import Diagnostics
import Expression
import Policy
import Reading
import Spatial

/// A missing datum as it can be given, with what the application comes to then.
struct GivenDatum {
  /// What it could be: a number, a day, or one of a few words.
  var domain: Unknown.Domain
  /// Whether it is of the application that is tried, so that nobody before it is decided otherwise.
  var isOwn: Bool
  /// What the application comes to with a value; nil where that cannot be told.
  var trial: (Value) -> Trial?
  /// The comparisons that are made on the way, with a value; nil where they cannot be told.
  var comparisons: (Value) -> TracedComparisons?
}

/// What missing data of each kind can be given:
///
/// - of the application itself: numbers, days, yes or no and words of its fields, those of a city's own too; its district, which is one
///   of those that the facts list; its street, which is one of those of its district that the registry or another application has; the
///   datum of its coordinates. Where its coordinates themselves are missing nothing is said: there is no place to begin from, and where
///   a newcomer would pass is what `planlint gaps` tells. Nothing is said of free text, of which no list of values can be tried.
/// - of another application: the same, which is for the authority to find out.
/// - of the registry: a row's district, street, beds, datum, and whatever other fields with numbers, days or words it has. Nothing is
///   said where a whole registry or a row's coordinates are missing: too many places would have to be tried.
/// - of the facts: numbers, days, yes or no and words, those of tables by year or category too. Nothing is said of their year or city,
///   with which they would be other facts, nor of a district that they do not list.
///
/// What hangs on several data at once (a tally of rows, a figure) is tried one by one: each datum for itself while the others are
/// missing.
extension Trials {
  /// How a datum at a path can be given; nil where it is of none of these kinds.
  func given(_ path: String, _ rule: RuleTerms) -> GivenDatum? {
    if path.hasPrefix("facts.") { return givenFact(path) }
    guard path.last != "]", let start = path.firstIndex(of: "["),
      let end = path.range(of: "].", after: start)
    else { return nil }
    let item = String(path[path.index(after: start)..<end.lowerBound])
    let name = String(path[end.upperBound...])
    switch path[..<start] {
    case "applications" where item == application.id: return givenField(name, rule)
    case "applications": return givenField(name, of: item)
    case "registry": return givenField(name, ofRow: item)
    default: return nil
    }
  }

  private func givenFact(_ path: String) -> GivenDatum? {
    guard let shape = policy.catalogue.factsShape(at: path) else { return nil }
    return given(shape.domain) { [whatIf] in whatIf.competition(giving: $0, at: path) }
  }

  /// A datum with which the whole competition is decided again.
  private func given(
    _ domain: Unknown.Domain, _ again: @escaping (Value) -> Competition?
  ) -> GivenDatum {
    GivenDatum(
      domain: domain, isOwn: false,
      trial: { again($0).map { self.trial(in: $0, self.application) } },
      comparisons: { again($0).map { TracedComparisons(in: $0) } })
  }

  // MARK: Applications

  private func givenField(_ name: String, _ rule: RuleTerms) -> GivenDatum? {
    // What score it needs among others is told as such.
    if name == "score", rule.isCompetitive { return nil }
    guard let (domain, change) = change(name, of: index) else { return nil }
    return GivenDatum(
      domain: domain, isOwn: true,
      trial: { value in
        guard change(self.application, value) != nil else { return nil }
        return self.trial { $0 = change($0, value) ?? $0 }
      },
      comparisons: { value in
        guard change(self.application, value) != nil else { return nil }
        return self.comparisons { $0 = change($0, value) ?? $0 }
      })
  }

  /// A field of another application of the competition.
  private func givenField(_ name: String, of id: String) -> GivenDatum? {
    let batch = whatIf.batch
    guard let other = competition.members.first(where: { batch.applications[$0].id == id }),
      let (domain, change) = change(name, of: other)
    else { return nil }
    return given(domain) { [whatIf] value in
      whatIf.competition(giving: value, at: "applications[\(id)].\(name)") {
        change(batch.applications[other], value).map { batch.replacing(other, with: $0) }
      }
    }
  }

  /// What a missing field of an application could be, and the application with it; nil where nothing can be put there.
  private func change(
    _ name: String, of index: Int
  ) -> (domain: Unknown.Domain, change: (Application, Value) -> Application?)? {
    let batch = whatIf.batch
    let application = batch.applications[index]
    func with<Item>(
      _ item: @escaping (Value) -> Item?, _ set: @escaping (inout Application, Item) -> Void
    ) -> (Application, Value) -> Application? {
      { application, value in
        guard let item = item(value) else { return nil }
        var application = application
        set(&application, item)
        return application
      }
    }
    if name == "location.datum", application.site != nil {
      return (Self.datums, with(\.text.datum) { $0.site?.datum = $1 })
    }
    guard let entry = policy.catalogue.applicationEntry(name) else { return nil }
    let domain = entry.field.shape.domain
    switch entry.role {
    case .district:
      // The registry's row of its own may be another then.
      return (
        batch.facts.districtDomain,
        with { value in
          value.text.flatMap { self.hasNoOwnRow(application, in: $0) ? $0 : nil }
        } _: {
          $0.district = $1
        }
      )
    case .street:
      guard let streets = application.district.map(streets) else { return nil }
      return (.oneOf(streets), with(\.text) { $0.street = $1 })
    case .beds: return (domain, with(\.exact?.asInt) { $0.beds = $1 })
    case .score: return (domain, with(\.exact) { $0.score = $1 })
    case nil:
      guard let slot = entry.slot else { return nil }
      let count = policy.catalogue.slotCount
      return (domain, with(entry.store.cell) { $0.values.set(slot, $1, of: count) })
    default: return nil
    }
  }

  private static let datums = Unknown.Domain.oneOf(Datum.allCases.map(\.rawValue))

  /// Whether an application that has no row of its own in the registry has none in a district either.
  private func hasNoOwnRow(_ application: Application, in district: String) -> Bool {
    application.institution != nil
      || !whatIf.batch.registry.institutions.contains {
        $0.name == application.name && $0.kind == application.kind && $0.district == district
      }
  }

  /// The streets of a district that the registry and the applications name.
  private func streets(of district: String) -> [String] {
    let batch = whatIf.batch
    let rows = batch.registry.institutions.lazy.filter { $0.district == district }
    let others = batch.applications.lazy.filter { $0.district == district }
    return Set(rows.compactMap(\.street) + others.compactMap(\.street)).sorted()
  }

  // MARK: The registry

  private func givenField(_ name: String, ofRow id: String) -> GivenDatum? {
    let batch = whatIf.batch
    guard let row = batch.registry.row(of: id),
      let entry = policy.catalogue.institutionEntry(name)
    else { return nil }
    let institution = batch.registry.institutions[row]
    func given<Item>(
      _ domain: Unknown.Domain, _ item: @escaping (Value) -> Item?,
      _ set: @escaping (inout Institution, Item) -> Void
    ) -> GivenDatum {
      self.given(domain) { [whatIf] value in
        whatIf.competition(giving: value, at: "registry[\(id)].\(name)") {
          guard let item = item(value) else { return nil }
          var changed = institution
          set(&changed, item)
          return batch.replacing(row: row, with: changed)
        }
      }
    }
    switch entry.role {
    case .district: return given(batch.facts.districtDomain, \.text) { $0.district = $1 }
    case .street:
      guard let streets = institution.district.map(streets) else { return nil }
      return given(.oneOf(streets), \.text) { $0.street = $1 }
    case .beds: return given(entry.field.shape.domain, \.exact?.asInt) { $0.beds = $1 }
    case .datum:
      guard institution.site != nil else { return nil }
      return given(Self.datums, \.text.datum) { $0.site?.datum = $1 }
    case nil:
      guard let slot = entry.slot else { return nil }
      let count = policy.catalogue.institutionSlotCount
      return given(entry.field.shape.domain, entry.store.cell) {
        $0.values.set(slot, $1, of: count)
      }
    default: return nil
    }
  }
}

extension Value {
  fileprivate var text: String? { if case .string(let text) = self { text } else { nil } }
}

extension String? {
  fileprivate var datum: Datum? { flatMap { Datum(rawValue: $0) } }
}

extension StringProtocol where SubSequence == Substring {
  /// Where some text stands after a place.
  fileprivate func range(of text: String, after start: Index) -> Range<Index>? {
    self[start...].firstRange(of: text)
  }
}
