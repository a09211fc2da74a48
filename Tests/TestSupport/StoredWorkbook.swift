package import Diagnostics

/// A workbook of one sheet, put together without packing, so that tests can write what no program would.
package struct StoredWorkbook {
  package var sheet = "<sheetData/>"
  package var sharedTexts = ""
  package var styles = ""
  package var workbook =
    "<sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets>"
  package var sheetTarget = "worksheets/sheet1.xml"
  /// Before the sheet's root.
  package var prolog = ""

  private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

  package init() {}

  package var parts: [(name: String, text: String)] {
    [
      (
        "_rels/.rels",
        "<Relationships><Relationship Id=\"r1\" Type=\"\(Self.office)/officeDocument\" Target=\"/xl/workbook.xml\"/></Relationships>"
      ),
      (
        "xl/workbook.xml",
        "<workbook xmlns=\"\(Self.main)\" xmlns:r=\"\(Self.office)\">\(workbook)</workbook>"
      ),
      (
        "xl/_rels/workbook.xml.rels",
        "<Relationships><Relationship Id=\"r1\" Type=\"\(Self.office)/worksheet\" Target=\"\(sheetTarget)\"/>"
          + "<Relationship Id=\"r2\" Type=\"\(Self.office)/sharedStrings\" Target=\"sharedStrings.xml\"/>"
          + "<Relationship Id=\"r3\" Type=\"\(Self.office)/styles\" Target=\"./styles.xml\"/></Relationships>"
      ),
      ("xl/sharedStrings.xml", "<sst>\(sharedTexts)</sst>"),
      ("xl/styles.xml", "<styleSheet>\(styles)</styleSheet>"),
      (
        "xl/worksheets/sheet1.xml",
        "\(prolog)<worksheet xmlns=\"\(Self.main)\">\(sheet)</worksheet>"
      ),
    ]
  }

  package var file: SourceFile { SourceFile(path: "w.xlsx", bytes: Self.zipped(parts)) }

  /// A ZIP container of stored parts; `isLarge` writes its numbers as large ones are written (zip64), whatever they are, and
  /// `isDeflated` packs the parts, without making them smaller.
  package static func zipped(
    _ parts: [(name: String, text: String)], flags: UInt16 = 0, isLarge: Bool = false,
    isDeflated: Bool = false
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    var directory: [UInt8] = []
    for part in parts {
      let data = Array(part.text.utf8)
      let packed = isDeflated ? deflated(data) : data
      let name = Array(part.name.utf8)
      let common =
        two(20) + two(flags) + two(isDeflated ? 8 : 0) + two(0) + two(0x21) + four(checksum(data))
        + four(UInt32(packed.count)) + four(UInt32(data.count)) + two(UInt16(name.count)) + two(0)
      let start = UInt32(bytes.count)
      bytes += four(0x0403_4B50) + common + name + packed
      if isLarge {
        let size = UInt64(data.count)
        let head: [[UInt8]] = [
          four(0x0201_4B50), two(45), Array(common.prefix(14)), four(.max), four(.max),
          two(UInt16(name.count)), two(32), two(0), two(0), two(0), four(0), four(.max), name,
        ]
        let extra: [[UInt8]] = [
          two(7), two(0), two(1), two(24), eight(size), eight(UInt64(packed.count)),
          eight(UInt64(start)),
        ]
        directory += head.joined()
        directory += extra.joined()
        continue
      }
      directory +=
        four(0x0201_4B50) + two(20) + common + two(0) + two(0) + two(0) + four(0) + four(start)
        + name
    }
    let start = UInt32(bytes.count)
    let count = UInt16(parts.count)
    bytes += directory
    if isLarge {
      let record = UInt64(bytes.count)
      let end: [[UInt8]] = [
        four(0x0606_4B50), eight(44), two(45), two(45), four(0), four(0), eight(UInt64(count)),
        eight(UInt64(count)), eight(UInt64(directory.count)), eight(UInt64(start)),
        four(0x0706_4B50), four(0), eight(record), four(1), four(0x0605_4B50), four(0),
        four(.max), four(.max), four(.max), two(0),
      ]
      bytes += end.joined()
      return bytes
    }
    bytes +=
      four(0x0605_4B50) + two(0) + two(0) + two(count) + two(count)
      + four(UInt32(directory.count)) + four(start) + two(0)
    return bytes
  }

  /// A stream of blocks that hold their bytes as they are (RFC 1951, 3.2.4).
  private static func deflated(_ data: [UInt8]) -> [UInt8] {
    let blocks = stride(from: 0, to: max(data.count, 1), by: 0xFFFF).map { start in
      let block = data[start..<min(start + 0xFFFF, data.count)]
      let count = UInt16(block.count)
      return [start + 0xFFFF >= data.count ? 1 : 0] + two(count) + two(~count) + block
    }
    return Array(blocks.joined())
  }

  private static func two(_ value: UInt16) -> [UInt8] {
    [UInt8(value & 0xFF), UInt8(value >> 8)]
  }

  private static func four(_ value: UInt32) -> [UInt8] {
    two(UInt16(value & 0xFFFF)) + two(UInt16(value >> 16))
  }

  private static func eight(_ value: UInt64) -> [UInt8] {
    four(UInt32(value & 0xFFFF_FFFF)) + four(UInt32(value >> 32))
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var sum: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 0 ? sum >> 1 : sum >> 1 ^ 0xEDB8_8320 }
    }
    return ~sum
  }
}
