import Crypto
import Desk
import Diagnostics
import Foundation
import Service
import _CryptoExtras

/// An issuer with keys of its own, which signs what it is told to, sound or not.
struct TestIssuer {
  static let name = "https://sso.example.org/realms/yibao"

  /// A key of each kind, and how it signs.
  enum Key {
    case curve(P256.Signing.PrivateKey)
    case curve384(P384.Signing.PrivateKey)
    case curve521(P521.Signing.PrivateKey)
    case edwards(Curve25519.Signing.PrivateKey)
    case rsa(_RSA.Signing.PrivateKey)
    /// The same with the padding that is called PSS.
    case rsaPSS(_RSA.Signing.PrivateKey)

    static func rsa(bits: Int = 2_048) throws -> Key {
      .rsa(try _RSA.Signing.PrivateKey(keySize: .init(bitCount: bits)))
    }

    var algorithm: String {
      switch self {
      case .curve: "ES256"
      case .curve384: "ES384"
      case .curve521: "ES512"
      case .edwards: "EdDSA"
      case .rsa: "RS256"
      case .rsaPSS: "PS256"
      }
    }

    func signature(_ bytes: [UInt8]) throws -> [UInt8] {
      switch self {
      case .curve(let key): [UInt8](try key.signature(for: bytes).rawRepresentation)
      case .curve384(let key): [UInt8](try key.signature(for: bytes).rawRepresentation)
      case .curve521(let key): [UInt8](try key.signature(for: bytes).rawRepresentation)
      case .edwards(let key): [UInt8](try key.signature(for: bytes))
      case .rsa(let key):
        [UInt8](try key.signature(for: bytes, padding: .insecurePKCS1v1_5).rawRepresentation)
      case .rsaPSS(let key):
        [UInt8](try key.signature(for: bytes, padding: .PSS).rawRepresentation)
      }
    }

    /// As a JWK set has it.
    func published(as id: String?) throws -> PlainValue {
      var told: PlainValue =
        switch self {
        case .curve(let key): Self.point("P-256", key.publicKey.rawRepresentation)
        case .curve384(let key): Self.point("P-384", key.publicKey.rawRepresentation)
        case .curve521(let key): Self.point("P-521", key.publicKey.rawRepresentation)
        case .edwards(let key):
          [
            "kty": "OKP", "crv": "Ed25519",
            "x": .text(TestIssuer.encoded(key.publicKey.rawRepresentation)),
          ]
        case .rsa(let key), .rsaPSS(let key):
          [
            "kty": "RSA",
            "n": .text(TestIssuer.encoded(try key.publicKey.getKeyPrimitives().modulus)),
            "e": .text(TestIssuer.encoded(try key.publicKey.getKeyPrimitives().publicExponent)),
          ]
        }
      if let id { told["kid"] = .text(id) }
      return told
    }

    private static func point(_ curve: String, _ bytes: Data) -> PlainValue {
      [
        "kty": "EC", "crv": .text(curve),
        "x": .text(TestIssuer.encoded(bytes.prefix(bytes.count / 2))),
        "y": .text(TestIssuer.encoded(bytes.suffix(bytes.count / 2))),
      ]
    }
  }

  var keys: [(id: String, key: Key)] = [("k1", .curve(P256.Signing.PrivateKey()))]

  /// The JWK set that it publishes, with keys beside its own that sign nothing.
  func published() throws -> String {
    let others: [PlainValue] = [
      ["kty": "oct", "kid": "secret", "k": "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ"],
      ["kty": "RSA", "kid": "enc", "use": "enc", "alg": "RSA-OAEP-256", "n": "AQAB", "e": "AQAB"],
      ["kty": "EC", "kid": "odd", "crv": "secp256k1", "x": "AQAB", "y": "AQAB"],
    ]
    let own = try keys.map { try $0.key.published(as: $0.id) }
    let told: PlainValue = ["keys": .list(others + own)]
    return told.json
  }

  /// What Huaibei's desk takes of it.
  static func settings(_ keys: String, cities: TokenIssuer.Cities? = nil) -> TokenIssuer {
    TokenIssuer(
      issuer: name, audience: "planlintd", keys: KeyLocation(keys) ?? .file(""),
      cities: cities
        ?? .named(
          ClaimWords(
            claim: "region",
            meanings: [("340600", "huaibei"), ("420100", "wuhan"), ("0", "atlantis")])),
      roles: ClaimWords(
        claim: "realm_access.roles",
        meanings: [("经办", .clerk), ("复核", .reviewer), ("稽核", .auditor), ("管理", .admin)]))
  }

  /// The moment at which the desk of a test begins, in seconds since 1970.
  static let start = 1_775_030_400

  static func claims(
    _ subject: String = "u-17", roles: [String], region: PlainValue = "340600"
  ) -> PlainValue {
    [
      "iss": .text(name), "aud": ["account", "planlintd"], "sub": .text(subject),
      "iat": .number(start), "nbf": .number(start), "exp": .number(start + 900),
      "region": region, "realm_access": ["roles": .list(roles.map { .text($0) })],
    ]
  }

  /// A token of its first key, unless said otherwise.
  func token(
    _ claims: PlainValue, by index: Int = 0, header: PlainValue? = nil
  ) throws -> String {
    let (id, key) = keys[index]
    let told = header ?? ["alg": .text(key.algorithm), "typ": "JWT", "kid": .text(id)]
    let signed = Self.encoded(told.json) + "." + Self.encoded(claims.json)
    return signed + "." + Self.encoded(try key.signature(Array(signed.utf8)))
  }

  static func encoded(_ text: String) -> String { encoded(Array(text.utf8)) }

  static func encoded(_ bytes: some Sequence<UInt8>) -> String {
    Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
      .replacing("=", with: "")
  }
}
