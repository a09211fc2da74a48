import Diagnostics

/// Plays a batch out in every way in which it may come out, without any of the code that is tested.
///
/// Whatever is missing takes each value that it may have, and whatever is left to a person is decided both ways, when its turn
/// comes; each application is then simply admitted or not. Where there are more ways than are played one by one, others are
/// drawn at random.
struct BatchOracle {
  /// What happened to one application in one world.
  struct Fate {
    /// By rule of the profile; of a rule that does not speak of it `not_applicable`.
    var outcomes: [String: Outcome] = [:]
    /// Whether the advisory part gives a note.
    var isWatched = false
    var isAdmitted = false
  }

  /// What a limit comes to for one application.
  private struct Claim {
    var rule: String
    /// The limit and the scope.
    var account: String
    var used: Int
    var take: Int
    var most: Int
  }

  private struct State {
    /// The registry, with every missing value filled in.
    var rows: [RandomRow]
    var taken: [String: Int] = [:]
    /// In the order of admission, with every missing value filled in.
    var admitted: [RandomApplication] = []
    var gone: Set<String> = []
    var fates: [String: Fate] = [:]
  }

  /// By id and rule: what it came to in one world or another.
  private(set) var outcomes: [String: [String: Set<Outcome>]] = [:]
  private(set) var isWatched: [String: Set<Bool>] = [:]
  private(set) var admissions: [String: Set<Bool>] = [:]
  /// Whether everything could come out in one way alone.
  private(set) var isOneWorld = true
  private let batch: RandomBatch
  /// Those whose place is missing.
  private let guessed: Set<String>
  private var worlds = 0
  private var worldLimit = 0
  private var sample: SeededNumbers?

  static let worldLimit = 3_000
  static let sampleCount = 200

  init(_ batch: RandomBatch) {
    self.batch = batch
    guessed = Set(
      batch.applications.filter { $0.place == nil }.map(\.id)
        + (batch.hasRegistry ? batch.rows.filter { $0.place == nil }.map(\.id) : []))
    let registries = registries()
    // One year after the other: what is given in one is there in the next.
    let orders = scored().map { applications in
      Set(applications.map(\.year)).sorted().flatMap { year in
        inOrderOfMerit(applications.filter { $0.year == year })
      }
    }
    let starts = registries.count * orders.count
    var played = 0
    for rows in registries {
      for order in orders {
        (worlds, worldLimit) = (0, Self.worldLimit / starts + 1)
        play(order[...], State(rows: rows))
        played += worlds
        guard worlds >= worldLimit else { continue }
        for number in 0..<(Self.sampleCount / starts + 1) {
          (worlds, worldLimit) = (0, 1)
          sample = SeededNumbers(seed: UInt64(number))
          play(order[...], State(rows: rows))
          sample = nil
        }
      }
    }
    if played != 1 { isOneWorld = false }
  }

  /// The applications with each value that a missing score may have. Where nobody of a year has one, nobody stands before another
  /// for it.
  private func scored() -> [[RandomApplication]] {
    let scoredYears = Set(batch.applications.filter { $0.score != nil }.map(\.year))
    var all: [[RandomApplication]] = [[]]
    for application in batch.applications {
      var filled = [application]
      if scoredYears.contains(application.year) { Self.fill(&filled, \.score, [0, 2, 100]) }
      all = all.flatMap { applications in filled.map { applications + [$0] } }
    }
    // Evenly drawn where there are too many.
    let step = 1 + all.count / 30
    return all.indices.filter { $0 % step == 0 }.map { all[$0] }
  }

  /// Semantics 4.2, among those of one year.
  private func inOrderOfMerit(_ applications: [RandomApplication]) -> [RandomApplication] {
    func isExempt(_ application: RandomApplication) -> Bool {
      // From the second circle nothing exempts.
      application.isExempt && !batch.limits.parts.contains(.close)
    }
    return applications.sorted { a, b in
      if isExempt(a) != isExempt(b) { return isExempt(a) }
      if a.hasPriority != b.hasPriority { return a.hasPriority }
      if a.score != b.score { return (a.score ?? -1) > (b.score ?? -1) }
      if a.day != b.day { return a.day < b.day }
      return a.id < b.id
    }
  }

