import Cases
package import Diagnostics
import Expression
import Policy
import PolicyDesk
import Reading

extension Workspace {
  /// What may stand at a byte of a document, told from the text alone, so that it is there while nothing can be read.
  package mutating func completions(_ path: String, at offset: Int) -> (
    items: [Completion], range: ByteRange
  ) {
    guard let document = files.documents[path], let kind = kind(of: path),
      DocumentFormat(path: path) != .csv
    else {
      return ([], ByteRange(start: offset, end: offset))
    }
    let place = CursorPlace(document.text, at: offset)
    let catalogue = catalogue(of: path, kind)
    let schema = schema(kind, catalogue)
    let profile = profilePath(for: path).flatMap { analysis($0)?.node }
    let run = CompletionRun(
      place: place, kind: kind, catalogue: catalogue, schema: schema, profile: profile,
      language: settings.language,
      after: document.text.text(
        offset..<document.text.line(document.text.lineNumber(of: offset)).upperBound),
      isJSON: path.hasSuffix(".json"))
    return (run.written(), run.range)
  }
}

/// Finds what may stand at one place.
struct CompletionRun {
  let place: CursorPlace
  let kind: FileSchema
  let catalogue: Catalogue
  let schema: FieldSchema
  /// The tree of the profile, or of the one beside the tests.
  let profile: Node?
  let language: Language
  /// What stands behind the cursor on its line.
  let after: String
  /// Whether all names and texts stand in quotes.
  let isJSON: Bool

  /// What a completion replaces.
  var range: ByteRange {
    guard place.stand != .key, TextRole.of(place.keys, in: kind) == nil, !place.before.contains(" ")
    else {
      return place.word
    }
    return ByteRange(start: place.word.end - place.before.utf8.count, end: place.word.end)
  }

  /// The completions as they are written there: without what follows a key where the cursor stands in quotes, and in quotes in JSON.
  func written() -> [Completion] {
    guard place.isQuoted || isJSON, !isExpression else { return items() }
    return items().map { item in
      var item = item
      let text = item.insertion ?? item.label
      let isKey = text.hasSuffix(":") || text.hasSuffix(": ")
      if place.isQuoted {
        item.insertion = item.label
      } else if isKey {
        item.insertion = "\"\(item.label)\": "
      } else if item.kind != .value {
        item.insertion = "\"\(item.label)\""
      }
      return item
    }
  }

  private var isExpression: Bool {
    switch TextRole.of(place.keys, in: kind) {
    case .expression, .message: true
    default: false
    }
  }

  func items() -> [Completion] {
    if isComment { return [] }
    var items: [Completion] = []
    if let role = TextRole.of(place.keys, in: kind), place.stand != .key {
      let named = names(role)
      if !named.isEmpty || role != .message { items += named }
      if case .expression = role { return items }
      if role == .message { return items }
    }
    if let here = resolved {
      if place.stand != .value { items += keys(here) }
      if place.stand == .open || place.stand == .value { items += values(here) }
    }
    if kind == .policyTests { items += testNames() }
    return items
  }

  private var isComment: Bool {
    !place.isQuoted && (place.before.hasPrefix("#") || place.before.contains(" #"))
  }

  /// What the steps lead to.
  private var resolved: FieldSchema? {
    var here = schema
    for step in place.steps {
      let next: FieldSchema? =
        switch step {
        case .key(let key): here.step(key: key)
        case .item: here.item
        }
      guard let next else { return nil }
      here = next
    }
    return here
  }

  // MARK: Keys

