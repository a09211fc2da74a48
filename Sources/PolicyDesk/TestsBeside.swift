package import Checks
package import Diagnostics
import Glibc
package import Policy
import Reading

extension PolicyLibrary {
  /// The tests that stand beside a profile (`2026-2028.tests.yaml`), if there are any.
  package func tests(of entry: Tenant.ProfileEntry, _ tenant: Tenant) throws(Faults) -> PolicyTests?
  {
    let path = path(of: entry, tenant)
    let stem = path.hasSuffix(".yaml") ? String(path.dropLast(5)) : path
    let tests = "\(stem).tests.yaml"
    var status = stat()
    guard sources.holds(tests) || !sources.holds(path) && lstat(tests, &status) == 0 else {
      return nil
    }
    return try PolicyTests(reading: try folder(of: tenant.id).load(tests))
  }

  /// The tests beside a selected profile, which have to be that profile's own.
  package func tests(of selected: SelectedPolicy) throws(Faults) -> PolicyTests? {
    guard let tests = try tests(of: selected.entry, selected.tenant) else { return nil }
    if tests.profile.value != selected.policy.id {
      throw Faults(
        Fault(
          tests.file, tests.profile.range,
          zh: "应为 `\(selected.policy.id)`，实际为 `\(tests.profile.value)`",
          en: "expected `\(selected.policy.id)`, found `\(tests.profile.value)`"))
    }
    return tests
  }
}
