/// Tells the rows below a table's data from data: totals, and what people write of the table itself.
///
/// The first cell that holds anything decides: `合计`, `总计：2家`, `制表人：张三`, `备注：…`. A row that gives all that a record needs
/// is data whatever stands in its first cell; that is for the reader of the table to look at. One that begins with `示例` is none.
package enum TableFooter {
  enum Kind { case total, remark, example }

  /// What the first cell of a form's example holds.
  package static let example = "示例"

  /// What a row is by its first cell; nil where it is not surely one of these.
  static func kind(_ row: borrowing CSVRow) -> Kind? {
    var column = 0
    while column < row.count, row.isEmpty(column) { column += 1 }
    let mayBe = row.withBytes(column) { (bytes: UnsafeRawBufferPointer) -> Bool in
      guard let first = bytes.first else { return false }
      // Totals in English, and whatever is not ASCII, by which most ids begin.
      return first >= 0x80 || first == 0x2A || first == 0x28 || "tTsSgG ".utf8.contains(first)
    }
    guard mayBe else { return nil }
    return kind(row.text(column))
  }

  static func kind(_ cell: String) -> Kind? {
    var text = CellText.key(cell).lowercased()
    while let first = text.first, "(【[*※".contains(first) { text.removeFirst() }
    if text == example { return .example }
    if isTotal(text) { return .total }
    return isRemark(text) ? .remark : nil
  }

  private static func isTotal(_ written: String) -> Bool {
    var text = written
    if text.hasSuffix(":") { text.removeLast() }
    if totals.contains(where: { text.hasSuffix($0) })
      || ["total", "subtotal", "grandtotal"].contains(text)
    {
      return true
    }
    // 总计:2家, 共计3家机构
    for word in totals + ["共", "total", "subtotal", "grandtotal"] where text.hasPrefix(word) {
      var rest = text.dropFirst(word.count)
      if rest.first == ":" { rest = rest.dropFirst() }
      let digits = rest.prefix { ("0"..."9").contains($0) }
      let unit = rest.dropFirst(digits.count)
      if !digits.isEmpty, unit.isEmpty || units.contains(where: { unit.hasPrefix($0) }) {
        return true
      }
    }
    return false
  }

  private static let totals = ["合计", "小计", "总计", "共计", "累计"]
  private static let units = ["家", "个", "条", "项", "张", "件", "户", "所"]

  private static func isRemark(_ text: String) -> Bool {
    guard let colon = text.firstIndex(of: ":") else { return labels.contains(text) }
    var label = text[..<colon]
    // 注1:, 备注(二):
    while let last = label.last, "0123456789一二三四五六七八九十)(".contains(last) { label.removeLast() }
    return labels.contains(String(label))
      || endings.contains { label.count <= 12 && label.hasSuffix($0) }
  }

  private static let labels: Set<String> = [
    "备注", "注", "说明", "填表说明", "填报说明", "填写说明", "附注", "附", "制表", "制表人", "填表人", "填报人",
    "审核", "审核人", "复核", "复核人", "审批人", "经办人", "负责人", "单位负责人", "主管", "主管领导", "分管领导", "录入人",
    "制单人", "统计人", "报送人", "联系人", "联系电话", "电话", "日期", "制表日期", "制表时间", "填表日期", "填表时间", "填报日期",
    "填报时间", "打印日期", "打印时间", "报送日期", "填报单位", "制表单位", "填表单位", "报送单位", "单位", "单位盖章", "盖章", "公章",
    "签字", "签名", "数据来源", "资料来源", "截至日期", "截止日期",
  ]
  /// What labels end with that are longer: 区医保局经办人, 单位(盖章).
  private static let endings = [
    "制表人", "填表人", "填报人", "审核人", "复核人", "经办人", "负责人", "联系人", "盖章", "公章", "签字", "签名", "签章",
    "填报单位", "说明",
  ]
}
