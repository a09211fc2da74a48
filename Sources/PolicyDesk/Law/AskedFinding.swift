package import Diagnostics
package import Policy

/// A finding that an answer at its item takes back.
package struct AskedFinding: Sendable {
  package var question: PolicyQuestion
  /// Of the item's name, where its answers stand.
  package var item: ByteRange
  package var finding: PolicyFinding
  /// What an answer has to say to be one; nil where any text does.
  package var answeredBy: [String]?

  package init(
    _ question: PolicyQuestion, of item: ByteRange, in policy: Policy, at range: ByteRange? = nil,
    answeredBy: [String]? = nil, zh: String, en: String
  ) {
    self.question = question
    self.item = item
    self.answeredBy = answeredBy
    finding = PolicyFinding(
      .warning, question.rawValue, Location(file: policy.source, range: range ?? item), zh: zh,
      en: en)
  }
}

extension Policy {
  /// By where an item's name stands: its answers.
  private var answers: [(item: ByteRange, answers: [PolicyAnswer])] {
    provisions.map { ($0.range, $0.answers) } + parameters.map { ($0.range, $0.answers) }
      + (exemptions + exceptions + priorities).map { ($0.range, $0.answers) }
      + rules.map { ($0.range, $0.answers) }
  }

  /// The findings that nothing in the profile answers, and the answers to what is not asked.
  package func unanswered(
    _ asked: [AskedFinding], among questions: Set<PolicyQuestion>
  ) -> [PolicyFinding] {
    var findings: [PolicyFinding] = []
    let answers = answers
    var used: Set<ByteRange> = []
    for asked in asked {
      let answer = answers.first { $0.item == asked.item }?.answers.first {
        $0.question == asked.question
      }
      guard let answer else {
        findings.append(asked.finding)
        continue
      }
      used.insert(answer.range)
      guard let words = asked.answeredBy, !words.contains(where: { answer.text.zh.contains($0) })
      else { continue }
      var finding = asked.finding
      finding.message.zh += "；答复中应写明所取的约束力（\(words.joined(separator: "、"))）"
      finding.message.en +=
        "; an answer has to name the force that it takes (\(words.joined(separator: ", ")))"
      findings.append(finding)
    }
    for answer in answers.flatMap(\.answers)
    where questions.contains(answer.question) && !used.contains(answer.range) {
      findings.append(
        PolicyFinding(
          .warning, "answer-unneeded", Location(file: source, range: answer.range),
          zh: "此处没有 `\(answer.question.rawValue)` 的问题，答复可以删去",
          en: "nothing here is asked by `\(answer.question.rawValue)`; the answer can go"))
    }
    return findings
  }
}
