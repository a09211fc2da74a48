import Diagnostics

@testable import Expression

/// What the tests of policies speak of: an application, two areas and the neighbours of the applicant.
enum District {
  static let kind = SymbolType("kind", values: ["clinic", "hospital", "retail_pharmacy"])
  static let application = RecordType(
    "application",
    fields: [
      .init("kind", .symbol(kind)), .init("requests", .list(.symbol(kind))), .init("beds", .int),
      .init("note", .string),
    ])
  static let area = RecordType(
    "area", fields: [.init("beds", .decimal), .init("residents", .decimal)])

  static let environment = Environment(variables: [
    .init("application", .record(application)), .init("district", .record(area)),
    .init("city", .record(area)), .init("neighbours", .list(.record(area))),
    .init("limit", .decimal), .init("table", .map(.symbol(kind), .int)), .init("flag", .bool),
  ])

  static func missing(_ path: String) -> Value {
    .unknown(UnknownSet(Unknown(path: path, domain: .number(minimum: .zero, maximum: nil))))
  }

  static func area(_ beds: Value, _ residents: Value) -> Value {
    .record(TestRecord(area, [beds, residents]))
  }

  static func number(_ value: Int) -> Value { .decimal(Exact(value)) }

  static func activation(beds: Value = number(7400), residents: Value = number(1_000_000))
    -> ListActivation
  {
    ListActivation([
      .record(
        TestRecord(
          application, [.string("clinic"), .list([.string("hospital")]), .int(12), .null])),
      area(beds, residents), area(number(7400), number(1_000_000)),
      .list([area(number(1), number(2)), area(number(3), missing("neighbours[1].residents"))]),
      .decimal(Exact(decimal: "7.4") ?? .zero), .map((try? MapValue([])) ?? emptyMap), .yes,
    ])
  }

  private static var emptyMap: MapValue { preconditionFailure("an empty map has no wrong keys") }

  /// What an expression comes to, as text; errors in words.
  static func outcome(
    _ source: String, in environment: Environment = environment,
    _ activation: ListActivation = activation()
  ) -> String {
    do {
      let program = try compile(source, as: nil, in: environment)
      return try program.evaluate(activation).text
    } catch let error as ExpressionErrors {
      return error.errors.map { error in
        let text = Array(source.utf8)[error.range.start..<error.range.end]
        return String(decoding: text, as: UTF8.self) + " | " + error.message.en
      }.joined(separator: "\n")
    } catch let error as EvaluationError {
      return error.message.en
    } catch { return "\(error)" }
  }
}
