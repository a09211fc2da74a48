package import Cases
import Checks
package import Diagnostics
import Policy
package import Reading

/// The files that planlint reads and writes, each with a JSON Schema made from what its reader accepts.
package enum FileSchema: String, Sendable, CaseIterable {
  case applications
  case facts
  case plan
  case waivers
  case registry
  case policy
  case policyTests = "policy-tests"
  case tenant
  case settings
  case report

  /// The schema as a JSON text; `formatNames` are the formats that a report can take.
  ///
  /// - Parameter catalogue: the fields and words of the tenant that the file is for.
  package func text(formatNames: [String], _ catalogue: Catalogue = .builtIn) -> String {
    document(formatNames: formatNames, catalogue).text + "\n"
  }

  /// The schema as a JSON document.
  package func document(formatNames: [String], _ catalogue: Catalogue = .builtIn) -> JSONTree {
    let title = title
    var zh = "planlint 的\(title.zh)，格式 `\(rawValue)/1`。"
    var en = "planlint: \(title.en), format `\(rawValue)/1`."
    if self != .report {
      zh += "自用字段以 `x-` 开头；空值即未填写。模式不能表达的：数字写全数位，不用指数、正号、前导零、进制前缀和下划线，不超过 30 位，整数不写小数点；同一字段不得重复。"
      en +=
        " Fields of one's own begin with `x-`; null is absence. What a schema cannot say: numbers are written out, without exponent, plus sign, leading zero, base or `_`, in at most 30 digits, whole ones without a point; no key occurs twice."
    }
    if self == .applications || self == .registry {
      zh += "表格、GeoJSON 和 JSON Lines 文件不适用本模式，字段相同。"
      en += " Tables, GeoJSON and JSON Lines have the same fields but are not for this schema."
    }
    if !isAlwaysYAML, self != .report {
      zh += "看似数字或真假值的文本请加引号：YAML 中 planlint 不加引号也可读取，JSON 中必须加。"
      en +=
        " Text that looks like a number or truth value is put in quotes: of YAML planlint takes it without, of JSON it does not."
    }
    return JSONSchema.document(
      schema(formatNames: formatNames, catalogue), id: "urn:planlint:schema:\(rawValue):1",
      title: title,
      description: Bilingual(zh: zh, en: en), takesPlainText: isAlwaysYAML, example: example)
  }

  /// What the reader accepts; of a report, what is written.
  package func schema(
    formatNames: [String], _ catalogue: Catalogue = .builtIn
  ) -> FieldSchema {
    switch self {
    case .applications:
      .either([
        BatchHead.reader(catalogue).schema,
        .list(Application.reader(file: 0, catalogue).schema, atLeast: 1),
      ])
    case .facts: catalogue.facts.reader("facts").schema
    case .plan: catalogue.plan.reader("plan").schema
    case .waivers: Waivers.reader.schema
    case .registry:
      .either([
        Registry.head(catalogue).schema,
        .list(Institution.reader(catalogue).schema, atLeast: 0),
      ])
    case .policy: PolicySource.reader(catalogue.words).schema
    case .policyTests: PolicyTests.reader(SourceFile(path: "", text: "")).schema
    case .tenant: Tenant.reader.schema
    case .settings:
      .nullable(SettingsFile.reader(SourceFile(path: "", text: ""), formatNames).schema)
    case .report: ReportSchema.report
    }
  }

  /// Whether planlint reads it as YAML whatever it is called, so that all text may stand unquoted.
  var isAlwaysYAML: Bool {
    switch self {
    case .policy, .policyTests, .tenant, .settings: true
    case .applications, .facts, .plan, .waivers, .registry, .report: false
    }
  }

  package var title: Bilingual {
    switch self {
    case .applications: Bilingual(zh: "定点申请", en: "applications")
    case .facts: Bilingual(zh: "基础数据", en: "the year's figures")
    case .plan: Bilingual(zh: "资源配置规划或年度配置计划", en: "a plan")
    case .waivers: Bilingual(zh: "批准例外和裁量决定", en: "recorded waivers and rulings")
    case .registry: Bilingual(zh: "定点机构名册", en: "the institutions designated already")
    case .policy: Bilingual(zh: "政策档案", en: "a policy profile")
    case .policyTests: Bilingual(zh: "政策测试", en: "the tests of a policy profile")
    case .tenant: Bilingual(zh: "统筹地区", en: "a jurisdiction and its profiles")
    case .settings: Bilingual(zh: "设置（planlint.yaml）", en: "settings (planlint.yaml)")
    case .report: Bilingual(zh: "检查报告", en: "a report")
    }
  }
}
