/// What a page is of, by its address.
enum PageAddress: Equatable, Sendable {
  case root
  case login
  case city(String)
  case round(String, String)
  case filed(String, String, String)
  case places(String)
  case map(String)
  case rules(String)
  case audit(String)
  /// The stylesheet and the script, which are the program's own.
  case asset(String)

  /// First parts of paths that are no city's.
  private static let reserved: Set<Substring> = [
    "api", "livez", "readyz", "status", "metrics", "openapi.json", "favicon.ico", "robots.txt",
  ]

  /// - Returns: nil where the path is no page's.
  init?(path: String) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: true)
    guard let first = parts.first else {
      self = .root
      return
    }
    if Self.reserved.contains(first) { return nil }
    let names = parts.compactMap(\.percentDecoded)
    guard names.count == parts.count, names.allSatisfy({ !$0.isEmpty }) else { return nil }
    switch (names.count, names[0]) {
    case (1, "login"): self = .login
    case (1, _): self = .city(names[0])
    case (2, "assets"): self = .asset(names[1])
    case (2, _):
      switch names[1] {
      case "places": self = .places(names[0])
      case "map": self = .map(names[0])
      case "rules": self = .rules(names[0])
      case "audit": self = .audit(names[0])
      default: return nil
      }
    case (3, _) where names[1] == "rounds": self = .round(names[0], names[2])
    case (5, _) where names[1] == "rounds" && names[3] == "cases":
      self = .filed(names[0], names[2], names[4])
    default: return nil
    }
  }

  var city: String? {
    switch self {
    case .root, .login, .asset: nil
    case .city(let city), .round(let city, _), .filed(let city, _, _), .places(let city),
      .map(let city), .rules(let city), .audit(let city):
      city
    }
  }

  /// As figures count it; no city is named.
  var pattern: String {
    switch self {
    case .root: "/"
    case .login: "/login"
    case .city: "/{city}"
    case .round: "/{city}/rounds/{round}"
    case .filed: "/{city}/rounds/{round}/cases/{case}"
    case .places: "/{city}/places"
    case .map: "/{city}/map"
    case .rules: "/{city}/rules"
    case .audit: "/{city}/audit"
    case .asset: "/assets/{name}"
    }
  }

  /// The path, each part written so that it is one part.
  var path: String {
    let parts: [String] =
      switch self {
      case .root: []
      case .login: ["login"]
      case .city(let city): [city]
      case .round(let city, let round): [city, "rounds", round]
      case .filed(let city, let round, let filed): [city, "rounds", round, "cases", filed]
      case .places(let city): [city, "places"]
      case .map(let city): [city, "map"]
      case .rules(let city): [city, "rules"]
      case .audit(let city): [city, "audit"]
      case .asset(let name): ["assets", name]
      }
    return "/" + parts.map(\.percentEncoded).joined(separator: "/")
  }
}

extension String {
  /// As a part of a path or a value of a query is written.
  var percentEncoded: String {
    var result = ""
    for byte in utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        result += "%" + (digits.count < 2 ? "0" : "") + digits
      }
    }
    return result
  }
}
