package import Diagnostics
import PolicyDesk
import Reading

/// One entry of a document's outline.
package struct OutlineEntry: Sendable {
  /// As the protocol numbers them.
  package enum Kind: Int, Sendable {
    case module = 2, method = 6, property = 7, field = 8, function = 12, variable = 13, constant =
      14
    case string = 15, boolean = 17, key = 20, event = 24
  }

  package var name: String
  package var detail: String
  package var kind: Kind
  package var whole: ByteRange
  package var range: ByteRange
  package var children: [OutlineEntry] = []
}

extension Workspace {
  /// What a document holds, for the client's outline.
  package mutating func outline(_ path: String) -> [OutlineEntry] {
    guard let analysis = analysis(path), let node = analysis.node else { return [] }
    let schema = schema(analysis.kind, analysis.catalogue)
    return (node.entries ?? []).map { entry in
      var outer = OutlineEntry(
        name: entry.key, detail: schema.field(entry.key)?.meaning?[settings.language] ?? "",
        kind: .module, whole: Self.whole(entry), range: entry.keyRange)
      outer.children = children(entry, node, analysis.kind)
      return outer
    }
  }

  private static func whole(_ entry: Entry) -> ByteRange {
    ByteRange(
      start: entry.keyRange.start, end: max(entry.keyRange.end, entry.value.range.end))
  }

  private func children(_ section: Entry, _ top: Node, _ kind: FileSchema) -> [OutlineEntry] {
    if kind == .policy, NameIndex.sections[section.key] != nil {
      return (section.value.entries ?? []).map { entry in
        let item = ProfileItem(entry.key, in: [section.key], of: top)
        return OutlineEntry(
          name: entry.key, detail: item?.detail(settings.language) ?? "",
          kind: Self.kinds[section.key] ?? .key, whole: Self.whole(entry), range: entry.keyRange)
      }
    }
    let isOfTenant = kind == .tenant && (section.key == "fields" || section.key == "words")
    if isOfTenant {
      return (section.value.entries ?? []).map { owner in
        var outer = OutlineEntry(
          name: owner.key, detail: "", kind: .module, whole: Self.whole(owner),
          range: owner.keyRange)
        outer.children = (owner.value.entries ?? []).map { entry in
          OutlineEntry(
            name: entry.key, detail: entry.value[settings.language.rawValue]?.scalar?.text ?? "",
            kind: .field, whole: Self.whole(entry), range: entry.keyRange)
        }
        return outer
      }
    }
    return (section.value.items ?? []).compactMap { item in
      let name = ["id", "name", "application", "district", "category"].lazy.compactMap { key in
        item[key].flatMap { node in node.scalar.map { (text: $0.text, range: node.range) } }
      }.first
      guard let name, !name.text.isEmpty else { return nil }
      let detail = item["name"]?.scalar?.text ?? item["rule"]?.scalar?.text ?? ""
      return OutlineEntry(
        name: name.text, detail: detail == name.text ? item["rule"]?.scalar?.text ?? "" : detail,
        kind: section.key == "rules" || section.key == "tests" ? .method : .string,
        whole: item.range, range: name.range)
    }
  }

  private static let kinds: [String: OutlineEntry.Kind] = [
    "provisions": .key, "parameters": .constant, "readings": .property, "figures": .variable,
    "conditions": .boolean, "circles": .function, "tallies": .function, "allocations": .function,
    "exemptions": .event, "exceptions": .event, "priorities": .event,
  ]
}