  private func keys(_ here: FieldSchema) -> [Completion] {
    var dash = ""
    var records = here.records
    if records.isEmpty, place.stand == .open, let item = here.item {
      records = item.records
      dash = "- "
    }
    var seen = dash.isEmpty ? place.siblings : []
    var items: [Completion] = []
    for record in records {
      for field in record.fields where seen.insert(field.name).inserted {
        var completion = Completion(
          field.name, .property, detail: field.meaning?[language] ?? "",
          documentation: SchemaText.of(field.schema)?[language] ?? "",
          insertion: dash + field.name + ":" + Self.gap(field.schema))
        completion.isMissing = field.isRequired
        completion.also = [field.meaning?.zh].compactMap(\.self)
        items.append(completion)
      }
    }
    // What has to be there goes first.
    items = items.filter(\.isMissing) + items.filter { !$0.isMissing }
    for word in here.keySchema?.words ?? [] where !seen.contains(word.word.word) {
      items.append(self.word(word.word, insertion: word.word.word + ": "))
    }
    return items
  }

  /// What follows the colon of a key: mappings and lists of them begin on the next line.
  private static func gap(_ schema: FieldSchema) -> String {
    switch schema {
    case .named(_, let inner), .nullable(let inner): gap(inner)
    case .map, .record: ""
    case .list(let item, _): item.records.isEmpty ? " " : ""
    default: " "
    }
  }

  // MARK: Values

  private func values(_ here: FieldSchema) -> [Completion] {
    var items: [Completion] = []
    var choices = here.choices
    var isList = false
    if let item = here.item, place.stand == .value, !place.before.hasPrefix("[") {
      choices += item.choices
      isList = true
    }
    for word in here.words + (isList ? here.item?.words ?? [] : []) {
      let wrapped = isList && here.words.isEmpty ? "[\(word.word.word)]" : nil
      items.append(self.word(word.word, insertion: wrapped))
    }
    for choice in choices {
      switch choice {
      case .exactly(let text): items.append(Completion(text, .value))
      case .bool: items += ["true", "false"].map { Completion($0, .value) }
      default: continue
      }
    }
    return items
  }

  private func word(_ word: FieldSchema.Word, insertion: String? = nil) -> Completion {
    var completion = Completion(
      word.word, .word, detail: word.label?[language] ?? "",
      documentation: word.names.joined(separator: language == .zh ? "、" : ", "),
      insertion: insertion)
    completion.also = word.names.isEmpty ? [word.label?.zh].compactMap(\.self) : word.names
    return completion
  }

  // MARK: Names

  private func names(_ role: TextRole) -> [Completion] {
    switch role {
    case .provision: return of(ProfileItem.all(["provisions"], of: profile), .reference)
    case .parameter: return of(ProfileItem.all(["parameters"], of: profile), .constant)
    case .circle: return of(ProfileItem.all(["circles"], of: profile), .variable)
    case .exemption: return of(ProfileItem.all(["exemptions"], of: profile), .reference)
    case .exception: return of(ProfileItem.all(["exceptions"], of: profile), .reference)
    case .ruleID: return of(ProfileItem.all(["provisions"], of: profile), .reference)
    case .rule: return rules
    case .applicationField:
      return catalogue.applicationEntries.map {
        Completion($0.name, .field, detail: $0.field.label[language])
      }
    case .expression(let place): return expression(self.place.before, place)
    case .message:
      // Within the last brace that is open.
      guard let open = place.before.lastIndex(of: "{"),
        !place.before[open...].contains("}")
      else { return [] }
      return expression(String(place.before[place.before.index(after: open)...]), .message)
    }
  }

  private func of(_ items: [ProfileItem], _ kind: Completion.Kind) -> [Completion] {
    items.map {
      Completion($0.name, kind, detail: $0.detail(language), documentation: $0.markdown(language))
    }
  }

  /// The rules of the profile.
  private var rules: [Completion] {
    var seen: Set<String> = []
    return (profile?["rules"]?.items ?? []).compactMap { rule in
      guard let id = rule["id"]?.scalar?.text, seen.insert(id).inserted else { return nil }
      let provision = profile.flatMap { ProfileItem(id, in: ["provisions"], of: $0) }
      return Completion(
        id, .reference, detail: rule["name"]?.scalar?.text ?? "",
        documentation: provision?.markdown(language) ?? "")
    }
  }

