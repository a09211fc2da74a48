import Cases
import Diagnostics
import Expression

/// The types and fields of what expressions can lead to in a tenant's inputs.
enum ExpressionType {
  /// The records that expressions begin with, by name.
  static func roots(_ catalogue: Catalogue) -> [(name: String, shape: RecordShape)] {
    [
      ("application", catalogue.application), ("plan", catalogue.plan), ("facts", catalogue.facts),
      ("district", catalogue.district), ("plan_district", catalogue.planDistrict),
      ("neighbour", catalogue.neighbour),
    ]
  }

  /// The type of what a way leads to: `[]` stands for an item of a list or table, `{}` for a key of one; nil where it leads nowhere.
  static func of(_ path: [String], _ catalogue: Catalogue) -> Type? {
    guard let first = path.first else { return nil }
    var type: Type
    if let root = roots(catalogue).first(where: { $0.name == first }) {
      type = .record(root.shape.type)
    } else if first == "category" {
      type = .symbol(catalogue.words.category.type)
    } else {
      return nil
    }
    for step in path.dropFirst() {
      switch (type, step) {
      case (.list(let item), "[]"), (.map(_, let item), "[]"): type = item
      case (.map(let key, _), "{}"): type = key
      case (.record(let record), _):
        guard let field = record.fields.first(where: { $0.name == step }) else { return nil }
        type = field.type
      case (.map(_, let item), _): type = item
      default: return nil
      }
    }
    return type
  }

  /// The field that a way leads to, with what is said of it.
  static func field(_ path: [String], _ catalogue: Catalogue) -> RecordShape.Field? {
    guard path.count > 1, var shape = roots(catalogue).first(where: { $0.name == path[0] })?.shape
    else { return nil }
    var found: RecordShape.Field?
    for step in path.dropFirst() where step != "[]" && step != "{}" {
      guard let field = shape.fields.first(where: { $0.name == step }) else { return found }
      found = field
      switch field.shape {
      case .record(let inner), .list(.record(let inner), _): shape = inner
      default: break
      }
    }
    return found
  }
}
