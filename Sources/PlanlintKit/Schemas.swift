import Checks
import Policy
import PolicyDesk

extension Planlint {
  /// The kinds of file that have a schema: `applications`, `facts`, … and `report`.
  public static let schemaNames = FileSchema.allCases.map(\.rawValue)

  /// The JSON Schema (draft 2020-12) of a kind of file; nil where there is no such kind.
  ///
  /// It is made from what the kind's reader accepts, so that it rejects what planlint rejects, as far as a schema can say it.
  public static func schema(named name: String) -> String? {
    FileSchema(rawValue: name).map { $0.text(formatNames: Format.all.map(\.name)) }
  }

  /// The same for the files of a city, with the fields and words that are that city's own.
  public static func schema(
    named name: String, city: String, _ request: Request
  ) throws(InputErrors) -> String? {
    do {
      let tenant = try request.library().tenant(meaning: city)
      return FileSchema(rawValue: name).map {
        $0.text(formatNames: Format.all.map(\.name), tenant.catalogue)
      }
    } catch {
      throw InputErrors(error)
    }
  }
}
