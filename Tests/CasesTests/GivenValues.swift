import Expression

@testable import Cases

extension Application {
  /// What it gives for a field that every tenant has.
  func given(_ name: String) -> Value? {
    Catalogue.builtIn.applicationEntry(name).flatMap { value(of: $0, .builtIn) }
  }

  var occupancy: Exact? { given("occupancy")?.exact }

  var group: String? {
    if case .string(let group)? = given("group") { group } else { nil }
  }
}
