/// One sentence in the two languages that planlint speaks.
public struct Bilingual: Sendable, Hashable {
  /// In Chinese.
  public package(set) var zh: String
  /// In English.
  public package(set) var en: String

  package init(zh: String, en: String) {
    self.zh = zh
    self.en = en
  }

  /// The sentence in one of the languages.
  public subscript(_ language: Language) -> String {
    switch language {
    case .zh: zh
    case .en: en
    }
  }
}

/// The language of messages and reports.
public enum Language: String, Sendable, CaseIterable {
  /// Chinese.
  case zh
  /// English.
  case en
}
