import TestSupport

/// A tenant with a field and a word of its own, and two small profiles.
enum OwnTenant {
  static let tenant = """
    planlint: tenant/1
    id: own
    names: [自有, 自有市]
    english: Own
    codes: ["9901"]
    profiles:
      - {id: own/2026, file: 2026.yaml, from: 2026-01-01, to: 2026-12-31}
      - {id: own/2027, file: 2027.yaml, from: 2027-01-01, to: 2027-12-31}
    fields:
      application:
        floor_area: {type: number, unit: m2, minimum: 0, zh: 营业面积, en: floor area}
        form: {type: word, zh: 经营形式, en: form, words: {chain: {zh: 连锁, en: chain}, single: {zh: 单体, en: single}}}
    words:
      circumstance:
        night_service: {zh: 夜间售药, en: sells at night}

    """

  static let profile = profile("own/2026", "2026")

  static func profile(_ id: String, _ year: String) -> String {
    """
    planlint: policy/1
    id: \(id)
    in_force: {from: \(year)-01-01, to: \(year)-12-31}
    document:
      title: 自有市规划
      status: draft
      sha256: 0000000000000000000000000000000000000000000000000000000000000000
    provisions:
      OW-AREA:
        at: 一(一)1
        modality: must
        quote: 营业面积应不少于80平方米
      OW-NIGHT:
        at: 一(一)2
        modality: may
        quote: 夜间售药的可酌情
    parameters:
      least_area: {value: 80, unit: m2, basis: OW-AREA}
    conditions:
      is_chain: application.form == 'chain'
      at_night: "'night_service' in application.circumstances"
    exceptions:
      OW-NIGHT:
        basis: OW-NIGHT
        name: {zh: 夜间售药, en: at night}
        when: at_night
    merit:
      - {by: score}
    rules:
      - id: OW-AREA
        name: floor-area
        subject: application
        for: is_chain
        require: {measure: application.floor_area, at_least: least_area, unit: m2}
        except: [OW-NIGHT]
        message:
          zh: 营业面积 {measured} 平方米，应不少于 {least_area} 平方米
          en: the floor area is {measured} m2, it has to be {least_area} at least

    """
  }

  static let tests = """
    planlint: policy-tests/1
    profile: own/2026
    facts:
      planlint: facts/1
      city: own
      year: 2026
      residents: 1000
      districts: [{name: A}]
    application: {kind: retail_pharmacy, requests: [retail_pharmacy], district: A, submitted: 2026-02-01}
    tests:
      - name: at
        rule: OW-AREA
        side: at
        readings: {least_area: 90}
        applications:
          - {id: A, name: A, form: chain, floor_area: 90, circumstances: [night_service]}
        expect: {A: {OW-AREA: pass}}

    """

  static func write(to folder: TemporaryFolder) throws {
    try folder.write(tenant, to: "policies/own/tenant.yaml")
    try folder.write(profile, to: "policies/own/2026.yaml")
    try folder.write(profile("own/2027", "2027"), to: "policies/own/2027.yaml")
    try folder.write(tests, to: "policies/own/2026.tests.yaml")
  }
}
