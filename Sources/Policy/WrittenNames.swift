package import Diagnostics
package import Reading

/// The names that a profile gives to its definitions, of those too that cannot be read: what refers to them is not at fault.
struct WrittenNames {
  private var names: Set<String> = []
  /// Whether a whole section could not be read.
  private(set) var hasSections = false

  func contains(_ name: String) -> Bool { names.contains(name) }

  private static let sections = [
    "provisions", "parameters", "readings", "figures", "conditions", "circles", "tallies",
    "allocations", "exemptions", "exceptions", "priorities",
  ]

  /// With the names of every section of a tree.
  func adding(_ node: Node) -> WrittenNames {
    var all = self
    for section in Self.sections {
      all.names.formUnion(node[section]?.entries?.map(\.key) ?? [])
    }
    return all
  }

  /// Without names that were read.
  func without(_ read: some Sequence<String>) -> WrittenNames {
    var rest = self
    rest.names.subtract(read)
    return rest
  }

  /// How often what cannot be parsed is passed over.
  private static let attempts = 8

  /// The tree of a file. What is no YAML is a fault; the item or section that it stands in is then passed over, so that the rest can be
  /// looked at.
  static func read(
    _ file: SourceFile, _ faults: inout FaultCollector
  ) -> (node: Node?, unread: WrittenNames) {
    var unread = WrittenNames()
    var bytes = file.withBytes { Array($0) }
    var last = -1
    for _ in 0..<attempts {
      do {
        let text = SourceFile(path: file.path, bytes: bytes)
        return (try Document.read(last < 0 ? file : text, format: .yaml), unread)
      } catch {
        for fault in error.faults {
          guard let location = fault.location else {
            faults.add(fault)
            return (nil, unread)
          }
          var told = Fault(file, location.range, zh: fault.message.zh, en: fault.message.en)
          // Places are the same in the text with white space.
          for place in fault.related {
            told = told.related(
              to: place.location.range, zh: place.message.zh, en: place.message.en)
          }
          faults.add(told)
        }
        guard let start = error.faults.first?.location?.range.start, start > last else { break }
        last = start
        unread.blank(&bytes, at: start)
      }
    }
    return (nil, unread)
  }

  /// Makes white space of the item that a place stands in: of the smallest block that begins at the margin or two columns further in.
  private mutating func blank(_ bytes: inout [UInt8], at offset: Int) {
    let feed = UInt8(ascii: "\n")
    var lines: [Range<Int>] = []
    var start = 0
    while start <= bytes.count {
      let end = bytes[start...].firstIndex(of: feed) ?? bytes.count
      lines.append(start..<end)
      start = end + 1
    }
    func indent(_ line: Range<Int>) -> Int? {
      guard let first = bytes[line].firstIndex(where: { $0 != UInt8(ascii: " ") }),
        bytes[first] != UInt8(ascii: "#"), bytes[first] != 13
      else { return nil }
      return first - line.lowerBound
    }
    let widest = 2
    guard var first = lines.firstIndex(where: { $0.contains(offset) || $0.upperBound == offset })
    else { return }
    while first > 0, (indent(lines[first]) ?? 99) > widest { first -= 1 }
    let depth = indent(lines[first]) ?? 0
    var end = first + 1
    while end < lines.count, (indent(lines[end]) ?? 99) > depth { end += 1 }
    if depth == 0 { hasSections = true }
    for line in lines[first..<end] {
      let text = String(decoding: bytes[line], as: UTF8.self)
      let name = text.drop { $0 == " " || $0 == "-" }.prefix { $0 != ":" && $0 != "：" }
      if !name.isEmpty { names.insert(String(name)) }
      for index in line where bytes[index] != 13 { bytes[index] = UInt8(ascii: " ") }
    }
  }
}

extension FaultCollector {
  /// By their places in the file, those without one first.
  var inOrder: Faults {
    Faults(
      faults.enumerated().sorted {
        ($0.element.location?.range.start ?? -1, $0.offset)
          < ($1.element.location?.range.start ?? -1, $1.offset)
      }.map(\.element))
  }
}

/// The tree of a YAML file as far as it can be read: the items that are no YAML are left out, all else keeps its place.
package struct TolerantTree: Sendable {
  /// Nil where nothing can be read.
  package let node: Node?
  package let faults: [Fault]

  package init(_ file: SourceFile) {
    var faults = FaultCollector()
    node = WrittenNames.read(file, &faults).node
    self.faults = faults.faults
  }
}
