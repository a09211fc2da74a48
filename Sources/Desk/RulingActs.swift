package import Diagnostics
import PlanlintKit
import Store

extension Desk {
  /// Records a ruling (裁量决定) or a waiver in a closed round and decides anew on the same frozen inputs.
  ///
  /// - Parameter body: as contract.md has it; `application` may also be the id of the case.
  package func rule(
    _ asked: Asked, _ id: String, _ kind: FiledRuling.Kind, _ body: PlainValue
  ) throws -> Answer {
    try perform(asked) { acting in
      let session = acting.session
      var round = try acting.round(id, in: [.closed], "裁量", "ruled on")
      guard case .record = body, let named = body["application"]?.string else {
        throw Refusal.invalid(
          "应为一项裁量决定或批准例外，并写明 `application`",
          "expected one ruling or waiver that names its `application`")
      }
      var body = body
      let cases = try session.all(Case.self, in: id).map(\.value)
      guard let filed = cases.first(where: { $0.id == named || $0.applicant == named }) else {
        throw Refusal.invalid(
          "批次中没有申请 `\(named)`", "there is no application `\(named)` in the round")
      }
      body["application"] = .text(filed.applicant)
      let known = try session.all(FiledRuling.self, in: id).filter { $0.value.dropped == nil }
      for other in known where other.value.kind == kind {
        let told = try JSONReader.read(other.value.body)
        if told["application"] == body["application"], told["rule"] == body["rule"],
          told["category"] == body["category"]
        {
          throw Refusal.conflict(
            "该申请的这条规则已有记录 \(other.value.id)",
            "this rule of this application is answered by \(other.value.id)",
            cases: [filed.id])
        }
      }
      guard let last = try session.decision(round.value) else { throw Refusal.notFound() }
      var inputs = try session.inputs(of: last)
      let all =
        try known.map { ($0.value.kind, try JSONReader.read($0.value.body)) } + [(kind, body)]
      inputs.set(
        waivers: all.filter { $0.0 == .waiver }.map(\.1),
        rulings: all.filter { $0.0 == .ruling }.map(\.1))
      let result: RunResult
      do throws(InputErrors) {
        result = try inputs.decide(profiles)
      } catch {
        throw Refusal(error)
      }
      let number = try session.nextNumber(of: .ruling)
      let ruling = FiledRuling(
        id: String(number), kind: kind, round: id, body: body.json, by: acting.caller.account,
        at: acting.moment)
      try session.insert(
        Record(
          .ruling, id: ruling.id, parent: id, number: number, body: try ruling.encodedText()))
      let decision = try acting.keep(
        result, of: inputs, kind == .ruling ? .ruling : .waiver, round: &round, asOf: last.asOf,
        position: last.ledger)
      round = try session.save(round)
      var told = body
      told["id"] = .text(ruling.id)
      told["kind"] = .text(kind.rawValue)
      told["case"] = .text(filed.id)
      told["verdict"] = .text(decision.verdicts[filed.id])
      var answer = Answer(.created, told, version: round.record.version)
      answer.profile = decision.profile
      answer.ledger = last.ledger
      answer.before = last.report
      answer.after = decision.report
      return answer
    }
  }
}
