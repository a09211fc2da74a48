import Diagnostics
import PlanlintKit

/// One form of a page while it is written: its fields are labelled, and keep what was typed where the form comes back with a fault.
struct PageForm {
  let call: PageCall
  let id: String

  /// What was wrong the last time; nil where nothing was, or the fault is another form's.
  var fault: PageCall.Fault? { call.fault.flatMap { $0.form == id ? $0 : nil } }

  private func typed(_ name: String, _ value: String) -> String {
    fault.map { $0.values[name] ?? "" } ?? value
  }

  private func described(_ hint: String?, _ name: String) -> Markup {
    let ids = [hint.map { _ in "\(id)-\(name)-hint" }, fault.map { _ in "\(id)-fault" }]
      .compactMap(\.self)
    return ids.isEmpty ? "" : " aria-describedby=\"\(ids.joined(separator: " "))\""
  }

  private func hint(_ text: String?, _ name: String) -> Markup {
    text.map { "<small class=\"hint\" id=\"\(id)-\(name)-hint\">\($0)</small>" as Markup } ?? ""
  }

  private func label(_ text: String, _ name: String, isRequired: Bool) -> Markup {
    let mark: Markup =
      isRequired ? " <span class=\"need\">\(call.t("（必填）", "(required)"))</span>" : ""
    return "<label for=\"\(id)-\(name)\">\(text)\(mark)</label>"
  }

  /// A line of text, or what `type` says it is.
  func line(
    _ name: String, _ text: String, value: String = "", type: String = "text",
    isRequired: Bool = false, hint: String? = nil, list: String? = nil, autocomplete: String = "off"
  ) -> Markup {
    let required: Markup = isRequired ? " required" : ""
    let listed: Markup = list.map { " list=\"\($0)\"" as Markup } ?? ""
    // A password is typed anew.
    let value: Markup =
      type == "password" || type == "file" ? "" : " value=\"\(typed(name, value))\""
    return """
      <p class="field">\(label(text, name, isRequired: isRequired))
      <input id="\(id)-\(name)" name="\(name)" type="\(type)"\(value)\(required)\(listed) autocomplete="\(autocomplete)"\(described(hint, name))>
      \(self.hint(hint, name))</p>

      """
  }

  /// A reason, or other text of several lines.
  func area(_ name: String, _ text: String, isRequired: Bool = true) -> Markup {
    let required: Markup = isRequired ? " required" : ""
    return """
      <p class="field wide-field">\(label(text, name, isRequired: isRequired))
      <textarea id="\(id)-\(name)" name="\(name)" rows="2" maxlength="2000"\(required)\(described(nil, name))>\(typed(name, ""))</textarea></p>

      """
  }

  func choice(
    _ name: String, _ text: String, value: String = "", isRequired: Bool = false,
    _ options: [(value: String, label: String)]
  ) -> Markup {
    let chosen = typed(name, value)
    let required: Markup = isRequired ? " required" : ""
    let listed = options.map { option -> Markup in
      let selected: Markup = option.value == chosen ? " selected" : ""
      return "<option value=\"\(option.value)\"\(selected)>\(option.label)</option>"
    }
    return """
      <p class="field">\(label(text, name, isRequired: isRequired))
      <select id="\(id)-\(name)" name="\(name)"\(required)\(described(nil, name))>\(listed)</select></p>

      """
  }

  /// Any of some, each with a box.
  func boxes(
    _ name: String, _ legend: String, chosen: Set<String> = [],
    _ options: [(value: String, label: String)]
  ) -> Markup {
    let chosen = fault.map { Set($0.values.all(name)) } ?? chosen
    let listed = options.enumerated().map { index, option -> Markup in
      let checked: Markup = chosen.contains(option.value) ? " checked" : ""
      let box = "\(id)-\(name)-\(index)"
      return """
        <span class="box"><input type="checkbox" id="\(box)" name="\(name)" value="\(option.value)"\(checked)><label for="\(box)">\(option.label)</label></span>

        """
    }
    return "<fieldset class=\"boxes\"><legend>\(legend)</legend>\(listed)</fieldset>\n"
  }
}

extension PageCall {
  /// A form of this page.
  ///
  /// Without a script it is sent as it is; what it carries beside its fields (the session's token, the version that was looked at and
  /// a key) makes it one act however often it is sent, and no act on what has moved meanwhile.
  ///
  /// - Parameters:
  ///   - id: unlike that of any other form of the page.
  ///   - version: of the round or case that is shown.
  func form(
    _ act: PageAct, id: String? = nil, version: Int? = nil, hidden: [(String, String)] = [],
    isUpload: Bool = false, submit: String, isGrave: Bool = false,
    _ body: (PageForm) -> Markup = { _ in "" }
  ) -> Markup {
    let form = PageForm(call: self, id: id ?? act.rawValue)
    var carried = [("csrf", token), ("act", act.rawValue), ("form", form.id), ("key", Self.key())]
    if let version { carried.append(("version", String(version))) }
    let inputs = (carried + hidden).map { name, value -> Markup in
      "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">"
    }
    let upload: Markup = isUpload ? " enctype=\"multipart/form-data\"" : ""
    let style: Markup = isGrave ? " class=\"grave\"" : ""
    return """
      <form method="post" action="\(action)" data-act="\(act.call)" id="\(form.id)" accept-charset="utf-8"\(upload)>
      \(inputs)
      \(form.fault.map(told) ?? "")\(body(form))<p class="send"><button type="submit"\(style)>\(submit)</button></p>
      </form>

      """
  }

