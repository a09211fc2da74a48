import Desk
import Diagnostics
import FoundationEssentials
import JWTKit

/// The public keys of an issuer, from a JWK set (RFC 7517).
///
/// Keys that sign nothing, or nothing that is taken, are passed over: those for encryption, secrets that both sides know, private keys
/// (which have no business there), curves and algorithms that are not offered, RSA of fewer than 2048 bits.
struct SigningKeys: Sendable {
  /// By key id, then by the name of the algorithm. A key without an id goes by an empty one.
  private let keys: [String: [String: any JWTAlgorithm]]

  static let mostKeys = 64

  /// The ways of signing that are taken, by kind of key and curve.
  private static let algorithms: [String: [JWK.Algorithm]] = [
    "RSA": [.rs256, .rs384, .rs512, .ps256, .ps384, .ps512],
    "EC P-256": [.es256], "EC P-384": [.es384], "EC P-521": [.es512], "OKP Ed25519": [.eddsa],
  ]

  /// - Throws: ``KeyTrouble`` where it is no JWK set, or none of its keys can be used.
  init(_ bytes: [UInt8]) async throws(KeyTrouble) {
    guard let items = (try? JSONReader.read(bytes))?["keys"]?.items else {
      throw KeyTrouble("expected a JWK set: an object of JSON with `keys`, a list")
    }
    if items.count > Self.mostKeys {
      throw KeyTrouble("expected at most \(Self.mostKeys) keys, found \(items.count)")
    }
    var keys: [String: [String: any JWTAlgorithm]] = [:]
    for item in items {
      let kind = item["kty"]?.string ?? ""
      let curve = item["crv"]?.string.map { " " + $0 } ?? ""
      guard item["d"] == nil, item["use"]?.string ?? "sig" == "sig",
        let algorithms = Self.algorithms[kind + curve]
      else { continue }
      let id = item["kid"]?.string ?? ""
      for algorithm in algorithms
      where item["alg"]?.string ?? algorithm.rawValue == algorithm.rawValue {
        var item = item
        item["alg"] = .text(algorithm.rawValue)
        item["kid"] = .text(id)
        guard let key = try? JWK(json: item.json),
          let made = try? await JWTKeyCollection().add(jwk: key).getKey(),
          made.name == algorithm.rawValue
        else { continue }
        keys[id, default: [:]][algorithm.rawValue] = made
      }
    }
    if keys.isEmpty { throw KeyTrouble("none of the \(items.count) keys can be used") }
    self.keys = keys
  }

  var count: Int { keys.count }

  /// The ways in which a key signs, each with what tells whether it did; nil where there is no such key. A token that names none is of
  /// the only one there is.
  func key(_ id: String?) -> [String: any JWTAlgorithm]? {
    if let id { return keys[id] }
    return keys.count == 1 ? keys.first?.value : nil
  }
}

/// Why an issuer's keys cannot be had.
package struct KeyTrouble: Error, CustomStringConvertible {
  package let description: String

  init(_ description: String) { self.description = description }
}
