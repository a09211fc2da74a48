import Desk
import Diagnostics
import FoundationEssentials
import Store

/// A response as text, which is kept for a repeat of its request.
extension WebResponse {
  var kept: String {
    let told: PlainValue = [
      "status": .number(status),
      "headers": .list(headers.map { ["name": .text($0.name), "value": .text($0.value)] }),
      "body": .text(Data(body).base64EncodedString()),
    ]
    return told.json
  }

  init(kept text: String, isRepeated: Bool) throws {
    let told = try JSONReader.read(text)
    guard let status = told["status"]?.integer,
      let body = told["body"]?.string.flatMap({ Data(base64Encoded: $0) })
    else { throw StoreError.failed("a kept answer cannot be read") }
    let headers = (told["headers"]?.items ?? []).compactMap { header in
      header["name"]?.string.flatMap { name in header["value"]?.string.map { (name, $0) } }
    }
    self.init(
      status, headers + (isRepeated ? [("Idempotent-Replayed", "true")] : []), body: [UInt8](body))
  }
}
