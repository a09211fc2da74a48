/// How cells of the workbooks that planlint writes look, each with the number of its style in them.
package enum CellStyle: Int, CaseIterable, Sendable {
  case plain
  /// Large and bold, for the first line of a sheet.
  case title
  /// The name of a column.
  case header
  /// The name of a column that has to be filled in.
  case neededHeader
  /// To be filled in with text: codes, days and coordinates stay as they are typed.
  case entry
  /// To be filled in with a number.
  case number
  /// An example, which is not to be changed.
  case example
  /// Not to be filled in.
  case closed
  /// Running text.
  case wrapped
  /// The name of a part of running text.
  case strong
  case passes, fails, isOpen, lacks
  /// Holds something that is at fault.
  case fault

  /// Index of font, of fill, of border; whether it is wrapped; whether it can be changed in a protected sheet.
  private var form: (font: Int, fill: Int, border: Int, isWrapped: Bool, isOpen: Bool) {
    switch self {
    case .plain: (0, 0, 0, false, true)
    case .title: (2, 0, 0, false, false)
    case .header: (1, 2, 1, true, false)
    case .neededHeader: (1, 3, 1, true, false)
    case .entry, .number: (0, 0, 1, false, true)
    case .example: (3, 4, 1, false, false)
    case .closed: (3, 4, 1, false, false)
    case .wrapped: (0, 0, 0, true, false)
    case .strong: (1, 0, 0, true, false)
    case .passes: (1, 5, 1, true, false)
    case .fails: (1, 6, 1, true, false)
    case .isOpen, .lacks: (1, 3, 1, true, false)
    case .fault: (0, 6, 1, true, false)
    }
  }

  /// Whether long text goes on in further lines.
  var isWrapped: Bool { form.isWrapped }

  /// Of a number as it comes, or of text whatever is typed.
  private var format: Int { self == .number ? 0 : 49 }

  /// The part of a workbook that says what its styles are.
  static var part: String {
    let face = "<name val=\"等线\"/><family val=\"2\"/><charset val=\"134\"/>"
    let fonts = [
      "<sz val=\"11\"/>", "<b/><sz val=\"11\"/>", "<b/><sz val=\"14\"/>",
      "<i/><sz val=\"11\"/><color rgb=\"FF7F7F7F\"/>",
    ].map { $0 + face }
    let fills = ["D9E2F3", "FFE699", "EDEDED", "E2EFDA", "F8CBAD"].map {
      "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FF\($0)\"/><bgColor indexed=\"64\"/></patternFill></fill>"
    }
    let side = " style=\"thin\"><color rgb=\"FFBFBFBF\"/></"
    let sides = ["left", "right", "top", "bottom"].map { "<\($0)\(side)\($0)>" }.joined()
    let cells = allCases.map { style in
      let form = style.form
      let wrap = form.isWrapped ? " wrapText=\"1\"" : ""
      return
        "<xf numFmtId=\"\(style.format)\" fontId=\"\(form.font)\" fillId=\"\(form.fill)\" borderId=\"\(form.border)\" xfId=\"0\""
        + " applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\" applyProtection=\"1\">"
        + "<alignment vertical=\"\(form.isWrapped ? "top" : "center")\"\(wrap)/>"
        + "<protection locked=\"\(form.isOpen ? 0 : 1)\"/></xf>"
    }
    return XMLPart.head
      + "<styleSheet xmlns=\"\(XMLPart.main)\"><fonts count=\"\(fonts.count)\">"
      + fonts.map { "<font>\($0)</font>" }.joined()
      + "</fonts><fills count=\"\(fills.count + 2)\"><fill><patternFill patternType=\"none\"/></fill>"
      + "<fill><patternFill patternType=\"gray125\"/></fill>\(fills.joined())</fills>"
      + "<borders count=\"2\"><border><left/><right/><top/><bottom/><diagonal/></border>"
      + "<border>\(sides)<diagonal/></border></borders>"
      + "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
      + "<cellXfs count=\"\(cells.count)\">\(cells.joined())</cellXfs>"
      + "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>"
  }
}
