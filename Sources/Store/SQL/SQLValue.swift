/// A value that goes into a statement or comes out of it.
enum SQLValue: Sendable, Hashable {
  case null
  case integer(Int)
  case text(String)
  case bytes([UInt8])

  init(_ text: String?) { self = text.map { .text($0) } ?? .null }

  init(_ number: Int?) { self = number.map { .integer($0) } ?? .null }
}

extension SQLValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
  init(stringLiteral text: String) { self = .text(text) }
  init(integerLiteral number: Int) { self = .integer(number) }
}

/// A row that a statement gave: its columns from 0.
struct SQLRow: Sendable, Hashable {
  var values: [SQLValue]

  private func value(_ column: Int) -> SQLValue {
    values.indices.contains(column) ? values[column] : .null
  }

  private func odd(_ column: Int) -> StoreError {
    .failed("column \(column) of the database has another type than expected")
  }

  func optionalText(_ column: Int) throws -> String? {
    switch value(column) {
    case .null: nil
    case .text(let text): text
    default: throw odd(column)
    }
  }

  func text(_ column: Int) throws -> String {
    guard let text = try optionalText(column) else { throw odd(column) }
    return text
  }

  func optionalInteger(_ column: Int) throws -> Int? {
    switch value(column) {
    case .null: nil
    case .integer(let number): number
    default: throw odd(column)
    }
  }

  func integer(_ column: Int) throws -> Int {
    guard let number = try optionalInteger(column) else { throw odd(column) }
    return number
  }

  func bytes(_ column: Int) throws -> [UInt8] {
    guard case .bytes(let bytes) = value(column) else { throw odd(column) }
    return bytes
  }
}
