import PolicyDesk
public import Diagnostics

/// A file to fill in, as `planlint init` writes it.
public struct StarterFile: Sendable {
  /// The name it goes by beside the others (`facts.yaml`).
  public var name: String
  /// What stands in it.
  public var text: String
}

extension Planlint {
  /// The inputs that the rules of a city's profile need, with comments and nothing filled in.
  ///
  /// `year` nil takes the first year of the profile's span.
  public static func starterFiles(
    city: String, year: Int?, language: Language, _ request: Request
  ) throws(InputErrors) -> [StarterFile] {
    do {
      return try StarterFiles(
        try request.library(), city: city, profile: request.profile, year: year,
        language: language
      ).files.map { StarterFile(name: $0.name, text: $0.text) }
    } catch {
      throw InputErrors(error)
    }
  }
}
