internal import CPostgreSQL
import Glibc

/// One connection to a PostgreSQL server. Its calls block.
///
/// SAFETY: libpq lets a connection be used by any thread, one at a time: whoever took it from ``PostgreSQLPool`` has it alone until it
/// is given back.
final class PostgreSQLConnection: @unchecked Sendable {
  private let connection: OpaquePointer
  private let address: PostgreSQLAddress

  /// Connects, and sets what every transaction relies on.
  init(_ address: PostgreSQLAddress, _ limits: PostgreSQLLimits) throws {
    var options = [
      "connect_timeout": String(limits.connectSeconds), "application_name": "planlintd",
      "keepalives_idle": "30", "keepalives_interval": "10", "keepalives_count": "3",
      "tcp_user_timeout": "60000",
    ]
    options.merge(address.options) { $1 }
    options["client_encoding"] = "UTF8"
    let sorted = options.sorted { $0.key < $1.key }
    let names = sorted.map { strdup($0.key) }
    let values = sorted.map { strdup($0.value) }
    defer { (names + values).forEach { free($0) } }
    let opened = PQconnectdbParams(
      names.map { UnsafePointer($0) } + [nil], values.map { UnsafePointer($0) } + [nil], 0)
    guard let opened else { throw StoreError.failed("no memory for a connection to PostgreSQL") }
    connection = opened
    self.address = address
    // Notices are for people at a terminal.
    PQsetNoticeReceiver(opened, { _, _ in }, nil)
    guard PQstatus(opened) == CONNECTION_OK else { throw failure(nil) }
    try execute(
      """
      SET search_path = planlint, pg_temp; SET lock_timeout = '\(limits.waitSeconds)s';
      SET statement_timeout = '\(limits.statementSeconds)s';
      SET idle_in_transaction_session_timeout = '\(limits.idleSeconds)s'
      """)
  }

  deinit { PQfinish(connection) }

  /// Whether it is of no use any more.
  var isBroken: Bool { PQstatus(connection) != CONNECTION_OK }

  /// Whether no transaction is under way.
  var isIdle: Bool { !isBroken && PQtransactionStatus(connection) == PQTRANS_IDLE }

  var serverVersion: Int { Int(PQserverVersion(connection)) }

  /// Does what needs no values, perhaps several statements.
  ///
  /// - Returns: what the server calls that which was done last; `ROLLBACK` where a commit could not be.
  @discardableResult func execute(_ statements: String) throws -> String {
    let result = PQexec(connection, statements)
    defer { PQclear(result) }
    try hold(result)
    return PQcmdStatus(result).map { String(cString: $0) } ?? ""
  }

  func rows(_ statement: String, _ values: [SQLValue] = []) throws -> [SQLRow] {
    let result = try send(statement, values)
    defer { PQclear(result) }
    let columns = PQnfields(result)
    return (0..<PQntuples(result)).map { row in
      SQLRow(values: (0..<columns).map { column in SQLValue(result, row, column) })
    }
  }

  @discardableResult func run(_ statement: String, _ values: [SQLValue]) throws -> Int {
    let result = try send(statement, values)
    defer { PQclear(result) }
    return PQcmdTuples(result).flatMap { Int(String(cString: $0)) } ?? 0
  }

  /// Texts go as texts, bytes as they are; what comes back is binary.
  private func send(_ statement: String, _ values: [SQLValue]) throws -> OpaquePointer? {
    var bytes: [UInt8] = []
    var starts: [Int?] = []
    var lengths: [Int32] = []
    var formats: [Int32] = []
    for value in values {
      let start = bytes.count
      switch value {
      case .null: break
      case .integer(let number): bytes += String(number).utf8
      case .text(let text): bytes += text.withoutNuls.utf8
      case .bytes(let own): bytes += own
      }
      starts.append(value == .null ? nil : start)
      lengths.append(Int32(clamping: bytes.count - start))
      if case .bytes = value { formats.append(1) } else { formats.append(0) }
      bytes.append(0)
    }
    let result = bytes.withUnsafeBufferPointer { buffer in
      buffer.withMemoryRebound(to: CChar.self) { buffer in
        let pointers = starts.map { start in
          start.flatMap { start in buffer.baseAddress.map { $0 + start } }
        }
        return PQexecParams(
          connection, statement, Int32(values.count), nil, pointers, lengths, formats, 1)
      }
    }
    do {
      try hold(result)
    } catch {
      PQclear(result)
      throw error
    }
    return result
  }

  private func hold(_ result: OpaquePointer?) throws {
    switch PQresultStatus(result) {
    case PGRES_COMMAND_OK, PGRES_TUPLES_OK: return
    default: throw failure(result)
    }
  }

  private func failure(_ result: OpaquePointer?) -> StoreError {
    func field(_ letter: Unicode.Scalar) -> String? {
      PQresultErrorField(result, Int32(letter.value)).map { String(cString: $0) }
    }
    // SQLSTATE and the message alone: the details have what was written.
    let state = field("C") ?? ""
    let told = field("M") ?? PQerrorMessage(connection).map { String(cString: $0) } ?? ""
    let lines = address.withoutSecrets(told).split(whereSeparator: \.isNewline)
    let message = lines.map { $0.drop { $0 == "\t" } }.joined(separator: "; ")
    switch state {
    case "55P03": return .failed("another act holds the city for too long: \(message)")
    case let state where state.hasPrefix("23"): return .refused(message)
    default: return .failed("PostgreSQL: \(message)\(state.isEmpty ? "" : " (\(state))")")
    }
  }
}

extension SQLValue {
  /// A value of a binary result.
  fileprivate init(_ result: OpaquePointer?, _ row: Int32, _ column: Int32) {
    guard PQgetisnull(result, row, column) == 0, let start = PQgetvalue(result, row, column) else {
      self = .null
      return
    }
    let bytes = UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(result, row, column)))
    // The numbers that PostgreSQL's catalogue has for its types; it calls them OIDs.
    switch PQftype(result, column) {
    case 17: self = .bytes(Array(bytes))
    case 20:
      self = .integer(
        Int(Int64(truncatingIfNeeded: bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) })))
    case 23:
      self = .integer(
        Int(Int32(truncatingIfNeeded: bytes.reduce(UInt32(0)) { $0 << 8 | UInt32($1) })))
    case 16: self = .integer(bytes.first == 1 ? 1 : 0)
    default: self = .text(String(decoding: bytes, as: UTF8.self).withNuls)
    }
  }
}

extension String {
  /// The text as PostgreSQL can keep it, which has no place for U+0000: that is written U+0001 `0`, and U+0001 U+0001 `1`.
  fileprivate var withoutNuls: String {
    if !utf8.contains(where: { $0 < 2 }) { return self }
    return String(
      decoding: utf8.flatMap { $0 < 2 ? [1, UInt8(ascii: "0") + $0] : [$0] }, as: UTF8.self)
  }

  /// The text that was written so.
  fileprivate var withNuls: String {
    if !utf8.contains(1) { return self }
    var bytes: [UInt8] = []
    var rest = utf8.makeIterator()
    while let byte = rest.next() {
      bytes.append(byte == 1 ? (rest.next() == UInt8(ascii: "0") ? 0 : 1) : byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
