import Desk
import Diagnostics
import FoundationEssentials
import JWTKit

/// A token taken apart (JWS in compact form, RFC 7515); nothing of it is to be believed before its signature holds.
struct SignedToken {
  /// The name of the way it says it is signed: `ES256`.
  let algorithm: String
  /// Which key it says signed it.
  let key: String?
  let claims: PlainValue
  private let signed: [UInt8]
  private let signature: [UInt8]

  static let mostBytes = 16 << 10

  init(_ text: String) throws(TokenFault) {
    guard text.utf8.count <= Self.mostBytes,
      let parts = try? DefaultJWTParser().getTokenParts(Array(text.utf8)),
      let header = Self.object(parts.header), let claims = Self.object(parts.payload),
      let signature = Self.decoded(parts.signature),
      let algorithm = header["alg"]?.string,
      // What has to be understood beyond the standard is not.
      header["crit"] == nil
    else { throw .malformed }
    self.algorithm = algorithm
    self.claims = claims
    self.signature = signature
    key = header["kid"]?.string
    signed = parts.header + [UInt8(ascii: ".")] + parts.payload
  }

  func isSigned(by key: any JWTAlgorithm) -> Bool {
    (try? key.verify(signature, signs: signed)) ?? false
  }

  private static func object(_ part: ArraySlice<UInt8>) -> PlainValue? {
    guard let bytes = decoded(part), let value = try? JSONReader.read(bytes),
      case .record = value
    else { return nil }
    return value
  }

  /// What Base64 in its form for URLs stands for (RFC 4648), without padding.
  private static func decoded(_ part: ArraySlice<UInt8>) -> [UInt8]? {
    var text = part.map { byte in
      switch byte {
      case UInt8(ascii: "-"): UInt8(ascii: "+")
      case UInt8(ascii: "_"): UInt8(ascii: "/")
      // These are of the other form alone.
      case UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="): UInt8(ascii: "!")
      default: byte
      }
    }
    while text.count % 4 != 0 { text.append(UInt8(ascii: "=")) }
    return Data(base64Encoded: Data(text)).map { [UInt8]($0) }
  }
}