  private func testNames() -> [Completion] {
    switch place.keys {
    case let keys where keys.count == 3 && keys[0] == "tests" && keys[1] == "expect":
      if place.stand == .value { return [] }
      return rules.filter { !place.siblings.contains($0.label) }.map { rule in
        var rule = rule
        rule.insertion = rule.label + ": "
        return rule
      }
    case ["tests", "readings"]:
      if place.stand == .value { return [] }
      return of(ProfileItem.all(["readings", "parameters"], of: profile), .constant).map { item in
        var item = item
        item.insertion = item.label + ": "
        return item
      }
    default: return []
    }
  }

  // MARK: Expressions

  private func expression(_ before: String, _ place: PolicyNames.Place) -> [Completion] {
    let cursor = ExpressionCursor(before, after: after)
    if let path = cursor.compared { return words(path) }
    if cursor.isText { return [] }
    if !cursor.path.isEmpty { return members(cursor.path) }
    return of(ProfileItem.named(of: profile), .variable) + roots(place) + functions
  }

  private func words(_ path: [String]) -> [Completion] {
    if path.count == 2, path[0] == "reading" {
      guard let reading = profile?["readings"]?[path[1]] else { return [] }
      let values = [reading["value"]] + (reading["alternatives"]?.items ?? [])
      return values.compactMap { $0?.scalar?.text }.map {
        Completion($0, .word, detail: reading["words"]?[$0]?[language.rawValue]?.scalar?.text ?? "")
      }
    }
    guard case .symbol(let type)? = ExpressionType.of(path, catalogue) else { return [] }
    return type.values.map { value in
      let label = type.label(of: value)
      var completion = Completion(value, .word, detail: label[language])
      completion.also = [label.zh]
      return completion
    }
  }

  private func members(_ path: [String]) -> [Completion] {
    if path == ["reading"] { return of(ProfileItem.all(["readings"], of: profile), .variable) }
    switch ExpressionType.of(path, catalogue) {
    case .record(let record)?:
      return record.fields.map { field in
        let known = ExpressionType.field(path + [field.name], catalogue)
        var completion = Completion(field.name, .field, detail: known?.label[language] ?? "")
        completion.also = [known?.meaning.zh].compactMap(\.self)
        return completion
      }
    case .map(.symbol(let type), _)?:
      return type.values.map { Completion($0, .word, detail: type.label(of: $0)[language]) }
    case .list?:
      return ["all", "exists", "exists_one", "filter", "map"].map { Completion($0, .function) }
    default: return []
    }
  }

  private func roots(_ place: PolicyNames.Place) -> [Completion] {
    var names = [
      "application", "plan", "facts", "district", "category", "year", "place", "plan_district",
      "reading",
    ]
    if case .circle = place { names.insert("neighbour", at: 0) }
    var items = names.map { name in
      Completion(name, .module, detail: RootText.of(name)?[language] ?? "")
    }
    if case .message = place {
      items =
        PolicyNames.extras.map {
          Completion($0.name, .variable, detail: RootText.of($0.name)?[language] ?? "")
        } + items
    }
    return items
  }

  private var functions: [Completion] {
    FunctionLibrary.policy.names.compactMap { name in
      guard let function = FunctionLibrary.policy[name],
        name.unicodeScalars.first.map({ $0.properties.isAlphabetic }) ?? false
      else { return nil }
      return Completion(
        name, .function, detail: function.signatures.first ?? "",
        documentation: function.signatures.map { "`\($0)`" }.joined(separator: "\n\n"))
    }
  }
}

extension Function {
  /// How it is called, form by form: `min(number, number): number`.
  var signatures: [String] {
    var seen: Set<String> = []
    return overloads.compactMap { form in
      let types = form.parameters.map { $0.name(.quantities) }
      let call =
        form.isMethod
        ? "\(types.first ?? "").\(name)(\(types.dropFirst().joined(separator: ", ")))"
        : "\(name)(\(types.joined(separator: ", ")))"
      let text = "\(call): \(form.result.name(.quantities))"
      return seen.insert(text).inserted ? text : nil
    }
  }
}
