import Diagnostics

/// Plays a batch out in every way in which it may come out, without any of the code that is tested.
///
/// Whatever is missing takes each value that it may have, and whatever is left to a person is decided both ways, when its turn
/// comes; each application is then simply admitted or not.
struct BatchOracle {
  /// What happened to one application in one world.
  struct Fate {
    var outcomes: [String: Outcome] = [:]
    var isAdmitted = false
  }

  private struct State {
    var placesTaken: [String: Int] = [:]
    var builtUpTaken = 0
    var bedsTaken = 0
    /// In the order of admission, with every missing value filled in.
    var admitted: [RandomApplication] = []
    var gone: Set<String> = []
    var fates: [String: Fate] = [:]
  }

  /// By id and rule: what it came to in one world or another.
  private(set) var outcomes: [String: [String: Set<Outcome>]] = [:]
  private(set) var admissions: [String: Set<Bool>] = [:]
  private(set) var worlds = 0
  private let batch: RandomBatch
  /// Those whose place is missing.
  private let guessed: Set<String>

  static let worldLimit = 20_000

  init(_ batch: RandomBatch) {
    self.batch = batch
    guessed = Set(batch.applications.filter { $0.place == nil }.map(\.id))
    let order = batch.applications.sorted { a, b in
      if a.isExempt != b.isExempt { return a.isExempt }
      if a.hasPriority != b.hasPriority { return a.hasPriority }
      if a.score != b.score { return (a.score ?? -1) > (b.score ?? -1) }
      if a.day != b.day { return a.day < b.day }
      return a.id < b.id
    }
    play(order[...], State())
  }

  private mutating func play(_ open: ArraySlice<RandomApplication>, _ state: State) {
    if worlds >= Self.worldLimit { return }
    guard let next = open.first else {
      worlds += 1
      for (id, fate) in state.fates {
        admissions[id, default: []].insert(fate.isAdmitted)
        for (rule, outcome) in fate.outcomes {
          outcomes[id, default: [:]][rule, default: []].insert(outcome)
        }
      }
      return
    }
    for filled in Self.filled(next) {
      let fate = fate(of: filled, state)
      // What an exception leaves to a person may go either way.
      let isOpen = fate.isAdmitted && fate.outcomes.values.contains(.review)
      for isAdmitted in isOpen ? [true, false] : [fate.isAdmitted] {
        var after = state
        var fate = fate
        fate.isAdmitted = isAdmitted
        after.fates[filled.id] = fate
        if isAdmitted { admit(filled, fate, &after) }
        play(open.dropFirst(), after)
      }
    }
  }

  /// An application with each value of what is missing. Far away is one of the places.
  private static func filled(_ application: RandomApplication) -> [RandomApplication] {
    var all = [application]
    func fill<Value>(
      _ field: WritableKeyPath<RandomApplication, Value?>, _ values: [Value]
    ) {
      guard application[keyPath: field] == nil else { return }
      all = all.flatMap { one in
        values.map { value in
          var filled = one
          filled[keyPath: field] = value
          return filled
        }
      }
    }
    fill(\.district, ["东", "西"])
    fill(\.place, [0, 2, 4, 7, 1_000])
    fill(\.isBuiltUp, [true, false])
    fill(\.occupancy, [10, 60])
    return all
  }

  // MARK: One application in one world

  private func isReplacer(_ application: RandomApplication, _ state: State) -> Bool {
    application.replaces.map { !state.gone.contains($0) } ?? false
  }

  private func takesPlace(_ application: RandomApplication, _ state: State) -> Bool {
    !application.holds && !isReplacer(application, state)
  }

  private func newBeds(_ application: RandomApplication, _ state: State) -> Int {
    guard application.isHospital else { return 0 }
    guard isReplacer(application, state), let row = row(application.replaces) else {
      return application.beds
    }
    return max(0, application.beds - row.beds)
  }

  private func row(_ id: String?) -> RandomRow? { batch.rows.first { $0.id == id } }

  private func neighbours(_ application: RandomApplication, _ state: State) -> Int {
    func isNear(_ place: Int?) -> Bool {
      guard let place, let own = application.place else { return false }
      return abs(place - own) * 300 <= 800
    }
    var institutions: Set<String> = []
    for row in batch.rows
    where row.isHospital == application.isHospital && isNear(row.place)
      && row.id != application.institution && row.id != application.replaces
      && !state.gone.contains(row.id)
    {
      institutions.insert(row.id)
    }
    for other in state.admitted
    where other.isHospital == application.isHospital && isNear(other.place) {
      // One without a place lies in its district, as a row of the registry would.
      if guessed.contains(other.id), other.district != application.district { continue }
      if let own = application.institution, other.institution == own { continue }
      institutions.insert(other.institution ?? "application " + other.id)
    }
    return institutions.count
  }

  private func fate(of application: RandomApplication, _ state: State) -> Fate {
    var fate = Fate()
    fate.outcomes["OWN"] = application.isPublic ? .fail : .pass
    fate.outcomes["OCC"] = (application.occupancy ?? 0) >= 50 ? .pass : .fail
    let district = application.district ?? ""
    let near = neighbours(application, state)
    let takes = takesPlace(application, state)
    func bound(_ holds: Bool) -> Outcome {
      application.isExempt ? .exempt : holds ? .pass : .fail
    }
    let used = (RandomBatch.usedPlaces[district] ?? 0) + state.placesTaken[district, default: 0]
    var cap = bound(!takes || used + 1 <= batch.limits.places)
    if cap == .fail { cap = application.isWaived ? .waived : near == 0 ? .review : .fail }
    fate.outcomes["CAP"] = cap
    fate.outcomes["BUILT"] =
      application.isBuiltUp == true
      ? bound(!takes || state.builtUpTaken + 1 <= batch.limits.builtUp) : .notApplicable
    let beds = newBeds(application, state)
    if application.isHospital {
      fate.outcomes["BEDS"] =
        beds > 0
        ? bound(RandomBatch.usedBeds + state.bedsTaken + beds <= batch.limits.beds)
        : .notApplicable
    }
    fate.outcomes["SPACE"] = bound(near <= batch.limits.neighbours)
    fate.isAdmitted = !fate.outcomes.values.contains(.fail)
    return fate
  }

  private func admit(_ application: RandomApplication, _ fate: Fate, _ state: inout State) {
    if !application.isExempt {
      if takesPlace(application, state) {
        state.placesTaken[application.district ?? "", default: 0] += 1
        if application.isBuiltUp == true { state.builtUpTaken += 1 }
      }
      state.bedsTaken += newBeds(application, state)
    }
    if let leaving = application.replaces { state.gone.insert(leaving) }
    state.admitted.append(application)
  }
}
