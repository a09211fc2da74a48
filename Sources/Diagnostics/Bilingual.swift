/// One sentence in the two languages that planlint speaks.
package struct Bilingual: Sendable, Hashable {
  package var zh: String
  package var en: String

  package init(zh: String, en: String) {
    self.zh = zh
    self.en = en
  }

  package subscript(_ language: Language) -> String {
    switch language {
    case .zh: zh
    case .en: en
    }
  }
}

/// The language of messages and reports.
package enum Language: String, Sendable, CaseIterable {
  case zh
  case en
}
