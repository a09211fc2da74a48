import PolicyDesk
public import Diagnostics

extension Planlint {
  /// The beginning of a city's profile, made from the text of its document: a tenant, its sentences that bind, tests, and what is left
  /// to do.
  ///
  /// - Parameters:
  ///   - document: the text, in UTF-8.
  ///   - city: the id of the new tenant.
  ///   - name: the city in Chinese; nil takes it from the title.
  ///   - code: its GB/T 2260 code, as far as it is known.
  ///   - years: the span of the profile; nil takes it from the title.
  ///   - language: that of the comments and of the list of what is left to do.
  public static func profileSkeleton(
    document: String, city: String, name: String?, code: String?, years: ClosedRange<Int>?,
    language: Language
  ) throws(InputErrors) -> [StarterFile] {
    do {
      return try ProfileSkeleton(
        reading: document, city: city, name: name, code: code, years: years,
        digest: Digest.sha256, language: language
      ).files.map { StarterFile(name: $0.name, text: $0.text) }
    } catch {
      throw InputErrors(error)
    }
  }
}
