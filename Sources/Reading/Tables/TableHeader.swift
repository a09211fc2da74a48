import Diagnostics

/// The names of a table's columns, with the groups that stand above some of them.
///
/// Spreadsheets often have a header of two rows: `坐标` above `经度` and `纬度`, and every other name in one of the rows, its cell
/// merged down. As text, a merged cell holds its value in its first cell alone, or in both rows where it is merged down.
package struct TableHeader: Sendable {
  /// Without spaces around them, and empty for a column without one.
  package private(set) var names: [Located<String>] = []
  /// What stands above the name of a column, where something else does.
  package private(set) var groups: [Located<String>?] = []
  /// Whether the row above is one of groups beyond doubt, and no title.
  package private(set) var isCertain = false

  init() {}

  /// - Parameters:
  ///   - names: the cells of the lower row.
  ///   - upper: those of the row above, where that may be one of groups.
  init(names: [Located<String>], under upper: [Located<String>], isCertain: Bool) {
    self.isCertain = isCertain
    self.names = names
    groups = Array(repeating: nil, count: names.count)
    var group: Located<String>?
    for (column, above) in upper.enumerated() {
      let name = column < names.count ? names[column].value : ""
      if !above.value.isEmpty { group = above.value == name ? nil : above }
      if !name.isEmpty {
        groups[column] = group
      } else if isCertain, !above.value.isEmpty {
        // Merged down: it is the column's own name and no group of what is right of it.
        if column < names.count {
          self.names[column] = above
        } else {
          self.names.append(above)
          groups.append(nil)
        }
        group = nil
      } else if isCertain, column >= names.count {
        self.names.append(above)
        groups.append(nil)
      }
    }
    // The last group goes on beyond the upper row's last cell.
    for column in names.indices.dropFirst(upper.count) where !names[column].value.isEmpty {
      groups[column] = group
    }
  }

  /// The names that have a group, as a note lists them: `坐标`／`经度`.
  var grouped: Bilingual {
    let shown = 6
    let pairs = names.indices.compactMap { column in
      groups[column].map { Quoting.code("\($0.value) \(names[column].value)") }
    }
    let more = pairs.count > shown
    return Bilingual(
      zh: pairs.prefix(shown).joined(separator: "、") + (more ? " 等" : ""),
      en: pairs.prefix(shown).joined(separator: ", ") + (more ? " …" : ""))
  }

  /// What a name and its group may mean together, the more exact ones first: `现有` above `床位` is `现有床位`.
  package static func together(_ group: String, _ name: String) -> [String] {
    [group + name, name + group]
  }

  /// Whether the lower row holds names of parts, at least half of them known, and one where the upper row has none.
  ///
  /// A group spans two columns at least, so that the second of them has nothing above it; a row of data stands under names.
  static func areParts(_ lower: [String], of upper: [String], _ isKnown: (String) -> Bool) -> Bool {
    var group: String?
    var parts = 0
    var known = 0
    var isSpanned = false
    var others = 0
    for (column, name) in lower.enumerated() {
      let above = column < upper.count ? upper[column] : ""
      if !above.isEmpty { group = above }
      if name.isEmpty { continue }
      if name == above {
        others += 1
        continue
      }
      guard let group else { return false }
      if isKnown(name) || together(group, name).contains(where: isKnown) {
        known += 1
      }
      if above.isEmpty { isSpanned = true }
      parts += 1
    }
    return isSpanned && known > 0 && known * 2 >= parts && parts + others > 1
  }

  /// Whether the upper row is one of groups beyond doubt: a known name stands in it above nothing, or above itself.
  static func areGroups(
    _ upper: [String], of lower: [String], _ isKnown: (String) -> Bool
  ) -> Bool {
    var isOther = false
    var isMergedDown = false
    for (column, above) in upper.enumerated() where !above.isEmpty {
      let name = column < lower.count ? lower[column] : ""
      if name.isEmpty || name == above {
        if isKnown(above) { isMergedDown = true }
      } else {
        isOther = true
      }
    }
    return isMergedDown && isOther
  }
}
