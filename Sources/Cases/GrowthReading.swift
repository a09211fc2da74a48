package import Diagnostics
import Expression
import Reading

/// Looks at growth of costs that is below 1 and has no per cent sign: few per cent, or a part of 1.
///
/// Costs may really grow by half a per cent, so that such a number is no fault by itself. It is one where the two readings order a
/// district and the city differently and the other reading could be believed.
package struct GrowthReading {
  /// As a part of 1 a growth above this is not believed.
  private static let believable = Exact(decimal: "0.3") ?? Exact(1)

  private struct Figure {
    var value: Exact
    var range: ByteRange
    var isSigned: Bool

    /// Whether it could be a part of 1.
    var isSmall: Bool {
      !isSigned && value != Exact(0) && value < Exact(1) && Exact(-1) < value
    }

    /// In per cent, if every small one were a part of 1.
    var asPart: Exact {
      guard isSmall else { return value }
      return (try? value.multiplied(by: Exact(100))) ?? value
    }

    var isBelievable: Bool { !isSmall || value <= GrowthReading.believable }
  }

  private let file: SourceFile
  private let city: Figure?
  private let districts: [Figure]

  /// - Parameter place: where the value of a path stands.
  package init(
    _ city: DataRecord, _ districts: [(name: String, record: DataRecord)], _ file: SourceFile,
    place: (String) -> ByteRange?
  ) {
    func figure(_ record: DataRecord, _ path: String) -> Figure? {
      guard let value = record["cost_growth"].exact, let range = place(path) else { return nil }
      let text = file.text(range)
      return Figure(value: value, range: range, isSigned: text.contains("%") || text.contains("％"))
    }
    self.file = file
    self.city = figure(city, "facts.cost_growth")
    self.districts = districts.compactMap {
      figure($0.record, "facts.districts[\($0.name)].cost_growth")
    }
  }

  /// The districts whose growth is above the city's in one reading and not in the other.
  package var faults: [Fault] {
    guard let city else { return [] }
    return districts.compactMap { district in
      guard (district.value > city.value) != (district.asPart > city.asPart),
        district.isBelievable, city.isBelievable
      else { return nil }
      let unclear = district.isSmall ? district : city
      let (bare, hundredfold) = (unclear.value, unclear.asPart)
      return Fault(
        file, unclear.range,
        zh:
          "`cost_growth`：不带百分号的 `\(bare)` 可能指 \(hundredfold)%，也可能指 \(bare)%，区县是否高于全市因此不同：前者请写作 `\(hundredfold)`，后者请写作 `\(bare)%`",
        en:
          "`cost_growth`: `\(bare)` without a per cent sign may mean \(hundredfold) % or \(bare) %, and the district is above the city in one of them alone: write `\(hundredfold)` or `\(bare)%`"
      )
    }
  }

  /// How the others are understood.
  package var notes: [Note] {
    let small = (city.map { [$0] } ?? []) + districts
    let unclear = small.filter(\.isSmall)
    guard let first = unclear.first else { return [] }
    let count = unclear.count
    return [
      Note(
        file, first.range,
        zh: "不带百分号且小于 1 的医疗费用增长率（\(count) 处）按百分数理解，如 `\(first.value)` 即 \(first.value)%",
        en:
          "growth of costs below 1 without a per cent sign (\(count)) is taken as per cent: `\(first.value)` is \(first.value) %"
      )
    ]
  }
}
