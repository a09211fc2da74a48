import Diagnostics

/// The faults of structure that formats have in common.
enum Structure {
  static func duplicateKey(
    _ key: String, _ range: ByteRange, earlier: ByteRange, _ file: SourceFile
  ) -> Fault {
    let line = file.lineNumber(of: earlier.start)
    let code = Quoting.code(key)
    return Fault(
      file, range, zh: "字段 \(code) 重复，第 \(line) 行已经写过，请删去其中一个",
      en: "the field \(code) is given twice, first on line \(line); remove one of them"
    ).related(to: earlier, zh: "先写在这里", en: "given here first")
  }

  static func tooDeep(_ range: ByteRange, _ limits: ReadingLimits, _ file: SourceFile) -> Fault {
    Fault(
      file, range, zh: "嵌套超过 \(limits.depth) 层的上限",
      en: "lists and mappings are nested deeper than the limit of \(limits.depth) levels")
  }

  static func tooLongScalar(
    _ range: ByteRange, _ limits: ReadingLimits, _ file: SourceFile
  ) -> Fault {
    let size = ByteCount.words(limits.scalarBytes)
    return Fault(
      file, range, zh: "单个值超过 \(size) 的上限，请缩短",
      en: "a single value is longer than the limit of \(size); shorten it")
  }

  static func tooManyNodes(
    _ range: ByteRange, _ limits: ReadingLimits, _ file: SourceFile
  ) -> Fault {
    Fault(
      file, range, zh: "文档或一条记录超过 \(limits.treeNodes) 个值的上限",
      en: "a document or record holds more than the limit of \(limits.treeNodes) values")
  }

  static func treeTooLarge(_ start: Int, _ limits: ReadingLimits, _ file: SourceFile) -> Fault {
    let size = ByteCount.words(limits.treeBytes)
    return Fault(
      file, ByteRange(start: start, end: start),
      zh: "始于此处的文档或记录超过 \(size) 的上限，请分成几个文件",
      en: "the document or record that begins here is larger than the limit of \(size); split it")
  }
}
