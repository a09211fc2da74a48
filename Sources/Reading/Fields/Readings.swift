package import Diagnostics

/// What was understood in one way among several while values were read, for the notes of their file.
package struct Readings: Sendable {
  package enum Kind: Sendable, CaseIterable {
    /// A sign or word that says that nothing is there.
    case nothing
    /// The serial number of a spreadsheet's day.
    case serialDay
    /// A place with its latitude first.
    case latitudeFirst
    /// A code that a program wrote as a number with a part.
    case codeWithPart
  }

  private struct Group: Sendable {
    var first: ByteRange
    var count = 0
    var examples: [String] = []
    var values: [NotedValue] = []
  }

  private var groups: [Kind: Group] = [:]
  private static let examplesKept = 4

  package init() {}

  package var isEmpty: Bool { groups.isEmpty }

  /// - Parameters:
  ///   - example: how it was written, with what it was taken for where that is another text.
  ///   - value: what the person who wrote it is told.
  package mutating func add(
    _ kind: Kind, _ range: ByteRange, _ example: String, _ value: NotedValue? = nil
  ) {
    var group = groups.removeValue(forKey: kind) ?? Group(first: range)
    group.count += 1
    if group.examples.count < Self.examplesKept, !group.examples.contains(example) {
      group.examples.append(example)
    }
    if let value { group.values.append(value) }
    groups[kind] = group
  }

  /// Adds what another part of the file had, which stands after this one.
  package mutating func add(_ other: Readings) {
    for (kind, theirs) in other.groups {
      guard var group = groups.removeValue(forKey: kind) else {
        groups[kind] = theirs
        continue
      }
      group.count += theirs.count
      for example in theirs.examples
      where group.examples.count < Self.examplesKept && !group.examples.contains(example) {
        group.examples.append(example)
      }
      group.values += theirs.values
      groups[kind] = group
    }
  }

  package func notes(_ file: SourceFile) -> [Note] {
    Kind.allCases.compactMap { kind in
      guard let group = groups[kind] else { return nil }
      let zh = group.examples.joined(separator: "、")
      let en = group.examples.joined(separator: ", ")
      let (count, isOne) = (group.count, group.count == 1)
      let message =
        switch kind {
        case .nothing:
          Bilingual(
            zh: "\(count) 处填写的 \(zh) 按未填理解",
            en:
              "\(count) \(isOne ? "value" : "values") written as \(en) \(isOne ? "is" : "are") taken as not given"
          )
        case .serialDay:
          Bilingual(
            zh: "\(count) 处日期是电子表格的日期序号，已换算成日期：\(zh)",
            en:
              "\(count) \(isOne ? "day is" : "days are") a spreadsheet's serial number, taken as the day: \(en)"
          )
        case .latitudeFirst:
          Bilingual(
            zh: "\(count) 处坐标纬度在前、经度在后，已按数值范围区分：\(zh)",
            en:
              "\(count) \(isOne ? "place has" : "places have") the latitude first, as the numbers show: \(en)"
          )
        case .codeWithPart:
          Bilingual(
            zh: "\(count) 处编号或名称被程序写成小数，已去掉末尾的 0：\(zh)",
            en:
              "\(count) \(isOne ? "code has" : "codes have") a part that a program added, left out: \(en)"
          )
        }
      return Note(file, group.first, zh: message.zh, en: message.en).about(group.values)
    }
  }
}
