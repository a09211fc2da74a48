import Desk
import Diagnostics

/// Why a request is not answered as it wishes, as `application/problem+json` (RFC 9457) tells it.
struct Problem: Error {
  var status: Int
  var kind: String
  var detail: Bilingual
  var headers: [(name: String, value: String)] = []
  /// `faults`, `cases` and `limits`, where there are any.
  var more: PlainValue = .record([])

  init(
    _ status: Int, _ kind: String, zh: String, en: String,
    headers: [(name: String, value: String)] = []
  ) {
    self.status = status
    self.kind = kind
    detail = Bilingual(zh: zh, en: en)
    self.headers = headers
  }

  init(_ refusal: Refusal) {
    let status =
      switch refusal.kind {
      case .notFound: 404
      case .forbidden: 403
      case .conflict: 409
      case .invalid: 422
      case .moved: 412
      case .unversioned: 428
      case .unready: 503
      }
    self.init(status, refusal.kind.rawValue, zh: refusal.detail.zh, en: refusal.detail.en)
    more = refusal.plain
    more["detail"] = nil
  }

  /// The titles by status, Chinese and English.
  static let titles: [Int: (zh: String, en: String)] = [
    400: ("请求有误", "bad request"), 401: ("须先登录", "not signed in"), 403: ("无权为此", "not allowed"),
    404: ("没有这一项", "not found"), 405: ("不支持该方法", "method not allowed"),
    406: ("没有所要的格式", "not acceptable"), 408: ("请求超时", "request timed out"),
    409: ("与现状冲突", "conflict"), 412: ("版本已变", "it has changed"), 413: ("内容过大", "too large"),
    415: ("不支持该内容类型", "unsupported media type"), 422: ("内容有误", "cannot be taken"),
    428: ("须写明版本", "version required"), 429: ("尝试过于频繁", "too many attempts"),
    431: ("请求头过大", "header too large"), 501: ("不支持", "not implemented"),
    503: ("暂不能服务", "not ready"), 507: ("存储空间不足", "out of storage"),
  ]

  func response(isEnglish: Bool) -> WebResponse {
    let title = Self.titles[status] ?? ("出错", "error")
    var body: PlainValue = [
      "type": .text("urn:planlint:problem:\(kind)"),
      "title": .text(isEnglish ? title.en : title.zh), "status": .number(status),
      "detail": .text(isEnglish ? detail.en : detail.zh),
    ]
    for entry in more.entries { body[entry.key] = entry.value }
    var response = WebResponse(status, type: "application/problem+json", Array(body.json.utf8))
    response.headers += headers
    return response
  }
}
