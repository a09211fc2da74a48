/// A district that a tenant lists, as facts name it.
package struct TenantDistrict: Sendable {
  package var name: String
  /// Its GB/T 2260 code; a development zone has none.
  package var code: String?

  package init(
    name: String,
    code: String? = nil
  ) {
    self.name = name
    self.code = code
  }
}
