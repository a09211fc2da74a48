import Desk
import Diagnostics
import FoundationEssentials
import JWTKit
import Logging

/// Tells who shows a token of an issuer, and keeps the issuer's keys.
///
/// Keys are loaded at the start, again where a token names one that is not among them (the issuer has changed keys), and each hour, so
/// that one that the issuer has taken back ends; those that there are hold on while others cannot be had. Whatever is shown, the
/// issuer is asked once a minute at most.
actor TokenVerifier {
  /// By how much the clocks of both sides may differ.
  static let skewSeconds = 60.0
  static let leastSecondsBetweenLoads = 60.0
  static let mostSecondsBetweenLoads = 3_600.0

  private nonisolated let issuer: TokenIssuer
  private nonisolated let served: Set<String>
  private nonisolated let moment: @Sendable () -> String
  private let seconds: @Sendable () -> Double
  private let log: Logger

  private var keys: SigningKeys?
  private var triedAt: Double?
  private var loading: Task<Void, Never>?
  private var trouble: KeyTrouble?

  /// - Parameters:
  ///   - served: the cities of the desk.
  ///   - moment: the time of day in ISO 8601, by which tokens begin and end.
  ///   - seconds: those that only go on, by which keys are loaded again.
  init(
    _ issuer: TokenIssuer, served: Set<String>, log: Logger,
    moment: @escaping @Sendable () -> String, seconds: @escaping @Sendable () -> Double
  ) {
    self.issuer = issuer
    self.served = served
    self.log = log
    self.moment = moment
    self.seconds = seconds
  }

  /// Loads the keys before anybody asks.
  ///
  /// - Throws: what is wrong with a file. An address is not waited for: who shows a token waits, and it is asked again when it is needed.
  func prepare() async throws(KeyTrouble) {
    begin()
    guard case .file = issuer.keys else { return }
    await loading?.value
    if let trouble { throw trouble }
  }

  /// Who shows a token.
  nonisolated func identity(of text: String) async throws(TokenFault) -> Identity {
    let token = try SignedToken(text)
    let ways = try await key(token.key)
    guard let way = ways[token.algorithm] else { throw .algorithm }
    guard token.isSigned(by: way) else { throw .signature }
    let claims = token.claims
    guard claims["iss"]?.string == issuer.issuer else { throw .issuer }
    guard claims.words("aud").contains(issuer.audience) else { throw .audience }
    let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    let now = (try? Date(moment(), strategy: style))?.timeIntervalSince1970 ?? .infinity
    guard let end = claims["exp"]?.secondsOfTime, now < end + Self.skewSeconds else {
      throw .expired
    }
    if let start = claims["nbf"] {
      guard let start = start.secondsOfTime, start - Self.skewSeconds <= now else { throw .notYet }
    }
    return try Identity(claims, issuer, served: served)
  }

  private func key(_ id: String?) async throws(TokenFault) -> [String: any JWTAlgorithm] {
    if let found = keys?.key(id) {
      if let triedAt, seconds() - triedAt >= Self.mostSecondsBetweenLoads { begin() }
      return found
    }
    await refresh()
    if let found = keys?.key(id) { return found }
    throw trouble == nil ? .unknownKey : .noKeys
  }

  /// Waits for a load that is under way, or for a new one, unless the last was a moment ago.
  private func refresh() async {
    if loading == nil {
      if let triedAt, seconds() - triedAt < Self.leastSecondsBetweenLoads { return }
      begin()
    }
    await loading?.value
  }

  private func begin() {
    guard loading == nil else { return }
    triedAt = seconds()
    // It goes on whatever becomes of who asked first.
    loading = Task { await load() }
  }

  private func load() async {
    do throws(KeyTrouble) {
      let found = try await SigningKeys(try await issuer.keys.load())
      keys = found
      trouble = nil
      log.notice("keys loaded", metadata: ["keys": "\(found.count)"])
    } catch {
      trouble = error
      log.error(
        "keys cannot be loaded",
        metadata: ["why": "\(error)", "keys_held": "\(keys?.count ?? 0)"])
    }
    loading = nil
  }
}

extension PlainValue {
  /// Seconds since 1970, as claims tell moments: a number, whole or not.
  fileprivate var secondsOfTime: Double? {
    guard case .number(let digits) = self, let seconds = Double(digits), seconds.isFinite else {
      return nil
    }
    return seconds
  }
}
