import Diagnostics
import Reading

/// What two readers of one form have to agree on.
enum Trees {
  /// Plain YAML is read without libyaml; libyaml reads everything, where the items of a list are streamed. Either both give the same
  /// tree or both find a fault. JSON has one reader, whose tree has to be the one that it gives in pieces.
  ///
  /// - Returns: what is broken; nil where nothing is.
  static func trial(of bytes: [UInt8], _ format: DocumentFormat) -> Trial? {
    broken(by: bytes, format).map(Trial.broken)
  }

  private static func broken(by bytes: [UInt8], _ format: DocumentFormat) -> String? {
    let file = SourceFile(path: "a", bytes: bytes)
    var pieces: [Node] = []
    let whole = read { () throws(Faults) in try Document.read(file, format: format) }
    let streamed = read { () throws(Faults) in
      try Document.read(file, format: format, streaming: "applications") {
        (item: Node) throws(Faults) in pieces.append(item)
      }
    }
    switch (whole, streamed) {
    case (.failure(let faults), .failure): return SoundFaults.broken(faults.faults)
    case (.success, .failure(let faults)):
      return "read whole and not in pieces: \(faults.faults.first?.message.en ?? "")"
    case (.failure(let faults), .success):
      return "read in pieces and not whole: \(faults.faults.first?.message.en ?? "")"
    case (.success(let whole), .success(let streamed)):
      return together(streamed, pieces) == whole
        ? nil : "what is read whole is not what is read in pieces"
    }
  }

  private static func read(_ body: () throws(Faults) -> Node) -> Result<Node, Faults> {
    do throws(Faults) { return .success(try body()) } catch { return .failure(error) }
  }

  private static func together(_ head: Node, _ items: [Node]) -> Node {
    if items.isEmpty { return head }
    var head = head
    switch head.content {
    case .map(var entries):
      guard let index = entries.firstIndex(where: { $0.key == "applications" }) else { return head }
      entries[index].value.content = .list(items)
      head.content = .map(entries)
    case .list: head.content = .list(items)
    case .scalar: break
    }
    return head
  }
}
