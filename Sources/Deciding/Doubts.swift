package import Cases
package import Diagnostics
import Reading

/// What an application says of institutions that the registry does not bear out (semantics.md 4.5 and 4.8).
///
/// Each doubt is tried both ways: as the application says, and as the registry has it. Where both come to the same it is a note, else
/// a person decides.
package enum Doubt: Sendable, Hashable {
  /// Fields in which the application and its own row differ.
  case registryDiffers([ApplicationField])
  /// Categories said to be held that no row bears out.
  case designationUnconfirmed(WordSet<Category>)
  /// The institution to be replaced is not said to be leaving.
  case replacementUnconfirmed

  package var rule: BuiltInRule {
    switch self {
    case .registryDiffers: .registryDiffers
    case .designationUnconfirmed: .designationUnconfirmed
    case .replacementUnconfirmed: .replacementUnconfirmed
    }
  }
}

/// An application as it is if some of its doubts are decided against it.
package struct Supposition: Sendable {
  /// Its index in the batch, after the applications of the input.
  package var application: Int
  /// By doubt: whether it is decided against the application.
  var isAgainst: [Bool]
}

/// The doubts about the applications of a batch, and the batch with every supposition added.
package struct Doubts: Sendable {
  package let batch: Batch
  /// The indices of all suppositions in it.
  package let added: Range<Int>
  private(set) var byApplication: [Int: [Doubt]] = [:]
  private(set) var suppositions: [Int: [Supposition]] = [:]

  package init(_ batch: Batch, _ members: [Int]) {
    var added: [Application] = []
    if batch.registry.isPresent {
      for index in members {
        let doubts = Self.doubts(about: index, batch)
        if doubts.isEmpty { continue }
        byApplication[index] = doubts
        var all: [Supposition] = []
        for choice in 1..<(1 << doubts.count) {
          let isAgainst = doubts.indices.map { choice >> $0 & 1 == 1 }
          // What a person has decided for the application is not in doubt any more.
          if zip(doubts, isAgainst).contains(where: {
            $1 && batch.outcome(ofReview: $0.rule, of: index) == .pass
          }) {
            continue
          }
          var application = batch.applications[index]
          for (doubt, isAgainst) in zip(doubts, isAgainst) where isAgainst {
            application.decide(against: doubt, batch.ownRow(of: index), batch.registry)
          }
          all.append(
            Supposition(
              application: batch.applications.count + added.count, isAgainst: isAgainst))
          added.append(application)
        }
        if !all.isEmpty { suppositions[index] = all }
      }
    }
    self.batch = added.isEmpty ? batch : batch.adding(added)
    let count = batch.applications.count
    self.added = count..<(count + added.count)
  }

  package var isEmpty: Bool { byApplication.isEmpty }

  /// A doubt, whether the verdict hangs on it, and the verdict if it alone were decided against the application.
  package struct Weighed {
    package var doubt: Doubt
    package var decides: Bool
    package var otherwise: Verdict
  }

  /// What the doubts about an application come to. Where none decides alone, it is all of them together.
  func weighed(_ index: Int, _ differences: Differences) -> [Weighed] {
    let suppositions = suppositions[index] ?? []
    var all = (byApplication[index] ?? []).enumerated().map { number, doubt in
      let alone = suppositions.firstIndex { supposition in
        supposition.isAgainst.enumerated().allSatisfy { $1 == ($0 == number) }
      }
      let otherwise = alone.map { differences.supposed[$0] } ?? differences.own
      return Weighed(
        doubt: doubt, decides: otherwise != differences.own, otherwise: otherwise)
    }
    if !all.contains(where: \.decides),
      differences.supposed.contains(where: { $0 != differences.own })
    {
      let together = differences.supposed.first { $0 != differences.own }
      for number in all.indices {
        all[number].decides = true
        all[number].otherwise = together ?? all[number].otherwise
      }
    }
    return all
  }

  private static func doubts(about index: Int, _ batch: Batch) -> [Doubt] {
    let application = batch.applications[index]
    let row = batch.ownRow(of: index).map { batch.registry.institutions[$0] }
    let held = row?.heldCategories ?? WordSet<Category>()
    var doubts: [Doubt] = []
    let unconfirmed = WordSet<Category>(
      application.designatedFor.words.filter { !held.contains($0) })
    if !unconfirmed.words.isEmpty { doubts.append(.designationUnconfirmed(unconfirmed)) }
    if let row {
      var fields: [ApplicationField] = []
      if row.kind != application.kind { fields.append(.kind) }
      if held.words.contains(where: { !application.designatedFor.contains($0) }) {
        fields.append(.designatedFor)
      }
      if application.source.fields[.existingBeds] != nil, let beds = row.heldBeds,
        beds != application.existingBeds
      {
        fields.append(.existingBeds)
      }
      if let code = application.uscc, let other = row.uscc, code != other { fields.append(.uscc) }
      if !fields.isEmpty { doubts.append(.registryDiffers(fields)) }
    }
    if let leaving = batch.leaving(application),
      ![.leaving, .terminated].contains(batch.registry.institutions[leaving].status)
    {
      doubts.append(.replacementUnconfirmed)
    }
    return doubts
  }
}

extension Application {
  /// Takes what the registry has in place of what the application says. Where the credit codes differ, the row is another's.
  fileprivate mutating func decide(against doubt: Doubt, _ row: Int?, _ registry: Registry) {
    switch doubt {
    case .designationUnconfirmed(let categories):
      designatedFor = WordSet(designatedFor.words.filter { !categories.contains($0) })
    case .replacementUnconfirmed: replaces = nil
    case .registryDiffers(let fields):
      guard let institution = row.map({ registry.institutions[$0] }) else { return }
      for field in fields {
        switch field {
        case .kind: kind = institution.kind
        case .designatedFor: designatedFor = designatedFor.union(institution.heldCategories)
        case .existingBeds: existingBeds = institution.heldBeds ?? existingBeds
        default: self.institution = nil
        }
      }
    }
  }
}
