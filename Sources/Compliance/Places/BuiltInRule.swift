package import Diagnostics

/// Findings that no profile states.
package enum BuiltInRule: CaseIterable, Sendable {
  case profileNotInForce
  case stockDiffers
  case factsOfAnotherYear
  case readingDecides
  case kindAndCategory

  package var id: String {
    switch self {
    case .profileNotInForce: "profile-not-in-force"
    case .stockDiffers: "stock-differs"
    case .factsOfAnotherYear: "facts-of-another-year"
    case .readingDecides: "reading-decides"
    case .kindAndCategory: "kind-and-category"
    }
  }

  package var summary: Bilingual {
    switch self {
    case .profileNotInForce:
      Bilingual(
        zh: "申请日期不在任何政策档案的施行期内", en: "submitted outside the span of every profile")
    case .stockDiffers:
      Bilingual(zh: "基础数据与名册的现有数不一致", en: "the stock in the facts differs from the registry")
    case .factsOfAnotherYear:
      Bilingual(zh: "基础数据的年份与申请年份不同", en: "the facts are of another year than the application")
    case .readingDecides:
      Bilingual(zh: "结论取决于对原文的某种读法", en: "the verdict hangs on how the text is read")
    case .kindAndCategory:
      Bilingual(
        zh: "申请类别与机构类别不相称", en: "a category that the kind of institution cannot be designated for")
    }
  }
}