  private mutating func play(_ open: ArraySlice<RandomApplication>, _ state: State) {
    if worlds >= worldLimit { return }
    guard let next = open.first else {
      worlds += 1
      for (id, fate) in state.fates {
        admissions[id, default: []].insert(fate.isAdmitted)
        isWatched[id, default: []].insert(fate.isWatched)
        for (rule, outcome) in fate.outcomes {
          outcomes[id, default: [:]][rule, default: []].insert(outcome)
        }
      }
      return
    }
    for filled in choices(filled(next)) {
      let near = around(filled, state, batch.limits.radius, accuracy: 0, allKinds: false).inside
      var closely = (inside: 0, open: 0)
      if batch.limits.parts.contains(.close) {
        closely = around(
          filled, state, batch.limits.closeRadius, accuracy: 2 * RandomBatch.accuracyMetres,
          allKinds: batch.limits.closeCountsAll)
      }
      for further in choices(Array(0...closely.open)) {
        let fate = fate(of: filled, state, near: near, closely: closely.inside + further)
        // What an exception leaves to a person may go either way.
        let isOpen = fate.isAdmitted && fate.outcomes.values.contains(.review)
        for isAdmitted in choices(isOpen ? [true, false] : [fate.isAdmitted]) {
          var after = state
          var fate = fate
          fate.isAdmitted = isAdmitted
          after.fates[filled.id] = fate
          if isAdmitted { admit(filled, &after) }
          play(open.dropFirst(), after)
        }
      }
    }
  }

  private mutating func choices<Choice>(_ all: [Choice]) -> [Choice] {
    guard all.count > 1, let one = sample?.pick(all) else { return all }
    return [one]
  }

  // MARK: What is missing

  /// Far away is one of the places.
  private static let places = [0, 2, 4, 7, 1_000]
  /// On the last is nobody.
  private static let streets = RandomBatch.streets + ["三街"]

  private static func fill<Item, Value>(
    _ all: inout [Item], _ field: WritableKeyPath<Item, Value?>, _ values: [Value]
  ) {
    all = all.flatMap { one in
      guard one[keyPath: field] == nil else { return [one] }
      return values.map { value in
        var filled = one
        filled[keyPath: field] = value
        return filled
      }
    }
  }

  /// An application with each value of what is missing.
  private func filled(_ application: RandomApplication) -> [RandomApplication] {
    var all = [application]
    Self.fill(&all, \.district, RandomBatch.districts)
    if batch.limits.parts.contains(.streets) { Self.fill(&all, \.street, Self.streets) }
    Self.fill(&all, \.place, Self.places)
    Self.fill(&all, \.isBuiltUp, [true, false])
    Self.fill(&all, \.occupancy, [10, 60])
    return all.flatMap(claimed)
  }

  /// An application as it says and as the registry has it, where the two differ (semantics 4.5 and 4.8).
  private func claimed(_ application: RandomApplication) -> [RandomApplication] {
    guard batch.hasRegistry else { return [application] }
    var all = [application]
    let own = batch.rows.first { $0.id == application.institution }
    let isBorneOut = own.map { !$0.isTerminated } ?? false
    if application.holds, !isBorneOut {
      var other = application
      other.holds = false
      all.append(other)
    } else if isBorneOut {
      all[0].holds = true
    }
    if let row = batch.rows.first(where: { $0.id == application.replaces }),
      !["leaving", "terminated"].contains(row.status)
    {
      all += all.map { one in
        var other = one
        other.replaces = nil
        return other
      }
    }
    return all
  }

  /// Those about whom the registry leaves a doubt: their findings are those of what they say, and their verdict hangs on both.
  func isDoubtful(_ id: String) -> Bool {
    batch.applications.contains { $0.id == id && claimed($0).count > 1 }
  }

