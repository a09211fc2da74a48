import Cases
package import Checks
package import Diagnostics
import Policy
import Reading

/// An input in another form, as planlint writes it: `planlint convert`.
///
/// What comes out is read again and held against what went in: whatever the new form cannot hold is a fault that names it.
package struct Conversion {
  /// What an input is.
  package enum Kind: String, CaseIterable, Sendable {
    case applications, registry, facts, plan, waivers

    var word: Bilingual {
      switch self {
      case .applications: Bilingual(zh: "定点申请", en: "applications")
      case .registry: Bilingual(zh: "定点机构名册", en: "a registry")
      case .facts: Bilingual(zh: "基础数据", en: "facts")
      case .plan: Bilingual(zh: "规划", en: "a plan")
      case .waivers: Bilingual(zh: "批准例外和裁量决定", en: "waivers")
      }
    }
  }

  package enum Target: String, CaseIterable, Sendable {
    case yaml, json, jsonl, csv

    fileprivate var format: DocumentFormat {
      switch self {
      case .yaml: .yaml
      case .json: .json
      case .jsonl: .jsonLines
      case .csv: .csv
      }
    }

    /// Whether it holds rows and nothing of the file itself.
    fileprivate var isRows: Bool { self == .jsonl || self == .csv }
  }

  private let library: PolicyLibrary
  private let options: CheckOptions

  package init(_ library: PolicyLibrary, _ options: CheckOptions) {
    self.library = library
    self.options = options
  }

  /// - Parameters:
  ///   - kind: what the input is; nil finds out.
  ///   - rowsOnly: whether what an applications file says of itself may be left out.
  package func run(
    _ path: String, to target: Target, as kind: Kind?, rowsOnly: Bool
  ) throws(Faults) -> String {
    let file = try options.sources.load(path)
    let cities = [CityAhead.city(of: file), (try? InputHead(reading: file))?.city?.value]
    let catalogue = try library.catalogue(options, cities: cities)
    let found: Kind
    if let kind { found = kind } else { found = try ConversionInput.kind(of: file, catalogue) }
    let input = try ConversionInput.read(file, as: found, catalogue, options.note)
    if target.isRows, found == .plan || found == .waivers || target == .jsonl && found == .facts {
      throw Faults(
        Fault(
          path: path, zh: "\(found.word.zh)不能写成 \(target.rawValue)，请用 yaml 或 json",
          en: "\(found.word.en) cannot be written as \(target.rawValue): use yaml or json"))
    }
    if target.isRows { try hold(input, path, target, rowsOnly: rowsOnly) }
    let text = written(input, target, catalogue, city: try city())
    let name = "\(path) → \(target.rawValue)"
    let copy = SourceFile(
      path: name, bytes: Array(text.utf8), statedFormat: target.format.rawValue)
    let again: ConversionInput
    do throws(Faults) {
      again = try ConversionInput.read(copy, as: found, catalogue) { _ in }
    } catch {
      throw Faults(
        error.faults.map { fault in
          Fault(
            path: path, zh: "\(target.rawValue) 不能表示此项：\(fault.message.zh)",
            en: "\(target.rawValue) cannot hold this: \(fault.message.en)")
        })
    }
    try compare(input, again, path, target)
    return text
  }

  /// The city that the options name, by its id.
  private func city() throws(Faults) -> String? {
    guard let name = options.city else { return nil }
    let tenant = try library.tenant(meaning: name)
    return library.place(name, tenant) ?? tenant.id
  }

  /// What a file says of itself has no place among rows.
  private func hold(
    _ input: ConversionInput, _ path: String, _ target: Target, rowsOnly: Bool
  ) throws(Faults) {
    var lost = input.head.map(\.key).filter { $0 != "planlint" }
    // It stands in each row.
    if input.kind == .applications { lost.removeAll { $0 == "datum" } }
    if lost.isEmpty || rowsOnly || input.kind == .facts { return }
    let names = lost.map { Quoting.code($0) }
    throw Faults(
      Fault(
        path: path,
        zh:
          "\(target.rawValue) 只有各行，不能表示 \(names.joined(separator: "、"))；加 `--rows-only` 只写各行，检查时以命令行选项给出这些内容",
        en:
          "\(target.rawValue) has rows alone and cannot hold \(names.joined(separator: ", ")); with `--rows-only` the rows are written, and the options of a check give these"
      ))
  }

  private func written(
    _ input: ConversionInput, _ target: Target, _ catalogue: Catalogue, city: String?
  ) -> String {
    /// With the format, and the city where it is known and not there.
    func headed(_ format: String, hasCity: Bool = true) -> [PlainField] {
      var head = input.head.filter { $0.key != "planlint" }
      if hasCity, let city, !head.contains(where: { $0.key == "city" }) {
        head.insert(PlainField("city", .text(city)), at: 0)
      }
      return [PlainField("planlint", .bare(format))] + head
    }
    let list: (key: String, format: String, fields: [String])
    switch input.kind {
    case .applications:
      list = (
        "applications", "applications/1",
        catalogue.applicationEntries.flatMap { entry in
          entry.role == .location ? ["lon", "lat", "datum"] : [entry.name]
        }
      )
    case .registry:
      list = ("institutions", "registry/1", catalogue.institutionEntries.map(\.name))
    case .facts, .plan, .waivers:
      let document = PlainItem.map(
        headed("\(input.kind.rawValue)/1", hasCity: input.kind != .waivers))
      return switch target {
      case .yaml: PlainWriter.yaml(document)
      case .json, .jsonl: PlainWriter.json(document)
      case .csv: PlainTable.figures(document)
      }
    }
    switch target {
    case .csv: return PlainTable.rows(input.rows, fields: list.fields)
    case .jsonl:
      return input.rows.map { PlainWriter.flow($0, isYAML: false) + "\n" }.joined()
    case .yaml, .json:
      let head = headed(list.format, hasCity: input.kind == .applications)
      let document = PlainItem.map(head + [PlainField(list.key, .list(input.rows))])
      return target == .yaml ? PlainWriter.yaml(document) : PlainWriter.json(document)
    }
  }

  private func compare(
    _ input: ConversionInput, _ again: ConversionInput, _ path: String, _ target: Target
  ) throws(Faults) {
    var lost = PlainItem.list(input.rows).differences(
      from: .list(again.rows), at: input.kind.rawValue)
    if !target.isRows || input.kind == .facts {
      let head = input.head.filter { $0.key != "planlint" || input.kind == .facts }
      for entry in head {
        lost += entry.value.differences(
          from: PlainItem.map(again.head)[entry.key], at: entry.key)
      }
    }
    var faults = FaultCollector()
    for name in lost {
      let code = Quoting.code(name)
      faults.add(
        Fault(
          path: path, zh: "\(target.rawValue) 不能原样表示 \(code)",
          en: "\(target.rawValue) cannot hold \(code) as it is"))
    }
    try faults.check()
  }
}
