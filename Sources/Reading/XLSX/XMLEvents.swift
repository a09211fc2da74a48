import CExpat
import Diagnostics
import Glibc

/// What one part of a workbook is read into: gets its elements as they come.
///
/// Names are local: spreadsheets use several namespaces for the same elements.
protocol XMLHandler: AnyObject {
  func start(_ name: String, _ attributes: XMLAttributes)
  func end(_ name: String)
  func text(_ bytes: UnsafeBufferPointer<UInt8>)
  /// Set where reading has to end.
  var fault: Fault? { get }
}

/// The attributes of an element, lent while it begins.
struct XMLAttributes {
  fileprivate let list: UnsafeMutablePointer<UnsafePointer<CChar>?>?

  /// The value of an attribute by its local name.
  subscript(_ name: String) -> String? {
    guard let list else { return nil }
    var place = 0
    while let key = list[place], let value = list[place + 1] {
      if strcmp(XMLEvents.localName(key), name) == 0 { return String(cString: value) }
      place += 2
    }
    return nil
  }

  /// Whether an attribute is there and true.
  func isTrue(_ name: String) -> Bool {
    let value = self[name]
    return value == "1" || value == "true"
  }
}

/// Reads XML with expat, a block at a time.
///
/// A document type declaration ends the reading: with none there are no entities but the five, no outside ones among them. So does
/// a tag or comment that goes on for too long, since expat begins with it anew at every block.
enum XMLEvents {
  private static let namespaceEnd: UInt8 = 0x0A

  /// Reads one part of a workbook into `handler`; false where there is no such part.
  static func read(
    _ part: String, of archive: inout ZipArchive, file: SourceFile, limits: ReadingLimits,
    into handler: some XMLHandler
  ) throws(Faults) -> Bool {
    guard let parser = XML_ParserCreateNS(nil, CChar(namespaceEnd)) else {
      throw Faults(ZipArchive.damaged(file))
    }
    defer { XML_ParserFree(parser) }
    let run = Run(parser, handler, limits)
    run.elements = archive.elements
    defer { archive.elements = run.elements }
    // SAFETY: `run` is kept alive until the parser is freed, by `withExtendedLifetime`.
    XML_SetUserData(parser, Unmanaged.passUnretained(run).toOpaque())
    XML_SetElementHandler(
      parser, { data, name, attributes in Run.of(data)?.start(name, attributes) },
      { data, name in Run.of(data)?.end(name) })
    XML_SetCharacterDataHandler(
      parser, { data, text, count in Run.of(data)?.text(text, count) })
    XML_SetStartDoctypeDeclHandler(
      parser, { data, _, _, _, _ in Run.of(data)?.refuse(.declaration) })
    XML_SetDefaultHandler(parser, { data, _, _ in Run.of(data)?.bytesWithoutEvent = 0 })
    return try withExtendedLifetime(run) { () throws(Faults) -> Bool in
      let isThere = try archive.read(part) { (block: UnsafeRawBufferPointer) throws(Faults) in
        run.bytesWithoutEvent += block.count
        let result = XML_Parse(
          parser, block.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(block.count), 0)
        if result != XML_STATUS_OK { throw Faults(run.fault(file, limits)) }
        if run.bytesWithoutEvent > limits.scalarBytes { throw Faults(tooLong(file, limits)) }
      }
      if isThere, XML_Parse(parser, nil, 0, 1) != XML_STATUS_OK {
        throw Faults(run.fault(file, limits))
      }
      return isThere
    }
  }

  private static func tooLong(_ file: SourceFile, _ limits: ReadingLimits) -> Fault {
    let size = ByteCount.words(limits.scalarBytes)
    return Fault(
      path: file.path, zh: "工作簿中有一个标记超过 \(size) 的上限，请重新保存",
      en: "the workbook holds a tag longer than the limit of \(size); save it again")
  }

  /// The name after its namespace.
  fileprivate static func localName(_ name: UnsafePointer<CChar>) -> UnsafePointer<CChar> {
    var start = name
    var place = name
    while place.pointee != 0 {
      if UInt8(bitPattern: place.pointee) == namespaceEnd { start = place + 1 }
      place += 1
    }
    return start
  }

  /// One reading: what the callbacks share.
  private final class Run {
    enum Refusal { case declaration, depth, elements }

    let parser: XML_Parser
    let handler: any XMLHandler
    let limits: ReadingLimits
    var depth = 0
    /// Of this part and those before it.
    var elements = 0
    /// How many bytes were taken in since the last event.
    var bytesWithoutEvent = 0
    var refusal: Refusal?

    init(_ parser: XML_Parser, _ handler: any XMLHandler, _ limits: ReadingLimits) {
      self.parser = parser
      self.handler = handler
      self.limits = limits
    }

    static func of(_ data: UnsafeMutableRawPointer?) -> Run? {
      data.map { Unmanaged<Run>.fromOpaque($0).takeUnretainedValue() }
    }

    func refuse(_ refusal: Refusal) {
      self.refusal = refusal
      XML_StopParser(parser, XML_Bool(XML_FALSE))
    }

    func start(
      _ name: UnsafePointer<CChar>?, _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?
    ) {
      bytesWithoutEvent = 0
      guard let name, refusal == nil else { return }
      depth += 1
      elements += 1
      if elements > limits.elements { return refuse(.elements) }
      if depth > limits.elementDepth { return refuse(.depth) }
      handler.start(String(cString: localName(name)), XMLAttributes(list: attributes))
      stopAtFault()
    }

    func end(_ name: UnsafePointer<CChar>?) {
      bytesWithoutEvent = 0
      guard let name, refusal == nil else { return }
      depth -= 1
      handler.end(String(cString: localName(name)))
      stopAtFault()
    }

    func text(_ text: UnsafePointer<CChar>?, _ count: Int32) {
      bytesWithoutEvent = 0
      guard let text, count > 0, refusal == nil else { return }
      text.withMemoryRebound(to: UInt8.self, capacity: Int(count)) {
        handler.text(UnsafeBufferPointer(start: $0, count: Int(count)))
      }
      stopAtFault()
    }

    private func stopAtFault() {
      if handler.fault != nil { XML_StopParser(parser, XML_Bool(XML_FALSE)) }
    }

    func fault(_ file: SourceFile, _ limits: ReadingLimits) -> Fault {
      if let fault = handler.fault { return fault }
      switch refusal {
      case .declaration:
        return Fault(
          path: file.path, zh: "工作簿中不能有文档类型声明（DOCTYPE）",
          en: "a workbook may not hold a document type declaration")
      case .depth:
        return Fault(
          path: file.path, zh: "工作簿的元素嵌套超过 \(limits.elementDepth) 层的上限",
          en: "the workbook's elements are nested deeper than the limit of \(limits.elementDepth)")
      case .elements:
        return Fault(
          path: file.path,
          zh: "工作簿的元素超过 \(limits.elements) 个的上限，请清除空单元格的格式或另存为 CSV",
          en:
            "the workbook has more than the limit of \(limits.elements) elements; clear the formats of empty cells or save it as CSV"
        )
      case nil: return ZipArchive.damaged(file)
      }
    }
  }
}
