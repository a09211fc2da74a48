import Diagnostics
import Reading

/// One thing that may stand at the cursor.
package struct Completion: Sendable {
  /// As the protocol numbers them.
  package enum Kind: Int, Sendable {
    case function = 3, field = 5, variable = 6, module = 9, property = 10, value = 12, word = 13
    case reference = 18, constant = 21
  }

  package var label: String
  package var kind: Kind
  /// One line beside it.
  package var detail: String
  /// More, in Markdown.
  package var documentation: String
  /// What is put there, where it is not the label.
  package var insertion: String?
  /// What else a client may match it by.
  package var also: [String] = []
  /// Whether what was typed before is shown first.
  package var isMissing = false

  package init(
    _ label: String, _ kind: Kind, detail: String = "", documentation: String = "",
    insertion: String? = nil
  ) {
    self.label = label
    self.kind = kind
    self.detail = detail
    self.documentation = documentation
    self.insertion = insertion
  }

  func tree(_ place: Int, replacing range: JSONTree) -> JSONTree {
    let digits = String(place)
    var fields: [(key: String, value: JSONTree)] = [
      ("label", .text(label)), ("kind", .int(kind.rawValue)),
      // In the order given.
      ("sortText", .text(String(repeating: "0", count: max(0, 4 - digits.count)) + digits)),
      ("textEdit", .object([("range", range), ("newText", .text(insertion ?? label))])),
    ]
    if !detail.isEmpty { fields.append(("detail", .text(detail))) }
    if !documentation.isEmpty {
      fields.append(
        (
          "documentation",
          .object([("kind", .text("markdown")), ("value", .text(documentation))])
        ))
    }
    if !also.isEmpty {
      fields.append(("filterText", .text(([label] + also).joined(separator: " "))))
    }
    return .object(fields)
  }
}
