import Diagnostics
import Reading

/// What the figures of a facts file are called in a table: by path (`beds.designated`), or by the labels of the fields, the last of
/// which is enough where no other figure has it (`定点床位数`).
package struct FactsNames: Sendable {
  /// A figure that a cell can hold.
  package struct Leaf: Sendable {
    /// Field names and categories; ``year`` where a year stands.
    package var path: [String]
    package var shape: Shape
  }

  package static let year = "*"
  private var leaves: [Leaf] = []
  /// The leaf that a name means; nil where several have it.
  private var byName: [String: Int?] = [:]
  /// What messages offer in place of a misspelt one.
  private var labelsOfLeaves: [String] = []

  package init(_ shape: RecordShape) { add(shape, [], []) }

  /// The path that a name means, with the year that stands in it; nil where it means none, or several.
  package func leaf(called text: String) -> Leaf? {
    let key = Self.key(text)
    if let found = byName[key] { return found.map { leaves[$0] } }
    // `2025年解除协议数（零售药店）`, `terminated[2025].retail_pharmacy`
    let scalars = Array(key.unicodeScalars)
    guard scalars.count > 4 else { return nil }
    for start in 0...(scalars.count - 4) {
      let digits = scalars[start..<(start + 4)]
      guard digits.allSatisfy({ (0x30...0x39).contains($0.value) }),
        let year = Int(Self.text(digits)),
        FieldReader<Int>.years.contains(year)
      else { continue }
      var rest = scalars[(start + 4)...]
      if rest.first == "年" { rest = rest.dropFirst() }
      if rest.first == "度" { rest = rest.dropFirst() }
      let bare = Self.text(scalars[..<start]) + Self.year + Self.text(rest)
      let plain = Self.text(scalars[..<start]) + Self.text(rest)
      guard let found = byName[bare] ?? byName[Self.year + plain],
        var leaf = found.map({ leaves[$0] })
      else { continue }
      leaf.path = leaf.path.map { $0 == Self.year ? String(year) : $0 }
      return leaf
    }
    return nil
  }

  /// The label or path that a name was probably meant to be.
  package func nearest(_ text: String) -> String? {
    NearestName.of(text, among: labelsOfLeaves.lazy.map { String($0.prefix { $0 != "（" }) })
  }

  private static func text(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var text = ""
    text.unicodeScalars.append(contentsOf: scalars)
    return text
  }

  /// Without what stands between the parts of a path, and without the unit in brackets at the end.
  private static func key(_ text: String) -> String {
    var key = CellText.key(text).lowercased()
    if key.last == ")", let open = key.lastIndex(of: "(") {
      let inner = key[key.index(after: open)...].dropLast()
      let isUnit = ["张", "家", "人", "人次", "元", "%", "万元", "小数", "元/年", "元/家", "天", "次", "张/千人"]
        .contains { inner == $0 }
      // A multiple of the unit is another number, and stays to be unknown.
      if isUnit, inner != "万元" { key = String(key[..<open]) }
    }
    key.removeAll { ".·/[]:、()-—".contains($0) }
    return key
  }

  // MARK: The names

  private mutating func add(_ shape: RecordShape, _ path: [String], _ labels: [String]) {
    for field in shape.fields {
      let count = leaves.count
      add(field.shape, path + [field.name], labels + [field.meaning.zh])
      // A list has no cell.
      if leaves.count == count { continue }
      labelsOfLeaves.append(field.meaning.zh)
      labelsOfLeaves += field.headers + [(path + [field.name]).joined(separator: ".")]
      for header in field.headers {
        for name in Self.names(path + [field.name], labels + [header]) {
          self.name(name, leaves.count - 1)
        }
      }
      // A tenant's own is called with its unit too.
      let units =
        field.isOwn ? field.unit.map { UnitWord.of($0)?.annotations ?? [$0] } ?? [] : []
      for label in [field.meaning.zh] + field.headers {
        for unit in units { name("\(label)(\(unit))", leaves.count - 1) }
      }
    }
  }

  private mutating func add(_ shape: Shape, _ path: [String], _ labels: [String]) {
    switch shape {
    case .record(let inner): add(inner, path, labels)
    case .list: return
    case .byYear(let item): add(item, path + [Self.year], labels + [Self.year])
    case .byCategory(let item, let categories):
      for (category, entry) in categories.entries.enumerated() {
        let index = append(Leaf(path: path + [entry.word], shape: item))
        let words = [entry.word] + categories.names(of: category)
        for word in words {
          for base in Self.names(path, labels) { name(base + word, index) }
        }
      }
    default:
      let index = append(Leaf(path: path, shape: shape))
      for name in Self.names(path, labels) { self.name(name, index) }
    }
  }

  private mutating func append(_ leaf: Leaf) -> Int {
    leaves.append(leaf)
    return leaves.count - 1
  }

  private mutating func name(_ name: String, _ index: Int) {
    let key = Self.key(name)
    if let other = byName[key], other != index {
      byName[key] = .some(nil)
    } else {
      byName[key] = index
    }
  }

  /// The path, the labels, and the last labels alone; a year may stand before them.
  private static func names(_ path: [String], _ labels: [String]) -> [String] {
    let hasYear = labels.last == year
    let plain = (hasYear ? labels.dropLast() : labels[...]).map { label in
      label.hasPrefix("各年度") ? String(label.dropFirst(3)) : label
    }
    // What stands in brackets at a label's end is a unit or a remark.
    let bare = plain.map { label in String(label.prefix { $0 != "（" }) }
    var names = [path.joined(separator: ".")]
    for labels in plain == bare ? [plain] : [plain, bare] {
      for start in labels.indices {
        let joined = labels[start...].joined()
        names.append(hasYear ? joined + year : joined)
        if hasYear { names.append(year + joined) }
      }
    }
    return names
  }
}
