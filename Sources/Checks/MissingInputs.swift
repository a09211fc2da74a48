package import Diagnostics
import Reading

extension Note {
  /// Which of the inputs beside the applications were not given, and how to give them; nil where none is missing.
  package init?(lackingFacts: Bool, registry: Bool, of city: String, in path: String) {
    var zh: [String] = []
    var en: [String] = []
    var options: [String] = []
    if lackingFacts {
      zh.append("基础数据")
      en.append("facts")
      options.append("`--facts`")
    }
    if registry {
      zh.append("定点机构名册")
      en.append("registry")
      options.append("`--registry`")
    }
    if zh.isEmpty { return nil }
    self.init(
      path: path,
      zh:
        "未提供\(zh.joined(separator: "和"))，需要这些资料的规则只能得出资料不足；用 \(options.joined(separator: "、")) 指定，或在申请文件中写明；尚没有的，可用 `planlint init --city \(city)` 生成空白文件",
      en:
        "no \(en.joined(separator: " and no ")) given, so rules that need them come out as data missing; name them by \(options.joined(separator: ", ")) or in the applications; `planlint init --city \(city)` writes empty files to fill in"
    )
  }
}
