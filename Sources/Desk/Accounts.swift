import Crypto
package import Diagnostics
import FoundationEssentials
package import Store
import _CryptoExtras

/// Accounts, their passwords and tokens. A desk keeps none of the secrets: of a password what scrypt makes of it, of a token its digest.
extension Desk {
  /// What scrypt costs: some 50 ms and 16 MiB a password.
  private static let rounds = 16_384
  /// The least and the most characters of a password.
  package static let passwordLengths = 8...200

  private static func derived(_ password: String, salt: [UInt8]) throws -> String {
    let key = try KDF.Scrypt.deriveKey(
      from: Data(password.utf8), salt: salt, outputByteCount: 32, rounds: rounds, blockSize: 8,
      parallelism: 1)
    return key.withUnsafeBytes { Digest.hex($0) }
  }

  private static func random(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
  }

  /// Makes an account of a city; who may do it is asked by whoever calls.
  package func addAccount(
    _ name: String, city: String, roles: Set<Role>, district: String?, password: String?
  ) throws {
    try store.write(nowhere) { session in
      _ = try add(name, city, roles, district, password, session)
    }
  }

  func add(
    _ name: String, _ city: String, _ roles: Set<Role>, _ district: String?, _ password: String?,
    _ session: any StoreSession
  ) throws -> Account {
    guard profiles.city(city) != nil else {
      let names = profiles.cities.map(\.id).joined(separator: "、")
      throw Refusal.invalid(
        "没有城市 `\(city)`，有：\(names)", "there is no city `\(city)`; there are \(names)")
    }
    let isName =
      !name.isEmpty && name.count <= 64
      && name.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || $0.properties.numericType != nil
          || "._-@".unicodeScalars.contains($0)
      }
    guard isName else {
      throw Refusal.invalid(
        "账号名应为 1 至 64 个字母、数字、汉字或 . _ - @", "expected a name of 1 to 64 letters, digits or . _ - @")
    }
    if roles.isEmpty { throw Refusal.invalid("至少应有一个角色", "expected at least one role") }
    var account = Account(
      name: name, city: city, roles: roles.sorted { $0.rawValue < $1.rawValue },
      district: district, createdAt: clock())
    if let password { try Self.set(password, of: &account) }
    do {
      let number = try session.nextNumber(of: .account)
      try session.insert(
        Record(
          .account, id: name, parent: city, number: number, body: try account.encodedText()))
    } catch StoreError.taken {
      throw Refusal.conflict("账号名 `\(name)` 不可用", "the name `\(name)` cannot be used")
    }
    return account
  }

  private static func set(_ password: String, of account: inout Account) throws {
    guard passwordLengths.contains(password.count) else {
      throw Refusal.invalid(
        "密码应为 \(passwordLengths.lowerBound) 至 \(passwordLengths.upperBound) 字",
        "expected a password of \(passwordLengths.lowerBound) to \(passwordLengths.upperBound) characters"
      )
    }
    let salt = random(16)
    account.salt = Digest.hex(salt)
    account.password = try derived(password, salt: salt)
  }

  /// Changes roles, district or password of an account of a city; nil leaves each as it is.
  func change(
    _ name: String, city: String, roles: Set<Role>?, district: String??, password: String?,
    _ session: any StoreSession
  ) throws -> Account {
    guard var stored = try session.find(Account.self, name), stored.value.city == city,
      !stored.value.isClosed
    else { throw Refusal.notFound() }
    if let roles {
      if roles.isEmpty { throw Refusal.invalid("至少应有一个角色", "expected at least one role") }
      stored.value.roles = roles.sorted { $0.rawValue < $1.rawValue }
    }
    if let district { stored.value.district = district }
    if let password {
      try Self.set(password, of: &stored.value)
      // Who knew the old one is signed in no longer.
      for record in try session.records(.session, in: name, after: 0, limit: Int.max) {
        try session.remove(.session, record.id)
      }
    }
    return try session.save(stored).value
  }

  /// Closes an account with its tokens and sessions; its name stays taken, since the trail speaks of it.
  func closeAccount(_ name: String, city: String, _ session: any StoreSession) throws {
    guard var stored = try session.find(Account.self, name), stored.value.city == city,
      !stored.value.isClosed
    else { throw Refusal.notFound() }
    stored.value.isClosed = true
    try session.save(stored)
    for kind in [Record.Kind.token, .session] {
      for record in try session.records(kind, in: name, after: 0, limit: Int.max) {
        try session.remove(kind, record.id)
      }
    }
  }

  package func accounts(city: String) throws -> [Account] {
    try store.read(nowhere) { session in
      try session.all(Account.self, in: city).map(\.value).filter { !$0.isClosed }
    }
  }

  /// Makes a token of an account, which is told this once.
  package func addToken(_ name: String, city: String) throws -> String {
    try store.write(nowhere) { session in try addToken(name, city: city, session) }
  }

  func addToken(_ name: String, city: String, _ session: any StoreSession) throws -> String {
    let secret = "pld_" + Digest.hex(Self.random(32))
    guard let account = try session.find(Account.self, name)?.value, account.city == city,
      !account.isClosed
    else {
      throw Refusal(
        .notFound, zh: "\(city) 没有账号 `\(name)`", en: "\(city) has no account `\(name)`")
    }
    let kept = Credential(account: name, createdAt: clock())
    try session.insert(
      Record(
        .token, id: Digest.sha256(secret), parent: name,
        number: try session.nextNumber(of: .token), body: try kept.encodedText()))
    return secret
  }

  /// Takes back all tokens of an account.
  func removeTokens(_ name: String, city: String, _ session: any StoreSession) throws {
    guard let account = try session.find(Account.self, name)?.value, account.city == city else {
      throw Refusal.notFound()
    }
    for record in try session.records(.token, in: account.name, after: 0, limit: Int.max) {
      try session.remove(.token, record.id)
    }
  }

  /// Who holds a token or a session; nil where nobody does.
  package func caller(_ kind: Record.Kind, secret: String, address: String) throws -> Caller? {
    try store.read(nowhere) { session in
      guard let record = try session.record(kind, Digest.sha256(secret)) else { return nil }
      let credential = try Credential.decoded(record.body)
      if let end = credential.expiresAt, end < clock() { return nil }
      guard let account = try session.find(Account.self, credential.account)?.value,
        !account.isClosed
      else { return nil }
      return account.caller(at: address)
    }
  }

  /// Who has a name and a password; nil where nobody does. It takes as long for a name that is not there.
  package func caller(name: String, password: String, address: String) throws -> Caller? {
    let account = try store.read(nowhere) { session in
      try session.find(Account.self, name)?.value
    }
    let salt = account?.salt.flatMap(Self.bytes) ?? [UInt8](repeating: 0, count: 16)
    let derived = try Self.derived(String(password.prefix(1_000)), salt: salt)
    guard let account, !account.isClosed, let known = account.password,
      Self.isSame(known, derived)
    else { return nil }
    return account.caller(at: address)
  }

  private static func bytes(_ hex: String) -> [UInt8]? {
    let digits = Array(hex.utf8)
    return stride(from: 0, to: digits.count - 1, by: 2).map {
      UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16) ?? 0
    }
  }

  /// Compares in a time that does not tell where they differ.
  private static func isSame(_ one: String, _ other: String) -> Bool {
    let (a, b) = (Array(one.utf8), Array(other.utf8))
    guard a.count == b.count else { return false }
    var difference: UInt8 = 0
    for index in a.indices { difference |= a[index] ^ b[index] }
    return difference == 0
  }

  /// Begins a session of somebody who is signed in.
  ///
  /// - Returns: the secret that his browser keeps, and the one that forms carry.
  package func beginSession(
    _ caller: Caller, hours: Int
  ) throws -> (secret: String, form: String) {
    let end = clock().moment(after: hours)
    let secret = Digest.hex(Self.random(32))
    let form = Digest.hex(Self.random(16))
    try store.write(nowhere) { session in
      let kept = Credential(
        account: caller.account, createdAt: clock(), expiresAt: end, form: form)
      try session.insert(
        Record(
          .session, id: Digest.sha256(secret), parent: caller.account,
          number: try session.nextNumber(of: .session), body: try kept.encodedText()))
    }
    return (secret, form)
  }

  /// What forms of a session carry; nil where there is no such session.
  package func form(of secret: String) throws -> String? {
    try store.read(nowhere) { session in
      try session.record(.session, Digest.sha256(secret)).flatMap {
        try Credential.decoded($0.body).form
      }
    }
  }

  package func endSession(_ secret: String) throws {
    try store.write(nowhere) { session in
      try session.remove(.session, Digest.sha256(secret))
    }
  }
}

extension Account {
  fileprivate func caller(at address: String) -> Caller {
    Caller(account: name, city: city, roles: Set(roles), district: district, address: address)
  }

  /// As it is told to an administrator.
  package var plain: PlainValue {
    [
      "name": .text(name), "roles": .list(roles.map { .text($0.rawValue) }),
      "district": .text(district), "created": .text(createdAt), "password": .flag(password != nil),
    ]
  }
}

extension String {
  /// A moment some hours after this one, in the same form; the same where it is no moment.
  func moment(after hours: Int) -> String {
    let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    guard let date = try? Date(self, strategy: style) else { return self }
    return date.addingTimeInterval(Double(hours) * 3_600).formatted(style)
  }

  var dayBefore: String { moment(after: -24) }
}
