import Diagnostics
package import Reading
package import Spatial

/// The names by which people call datums.
package enum DatumName {
  /// Beside the words of contract.md; maps are called by the datum that they show. Without spaces, brackets and dashes, in small
  /// letters.
  private static let names: [(name: String, datum: Datum)] = [
    ("wgs84", .wgs84), ("wgs1984", .wgs84), ("epsg4326", .wgs84), ("wgs84坐标系", .wgs84),
    ("gps", .wgs84), ("gps坐标", .wgs84), ("cgcs2000", .cgcs2000), ("epsg4490", .cgcs2000),
    ("国家2000", .cgcs2000), ("国家2000坐标系", .cgcs2000), ("国家2000大地坐标系", .cgcs2000),
    ("2000国家大地坐标系", .cgcs2000), ("国家大地2000", .cgcs2000), ("大地2000", .cgcs2000),
    ("cgcs2000坐标系", .cgcs2000), ("gcj02", .gcj02), ("火星坐标", .gcj02), ("火星坐标系", .gcj02),
    ("火星坐标gcj02", .gcj02), ("火星坐标系gcj02", .gcj02), ("gcj02火星坐标", .gcj02), ("国测局坐标", .gcj02),
    ("高德", .gcj02),
    ("高德坐标", .gcj02), ("高德地图", .gcj02), ("腾讯", .gcj02), ("腾讯坐标", .gcj02), ("腾讯地图", .gcj02),
    ("bd09", .bd09), ("bd09ll", .bd09), ("百度", .bd09), ("百度坐标", .bd09), ("百度坐标系", .bd09),
    ("百度地图", .bd09), ("百度坐标bd09", .bd09), ("bd09百度坐标", .bd09),
  ]

  /// The datum that a text names in any of these ways.
  package static func datum(meaning text: String) -> Datum? {
    if let datum = Datum(rawValue: text) { return datum }
    var key = ""
    for scalar in CellText.key(text).lowercased().unicodeScalars {
      switch scalar {
      case "-", "_", "(", ")", ":", "/", "—", "–", "【", "】", "[", "]": continue
      default: key.unicodeScalars.append(scalar)
      }
    }
    return names.first { $0.name == key }?.datum
  }

  private static let schema = FieldSchema.named(
    "datum",
    .word(
      Datum.allCases.map { datum in
        let known = names.filter { $0.datum == datum }.map(\.name)
        return .init(
          datum.rawValue, names: known.filter { !$0.utf8.allSatisfy { $0 < 0x80 } },
          pattern: known.map {
            CellText.pattern(
              ofKey: $0, ignoring: #"\-－_＿()（）:：/／—–【】\[\]［］"#, isAnyCase: true)
          }.joined(separator: "|"))
      }))

  /// A datum by any of its names.
  package static let reader = FieldReader<Datum> { node, context in
    if context.describes(schema) { return nil }
    guard let text = FieldReader<String>.text.read(node, &context) else { return nil }
    if let datum = datum(meaning: text) { return datum }
    context.unknownName(
      text, node.range, among: Datum.allCases.map(\.rawValue),
      nearest: Datum.allCases.map(\.rawValue) + names.map(\.name))
    return nil
  }
}
