import Checks
import Diagnostics
import Policy

/// The two files that decide a city's applications of a day, as they lie there now: what frozen inputs keep of the profiles.
package struct ProfileFiles: Sendable {
  /// `huaibei/2026-2028`.
  package let profileID: String
  /// The bytes of the profile.
  package let profile: [UInt8]
  /// The bytes of the tenant's file, in which the profile is listed.
  package let tenant: [UInt8]
  /// The id of the tenant (`liaoning` for `dalian`).
  package let tenantID: String
  /// The id of the city: of the tenant, or of the place that it covers.
  package let cityID: String
  /// What the city is called in Chinese.
  package let cityName: String
}

extension Planlint {
  /// The files of a city's tenant and of the profile that is for a day, or nearest to it.
  ///
  /// - Parameter day: `YYYY-MM-DD`.
  /// - Throws: ``InputErrors`` where the city or a profile for it is not there, or either cannot be read.
  package static func profileFiles(
    of city: String, on day: String, _ request: Request
  ) throws(InputErrors) -> ProfileFiles {
    do throws(Faults) {
      let library = try request.library()
      let tenant = try library.tenant(meaning: city)
      var options = try request.options()
      options.asOf = day
      guard let date = try options.decisionDay(), let entry = tenant.profile(on: date)?.entry,
        let tenantFile = tenant.file
      else {
        throw Faults(
          Fault(
            path: day, zh: "没有可用于该日期的政策档案", en: "expected a day that a profile is for"))
      }
      let policy = try library.policy(entry, of: tenant)
      let place = tenant.covers.first {
        ([$0.id] + $0.names + $0.codes).contains { $0.lowercased() == city.lowercased() }
      }
      return ProfileFiles(
        profileID: policy.id, profile: bytes(of: policy.source),
        tenant: bytes(of: tenantFile), tenantID: tenant.id,
        cityID: place?.id ?? tenant.id, cityName: place?.names.first ?? tenant.names.first ?? "")
    } catch {
      throw InputErrors(error)
    }
  }

  private static func bytes(of file: SourceFile) -> [UInt8] {
    file.withBytes { (bytes: UnsafeRawBufferPointer) -> [UInt8] in Array(bytes) }
  }
}
