package import Diagnostics
import Policy
import PolicyDesk

extension Workspace {
  /// Where what stands at a byte is defined.
  package mutating func definitions(_ path: String, at offset: Int) -> [Location] {
    guard let occurrence = index(path)?.occurrence(at: offset) else { return [] }
    let all = locations(of: occurrence.symbol, from: path)
    let defined = all.filter { $0.occurrence.role == .definition }
    let rules = all.filter { $0.occurrence.role == .rule }
    // Tests and waivers speak of rules, profiles of provisions.
    let isOfRule = kind(of: path) != .policy
    let chosen = isOfRule ? (rules.isEmpty ? defined : rules) : (defined.isEmpty ? rules : defined)
    return chosen.map(\.location)
  }

  /// Every place of what stands at a byte.
  package mutating func references(
    _ path: String, at offset: Int, withDefinitions: Bool
  ) -> [Location] {
    guard let occurrence = index(path)?.occurrence(at: offset) else { return [] }
    return locations(of: occurrence.symbol, from: path)
      .filter { withDefinitions || $0.occurrence.role != .definition }.map(\.location)
  }

  mutating func locations(
    of symbol: Symbol, from path: String
  ) -> [(occurrence: Occurrence, location: Location)] {
    scope(of: symbol, in: path).flatMap { path -> [(occurrence: Occurrence, location: Location)] in
      guard let index = index(path), let file = files.file(path) else { return [] }
      return index.occurrences(of: symbol).map {
        ($0, Location(file: file, range: $0.range))
      }
    }
  }

  // MARK: Renaming

  /// The name at a byte, where it can be given another.
  package mutating func renamed(_ path: String, at offset: Int) -> Occurrence? {
    guard let occurrence = index(path)?.occurrence(at: offset) else { return nil }
    // What the program itself knows has no definition in any file.
    let isDefined = locations(of: occurrence.symbol, from: path).contains {
      $0.occurrence.role != .use
    }
    return isDefined ? occurrence : nil
  }

  /// Every place that has to change for another name.
  package mutating func rename(
    _ path: String, at offset: Int, to name: String
  ) throws(Message.Failure) -> [Location] {
    guard let occurrence = renamed(path, at: offset) else {
      throw refusal(
        Bilingual(zh: "此处没有可以重命名的名称", en: "there is no name here that can be changed"))
    }
    let symbol = occurrence.symbol
    if name == symbol.name { return [] }
    if let reason = unusable(name, for: symbol) { throw refusal(reason) }
    let isTaken = scope(of: symbol, in: path).contains { path in
      index(path)?.occurrences.contains {
        $0.role != .use && $0.symbol.name == name && $0.symbol.kind == symbol.kind
          && $0.symbol.owner == symbol.owner
      } ?? false
    }
    if isTaken {
      throw refusal(
        Bilingual(zh: "名称 `\(name)` 已被占用", en: "the name `\(name)` is taken"))
    }
    return locations(of: symbol, from: path).map(\.location)
  }

  private func refusal(_ message: Bilingual) -> Message.Failure {
    Message.Failure(code: Message.Failure.requestFailed, message: message[settings.language])
  }

  /// Why a name cannot be given.
  private func unusable(_ name: String, for symbol: Symbol) -> Bilingual? {
    switch symbol.kind {
    case .name, .field, .word:
      let isIdentifier =
        name.utf8.first.map { (0x61...0x7A).contains($0) } ?? false
        && name.utf8.allSatisfy {
          (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "_")
        }
      if !isIdentifier {
        return Bilingual(
          zh: "应为小写字母、数字和 `_` 组成的名称，实际为 `\(name)`",
          en: "expected a name of small letters, digits and `_`, found `\(name)`")
      }
      if symbol.kind == .name, PolicyNames.reserved.contains(name) {
        return Bilingual(zh: "名称 `\(name)` 已被占用", en: "the name `\(name)` is taken")
      }
    case .reading, .law, .exemption, .exception, .priority:
      let isPlain =
        !name.isEmpty && !name.hasPrefix("-")
        && !name.contains { $0.isWhitespace || ":,[]{}#&*!|>'\"%@`/".contains($0) }
      if !isPlain {
        return Bilingual(
          zh: "应为不含空格和标点的名称，实际为 `\(name)`",
          en: "expected a name without blanks and signs, found `\(name)`")
      }
    }
    return nil
  }
}
