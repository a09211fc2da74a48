package import Diagnostics
package import Reading
package import Spatial

/// The columns that a table of applications or of the registry may have, by every name that people give them.
///
/// One table says all: which field a header means, how its cells read, which headers could mean two fields, and which are common
/// but of no use here. Headers are compared without white space and with half-width signs; what stands in brackets at their end
/// (`申请床位（张）`) is an annotation, which has to fit where it could change what a number means.
package struct ColumnTable: Sendable {
  /// How the text of a cell becomes a field.
  package enum Cell: Sendable {
    case text
    case code
    case word
    case words
    case wholeNumber
    case number
    case percent
    case degrees
    case day
    /// Longitude and latitude in one.
    case place
    case flag
    /// A list of mappings, as JSON or YAML writes it in one line.
    case list
  }

  package struct Column: Sendable {
    package let field: String
    package let cell: Cell
    /// The Chinese names, the one that messages offer first, and other English ones.
    package let names: [String]
    /// What may stand in brackets after a name of a tenant's own number: its unit.
    package let units: [String]
    /// What in a longer header tells of the field.
    let tellingParts: [String]
    /// Whether the field's name is a word that stands in the names of much else.
    let hasCommonName: Bool
    /// Whether 无 and the like say something of it.
    let hasWordsForNothing: Bool

    package init(
      _ field: String, _ cell: Cell, _ names: [String], units: [String] = [],
      telling: [String] = [], hasCommonName: Bool = false, hasWordsForNothing: Bool = false
    ) {
      self.field = field
      self.cell = cell
      self.names = names
      self.units = units
      tellingParts = telling
      self.hasCommonName = hasCommonName
      self.hasWordsForNothing = hasWordsForNothing
    }
  }

  package let columns: [Column]
  /// The fields that every row has to give.
  package let required: [String]
  /// Headers that could mean several fields.
  let ambiguous: [(name: String, fields: [String])]
  private let byField: [String: Column]

  package init(
    columns: [Column], required: [String], ambiguous: [(name: String, fields: [String])]
  ) {
    self.columns = columns
    self.required = required
    self.ambiguous = ambiguous
    byField = Dictionary(columns.map { ($0.field, $0) }, uniquingKeysWith: { first, _ in first })
  }

  package func column(ofField field: String) -> Column? { byField[field] }

  /// Columns of lists that people keep and nothing here reads.
  package static let unused: Set<String> = [
    "序号", "备注", "说明", "联系人", "联系电话", "联系方式", "电话", "手机号", "法定代表人", "法人", "负责人",
    "主要负责人", "结论", "依据", "补正", "错误", "地址", "详细地址", "注册地址", "机构地址", "经营地址", "邮编", "经办人",
  ]

  package static let names = [
    "机构名称", "名称", "单位名称", "申请机构", "申请单位", "申请机构名称", "医药机构名称", "医疗机构名称", "药店名称",
    "医院名称",
  ]
  package static let districts = [
    "所在区", "区县", "行政区", "所在区县", "所属区县", "所属区", "县区", "市辖区", "辖区", "行政区划", "区(县)",
    "县(区)", "区(市)县", "区市县", "县(市、区)", "区(县、市)",
  ]
  package static let streets = [
    "所在街道", "街道", "乡镇街道", "街道乡镇", "镇街", "乡镇", "街镇", "街道(乡镇)", "乡镇(街道)",
  ]
  package static let longitudes = ["经度", "东经", "longitude", "lng"]
  package static let latitudes = ["纬度", "北纬", "latitude"]
  package static let locations = [
    "坐标", "经纬度", "经纬度坐标", "位置坐标", "地理坐标", "机构坐标", "机构位置", "地图坐标", "定位坐标", "坐标点", "经度纬度",
    "经度,纬度", "纬度,经度", "经度/纬度", "经度、纬度", "lon,lat", "lat,lon", "lng,lat", "lat,lng", "coordinates",
  ]
  package static let datums = ["坐标系", "坐标系统", "坐标基准", "坐标类型", "坐标参考系", "大地基准"]
  package static let grades = ["机构等级", "等级", "级别", "医院等级", "医院级别", "机构级别", "医疗机构等级"]
  static let specialties = ["专科", "专科类别", "专科类型", "专科方向"]
  package static let groups = ["所属集团", "集团", "医院集团", "所属医院集团"]
  package static let circumstances = ["申报情形", "情形", "特殊情形", "适用情形"]
  static let creditCodes = ["统一社会信用代码", "社会信用代码", "统一信用代码", "信用代码"]

  // MARK: Headers

  /// What a header means.
  package enum Meaning {
    /// The column, and the datum that the header states for it.
    case column(Column, Datum?)
    case ambiguous([Column])
    /// A common one that nothing reads.
    case unused
    /// One of the user's own (`x-…`).
    case own
    /// An annotation that could change the meaning of the numbers.
    case annotation(Column, String)
    case unknown
  }

  package func meaning(of header: String) -> Meaning {
    if header.hasPrefix("x-") { return .own }
    // The words themselves are what most files have.
    if let column = columns.first(where: { $0.field == header }) { return .column(column, nil) }
    let key = CellText.key(header)
    if let column = column(called: key) { return .column(column, nil) }
    let (name, annotation) = Self.parts(key)
    if name != key, let column = column(called: name) {
      guard let annotation else { return .column(column, nil) }
      return meaning(of: column, annotation)
    }
    if let annotation, annotation.contains("建成区"), name == "区域",
      let area = columns.first(where: { $0.field == "area" })
    {
      return .column(area, nil)
    }
    for candidate in ambiguous where candidate.name == name {
      return .ambiguous(columns.filter { candidate.fields.contains($0.field) })
    }
    return Self.unused.contains(name) ? .unused : .unknown
  }

  /// What a header means under a group, and the header as the two say it together.
  ///
  /// Together they may be a name of their own (`现有` and `床位`); else the name alone counts, with the datum that the group states
  /// (`坐标（GCJ-02）` above `经度`).
  package func meaning(
    of name: Located<String>, under group: Located<String>?
  ) -> (name: Located<String>, meaning: Meaning) {
    let alone = meaning(of: name.value)
    guard let group else { return (name, alone) }
    for together in TableHeader.together(group.value, name.value) {
      if case .column = meaning(of: together) {
        return (Located(together, name.range), meaning(of: together))
      }
      if case .unknown = alone, case .ambiguous = meaning(of: together) {
        return (Located(together, name.range), meaning(of: together))
      }
    }
    if case .column(let column, nil) = alone, column.cell == .degrees {
      let (place, annotation) = Self.parts(CellText.key(group.value))
      let stated = DatumName.datum(meaning: annotation ?? place)
      return (name, .column(column, stated))
    }
    // 姓名 under 联系人 is nothing that anybody reads.
    if case .unknown = alone, case .unused = meaning(of: group.value) { return (name, .unused) }
    return (name, alone)
  }

  /// Whether a group speaks of something else than the institution as it is: of its people, its owner, or another time.
  static func changesMeaning(_ group: String, of name: String) -> Bool {
    let key = CellText.key(group)
    if name.hasPrefix(group) || name.hasSuffix(group) { return false }
    return others.contains { key.contains($0) }
  }

  private static let others = [
    "法人", "法定代表人", "负责人", "联系人", "经办人", "举办", "上级", "主管", "总部", "总院", "分支", "分院", "母公司",
    "原", "变更前", "变更后", "上年", "上一年", "去年", "往年", "历史", "计划", "规划", "目标", "预计", "拟",
  ]

  /// Whether a cell could be the header of a column that is read.
  package func isKnown(_ header: String) -> Bool {
    switch meaning(of: header) {
    case .column, .ambiguous, .annotation: true
    case .unused, .own, .unknown: false
    }
  }

  /// What a header was probably meant to be: what it is nearest to, or what stands in it; nil where it looks like none.
  package func nearest(_ header: String) -> String? {
    let name = Self.parts(CellText.key(header)).name
    return NearestName.of(header, among: columns.map(\.field))
      ?? NearestName.of(name, among: columns.flatMap(\.names) + columns.map(\.field))
      ?? within(name)
  }

  /// The name that stands in a longer one (`目前已有床位的数量`). Passed over, such a column would leave a field empty whose
  /// absence means none.
  private func within(_ name: String) -> String? {
    let names = columns.flatMap(\.names).filter { $0.count > 2 && name.contains($0) }
    if let longest = names.max(by: { $0.count < $1.count }) { return longest }
    // What a header is about stands at its end.
    let told = columns.flatMap { column in
      column.tellingParts.compactMap { part in
        name.ranges(of: part).last.map { (end: $0.upperBound, column: column) }
      }
    }
    if let last = told.map(\.end).max() {
      return told.first { $0.end == last }?.column.names.first
    }
    let parts = name.lowercased().split { $0 == "_" || $0 == "-" || $0 == "." || $0 == " " }
    return columns.first { column in
      !column.hasCommonName && parts.contains(Substring(column.field))
    }?.field
  }

  /// How well a sheet holds a table of this kind.
  package func fit(_ file: SourceFile) -> Workbook.Fit {
    var fields: Set<String> = []
    for (name, group) in TableReader.names(of: file, isKnown: isKnown) where !name.isEmpty {
      let place = Located(name, ByteRange(start: 0, end: 0))
      let above = group.map { Located($0, place.range) }
      if case .column(let column, _) = meaning(of: place, under: above).meaning {
        fields.insert(column.field)
      }
    }
    if required.allSatisfy(fields.contains) { return .whole }
    return fields.count > 1 ? .part(fields.count) : .none
  }

  private func column(called name: String) -> Column? {
    let small = name.lowercased()
    return columns.first { $0.field == small || $0.names.contains(small) }
  }

  private func meaning(of column: Column, _ annotation: String) -> Meaning {
    let fitting: Set<String>
    switch column.cell {
    case _ where !column.units.isEmpty:
      fitting = Set(column.units.flatMap { [$0, "单位:" + $0] })
    case .wholeNumber: fitting = ["张", "个", "床", "张床", "整数", "单位:张"]
    case .percent: fitting = ["%", "百分比", "百分数", "单位:%"]
    case .number: fitting = ["分", "百分制", "满分100", "满分100分", "0-100", "单位:分"]
    case .place:
      if let datum = DatumName.datum(meaning: annotation) { return .column(column, datum) }
      fitting = [
        "经度,纬度", "纬度,经度", "经度、纬度", "纬度、经度", "经纬度", "lon,lat", "lat,lon", "lng,lat", "lat,lng",
        "十进制", "十进制度",
      ]
    case .degrees:
      if let datum = DatumName.datum(meaning: annotation) { return .column(column, datum) }
      fitting = ["°", "度", "十进制", "十进制度", "十进制度数", "小数", "单位:度", "e", "n", "东经", "北纬"]
    default: return .column(column, nil)
    }
    let general: Set<String> = ["必填", "选填", "可选", "如有", "可不填"]
    return fitting.union(general).contains(annotation.lowercased())
      ? .column(column, nil) : .annotation(column, annotation)
  }

  /// A header without the bracket at its end, or the unit after a slash or comma, and what stands in it.
  private static func parts(_ key: String) -> (name: String, annotation: String?) {
    let pairs: [(Character, Character)] = [("(", ")"), ("[", "]"), ("【", "】"), ("〔", "〕")]
    for (opening, closing) in pairs where key.last == closing {
      guard let start = key.firstIndex(of: opening), start > key.startIndex else { continue }
      return (String(key[..<start]), String(key[key.index(after: start)...].dropLast()))
    }
    if key.last == "*" || key.first == "*" { return (key.filter { $0 != "*" }, nil) }
    if key.last == "%" { return (String(key.dropLast()), "%") }
    return (key, nil)
  }
}
