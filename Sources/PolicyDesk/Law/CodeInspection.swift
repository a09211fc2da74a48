package import Diagnostics
package import Policy
import Reading

/// The GB/T 2260 codes of a tenant's file: so many digits, and in quotes, so that no program takes them for numbers.
package struct CodeInspection {
  private let tenant: Tenant

  package init(_ tenant: Tenant) { self.tenant = tenant }

  package var findings: [PolicyFinding] {
    guard let file = tenant.file else { return [] }
    return tenant.writtenCodes.compactMap { code in
      let location = Location(file: file, range: code.range)
      let isDigits = code.value.utf8.allSatisfy {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
      }
      if !isDigits || ![2, 4, 6].contains(code.value.utf8.count) {
        return PolicyFinding(
          .error, "code-malformed", location,
          zh: "行政区划代码应为 2、4 或 6 位数字，实际为 `\(code.value)`",
          en: "expected a GB/T 2260 code of 2, 4 or 6 digits, found `\(code.value)`")
      }
      let written = file.text(code.range)
      if written.hasPrefix("\"") || written.hasPrefix("'") { return nil }
      return PolicyFinding(
        .warning, "code-unquoted", location,
        zh: "行政区划代码 `\(code.value)` 应加引号，以免被当作数字",
        en: "expected the code `\(code.value)` in quotes, so that nothing takes it for a number")
    }
  }
}
