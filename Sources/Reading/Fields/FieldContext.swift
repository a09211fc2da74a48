package import Diagnostics

/// What readers of fields share: the file that places point into and the faults gathered so far.
package struct FieldContext: Sendable {
  package let file: SourceFile
  package let limits: ReadingLimits
  package var faults: FaultCollector
  /// The name of the field being read, for messages; empty at the top.
  package var field = ""
  /// What the reader accepts, where that is wanted and not a value; one at most, nil while values are read.
  var described: [FieldSchema]?
  /// What the file calls fields where it does not call them by their names: the headers of a table's columns.
  package var columnNames: [String: String] = [:]
  /// What was understood in one way among several before the fields were read.
  package var readings = Readings()

  package init(
    _ file: SourceFile, faults: FaultCollector = FaultCollector(), limits: ReadingLimits = .standard
  ) {
    self.file = file
    self.faults = faults
    self.limits = limits
  }

  /// Adds a fault at a place, named after the field being read.
  ///
  /// - Parameters:
  ///   - meant: the name that was probably meant, with which the message ends.
  ///   - isBlank: whether nobody has filled it in.
  package mutating func fault(
    _ range: ByteRange, zh: String, en: String, meant: Meant? = nil, isBlank: Bool = false
  ) {
    let name = field.isEmpty ? "" : Quoting.code(columnNames[field] ?? field)
    var fault = Fault(
      file, range, zh: name.isEmpty ? zh : name + "：" + zh,
      en: name.isEmpty ? en : name + ": " + en, meant: meant)
    fault.isBlank = isBlank
    faults.add(fault)
  }

  /// Adds that nobody has filled in a field.
  ///
  /// - Parameter meaning: what documents call it, as far as that is known.
  package mutating func blank(
    _ key: String, _ range: ByteRange, _ meaning: Bilingual?, isRequired: Bool
  ) {
    let code = Quoting.code(key)
    let zh = meaning.map { "\(code)（\($0.zh)）" } ?? "\(code) "
    let en = meaning.map { "\(code) (\($0.en))" } ?? code
    fault(
      range, zh: zh + "尚未填写" + (isRequired ? "，此项必填" : "；不掌握或不适用的，删去整行"),
      en: en
        + (isRequired
          ? " is blank; expected a value"
          : " is blank; fill it in, or delete the line where it is not known or does not apply"),
      isBlank: true)
  }

  /// Adds "expected …, found …" at a value.
  package mutating func expected(_ what: Bilingual, _ node: Node, hint: Bilingual? = nil) {
    let found = node.found
    fault(
      node.range, zh: "应为\(what.zh)，实际为\(found.zh)" + (hint?.zh ?? ""),
      en: "expected \(what.en), found \(found.en)" + (hint?.en ?? ""), isBlank: node.isBlank)
  }
}
