import Diagnostics
import Testing

/// Semantics 2: missing is not false, and not an error.
struct MissingDataTests {
  private func outcome(
    _ parts: String = "", _ rule: String, facts: String? = nil, registry: String? = nil,
    _ application: String = "id: A"
  ) throws -> Finding? {
    try city(parts, rule, facts: facts, registry: registry, application).finding("A", "R")
  }

  private func city(
    _ parts: String = "", _ rule: String, facts: String? = nil, registry: String? = nil,
    _ application: String = "id: A"
  ) throws -> InventedCity {
    try InventedCity(
      InventedCity.policy(
        """
        parameters:
          inner: {value: 2, unit: institutions, basis: MUST}
          outer: {value: 1, unit: institutions, basis: MUST}
          around: {value: 800, unit: m, basis: MUST}
          fifty: {value: 50, unit: percent, basis: MUST}
          hundred: {value: 100, unit: percent, basis: MUST}
        circles:
          nearby: {within: around, where: "neighbour.kind == application.kind", basis: MUST}
        \(parts)
        """, rules: [InventedCity.rule("R", rule)]), facts: facts, registry: registry, [application]
    )
  }

  private func pharmacies(_ count: Int) -> String {
    count == 0
      ? "[]"
      : (0..<count).map {
        CircleTests.row("P\($0)", CircleTests.at("116.70100\($0)"))
      }.joined()
  }

  @Test(arguments: zip(0...4, [Outcome.pass, .pass, .unknown, .fail, .fail]))
  func `a missing area matters only where the thresholds of the zones tell it apart`(
    _ count: Int, _ expected: Outcome
  ) throws {
    let finding = try outcome(
      "figures: {most: {value: \"application.area == 'built_up' ? inner : outer\", unit: institutions, basis: MUST}}",
      "spacing: {circle: nearby, at_most: most}", registry: pharmacies(count),
      "id: A, \(CircleTests.site("116.700000"))")
    #expect(finding?.outcome == expected)
    #expect(finding?.needs == (expected == .unknown ? ["applications[A].area"] : []))
  }

  @Test(arguments: [
    // What every value of a missing number leads to.
    ("facts.occupancy >= 0", Outcome.pass), ("facts.occupancy < 0", .fail),
    ("facts.occupancy >= fifty", .unknown), ("facts.occupancy + hundred >= fifty", .pass),
    ("facts.occupancy >= fifty || facts.occupancy < fifty", .pass),
    ("facts.occupancy > fifty || facts.occupancy < fifty", .unknown),
    ("facts.occupancy == fifty && facts.occupancy > fifty", .fail),
    // Not linear, or two at once: where bounds do not tell, unknown is always right.
    ("facts.occupancy * facts.occupancy >= fifty", .unknown),
    ("max(facts.occupancy - hundred * hundred, 0) > 0", .unknown),
    ("hundred / facts.occupancy > fifty", .unknown),
    ("facts.occupancy > facts.cost_growth", .unknown),
    // Bounds tell: it is no less than nothing, whatever it is multiplied with or divided by.
    ("facts.occupancy * facts.occupancy >= 0", .pass),
    ("0 / facts.residents <= fifty", .pass),
    ("(0 - fifty) / facts.residents < fifty", .pass),
    ("fifty + facts.occupancy / facts.residents >= fifty", .pass),
    ("fifty - facts.occupancy * facts.residents > fifty", .fail),
    ("min(facts.residents, facts.occupancy, fifty) <= fifty", .pass),
    ("max(facts.residents, facts.occupancy, hundred) < hundred", .fail),
    ("ceil(facts.occupancy / facts.residents) + hundred > fifty", .pass),
    ("(facts.occupancy > facts.residents ? hundred : fifty) >= fifty", .pass),
    ("facts.occupancy / facts.residents + facts.cost_growth >= 0", .unknown),
    // Three-valued logic comes first.
    ("0 == 1 && facts.occupancy >= fifty", .fail), ("0 == 0 || facts.occupancy >= fifty", .pass),
  ])
  func `a missing number is tried at every crossing`(_ condition: String, _ expected: Outcome)
    throws
  {
    let finding = try outcome("", "require: {that: \"\(condition)\"}", facts: "year: 2026\n")
    #expect(finding?.outcome == expected)
  }

