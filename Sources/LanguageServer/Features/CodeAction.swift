package import Diagnostics
import Policy
import PolicyDesk
import Reading

/// Something that can be done to put a document right, or to go on with it.
package struct CodeAction: Sendable {
  package enum Kind: String, Sendable {
    case quickFix = "quickfix"
    case rewrite = "refactor.rewrite"
  }

  package var title: Bilingual
  package var kind: Kind
  package var changes: [TextChange]
  /// What it puts right.
  package var solves: Diagnosis?
}

extension Workspace {
  /// What can be done at a range of a document.
  ///
  /// - Parameter diagnoses: what is wrong with the document.
  package mutating func actions(
    _ path: String, at range: ByteRange, _ diagnoses: [Diagnosis]
  ) -> [CodeAction] {
    let near = diagnoses.filter { $0.range.start <= range.end && range.start <= $0.range.end }
    var actions = near.compactMap { meant($0, path) }
    guard let analysis = analysis(path), let node = analysis.node else { return actions }
    if let missing = MissingKeys.action(
      at: range.start, node, schema(analysis.kind, analysis.catalogue), analysis.file)
    {
      actions.append(missing)
    }
    if analysis.kind == .policy {
      actions += QuoteAction.actions(at: range.start, node, analysis, sources: settings.sources)
      if let test = testSkeleton(at: range.start, node, path, analysis) { actions.append(test) }
    }
    return actions
  }

  /// Puts the name that was probably meant in place of the one that is there.
  private func meant(_ diagnosis: Diagnosis, _ path: String) -> CodeAction? {
    guard let suggestion = diagnosis.suggestion, let text = files.documents[path]?.text else {
      return nil
    }
    var range = diagnosis.range
    let written = text.text(range.start..<range.end)
    // Quotes stay where they are.
    if written.count >= 2, let first = written.first, first == "'" || first == "\"",
      written.last == first
    {
      range = ByteRange(start: range.start + 1, end: range.end - 1)
    }
    if written.contains("\n") { return nil }
    return CodeAction(
      title: Bilingual(zh: "改为 `\(suggestion)`", en: "change to `\(suggestion)`"), kind: .quickFix,
      changes: [TextChange(path: path, range: range, text: suggestion)], solves: diagnosis)
  }

  /// Three cases of a rule for the tests beside the profile.
  private mutating func testSkeleton(
    at offset: Int, _ node: Node, _ path: String, _ analysis: Analysis
  ) -> CodeAction? {
    guard
      let rule = node["rules"]?.items?.first(where: {
        $0.range.start <= offset && offset <= $0.range.end
      }), let id = rule["id"]?.scalar?.text, let tests = testsPath(of: path),
      let file = files.file(tests)
    else { return nil }
    let known = self.analysis(tests)?.node
    let text = DocumentText(file)
    var column = 2
    if let first = known?["tests"]?.items?.first {
      let line = text.line(text.lineNumber(of: first.range.start))
      column = text.bytes[line].prefix { $0 == 0x20 }.count
    }
    let skeleton = TestSkeleton(
      id: id, rule: rule, profile: node, policy: analysis.policy, column: column,
      language: settings.language)
    let end = text.bytes.count
    let start = text.bytes.last == 10 || end == 0 ? "" : "\n"
    return CodeAction(
      title: Bilingual(
        zh: "为规则 `\(id)` 生成测试框架：限值之内、恰在限值、超出限值",
        en: "write tests of the rule `\(id)`: inside, at and outside its limit"), kind: .rewrite,
      changes: [
        TextChange(path: tests, range: ByteRange(start: end, end: end), text: start + skeleton.text)
      ])
  }
}
