import Desk

/// The stylesheet and the script of the pages: the program's own, told by their digests, so that a browser may keep them.
struct PageAsset: Sendable {
  let name: String
  let type: String
  let text: String
  let digest: String

  private init(_ name: String, _ type: String, _ text: String) {
    self.name = name
    self.type = type
    self.text = text
    digest = Digest.sha256(text)
  }

  static let style = PageAsset("desk.css", "text/css; charset=utf-8", PageStyle.text)
  static let script = PageAsset("desk.js", "text/javascript; charset=utf-8", PageScript.text)

  var address: String { "/assets/\(name)?v=\(digest.prefix(16))" }

  static func response(_ name: String, _ request: WebRequest) throws -> WebResponse {
    guard let asset = [style, script].first(where: { $0.name == name }) else {
      throw Problem(404, "not-found", zh: "没有这一项", en: "there is no such thing")
    }
    let isNamed = request.value("v") == String(asset.digest.prefix(16))
    return WebResponse(
      200,
      [
        ("Content-Type", asset.type),
        ("Cache-Control", isNamed ? "public, max-age=31536000, immutable" : "no-store"),
      ], body: Array(asset.text.utf8))
  }
}
