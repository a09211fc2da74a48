package import Diagnostics

/// What became of a report that was decided again, for people or as JSON.
package struct ReplayReport: Sendable {
  private let path: String
  package let difference: ReplayDifference

  package init(path: String, _ difference: ReplayDifference) {
    self.path = path
    self.difference = difference
  }

  // MARK: For people

  package func text(_ language: Language) -> String {
    let isChinese = language == .zh
    var lines: [String] = []
    if difference.isSame {
      lines.append(
        isChinese
          ? "\(path)：重新计算的结果与报告逐字节相同（\(difference.subjects) 件）"
          : "\(path): decided again with the same bytes (\(Self.count(difference.subjects, "subject")))"
      )
    } else {
      lines.append(
        isChinese
          ? "\(path)：重新计算的结果与报告不同，自第 \(difference.firstLine ?? 1) 行起"
          : "\(path): decided again with other bytes, from line \(difference.firstLine ?? 1) on")
      lines += changes(language)
      lines += flips(language)
    }
    return lines.map(VisibleText.of).joined(separator: "\n") + "\n"
  }

  private static func count(_ number: Int, _ word: String) -> String {
    "\(number) \(word)\(number == 1 ? "" : "s")"
  }

  private func changes(_ language: Language) -> [String] {
    let isChinese = language == .zh
    if difference.changes.isEmpty {
      return [
        isChinese
          ? "版本、政策档案和输入文件均未变；报告本身可能改动过，或程序不是原来的构建"
          : "version, profile and inputs are what they were; the report itself may have been edited, or the program is another build"
      ]
    }
    var lines = [isChinese ? "已变：" : "changed:"]
    for change in difference.changes {
      let none = isChinese ? "无" : "none"
      let (before, after) = (change.before ?? none, change.after ?? none)
      let name =
        switch change.subject {
        case .version: isChinese ? "程序版本" : "version of planlint"
        case .profile(let id): (isChinese ? "政策档案 " : "profile ") + id
        case .input(let path, let role):
          isChinese ? "输入文件 \(path)（\(role)）" : "input \(path) (\(role))"
        }
      lines.append("  \(name): \(before) → \(after)")
    }
    return lines
  }

  private func flips(_ language: Language) -> [String] {
    let isChinese = language == .zh
    if difference.flips.isEmpty { return [isChinese ? "结论均未变" : "no verdict is another"] }
    var lines = [
      isChinese
        ? "结论改变 \(difference.flips.count) 件："
        : "\(Self.count(difference.flips.count, "verdict")) changed:"
    ]
    let none = isChinese ? "无此对象" : "not there"
    for flip in difference.flips {
      let name = flip.name.isEmpty || flip.name == flip.id ? flip.id : "\(flip.id) \(flip.name)"
      lines.append("  \(name): \(flip.before ?? none) → \(flip.after ?? none)")
      for rule in flip.rules {
        let category = rule.category.map { "[\($0)]" } ?? ""
        lines.append("    \(rule.rule)\(category): \(rule.before ?? "-") → \(rule.after ?? "-")")
      }
    }
    return lines
  }

  // MARK: For programs

  package func json(version: String) -> String {
    var sink = ByteSink()
    var json = JSONWriter(taking: &sink, indented: true)
    json.beginObject()
    json.head("replay/1", version: version)
    json.key("report")
    json.string(path)
    json.key("same")
    json.bool(difference.isSame)
    json.key("first_line")
    if let line = difference.firstLine { json.number(line) } else { json.null() }
    json.key("changed")
    json.beginArray()
    for change in difference.changes { self.change(change, to: &json) }
    json.endArray()
    json.key("verdicts")
    json.beginArray()
    for flip in difference.flips { self.flip(flip, to: &json) }
    json.endArray()
    json.endObject()
    json.endLine()
    json.giveBack(to: &sink)
    return String(decoding: sink.bytes, as: UTF8.self)
  }

  private func change(_ change: ReplayDifference.Change, to json: inout JSONWriter) {
    json.beginObject(inline: true)
    json.key("what")
    switch change.subject {
    case .version: json.string("version" as StaticString)
    case .profile(let id):
      json.string("profile" as StaticString)
      json.key("id")
      json.string(id)
    case .input(let path, let role):
      json.string("input" as StaticString)
      json.key("path")
      json.string(path)
      json.key("role")
      json.string(role)
    }
    before(change.before, after: change.after, to: &json)
    json.endObject()
  }

  private func flip(_ flip: ReplayDifference.Flip, to json: inout JSONWriter) {
    json.beginObject()
    json.key("subject")
    json.beginObject(inline: true)
    json.key("type")
    json.string(flip.type)
    json.key("id")
    json.string(flip.id)
    json.key("name")
    json.string(flip.name)
    json.endObject()
    before(flip.before, after: flip.after, to: &json)
    json.key("rules")
    json.beginArray()
    for rule in flip.rules {
      json.beginObject(inline: true)
      json.key("rule")
      json.string(rule.rule)
      json.key("category")
      if let category = rule.category { json.string(category) } else { json.null() }
      before(rule.before, after: rule.after, to: &json)
      json.endObject()
    }
    json.endArray()
    json.endObject()
  }

  private func before(_ before: String?, after: String?, to json: inout JSONWriter) {
    json.key("before")
    if let before { json.string(before) } else { json.null() }
    json.key("after")
    if let after { json.string(after) } else { json.null() }
  }
}
