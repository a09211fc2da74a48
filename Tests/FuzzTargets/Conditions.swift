import Diagnostics
import Expression

/// Conditions as a profile writes them: compiled, and evaluated with data missing and with every value that might be missing.
enum Conditions {
  private static let kind = SymbolType("kind", values: ["clinic", "hospital", "retail_pharmacy"])

  private static let environment = Environment(variables: [
    .init("beds", .decimal), .init("residents", .decimal), .init("limit", .decimal),
    .init("flag", .bool), .init("kind", .symbol(kind)), .init("requests", .list(.symbol(kind))),
    .init("name", .string), .init("numbers", .list(.decimal)),
  ])

  private final class Given: Activation {
    private let values: [Value]
    let decidesByBounds: Bool

    init(_ values: [Value], decidesByBounds: Bool) {
      self.values = values
      self.decidesByBounds = decidesByBounds
    }

    func value(slot: Int) -> Value { slot < values.count ? values[slot] : .null }
  }

  private static func values(_ beds: Value, _ flag: Value) -> [Value] {
    [
      beds, .decimal(Exact(1_000_000)), .decimal(Exact(decimal: "7.4") ?? .zero), flag,
      .string("clinic"), .list([.string("clinic"), .string("hospital")]), .string("某某诊所"),
      .list([.decimal(.zero), .decimal(.one), .decimal(Exact(decimal: "-2.5") ?? .one)]),
    ]
  }

  private static let missingBeds = Value.unknown(
    UnknownSet(Unknown(path: "beds", domain: .number(minimum: .zero, maximum: Exact(10_000)))))
  private static let missingFlag = Value.unknown(UnknownSet(Unknown(path: "flag", domain: .bool)))

  /// What comes out while data are missing has to come out whatever they are.
  static func tried(with bytes: [UInt8]) -> Trial {
    let source = String(decoding: bytes, as: UTF8.self)
    let program: Program
    do {
      program = try compile(source, as: nil, in: environment)
    } catch {
      if let broken = broken(error, source) { return .broken(broken) }
      return .held(
        told: error.errors.map { "\($0.range.start)..\($0.range.end): \($0.message.en)" })
    }
    for decidesByBounds in [false, true] {
      let activation = Given(
        values(missingBeds, missingFlag), decidesByBounds: decidesByBounds)
      guard let known = try? program.evaluate(activation), !holdsUnknown(known) else { continue }
      for beds in [0, 1, 5, 7_399, 7_400, 7_401, 9_999, 10_000] {
        for flag in [Value.yes, .no] {
          let given = Given(values(.decimal(Exact(beds)), flag), decidesByBounds: false)
          guard let value = try? program.evaluate(given) else {
            return .broken("known to be \(known.text) without data, an error with \(beds) beds")
          }
          if value.text != known.text {
            return .broken(
              "known to be \(known.text) without data, \(value.text) with \(beds) beds")
          }
        }
      }
    }
    return .held(told: ["compiled"])
  }

  private static func holdsUnknown(_ value: Value) -> Bool {
    switch value {
    case .unknown: true
    case .list(let items): items.contains(where: holdsUnknown)
    case .null, .bool, .int, .uint, .decimal, .string, .bytes, .timestamp, .duration, .type: false
    case .map, .table, .record: true
    }
  }

  private static func broken(_ errors: ExpressionErrors, _ source: String) -> String? {
    let size = source.utf8.count
    if errors.errors.isEmpty { return "an error without one" }
    for error in errors.errors {
      if error.message.zh.isEmpty || error.message.en.isEmpty { return "an error says nothing" }
      if error.range.start > error.range.end || error.range.end > size {
        return "an error is at \(error.range) of \(size) bytes: \(error.message.en)"
      }
    }
    return nil
  }
}
