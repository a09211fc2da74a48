import Foundation
import TestSupport

/// The profiles of the repository, for tests.
enum Profiles {
  static let all = [
    "huaibei/2026-2028", "liaoning/2026-2030", "tianmen/2021-2025", "wuhan/2026-2030",
    "xian/2025-2027",
  ]

  static func path(_ id: String) -> String { "\(Golden.root)/policies/\(id).yaml" }

  static func testsPath(_ id: String) -> String { "\(Golden.root)/policies/\(id).tests.yaml" }

  static func tenantPath(_ id: String) -> String {
    "\(Golden.root)/policies/\(id.prefix { $0 != "/" })/tenant.yaml"
  }

  static func text(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }
}
