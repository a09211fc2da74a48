import Diagnostics

/// Why a token of an issuer is not taken.
enum TokenFault: Error, Hashable {
  /// It is not three parts of JSON, JSON and a signature.
  case malformed
  /// It is signed in another way than its key signs: with none, with a secret that both sides know, or with another kind of key.
  case algorithm
  /// The issuer has no such key.
  case unknownKey
  case signature
  case issuer
  case audience
  case expired
  case notYet
  case noSubject
  /// It is sound, and gives its bearer nothing to do in any city of the desk.
  case noRole
  /// Nobody can say, since the issuer's keys cannot be had.
  case noKeys

  private var detail: Bilingual {
    switch self {
    case .malformed: Bilingual(zh: "令牌格式有误", en: "the token is malformed")
    case .algorithm:
      Bilingual(zh: "令牌的签名算法与密钥不符", en: "the token is not signed as its key signs")
    case .unknownKey: Bilingual(zh: "签发方没有令牌所称的密钥", en: "the issuer has no such key")
    case .signature: Bilingual(zh: "令牌签名无效", en: "the token's signature does not hold")
    case .issuer: Bilingual(zh: "令牌不是由约定的签发方签发", en: "the token is another issuer's")
    case .audience: Bilingual(zh: "令牌不是签发给本服务的", en: "the token is for another audience")
    case .expired: Bilingual(zh: "令牌已过期，或未写明有效期", en: "the token has expired, or says no end")
    case .notYet: Bilingual(zh: "令牌尚未生效", en: "the token is not valid yet")
    case .noSubject: Bilingual(zh: "令牌未写明是何人", en: "the token names nobody")
    case .noRole:
      Bilingual(
        zh: "令牌在本服务的任何城市都没有角色", en: "the token gives no role in any city of this desk")
    case .noKeys:
      Bilingual(
        zh: "暂时无法取得签发方的密钥，请稍后再试",
        en: "the issuer's keys cannot be had now; come again later")
    }
  }

  var problem: Problem {
    let detail = detail
    switch self {
    case .noRole: return Problem(403, "no-role", zh: detail.zh, en: detail.en)
    case .noKeys:
      return Problem(
        503, "no-keys", zh: detail.zh, en: detail.en,
        headers: [("Retry-After", String(Int(TokenVerifier.leastSecondsBetweenLoads)))])
    default:
      return Problem(
        401, "unauthorized", zh: detail.zh, en: detail.en,
        headers: [
          (
            "WWW-Authenticate",
            "Bearer error=\"invalid_token\", error_description=\"\(detail.en)\""
          )
        ])
    }
  }
}