  /// The registry with each value of what is missing. Where none is given it may be the drawn one, an empty one, one that has many
  /// institutions in every place, and its beds may be any.
  private func registries() -> [[RandomRow]] {
    var all: [[RandomRow]] = [[]]
    let isCounted =
      batch.limits.parts.contains(.streets) || batch.limits.parts.contains(.wards)
    for row in batch.rows {
      var filled = [row]
      if row.isTerminated {
        Self.fill(&filled, \.beds, [0, 500])
      } else {
        if isCounted || batch.applications.contains(where: { $0.replaces == row.id }) {
          Self.fill(&filled, \.district, RandomBatch.districts)
        }
        if batch.limits.parts.contains(.streets), !row.isHospital {
          Self.fill(&filled, \.street, Self.streets)
        }
        Self.fill(&filled, \.place, Self.places)
        Self.fill(&filled, \.beds, [0, 40, 500])
      }
      all = all.flatMap { rows in filled.map { rows + [$0] } }
    }
    // Evenly drawn where there are too many.
    let step = 1 + all.count / 50
    all = all.indices.filter { $0 % step == 0 }.map { all[$0] }
    if batch.hasRegistry { return all }
    let crowd = (0..<RandomBatch.places).flatMap { place in
      [true, false].flatMap { isHospital in
        (0..<4).map { number in
          RandomRow(
            id: "X\(place)\(isHospital)\(number)", isHospital: isHospital,
            district: RandomBatch.districts[number % 2],
            street: RandomBatch.streets[number / 2], place: place, beds: 30)
        }
      }
    }
    return all.prefix(4).flatMap { rows in
      [0, 500].map { beds in
        rows.map { row in
          var row = row
          row.beds = beds
          return row
        }
      } + [rows, rows + crowd]
    } + [[]]
  }

  // MARK: One application in one world

  /// Semantics 4.5: a leaving institution frees what it holds, once.
  private func freed(_ application: RandomApplication, _ state: State) -> RandomRow? {
    guard let id = application.replaces, !state.gone.contains(id) else { return nil }
    return state.rows.first { $0.id == id && !$0.isTerminated }
  }

  /// What the leaving one is counted in, the applicant takes nothing of: it holds the category, and lies in that district or street.
  private func isCounted(
    _ row: RandomRow, _ application: RandomApplication, district: Bool, street: Bool
  ) -> Bool {
    row.isHospital == application.isHospital
      && (!district || row.district == application.district)
      && (!street || row.street == application.street)
  }

  private func takesPlace(
    _ application: RandomApplication, _ state: State, district: Bool, street: Bool = false
  ) -> Bool {
    if application.holds { return false }
    guard let row = freed(application, state) else { return true }
    return !isCounted(row, application, district: district, street: street)
  }

  private func newBeds(
    _ application: RandomApplication, _ state: State, district: Bool
  ) -> Int {
    guard application.isHospital else { return 0 }
    guard let row = freed(application, state),
      isCounted(row, application, district: district, street: false)
    else { return application.beds }
    return max(0, application.beds - (row.beds ?? 0))
  }

  /// How many institutions are surely in a circle, and how many more may be by the accuracy of their places.
  private func around(
    _ application: RandomApplication, _ state: State, _ radius: Int, accuracy: Int, allKinds: Bool
  ) -> (inside: Int, open: Int) {
    var inside: Set<String> = []
    var open: Set<String> = []
    func place(_ institution: String, _ place: Int?) {
      guard let place, let own = application.place else { return }
      let metres = abs(place - own) * RandomBatch.stepMetres
      if metres + accuracy <= radius {
        inside.insert(institution)
      } else if metres - accuracy <= radius {
        open.insert(institution)
      }
    }
    /// One without a place lies in its district.
    func mayBeHere(_ id: String, _ district: String?) -> Bool {
      !guessed.contains(id) || district == application.district
    }
    for row in state.rows
    where !row.isTerminated && (allKinds || row.isHospital == application.isHospital)
      && row.id != application.institution && row.id != application.replaces
      && !state.gone.contains(row.id) && mayBeHere(row.id, row.district)
    {
      place(row.id, row.place)
    }
    // One that holds the category is there already, or nowhere that the registry knows of.
    for other in state.admitted
    where !other.holds && (allKinds || other.isHospital == application.isHospital)
      && mayBeHere(other.id, other.district)
    {
      if let own = application.institution, other.institution == own { continue }
      place(other.institution ?? "application " + other.id, other.place)
    }
    return (inside.count, open.subtracting(inside).count)
  }