  @Test func `each path that matters is named, and no other`() throws {
    let two = try outcome(
      "", "require: {that: \"facts.occupancy >= fifty && facts.cost_growth < fifty\"}",
      facts: "year: 2026\n")
    #expect(two?.needs == ["facts.occupancy", "facts.cost_growth"])
    let idle = try outcome(
      "",
      "require: {that: \"(application.area == 'built_up' || application.area != 'built_up') && facts.occupancy >= fifty\"}",
      facts: "year: 2026\n")
    #expect(idle?.needs == ["facts.occupancy"])
    // The area alone settles nothing, and still it says which threshold counts.
    let threshold = try outcome(
      "",
      "require: {that: \"facts.occupancy >= (application.area == 'built_up' ? fifty : hundred)\"}",
      facts: "year: 2026\n")
    #expect(threshold?.outcome == .unknown)
    #expect(threshold?.needs == ["applications[A].area", "facts.occupancy"])
  }

  @Test func `what is missing behind a number that is missing itself is named with it`() throws {
    // A quotient cannot be tried at its crossings, and either side of it looks at another figure.
    let behind = try outcome(
      "",
      "require: {that: \"hundred / facts.occupancy > fifty ? facts.cost_growth < fifty : facts.residents < fifty\"}",
      facts: "year: 2026\n")
    #expect(behind?.outcome == .unknown)
    #expect(
      Set(behind?.needs ?? []) == ["facts.occupancy", "facts.cost_growth", "facts.residents"])
    // Small and large numbers settle it; those between ask for another.
    let between = try outcome(
      "",
      "require: {that: \"facts.occupancy < fifty || (facts.occupancy < hundred && facts.residents < fifty)\"}",
      facts: "year: 2026\n")
    #expect(between?.needs == ["facts.occupancy", "facts.residents"])
    // What a value that is known rules out is asked for by nobody.
    let known = try outcome(
      "",
      "require: {that: \"hundred / facts.occupancy > fifty ? facts.cost_growth < fifty : facts.residents < fifty\"}",
      facts: "year: 2026\noccupancy: 100\n")
    #expect(known?.needs == ["facts.residents"])
  }

  @Test func `a missing district is tried among those of the facts`() throws {
    let parts = "conditions: {fine: district.occupancy >= fifty}"
    let same = try outcome(
      parts, "require: {that: fine}",
      facts: "districts: [{name: 东, occupancy: 60}, {name: 西, occupancy: 70}]\n")
    #expect(same?.outcome == .pass)
    let apart = try outcome(
      parts, "require: {that: fine}",
      facts: "districts: [{name: 东, occupancy: 60}, {name: 西, occupancy: 40}]\n")
    #expect(apart?.needs == ["applications[A].district"])
    let both = try outcome(
      parts, "require: {that: fine}", facts: "districts: [{name: 东, occupancy: 60}, {name: 西}]\n")
    #expect(both?.needs == ["applications[A].district", "facts.districts[西].occupancy"])
  }

  @Test func `where only pass and not applicable are possible it passes`() throws {
    let finding = try outcome(
      "",
      "for: \"application.area == 'built_up'\"\nrequire: {that: \"application.kind == 'retail_pharmacy'\"}"
    )
    #expect(finding?.outcome == .pass)
    let open = try outcome(
      "",
      "for: \"application.area == 'built_up'\"\nrequire: {that: \"application.kind == 'clinic'\"}")
    #expect(open?.outcome == .unknown)
  }

  @Test func `a record that is absent is unknown in all that it holds`() throws {
    let finding = try outcome(
      "", "require: {that: \"facts.beds.designated > fifty && facts.beds.tcm > fifty\"}",
      facts: "year: 2026\n")
    #expect(finding?.needs == ["facts.beds.designated", "facts.beds.tcm"])
  }

  @Test func `absence means none only where the contract says so`() throws {
    #expect(
      try outcome("", "require: {that: \"has(application.circumstances)\"}")?.outcome == .fail)
    #expect(try outcome("", "require: {that: \"has(application.grade)\"}")?.outcome != .fail)
    #expect(
      try outcome(
        "", "require: {that: \"!('retail_pharmacy' in facts.annual_plan)\"}", facts: "year: 2026\n")?
        .outcome == .pass)
    #expect(
      try outcome(
        "", "require: {that: \"!('retail_pharmacy' in facts.planned)\"}", facts: "year: 2026\n")?
        .outcome == .unknown)
  }

  @Test func `a missing number behind an open count is not settled by the count`() throws {
    // The limit is missing, and who stands around is undecided: no value of either decides alone.
    let policy = InventedCity.policy(
      """
      parameters:
        around: {value: 800, unit: m, basis: MUST}
        least: {value: 50, unit: percent, basis: MUST}
      circles:
        nearby: {within: around, where: "neighbour.kind == application.kind", basis: MUST}
      """,
      rules: [
        InventedCity.rule(
          "OWN", "require: {measure: application.occupancy, at_least: least, unit: percent}"),
        InventedCity.rule("SPACE", "spacing: {circle: nearby, at_most: facts.cost_growth}"),
      ])
    let rows = (0..<3).map { CircleTests.row("P\($0)", CircleTests.at("116.70100\($0)")) }.joined()
    let city = try InventedCity(
      policy, facts: "year: 2026\n", registry: rows,
      [
        "id: MAYBE, score: 9, \(CircleTests.site("116.700000"))",
        "id: A, score: 8, occupancy: 60, \(CircleTests.site("116.700000"))",
      ])
    #expect(city.outcome("A", "SPACE") == .unknown)
    #expect(city.finding("A", "SPACE")?.needs == ["facts.cost_growth"])
  }

  @Test func `the use of a limit that is missing leaves it unknown only where it matters`() throws {
    let parts = ""
    let open = try outcome(
      parts,
      "limit: {take: place, over: [city], used: facts.stock.retail_pharmacy, at_most: fifty}",
      facts: "year: 2026\n")
    #expect(open?.needs == ["facts.stock.retail_pharmacy"])
    let full = try outcome(
      parts, "limit: {take: place, over: [city], used: facts.stock.retail_pharmacy, at_most: 0}",
      facts: "year: 2026\n")
    #expect(full?.outcome == .fail)
    let taken = try outcome(
      parts,
      "limit: {take: place, over: [city], used: facts.stock.retail_pharmacy, at_most: fifty}",
      facts: "year: 2026\n", "id: A, designated_for: [retail_pharmacy]")
    #expect(taken?.outcome == .pass)
  }

  private static let apportioned = """
    figures: {room: {value: share - district.stock.retail_pharmacy, unit: institutions, basis: MUST}}
    allocations:
      share: {total: facts.planned.retail_pharmacy, weight: "max(district.residents - inner, 0)", published: district.planned.retail_pharmacy, cap: facts.planned.outpatient, unit: institutions, basis: MUST}
    """

  private static let apportionedRules = [
    "limit: {take: place, over: [district], used: district.stock.retail_pharmacy, at_most: share}",
    "require: {that: share >= 0}", "require: {that: share > fifty}",
    "for: room > 0\nrequire: {that: share <= fifty}",
    "require: {measure: room, below: fifty, unit: places}",
  ]

  /// The outcome of one of ``apportionedRules`` for an applicant in 东, where `stock` are there already and a number of residents
  /// may be missing.
  private func outcomeOfPart(
    _ rule: Int, total: Int, stock: Int, cap: Int, east: Int?, west: Int?
  ) throws -> Finding? {
    func residents(_ number: Int?) -> String { number.map { ", residents: \($0)" } ?? "" }
    return try outcome(
      Self.apportioned, Self.apportionedRules[rule],
      facts: """
        planned: {retail_pharmacy: \(total), outpatient: \(cap)}
        districts:
          - {name: 东, stock: {retail_pharmacy: \(stock)}\(residents(east))}
          - {name: 西\(residents(west))}

        """, "id: A, district: 东")
  }

  @Test(arguments: [
    // Whatever its weight, a district gets no more than the whole and its own cap.
    (total: 4, stock: 4, cap: 9, Outcome.fail), (4, 3, 9, .unknown), (4, 0, 9, .unknown),
    (0, 0, 9, .fail), (4, 2, 2, .fail), (4, 1, 2, .unknown),
  ])
  func `a part whose weights are missing is decided where the whole or its cap decides it`(
    _ total: Int, _ stock: Int, _ cap: Int, _ expected: Outcome
  ) throws {
    let missing = try outcomeOfPart(0, total: total, stock: stock, cap: cap, east: nil, west: 5)
    #expect(missing?.outcome == expected)
    #expect(
      missing?.needs == (expected == .unknown ? ["facts.districts[东].residents"] : []))
    let other = try outcomeOfPart(0, total: total, stock: stock, cap: cap, east: 5, west: nil)
    #expect(other?.outcome == expected)
    let both = try outcomeOfPart(0, total: total, stock: stock, cap: cap, east: nil, west: nil)
    #expect(both?.outcome == expected)
    #expect(
      both?.needs
        == (expected == .unknown
          ? ["facts.districts[东].residents", "facts.districts[西].residents"] : []))
  }

  @Test(arguments: 0..<5)
  func `no number that is missing from an apportionment would contradict what was decided`(
    _ rule: Int
  ) throws {
    var decided = 0
    for (total, stock, cap) in [
      (0, 0, 9), (4, 4, 9), (4, 1, 9), (60, 1, 99), (60, 70, 51), (3, 0, 1),
    ] {
      let missing = try #require(
        try outcomeOfPart(rule, total: total, stock: stock, cap: cap, east: nil, west: 7))
      if missing.outcome == .unknown { continue }
      decided += 1
      for residents in [1, 2, 3, 4, 6, 7, 8, 20, 1_000, 9_999_999] {
        let known = try #require(
          try outcomeOfPart(rule, total: total, stock: stock, cap: cap, east: residents, west: 7))
        #expect(
          known.outcome == missing.outcome
            || missing.outcome == .pass && known.outcome == .notApplicable,
          "\(total) \(stock) \(cap) \(residents)")
      }
    }
    #expect(decided > 0)
  }

  /// The number of places that an applicant in 东 is held to, of ten; the residents of one district may be missing.
  private func outcomeOfShare(
    _ weight: String, stock: Int, east: Int?, west: Int?
  ) throws -> Outcome? {
    func residents(_ number: Int?) -> String { number.map { ", residents: \($0)" } ?? "" }
    return try outcome(
      """
      figures: {residents: {value: "sum(facts.districts.map(d, d.residents))", unit: persons, basis: MUST}}
      allocations:
        share: {total: facts.planned.retail_pharmacy, weight: "\(weight)", unit: institutions, basis: MUST}
      """,
      "limit: {take: place, over: [district], used: district.stock.retail_pharmacy, at_most: share}",
      facts: """
        planned: {retail_pharmacy: 10}
        districts:
          - {name: 东, purchases: 3, stock: {retail_pharmacy: \(stock)}\(residents(east))}
          - {name: 西, purchases: 5\(residents(west))}
          - {name: 南, purchases: 2, residents: 4}

        """, "id: A, district: 东")?.outcome
  }

  @Test(arguments: [
    // Half of ten by residents, 2 of 10 of whom live in 东: at least 1 place, and at most 1 + 5 by purchases, of which two districts'
    // are missing.
    ("", "", 0, Outcome.pass), ("", "", 1, .unknown), ("", "", 5, .unknown), ("", "", 6, .fail),
    // With those of 东 and of 西 it is 3/8 of five at most: from 1 to 3.
    (", purchases: 3", ", purchases: 5", 0, .pass), (", purchases: 3", ", purchases: 5", 3, .fail),
  ])
  func `the half of a total that is shared out by known numbers bounds a part`(
    _ east: String, _ west: String, _ stock: Int, _ expected: Outcome
  ) throws {
    let found = try outcome(
      """
      allocations:
        share:
          total: facts.planned.retail_pharmacy
          shares:
            - {part: fifty / hundred, weight: district.residents}
            - {part: fifty / hundred, weight: district.purchases}
          unit: institutions
          basis: MUST
      """,
      "limit: {take: place, over: [district], used: district.stock.retail_pharmacy, at_most: share}",
      facts: """
        planned: {retail_pharmacy: 10}
        districts:
          - {name: 东, residents: 2, stock: {retail_pharmacy: \(stock)}\(east)}
          - {name: 西, residents: 5\(west)}
          - {name: 南, residents: 3}

        """, "id: A, district: 东")
    #expect(found?.outcome == expected)
  }

  private static let weights = [
    "district.residents", "district.residents / residents + district.purchases / hundred * outer",
    "outer / district.residents", "max(district.residents - fifty, 0)",
    "district.residents > fifty ? outer : inner", "district.residents * district.residents",
  ]

  @Test(arguments: weights)
  func `a share in one missing number is decided only as every number would`(_ weight: String)
    throws
  {
    var decided: Set<Outcome> = []
    for stock in 0...10 {
      for isOwn in [true, false] {
        func outcome(_ residents: Int?) throws -> Outcome? {
          try outcomeOfShare(
            weight, stock: stock, east: isOwn ? residents : 6, west: isOwn ? 6 : residents)
        }
        let missing = try #require(try outcome(nil))
        if missing == .unknown { continue }
        decided.insert(missing)
        for residents in [
          1, 2, 3, 5, 9, 17, 40, 50, 51, 52, 90, 400, 9_000, 1_000_000, 900_000_000,
        ] {
          #expect(try outcome(residents) == missing, "\(stock) \(isOwn) \(residents)")
        }
      }
    }
    #expect(decided.contains(.fail))
  }

  @Test(arguments: [
    // Of ten in 5 : 6 : 4 where 西 has 6, from 10 x 6 / (6 + 1 + 4) down to none as 西 grows.
    (weight: 0, stock: 5, isOwn: false, Outcome.unknown), (0, 6, false, .fail),
    (0, 0, true, .unknown), (0, 10, true, .fail),
    // With half by purchases (3 of 10) the share has a floor of 1.5 and stays below 6.5.
    (1, 0, false, .pass), (1, 1, false, .unknown), (1, 5, false, .fail), (1, 6, true, .unknown),
    (1, 7, true, .fail),
  ])
  func `a share of residents lies between what it is without and with endlessly many elsewhere`(
    _ weight: Int, _ stock: Int, _ isOwn: Bool, _ expected: Outcome
  ) throws {
    let weights = [
      "district.residents",
      "district.residents / residents + district.purchases / (inner + inner + inner + inner + inner)",
    ]
    #expect(
      try outcomeOfShare(
        weights[weight], stock: stock, east: isOwn ? nil : 6, west: isOwn ? 6 : nil) == expected)
  }

  @Test func `a quota that is open is shown with its bounds`() throws {
    let city = try InventedCity(
      InventedCity.policy(
        "allocations: {share: {total: facts.planned.retail_pharmacy, weight: district.residents, unit: institutions, basis: MUST}}",
        rules: [
          """
            - id: R
              name: r
              subject: application
              basis: MUST
              limit: {take: place, over: [district], used: district.stock.retail_pharmacy, at_most: share}
              message: {zh: "将达 {measured}，上限 {limit}", en: "{measured} against {limit}"}

          """
        ]),
      facts: """
        planned: {retail_pharmacy: 10}
        districts:
          - {name: 东, residents: 6, stock: {retail_pharmacy: 9}}
          - {name: 南, residents: 4, stock: {retail_pharmacy: 1}}
          - {name: 西}

        """, ["id: A, district: 东", "id: B, district: 南"])
    #expect(city.finding("A", "R")?.message.zh == "不符合：将达 10，上限 0～6，按择优顺序排第 1")
    #expect(
      city.finding("B", "R")?.message.en
        == "data missing: 2 against 0 to 4; data missing: residents of 西"
    )
  }

  @Test func `a published part is bound by no whole`() throws {
    let published = try outcome(
      Self.apportioned, "require: {that: share > fifty}",
      facts: """
        planned: {retail_pharmacy: 4}
        districts: [{name: 东, planned: {retail_pharmacy: 51}}, {name: 西}]

        """, "id: A, district: 东")
    #expect(published?.outcome == .pass)
  }

  @Test func `a missing year matters only where the rule that speaks of it would not hold`() throws
  {
    let places =
      "limit: {take: place, over: [city, year], at_most: facts.annual_plan.retail_pharmacy}"
    for (number, expected) in [(1, Outcome.pass), (0, .unknown)] {
      let finding = try outcome(
        "", "for: year == facts.year\n" + places,
        facts: "annual_plan: {retail_pharmacy: \(number)}\n")
      #expect(finding?.outcome == expected)
      #expect(finding?.needs == (expected == .unknown ? ["facts.year"] : []))
    }
  }

  /// Places on a street, one each.
  private func onStreets(registry: String, _ applications: [String]) throws -> String {
    try InventedCity(
      InventedCity.policy(
        """
        parameters: {one: {value: 1, unit: institutions, basis: MUST}}
        tallies:
          there: {sum: places, over: [district, street], where: "'retail_pharmacy' in neighbour.categories", basis: MUST}
        """,
        rules: [
          InventedCity.rule(
            "R", "limit: {take: place, over: [district, street], used: there, at_most: one}")
        ]), facts: "districts: [{name: 东}, {name: 西}]\n", registry: registry, applications
    ).outcomes("R")
  }

  private func row(_ id: String, _ district: String, _ street: String?) -> String {
    "- {id: \(id), kind: retail_pharmacy, categories: [retail_pharmacy], district: \(district)"
      + (street.map { ", street: \($0)" } ?? "") + ", status: active}\n"
  }

  @Test func `a missing street matters only where some street of the district has no place left`()
    throws
  {
    let open = ["id: A, district: 东"]
    #expect(try onStreets(registry: "[]", open) == "A pass")
    #expect(try onStreets(registry: row("P", "西", "甲街道"), open) == "A pass")
    #expect(try onStreets(registry: row("P", "西", nil), open) == "A pass")
    #expect(try onStreets(registry: row("P", "东", "甲街道"), open) == "A unknown")
    #expect(try onStreets(registry: row("P", "东", nil), open) == "A unknown")
    // The district is not known either: in one of them it matters.
    #expect(try onStreets(registry: row("P", "西", "甲街道"), ["id: A"]) == "A unknown")
    #expect(try onStreets(registry: "[]", ["id: A"]) == "A pass")
  }

  @Test func `beds that are missing where the district is as well may be in any district`() throws {
    let city = try InventedCity(
      InventedCity.policy(
        """
        parameters: {most: {value: 100, unit: beds, basis: MUST}}
        tallies:
          there: {sum: beds, over: [district], where: "neighbour.kind == 'hospital'", basis: MUST}
        """,
        rules: [
          InventedCity.rule(
            "R", "limit: {take: beds, over: [district], used: there, at_most: most}")
        ]), facts: "districts: [{name: 东}, {name: 西}]\n",
      registry:
        "- {id: H, kind: hospital, categories: [inpatient], status: active, lon: 116.700000, lat: 33.900000, datum: wgs84}\n",
      ["id: A, kind: hospital, requests: [inpatient], district: 东, beds: 10"])
    #expect(city.outcome("A", "R") == .unknown)
    #expect(city.finding("A", "R")?.needs == ["registry[H].district", "registry[H].beds"])
  }

  @Test func `two tallies that lack the same beds do not come to the same`() throws {
    let finding = try outcome(
      """
      tallies:
        all: {sum: beds, over: [city], where: "neighbour.kind == 'hospital'", basis: MUST}
        of_one: {sum: beds, over: [city], where: "neighbour.id == 'H'", basis: MUST}
      """, "require: {measure: all - of_one, at_most: fifty, unit: percent}",
      registry: """
        - {id: H, kind: hospital, categories: [inpatient], district: 东, status: active}
        - {id: G, kind: hospital, categories: [inpatient], beds: 60, district: 东, status: active}
        """)
    // They are 60 apart whatever H has: it must not pass as if both were one number.
    #expect(finding?.outcome == .unknown)
    #expect(finding?.needs == ["registry[H].beds"])
  }

  @Test(arguments: [
    // One in the district and one that may be: 1 or 2 of them, and the applicant.
    (1, Outcome.fail), (2, .unknown), (3, .pass),
  ])
  func `an institution without a district may be in each of them`(
    _ most: Int, _ expected: Outcome
  ) throws {
    func row(_ id: String, _ more: String) -> String {
      "- {id: \(id), kind: retail_pharmacy, categories: [retail_pharmacy], status: active, lon: 117.700000, lat: 33.900000, datum: wgs84\(more)}\n"
    }
    func city(stock: String = "") throws -> InventedCity {
      try InventedCity(
        InventedCity.policy(
          "parameters: {most: {value: \(most), unit: institutions, basis: MUST}}",
          rules: [
            InventedCity.rule(
              "R",
              "limit: {take: place, over: [district], used: district.stock.retail_pharmacy, at_most: most}"
            )
          ]), facts: "districts: [{name: 东\(stock)}, {name: 西}]\n",
        registry: row("P", ", district: 东") + row("Q", "") + row("T", ", district: 西"),
        ["id: A, district: 东"])
    }
    let counted = try city()
    #expect(counted.outcome("A", "R") == expected)
    #expect(
      counted.finding("A", "R")?.needs == (expected == .unknown ? ["registry[Q].district"] : []))
    // What the facts state counts, and is no other than the registry's where Q may make up for it.
    for (stated, differs) in [(0, true), (1, false), (2, false), (3, true)] {
      let given = try city(stock: ", stock: {retail_pharmacy: \(stated)}")
      #expect(given.outcome("A", "R") == (stated + 1 <= most ? .pass : .fail))
      #expect(given.result("A")?.findings.contains { $0.rule == "stock-differs" } == differs)
    }
  }

  @Test func `of many institutions without a district some are named, and all are counted`() throws
  {
    let rows = (1...40).map {
      "- {id: P\($0), kind: retail_pharmacy, categories: [retail_pharmacy], status: active, lon: 117.700000, lat: 33.900000, datum: wgs84}\n"
    }
    for (most, expected) in [(40, Outcome.unknown), (41, .pass)] {
      let city = try InventedCity(
        InventedCity.policy(
          "parameters: {most: {value: \(most), unit: institutions, basis: MUST}}",
          rules: [
            InventedCity.rule(
              "R",
              "limit: {take: place, over: [district], used: district.stock.retail_pharmacy, at_most: most}"
            )
          ]), facts: "districts: [{name: 东}, {name: 西}]\n", registry: rows.joined(),
        ["id: A, district: 东"])
      #expect(city.outcome("A", "R") == expected)
      #expect(city.finding("A", "R")?.needs.count == (expected == .unknown ? 32 : 0))
    }
  }

  @Test func `a place on a street counts whoever the registry will count there`() throws {
    func decide(_ first: String) throws -> Outcome? {
      try InventedCity(
        InventedCity.policy(
          """
          parameters: {one: {value: 1, unit: institutions, basis: MUST}}
          tallies:
            there: {sum: places, over: [district, street], where: "neighbour.kind in ['clinic', 'outpatient_department']", basis: MUST}
          """,
          rules: [
            InventedCity.rule("S", "require: {that: 0 == 0}"),
            InventedCity.rule(
              "R",
              "for: application.kind == 'clinic'\ncategories: [outpatient]\nlimit: {take: place, over: [district, street], used: there, at_most: one}"
            ),
          ]), facts: "districts: [{name: 东}, {name: 西}]\n", registry: "[]\n",
        [
          "id: A, score: 9, district: 东, \(first)",
          "id: B, score: 8, kind: clinic, requests: [outpatient], district: 东, street: 甲街道",
        ]
      ).outcome("B", "R")
    }
    // The rule speaks of clinics; the registry counts outpatient departments as well, whatever they ask for.
    #expect(try decide("kind: clinic, requests: [outpatient], street: 甲街道") == .fail)
    #expect(try decide("kind: outpatient_department, requests: [outpatient], street: 甲街道") == .fail)
    #expect(
      try decide("kind: outpatient_department, requests: [medical_aid], street: 甲街道") == .fail)
    #expect(try decide("kind: outpatient_department, requests: [outpatient], street: 乙街道") == .pass)
    #expect(try decide("kind: hospital, requests: [outpatient], street: 甲街道") == .pass)
  }

  @Test func `who may be on a street is counted on each of them`() throws {
    #expect(
      try onStreets(
        registry: "[]",
        ["id: A, district: 东, score: 9", "id: B, district: 东, street: 甲街道, score: 8"])
        == "A pass, B unknown")
    #expect(
      try onStreets(
        registry: "[]",
        ["id: A, district: 东, street: 甲街道, score: 9", "id: B, district: 东, score: 8"])
        == "A pass, B unknown")
    #expect(
      try onStreets(
        registry: "[]",
        ["id: A, district: 西, street: 甲街道, score: 9", "id: B, district: 东, score: 8"])
        == "A pass, B pass")
    #expect(
      try onStreets(
        registry: "[]", ["id: A, district: 东, score: 9", "id: B, district: 东, score: 8"])
        == "A pass, B unknown")
  }
}
