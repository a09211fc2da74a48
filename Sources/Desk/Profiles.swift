import FoundationEssentials
package import PlanlintKit

/// The policy profiles that a desk decides by, as they were when it started: all files of the folder, in memory, so that one that is
/// replaced while it runs cannot decide half a day's cases.
package struct Profiles: Sendable {
  /// A city that can be served.
  package struct City: Sendable, Hashable {
    package var id: String
    package var tenant: String
    package var name: String
  }

  /// The name that the folder goes by in memory.
  private static let name = "policies"

  package let folder: String
  package let cities: [City]
  /// By path below the folder.
  private let files: [String: [UInt8]]
  /// What every request of the desk begins with: the profiles that were read are kept in it.
  private let base: Request

  /// Reads a folder of profiles.
  ///
  /// - Throws: ``InputErrors`` where a profile is broken.
  package init(folder: String) throws {
    self.folder = folder
    files = try Self.read(folder)
    var request = Request()
    request.policies = Self.name
    request.supporting = Self.inputs(files)
    request.keepInputs()
    base = request
    cities = try Planlint.cities([], request).flatMap { listing in
      [City(id: listing.id, tenant: listing.id, name: listing.names.first ?? listing.id)]
        + listing.cities.filter { $0.id != listing.id }.map {
          City(id: $0.id, tenant: listing.id, name: $0.names.first ?? $0.id)
        }
    }
  }

  private static func read(_ folder: String) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for tenant in try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    where !tenant.hasPrefix(".") {
      guard
        let names = try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(tenant)")
      else { continue }
      for name in names.sorted() where name.hasSuffix(".yaml") && !name.hasSuffix(".tests.yaml") {
        files["\(tenant)/\(name)"] = Array(
          try Data(contentsOf: URL(filePath: "\(folder)/\(tenant)/\(name)")))
      }
    }
    return files
  }

  private static func inputs(_ files: [String: [UInt8]]) -> [Input] {
    files.sorted { $0.key < $1.key }.map {
      .memory(name: "\(name)/\($0.key)", bytes: $0.value, format: .yaml)
    }
  }

  /// The tenants of whom a file of the folder is no longer what it was.
  package func replacedTenants() -> Set<String> {
    let now = (try? Self.read(folder)) ?? [:]
    let names = Set(files.keys).union(now.keys).filter { files[$0] != now[$0] }
    return Set(names.map { String($0.prefix { $0 != "/" }) })
  }

  package func city(_ id: String) -> City? { cities.first { $0.id == id } }

  /// A request that decides by these profiles.
  package func request(_ city: String) -> Request {
    var request = base
    request.city = city
    return request
  }

  /// A request that decides by two files of its own alone.
  func frozenRequest() -> Request {
    var request = base
    request.policies = nil
    request.supporting = []
    return request
  }
}
