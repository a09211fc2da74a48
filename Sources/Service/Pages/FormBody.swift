/// What a form was sent with: its fields by name, in their order, and the files chosen in it.
struct FormBody: Sendable {
  struct File: Sendable {
    var name: String
    var bytes: [UInt8]
  }

  /// More fields than this no page has.
  static let mostFields = 2_000

  private(set) var fields: [(name: String, value: String)] = []
  private(set) var files: [String: File] = [:]

  init(_ fields: [(name: String, value: String)] = []) { self.fields = fields }

  /// The first value of a name; a text of several lines has its ends as `\n`.
  subscript(_ name: String) -> String? { fields.first { $0.name == name }?.value }

  func all(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

  /// Reads `application/x-www-form-urlencoded` or `multipart/form-data`.
  ///
  /// - Throws: a ``Problem`` of 415 where it is neither, of 400 where it is broken.
  init(_ request: WebRequest) throws {
    switch request.mediaType {
    case "application/x-www-form-urlencoded"?: try readPairs(request.body)
    case "multipart/form-data"?:
      guard let boundary = Self.parameter("boundary", of: request.headers["content-type"] ?? ""),
        !boundary.isEmpty, boundary.utf8.count <= 70
      else { throw Self.broken }
      try readParts(request.body[...], Array(("--" + boundary).utf8))
    default:
      throw Problem(415, "media-type", zh: "应为表单", en: "expected a form")
    }
  }

  private static let broken = Problem(
    400, "bad-form", zh: "表单内容残缺，或不是 UTF-8", en: "the form is broken, or not UTF-8")

  private mutating func add(_ name: String, _ value: String) throws {
    if fields.count == Self.mostFields {
      throw Problem(
        413, "too-many-fields", zh: "表单字段超过 \(Self.mostFields) 个",
        en: "expected at most \(Self.mostFields) fields")
    }
    // Browsers send line ends as CR LF.
    fields.append((name, value.contains("\r\n") ? value.replacing("\r\n", with: "\n") : value))
  }

  private mutating func readPairs(_ body: [UInt8]) throws {
    for pair in body.split(separator: UInt8(ascii: "&")) {
      let parts = pair.split(
        separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      func decoded(_ bytes: ArraySlice<UInt8>) throws -> String {
        let spaced = bytes.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 }
        guard let text = String(validating: spaced, as: UTF8.self)?[...].percentDecoded else {
          throw Self.broken
        }
        return text
      }
      try add(try decoded(parts[0]), parts.count > 1 ? try decoded(parts[1]) : "")
    }
  }

  // MARK: - multipart/form-data (RFC 7578)

  private mutating func readParts(_ body: ArraySlice<UInt8>, _ mark: [UInt8]) throws {
    let ends = Self.places(of: mark, in: body)
    guard ends.count > 1 else { throw Self.broken }
    for (start, end) in zip(ends, ends.dropFirst()) {
      var part = body[(start + mark.count)..<end]
      guard part.starts(with: [13, 10]), part.count >= 4, part.suffix(2).elementsEqual([13, 10])
      else { throw Self.broken }
      part = part.dropFirst(2).dropLast(2)
      guard let gap = Self.places(of: [13, 10, 13, 10], in: part, atMost: 1).first else {
        throw Self.broken
      }
      let bytes = Array(part[(gap + 4)...])
      guard let head = String(validating: part[..<gap], as: UTF8.self) else { throw Self.broken }
      let disposition = head.split(separator: "\r\n").first {
        $0.lowercased().hasPrefix("content-disposition:")
      }
      guard let disposition, let name = Self.parameter("name", of: String(disposition)) else {
        throw Self.broken
      }
      if let file = Self.parameter("filename", of: String(disposition)) {
        if !file.isEmpty || !bytes.isEmpty { files[name] = File(name: file, bytes: bytes) }
      } else {
        guard let value = String(validating: bytes, as: UTF8.self) else { throw Self.broken }
        try add(name, value)
      }
    }
  }

  /// Where some bytes stand, one after the other.
  private static func places(
    of bytes: [UInt8], in body: ArraySlice<UInt8>, atMost most: Int = mostFields + 2
  ) -> [Int] {
    var found: [Int] = []
    var index = body.startIndex
    guard let first = bytes.first else { return [] }
    while index + bytes.count <= body.endIndex, found.count < most {
      guard let next = body[index...].firstIndex(of: first), next + bytes.count <= body.endIndex
      else { break }
      if body[next..<(next + bytes.count)].elementsEqual(bytes) {
        found.append(next)
        index = next + bytes.count
      } else {
        index = next + 1
      }
    }
    return found
  }

  /// A parameter of a header, in quotation marks or without.
  static func parameter(_ name: String, of header: String) -> String? {
    for part in parts(of: header).dropFirst() {
      let pair = part.drop { $0 == " " }
      guard pair.lowercased().hasPrefix(name + "=") else { continue }
      var value = pair.dropFirst(name.count + 1)
      while value.last == " " { value.removeLast() }
      if value.first == "\"", value.last == "\"", value.count > 1 {
        value = value.dropFirst().dropLast()
      }
      // Browsers write these three so within quotation marks.
      return String(value).replacing("%22", with: "\"").replacing("%0D", with: "\r")
        .replacing("%0A", with: "\n")
    }
    return nil
  }
  /// What stands between the semicolons of a header that are in no quotation marks.
  private static func parts(of header: String) -> [Substring] {
    var parts: [Substring] = []
    var start = header.startIndex
    var isQuoted = false
    for index in header.indices {
      if header[index] == "\"" { isQuoted.toggle() }
      guard header[index] == ";", !isQuoted else { continue }
      parts.append(header[start..<index])
      start = header.index(after: index)
    }
    return parts + [header[start...]]
  }
}
