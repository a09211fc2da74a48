/// What a template may name, and what it is.
indirect enum NoticeSchema: Sendable {
  case text
  case markup
  case flag
  case list([String: NoticeSchema])

  /// The templates there are.
  static let names = ["notice", "public-list"]

  static func of(_ name: String) -> [String: NoticeSchema] {
    name == "notice" ? notice : publicList
  }

  private static let document: [String: NoticeSchema] = [
    "document": .text, "profile": .text, "profile_sha256": .text, "valid_from": .text,
    "valid_to": .text, "draft": .flag, "expired": .flag, "in_force": .flag,
  ]

  private static let run: [String: NoticeSchema] = [
    "tenant": .text, "as_of": .text, "as_of_words": .text, "version": .text,
    "inputs": .list(["path": .text, "role": .text, "sha256": .text]),
  ]

  private static let verdict: [String: NoticeSchema] = [
    "result": .text, "admissible": .flag, "refused": .flag, "in_principle": .flag, "review": .flag,
    "incomplete": .flag, "waived": .flag, "waiting": .flag, "pending": .flag, "outside": .flag,
    "ruled": .flag,
  ]

  /// One applicant's letter.
  static let notice: [String: NoticeSchema] = run.merging(document) { a, _ in a }
    .merging(verdict) { a, _ in a }
    .merging([
      "title": .text, "id": .text, "name": .text, "kind": .text, "categories": .text,
      "district": .text, "submitted_words": .text,
      "particulars": .list(["label": .text, "value": .text]),
      "has_notes": .flag, "notes": .list(["note": .text]),
      "has_findings": .flag, "findings": .list(finding),
      "has_met": .flag, "met": .list(["rule": .text, "met_message": .text, "met_law": .text]),
      "has_answers": .flag, "answers": .list(["answer": .text]),
      "has_cure": .flag,
      "asks_applicant": .flag, "from_applicant": .list(["item": .text]),
      "asks_authority": .flag, "from_authority": .list(["item": .text]),
      "has_remedies": .flag, "remedies": .list(["remedy": .text]),
    ]) { a, _ in a }

  private static let finding: [String: NoticeSchema] = [
    "number": .text, "rule": .text, "outcome": .text, "message": .text,
    "has_category": .flag, "category": .text,
    "laws": .list(["law_document": .text, "at": .text, "quote": .text, "modality": .text]),
    "has_arithmetic": .flag, "arithmetic": .text,
    "has_rank": .flag, "rank": .text,
    "has_neighbours": .flag, "radius": .text, "drawing": .markup,
    "neighbours": .list(["neighbour": .text]),
    "has_more_neighbours": .flag, "more_neighbours": .text,
    "has_considered": .flag, "considered": .list(["consideration": .text]),
    "has_waiver": .flag, "waiver": .text, "has_ruling": .flag, "ruling": .text,
    "has_hangs_on": .flag, "hangs_on": .text,
    "reconstructed": .list(["formula": .text]),
  ]

  /// The list for publication: nothing personal, no scores, no coordinates.
  static let publicList: [String: NoticeSchema] = run.merging([
    "documents": .list(document), "any_draft": .flag, "count": .text,
    "rows": .list(
      [
        "number": .text, "name": .text, "kind": .text, "categories": .text, "district": .text,
      ].merging(verdict) { a, _ in a }),
  ]) { a, _ in a }
}
