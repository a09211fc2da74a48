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

  /// The same inputs as one workbook to be filled in, with the sheets 申请, 名册, 基础数据 and 填表说明.
  public static func starterWorkbook(
    city: String, year: Int?, language: Language, _ request: Request
  ) throws(InputErrors) -> StarterBook {
    do {
      return StarterBook(
        StarterWorkbook(
          try StarterFiles(
            try request.library(), city: city, profile: request.profile, year: year,
            language: language)))
    } catch {
      throw InputErrors(error)
    }
  }
}

/// A workbook to fill in, as `planlint init --form xlsx` writes it.
public struct StarterBook: Sendable {
  private let workbook: StarterWorkbook

  fileprivate init(_ workbook: StarterWorkbook) { self.workbook = workbook }

  /// Writes it; `destination` takes a block at a time and returns false where it wants no more.
  ///
  /// - Returns: false where the destination wanted no more before the end.
  @discardableResult
  public func write(to destination: @escaping (UnsafeRawBufferPointer) -> Bool) -> Bool {
    workbook.write(to: destination)
  }
}