  /// What the application asks of each limit that speaks of it.
  private func claims(_ application: RandomApplication, _ state: State) -> [Claim] {
    let limits = batch.limits
    let district = application.district ?? ""
    let inDistrict = takesPlace(application, state, district: true) ? 1 : 0
    let inCity = takesPlace(application, state, district: false) ? 1 : 0
    let onStreet = takesPlace(application, state, district: true, street: true) ? 1 : 0
    let designated = RandomBatch.usedPlaces[district] ?? 0
    var claims = [
      Claim(
        rule: "CAP", account: "CAP \(district)", used: designated, take: inDistrict,
        most: limits.places)
    ]
    if application.isBuiltUp == true {
      claims.append(
        Claim(rule: "BUILT", account: "BUILT", used: 0, take: inCity, most: limits.builtUp))
    }
    // The rule speaks of whoever adds beds to its district; the limit is the city's.
    if newBeds(application, state, district: true) > 0 {
      claims.append(
        Claim(
          rule: "BEDS", account: "BEDS", used: RandomBatch.usedBeds,
          take: newBeds(application, state, district: false), most: limits.beds))
    }
    if limits.parts.contains(.streets), !application.isHospital {
      let street = application.street ?? ""
      claims.append(
        Claim(
          rule: "STREET", account: "STREET \(district) \(street)",
          used: state.rows.count {
            !$0.isTerminated && !$0.isHospital && $0.district == district && $0.street == street
          }, take: onStreet, most: limits.onStreet))
    }
    if limits.parts.contains(.wards), application.isHospital {
      claims.append(
        Claim(
          rule: "WARD", account: "WARD \(district)",
          used: state.rows.reduce(0) { sum, row in
            !row.isTerminated && row.isHospital && row.district == district
              ? sum + (row.beds ?? 0) : sum
          }, take: newBeds(application, state, district: true), most: limits.inWard))
    }
    if limits.parts.contains(.watched) {
      let isOutside = application.isBuiltUp == false
      claims.append(
        Claim(
          rule: "WATCHED", account: "WATCHED", used: 0, take: isOutside ? inCity : 0,
          most: limits.outside))
    }
    if limits.parts.contains(.yearly) {
      claims.append(
        Claim(
          rule: "YEARLY", account: "YEARLY \(application.year)",
          used: RandomBatch.admittedBefore[application.year] ?? 0, take: inCity,
          most: limits.yearly))
    }
    return claims
  }

  /// The advisory part, which binds nobody.
  private func watch(_ application: RandomApplication, _ state: State) -> Claim? {
    guard batch.limits.parts.contains(.watched) else { return nil }
    let district = application.district ?? ""
    return Claim(
      rule: "WATCHED", account: "watched \(district)",
      used: RandomBatch.usedPlaces[district] ?? 0,
      take: takesPlace(application, state, district: true) ? 1 : 0,
      most: batch.limits.watched)
  }

  private func fate(
    of application: RandomApplication, _ state: State, near: Int, closely: Int
  ) -> Fate {
    var fate = Fate()
    for rule in RandomLimits.ruleIDs { fate.outcomes[rule] = .notApplicable }
    fate.outcomes["OWN"] = application.isPublic ? .fail : .pass
    fate.outcomes["OCC"] = (application.occupancy ?? 0) >= 50 ? .pass : .fail
    func holds(_ claim: Claim) -> Bool {
      claim.take == 0
        || claim.used + state.taken[claim.account, default: 0] + claim.take <= claim.most
    }
    for claim in claims(application, state) {
      var outcome = Outcome.pass
      if application.isExempt {
        outcome = .exempt
      } else if !holds(claim) {
        outcome =
          application.waived.contains(claim.rule)
          ? .waived : claim.rule == "CAP" && near == 0 ? .review : .fail
      }
      fate.outcomes[claim.rule] = outcome
    }
    fate.outcomes["SPACE"] =
      application.isExempt ? .exempt : near <= batch.limits.neighbours ? .pass : .fail
    if batch.limits.parts.contains(.close) {
      fate.outcomes["CLOSE"] = closely + 1 <= batch.limits.close ? .pass : .fail
    }
    if !application.isExempt, let watch = watch(application, state) {
      fate.isWatched = !holds(watch)
    }
    fate.isAdmitted = !fate.outcomes.values.contains(.fail)
    return fate
  }

  private func admit(_ application: RandomApplication, _ state: inout State) {
    if !application.isExempt {
      var claims = claims(application, state)
      if let watch = watch(application, state) { claims.append(watch) }
      for claim in claims { state.taken[claim.account, default: 0] += claim.take }
    }
    if freed(application, state) != nil, let leaving = application.replaces {
      state.gone.insert(leaving)
    }
    state.admitted.append(application)
  }
}
