import Desk
import Diagnostics
import Reading
import Service

extension TokenIssuer {
  /// `oidc` of the settings: whose tokens are taken beside the desk's own, and what their claims mean.
  ///
  /// ```yaml
  /// oidc:
  ///   issuer: https://sso.example.gov.cn/realms/yibao     # `iss`, to the byte
  ///   audience: planlintd                                 # `aud`, or one of them
  ///   keys: https://sso.example.gov.cn/realms/yibao/certs # a JWK set, by HTTPS (HTTP from loopback), or a file
  ///   subject: sub                                        # the claim that somebody is known by; sub without it
  ///   city: huaibei                                       # everybody's, or by a claim:
  ///   # cities: {claim: region, values: {"340600": huaibei}}   without values its words are cities themselves
  ///   district: district                                  # the claim with a clerk's district, `*` for the whole city
  ///   roles: {claim: groups, values: {医保经办: clerk, 医保复核: reviewer}}
  /// ```
  ///
  /// A claim is a text or a list of texts; `realm_access.roles` leads into a record.
  static var reader: FieldReader<TokenIssuer> {
    .record(
      RecordDescription(
        "oidc", zh: "统一身份认证的令牌", en: "tokens of an OpenID Connect issuer",
        fields: [
          ("issuer", "签发方，与令牌的 `iss` 逐字节一致", "the issuer, as `iss` of its tokens has it"),
          ("audience", "令牌的 `aud`", "`aud` of its tokens"),
          (
            "keys", "公钥（JWK 集）的文件或 https 地址",
            "its public keys, a JWK set: a file or an https address"
          ),
          ("subject", "写明何人的声明，默认 `sub`", "the claim that tells who it is; `sub` without it"),
          ("city", "所有令牌的城市", "the city of all tokens"),
          ("cities", "写明城市的声明", "the claim that tells the cities"),
          ("district", "写明区县的声明", "the claim that tells a clerk's district"),
          ("roles", "写明角色的声明", "the claim that tells the roles"),
        ])
    ) { record in
      let issuer = record.required("issuer", name)?.value
      let audience = record.required("audience", .text)?.value
      let keys = record.required("keys", keys)?.value
      let subject = record.optional("subject", .text)?.value
      let city = record.optional("city", .text)
      let cities = record.optional("cities", words(of: .text, isComplete: true))?.value
      let district = record.optional("district", .text)?.value
      let roles = record.required("roles", words(of: .oneOf(Role.self), isComplete: false))?.value
      let (hasCity, hasCities) = (record.has("city"), record.has("cities"))
      if hasCity == hasCities {
        record.fault(
          record.range, zh: "`city` 与 `cities` 应写明其一", en: "expected one of `city` and `cities`")
      }
      guard let issuer, let audience, let keys, let roles else { return nil }
      let places: Cities
      if let city {
        places = .one(city.value)
      } else if let cities {
        places = .named(cities)
      } else {
        return nil
      }
      var read = TokenIssuer(
        issuer: issuer, audience: audience, keys: keys, cities: places, roles: roles)
      if let subject { read.subject = subject }
      read.district = district
      return read
    }
  }

  private static var name: FieldReader<String> {
    FieldReader<String>.text.then { text, context in
      if text.value.contains("#") || !text.value.contains("://") {
        context.fault(
          text.range, zh: "应为签发方的网址，不含 `#`", en: "expected the issuer's address, without `#`")
        return nil
      }
      return text.value
    }
  }

  private static var keys: FieldReader<KeyLocation> {
    FieldReader<String>.text.then { text, context in
      guard let location = KeyLocation(text.value) else {
        context.fault(
          text.range, zh: "应为文件或 https 地址；只有本机地址可用 http",
          en: "expected a file or an https address; http is for loopback alone")
        return nil
      }
      return location
    }
  }

  /// - Parameter isComplete: whether the words may go without meanings, since they are values themselves.
  private static func words<Value: Sendable>(
    of value: FieldReader<Value>, isComplete: Bool
  ) -> FieldReader<ClaimWords<Value>> {
    .record(
      RecordDescription(
        "claim", zh: "声明及其取值", en: "a claim and what its words mean",
        fields: [
          ("claim", "声明名", "the claim"), ("values", "各取值的含义", "what each of its words means"),
        ])
    ) { record in
      let claim = record.required("claim", .text)
      let map = FieldReader<[KeyedValue<String, Value>]>.map(keys: .text, of: value)
      let values =
        isComplete ? record.optional("values", map) : record.required("values", map)
      guard let claim, isComplete || values != nil else { return nil }
      return ClaimWords(
        claim: claim.value,
        meanings: (values?.value ?? []).map { ($0.key.value, $0.value.value) })
    }
  }
}