  /// The page's own address, with all that says what it shows.
  private var action: String {
    let kept = request.query.filter { ["year", "after", "round", "to", "layer"].contains($0.name) }
    return href(address, kept.map { ($0.name, $0.value) })
  }

  /// A key that no other form has.
  static func key() -> String {
    var generator = SystemRandomNumberGenerator()
    let (high, low) = (generator.next(), generator.next())
    return String(high, radix: 16) + "-" + String(low, radix: 16)
  }

  /// A form that opens when it is asked for; open already where it came back with a fault.
  func folded(_ title: String, _ id: String, _ form: Markup) -> Markup {
    let open: Markup = fault?.form == id ? " open" : ""
    return "<details class=\"act\"\(open)><summary>\(title)</summary>\n\(form)</details>\n"
  }

  // MARK: - Faults

  /// What was wrong with a form, in the language of the page and, smaller, in the other.
  func told(_ fault: Fault) -> Markup {
    let problem = fault.problem
    var lines: [Markup] = []
    if fault.faults.isEmpty {
      for told in problem.more["faults"]?.items ?? [] { lines.append(line(of: told)) }
    } else {
      for found in fault.faults {
        let place =
          found.location.map { location -> String in
            if let cell = location.cell { return t("单元格 \(cell)", "cell \(cell)") }
            return t(
              "第 \(location.line) 行第 \(location.column) 列",
              "line \(location.line), column \(location.column)")
          }
        lines.append(line(found.path, place, found.message))
      }
    }
    let listed: Markup = lines.isEmpty ? "" : "<ul>\(lines)</ul>\n"
    var more: Markup = ""
    let cases = (problem.more["cases"]?.items ?? []).compactMap(\.string)
    if !cases.isEmpty, case .round(let city, let round) = address {
      let links = cases.map { id -> Markup in
        "<a href=\"\(href(.filed(city, round, id)))\">\(id)</a>"
      }
      more += "<p>\(t("相关申请件：", "cases: "))\(links.joined("、"))</p>\n"
    }
    let limits = (problem.more["limits"]?.items ?? []).compactMap(\.string)
    if !limits.isEmpty {
      more += "<p>\(t("相关限额：", "limits: "))\(limits.joined(separator: t("；", "; ")))</p>\n"
    }
    return """
      <div class="fault" role="alert" id="\(fault.form)-fault" tabindex="-1">
      <p><strong>\(t("未能办理：", "not done: "))\(t(problem.detail))</strong></p>
      <p class="other" lang="\(language == .zh ? "en" : "zh-CN")">\(language == .zh ? problem.detail.en : problem.detail.zh)</p>
      \(listed)\(more)\(workbook(fault))</div>

      """
  }

  private func line(of told: PlainValue) -> Markup {
    let place = told["line"]?.integer.map { line in
      t("第 \(line) 行", "line \(line)")
        + (told["column"]?.integer.map { t("第 \($0) 列", ", column \($0)") } ?? "")
    }
    return line(
      told["path"]?.string ?? "", place,
      Bilingual(
        zh: told["message"]?["zh"]?.string ?? "", en: told["message"]?["en"]?.string ?? ""))
  }

  private func line(_ path: String, _ place: String?, _ message: Bilingual) -> Markup {
    let other = language == .zh ? message.en : message.zh
    return """
      <li><code>\(path)</code> \(place ?? "") \(t(message)) <small class="other" lang="\(language == .zh ? "en" : "zh-CN")">\(other)</small></li>

      """
  }

  /// A file with so many bytes is given back within the page.
  private static let mostReturned = 8 << 20

  /// The table that was handed in with what is wrong beside each row, as a workbook within the page, so that nothing of it is kept.
  private func workbook(_ fault: Fault) -> Markup {
    let errors = InputErrors(faults: fault.faults)
    guard !fault.faults.isEmpty, errors.lieInInputs else { return "" }
    var bytes: [UInt8] = []
    errors.writeWorkbook(in: language) {
      bytes += $0
      return bytes.count < Self.mostReturned
    }
    if bytes.count >= Self.mostReturned {
      return "<p>\(t("文件较大，不附批注后的表。", "the file is too large to be given back with notes."))</p>"
    }
    let type = MediaTypes.xlsx
    return """
      <p><a class="download" download="\(t("批注后的表", "with-errors")).xlsx" href="data:\(type);base64,\(bytes.base64)">\(t("下载批注后的表（错误写在各行旁）", "download the table with the errors beside its rows"))</a></p>

      """
  }
}

extension [UInt8] {
  /// As RFC 4648 has it, with padding.
  var base64: String {
    let signs = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    text.reserveCapacity((count + 2) / 3 * 4)
    var index = 0
    while index < count {
      let rest = count - index
      let group =
        UInt32(self[index]) << 16 | (rest > 1 ? UInt32(self[index + 1]) << 8 : 0)
        | (rest > 2 ? UInt32(self[index + 2]) : 0)
      text.append(signs[Int(group >> 18 & 63)])
      text.append(signs[Int(group >> 12 & 63)])
      text.append(rest > 1 ? signs[Int(group >> 6 & 63)] : UInt8(ascii: "="))
      text.append(rest > 2 ? signs[Int(group & 63)] : UInt8(ascii: "="))
      index += 3
    }
    return String(decoding: text, as: UTF8.self)
  }
}
