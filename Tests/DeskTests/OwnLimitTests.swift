import Desk
import Diagnostics
import PlanlintKit
import Store
import TestSupport
import Testing

/// A city whose limits count something that Swift does not know by name.
@Suite("Places of a limit are given once, whatever a city counts them by")
struct OwnLimitTests {
  private struct City {
    let folder: TemporaryFolder
    let desk: Desk

    /// - Parameter used: what the profile's limit says of the places used before.
    init(used: String) throws {
      folder = try TemporaryFolder(named: "own-limit")
      for name in ["tenant.yaml", "2026-2030.yaml"] {
        var text = String(
          decoding: Golden.bytes("newcity/policies/xincheng/\(name)") ?? [], as: UTF8.self)
        text = text.replacing(
          "fields:\n",
          with:
            "fields:\n  facts:\n    outlets_given: {type: count, zh: 本年已增药店, en: outlets given}\n")
        text = text.replacing(
          "over: [district, year], at_most: yearly_places",
          with: "over: [district, year], \(used)at_most: yearly_places")
        _ = try folder.write(text, to: "policies/xincheng/\(name)")
      }
      desk = Desk(
        store: try SQLiteStore(folder: folder.path),
        profiles: try Profiles(folder: folder.path + "/policies"), heads: nil,
        clock: TestDesk.clock())
      _ = try desk.putFacts(
        asked(.putFacts, .policy), year: 2026,
        Desk.Upload(
          name: "facts.yaml",
          bytes: Array(
            "city: xincheng\nyear: 2026\noutlets_given: 0\ndistricts: [{name: 东区}]\n".utf8),
          format: .yaml), correction: nil)
      _ = try desk.putRegistry(
        asked(.putRegistry, .policy),
        Desk.Upload(
          name: "registry.csv", bytes: Golden.bytes("newcity/registry.csv") ?? [], format: .csv))
    }

    func asked(_ act: Act, _ role: Role, version: Int? = nil, round: String? = nil) -> Asked {
      Asked(
        act,
        by: Caller(
          account: role.rawValue, city: "xincheng", roles: [role], district: nil,
          address: "192.0.2.1"), city: "xincheng", path: "\(act) \(round ?? "")",
        version: version ?? Asked.anyVersion, round: round)
    }

    /// A round of one pharmacy, far from all others; gives what confirming it is refused with, and what becomes of the case.
    func round(_ id: String, longitude: String) throws -> (refusal: Refusal?, state: String?) {
      let opened = try desk.openRound(asked(.openRound, .clerk), year: 2026, title: id)
      let round = try #require(opened.body["id"]?.string)
      let batch = """
        [{"id": "\(id)", "name": "示例药店\(id)", "kind": "retail_pharmacy", "requests": ["retail_pharmacy"], "district": "东区",
        "submitted": "2026-05-01", "floor_area": 120, "operating_since": "2025-06-01",
        "location": {"lon": \(longitude), "lat": 34.2, "datum": "wgs84"}}]
        """
      _ = try desk.receive(
        asked(.receive, .clerk, round: round), round,
        .memory(name: "batch.json", text: batch, format: .json))
      _ = try desk.close(asked(.closeRound, .clerk, round: round), round, asOf: "2026-05-02")
      let refusal = try TestDesk.refusal {
        _ = try desk.publish(asked(.publish, .reviewer, round: round), round)
        _ = try desk.confirm(asked(.confirm, .reviewer, round: round), round)
      }
      let auditor = asked(.openRound, .auditor).caller
      let cases = try desk.cases(auditor, "xincheng", round, after: 0, limit: 10).items
      return (refusal, cases.first?["state"]?.string)
    }
  }

  @Test("a figure of the city's own that a limit rests on rises with each place given")
  func ownFigure() throws {
    let city = try City(used: "used: facts.outlets_given, ")
    defer { city.folder.remove() }
    #expect(try city.round("A1", longitude: "116.3").state == "admitted")
    #expect(try city.round("A2", longitude: "116.5").state == "refused")
    #expect(try city.desk.verify().differences == [])
  }

  @Test("a limit that counts from nought with each batch gives no place twice in a year")
  func uncounted() throws {
    let city = try City(used: "")
    defer { city.folder.remove() }
    #expect(try city.round("A1", longitude: "116.3").state == "admitted")
    let again = try #require(try city.round("A2", longitude: "116.5").refusal)
    #expect(again.kind == .conflict)
    #expect(again.detail.en.contains("the ledger has given 1 of XC-YEAR"))
    #expect(try city.desk.verify().differences == [])
  }
}
