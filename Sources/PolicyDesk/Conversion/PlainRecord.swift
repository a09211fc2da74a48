import Cases
import Diagnostics
import Expression
import Reading
import Spatial

/// Turns the trees that inputs are read into, whatever they were written in, into the one way that planlint writes them: fields in
/// the order of the catalogue, words in English, days as `2026-03-02`, what is the user's own last.
///
/// The tree is one that its reader has taken without a fault.
struct PlainRecord {
  let catalogue: Catalogue

  func application(_ node: Node, datum: String? = nil) -> PlainItem {
    var entries: [PlainField] = []
    for entry in catalogue.applicationEntries {
      guard let value = node[entry.name], !value.isNull else { continue }
      if entry.role == .location {
        entries.append(PlainField(entry.name, location(value, datum)))
      } else if let item = item(value, entry.field.shape) {
        entries.append(PlainField(entry.name, item))
      }
    }
    return .map(entries + own(node))
  }

  func institution(_ node: Node) -> PlainItem {
    var entries: [PlainField] = []
    for entry in catalogue.institutionEntries {
      guard let value = node[entry.name], !value.isNull else { continue }
      switch entry.role {
      case .longitude, .latitude: entries.append(PlainField(entry.name, number(value)))
      case .datum: entries.append(PlainField(entry.name, self.datum(value)))
      default:
        if let item = item(value, entry.field.shape) {
          entries.append(PlainField(entry.name, item))
        }
      }
    }
    return .map(entries + own(node))
  }

  private func location(_ node: Node, _ assumed: String?) -> PlainItem {
    var entries: [PlainField] = []
    for key in ["lon", "lat"] {
      if let value = node[key], !value.isNull { entries.append(PlainField(key, number(value))) }
    }
    if let value = node["datum"], !value.isNull {
      entries.append(PlainField("datum", datum(value)))
    } else if let assumed {
      entries.append(PlainField("datum", .bare(assumed)))
    }
    return .map(entries + own(node))
  }

  private func number(_ node: Node) -> PlainItem { .literal(node.scalar?.text ?? "") }

  func datum(_ node: Node) -> PlainItem {
    let text = node.scalar?.text ?? ""
    return .bare(DatumName.datum(meaning: text)?.rawValue ?? text)
  }

  /// What a mapping has beside known fields.
  private func own(_ node: Node) -> [PlainField] {
    (node.entries ?? []).filter { $0.key.hasPrefix("x-") }.compactMap { entry in
      PlainItem(own: entry.value).map { PlainField(entry.key, $0) }
    }
  }

  /// A record by its shape.
  func record(_ node: Node, _ shape: RecordShape) -> PlainItem {
    var entries: [PlainField] = []
    for field in shape.fields {
      guard let value = node[field.name], !value.isNull, let item = item(value, field.shape)
      else { continue }
      entries.append(PlainField(field.name, item))
    }
    return .map(entries + own(node))
  }

  private func item(_ node: Node, _ shape: Shape) -> PlainItem? {
    switch shape {
    case .record(let shape): return record(node, shape)
    case .list(let inner, _):
      guard let items = node.items else { return PlainItem(own: node) }
      return .list(items.compactMap { item($0, inner) })
    case .byCategory(let inner, let table):
      return .map(
        (node.entries ?? []).compactMap { entry in
          item(entry.value, inner).map { PlainField(table.word(entry.key), $0) }
        })
    case .byYear(let inner):
      return .map(
        (node.entries ?? []).compactMap { entry in
          item(entry.value, inner).map { PlainField(entry.key, $0) }
        })
    default: break
    }
    guard let scalar = node.scalar else { return PlainItem(own: node) }
    if scalar.kind == .null { return nil }
    let text = scalar.text
    switch shape {
    case .number: return .literal(text)
    case .count, .whole, .year: return .literal(CellText.withoutZeros(text) ?? text)
    case .share(let form): return share(text, form)
    case .flag: return .literal(text)
    case .date:
      return .bare((CalendarDay(text) ?? CalendarDay(midnight: text))?.description ?? text)
    case .word(let table):
      let word = table.word(text)
      return table.isOpen && word == text ? .text(text) : .bare(word)
    case .format: return .bare(text)
    default: return .text(text)
    }
  }

  /// A share, with its sign where it could mean two things without.
  private func share(_ text: String, _ form: ShareForm) -> PlainItem {
    if PlainItem.isLiteral(text) { return .literal(text) }
    let signed = String(CellText.narrowed(CellText.trimmed(text)).filter { $0 != " " })
    let number = String(signed.dropLast())
    if case .percent = form, let exact = Exact(decimal: number), exact > Exact(1) {
      return .literal(number)
    }
    return .bare(signed)
  }
}
