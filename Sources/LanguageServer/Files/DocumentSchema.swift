import Cases
import Policy
import PolicyDesk
import Reading

/// What the documents of a kind may hold, with what the readers of tests leave to others.
enum DocumentSchema {
  /// - Parameter formatNames: the forms of reports that settings may name.
  static func schema(
    _ kind: FileSchema, _ catalogue: Catalogue, formatNames: [String]
  ) -> FieldSchema {
    let schema = kind.schema(formatNames: formatNames, catalogue)
    return kind == .policyTests ? withInputs(schema, catalogue) : schema
  }

  /// The schema of tests with those of facts, registry, applications, plans and waivers in the places where any value may stand.
  private static func withInputs(_ schema: FieldSchema, _ catalogue: Catalogue) -> FieldSchema {
    switch schema {
    case .record(var record):
      for index in record.fields.indices {
        let field = record.fields[index]
        record.fields[index].schema =
          input(field.name, catalogue, isList: field.schema == .list(.anything, atLeast: 0))
          ?? withInputs(field.schema, catalogue)
      }
      return .record(record)
    case .list(let item, let least): return .list(withInputs(item, catalogue), atLeast: least)
    case .named(let name, let inner): return .named(name, withInputs(inner, catalogue))
    case .nullable(let inner): return .nullable(withInputs(inner, catalogue))
    default: return schema
    }
  }

  private static func input(_ name: String, _ catalogue: Catalogue, isList: Bool) -> FieldSchema? {
    switch name {
    case "facts": FileSchema.facts.schema(formatNames: [], catalogue)
    case "registry": FileSchema.registry.schema(formatNames: [], catalogue)
    case "plan": FileSchema.plan.schema(formatNames: [], catalogue)
    case "waivers": FileSchema.waivers.schema(formatNames: [], catalogue)
    case "application": Application.reader(file: 0, catalogue).schema
    case "applications":
      isList ? .list(Application.reader(file: 0, catalogue).schema, atLeast: 0) : nil
    default: nil
    }
  }
}
