import Diagnostics
import Reading

extension Server {
  /// What a request of a feature comes to.
  func result(
    of feature: Feature, _ parameters: JSONTree
  ) throws(Message.Failure) -> JSONTree {
    if feature == .workspaceSymbol { return symbols(matching: parameters["query"]?.string ?? "") }
    guard let path = path(parameters) else {
      throw Message.Failure(
        code: Message.Failure.invalidParameters,
        message: "expected `textDocument` with a file's `uri`")
    }
    guard let document = workspace.files.documents[path] else {
      throw Message.Failure(
        code: Message.Failure.invalidParameters, message: "the document is not open")
    }
    if feature == .outline { return .list(workspace.outline(path).map { tree($0, document.text) }) }
    if feature == .diagnostic {
      let items = diagnoses(path).map { tree($0, in: path, document.text) }
      return .object([("kind", .text("full")), ("items", .list(items))])
    }
    if feature == .actions { return actions(path, document.text, parameters) }
    guard let position = Position(parameters["position"]) else {
      throw Message.Failure(
        code: Message.Failure.invalidParameters, message: "expected `position`")
    }
    let offset = document.text.offset(of: position, workspace.settings.encoding)
    switch feature {
    case .completion: return completions(path, document.text, offset)
    case .hover:
      guard let hover = workspace.hover(path, at: offset) else { return .null }
      return .object([
        (
          "contents",
          .object([("kind", .text("markdown")), ("value", .text(hover.text))])
        ), ("range", document.text.tree(hover.range, workspace.settings.encoding)),
      ])
    case .definition: return places(workspace.definitions(path, at: offset))
    case .references:
      let all = parameters["context", "includeDeclaration"]?.flag ?? true
      return places(workspace.references(path, at: offset, withDefinitions: all))
    case .prepareRename:
      guard let occurrence = workspace.renamed(path, at: offset) else { return .null }
      return .object([
        ("range", document.text.tree(occurrence.range, workspace.settings.encoding)),
        ("placeholder", .text(occurrence.symbol.name)),
      ])
    case .rename:
      guard let name = parameters["newName"]?.string else {
        throw Message.Failure(
          code: Message.Failure.invalidParameters, message: "expected `newName`")
      }
      let places = try workspace.rename(path, at: offset, to: name)
      return workspace.edit(
        places.map { TextChange(path: $0.file.path, range: $0.range, text: name) })
    case .highlight:
      let places = workspace.references(path, at: offset, withDefinitions: true)
        .filter { $0.file.path == path }
      return .list(
        places.map {
          .object([("range", document.text.tree($0.range, workspace.settings.encoding))])
        })
    case .outline, .workspaceSymbol, .actions, .diagnostic: return .null
    }
  }

  private func completions(_ path: String, _ text: DocumentText, _ offset: Int) -> JSONTree {
    let found = workspace.completions(path, at: offset)
    let range = text.tree(found.range, workspace.settings.encoding)
    return .object([
      ("isIncomplete", .bool(false)),
      ("items", .list(found.items.enumerated().map { $1.tree($0, replacing: range) })),
    ])
  }

  private func places(_ locations: [Location]) -> JSONTree { .list(locations.map(place)) }

  /// A place as the protocol has it.
  func place(_ location: Location) -> JSONTree {
    let path = location.file.path
    let open = workspace.files.documents[path]
    let text = open?.text ?? DocumentText(location.file)
    return .object([
      ("uri", .text(open?.uri ?? FilePath.uri(path))),
      ("range", text.tree(location.range, workspace.settings.encoding)),
    ])
  }

  private func tree(_ entry: OutlineEntry, _ text: DocumentText) -> JSONTree {
    var fields: [(key: String, value: JSONTree)] = [
      // A name must not be empty.
      ("name", .text(entry.name.isEmpty ? "-" : entry.name)), ("detail", .text(entry.detail)),
      ("kind", .int(entry.kind.rawValue)),
      ("range", text.tree(entry.whole, workspace.settings.encoding)),
      ("selectionRange", text.tree(entry.range, workspace.settings.encoding)),
    ]
    if !entry.children.isEmpty {
      fields.append(("children", .list(entry.children.map { tree($0, text) })))
    }
    return .object(fields)
  }

  /// As many symbols of a workspace are given.
  private static let mostSymbols = 500

  /// The entries of all profiles that are open or beside what is open, by a part of their names.
  private func symbols(matching query: String) -> JSONTree {
    let wanted = query.lowercased()
    var paths: [String] = []
    for open in workspace.files.openPaths {
      let folder = FilePath.folder(of: open)
      for path in [open] + workspace.profilePaths(in: folder) where !paths.contains(path) {
        paths.append(path)
      }
    }
    var found: [JSONTree] = []
    for path in paths {
      guard let file = workspace.files.file(path) else { continue }
      let open = workspace.files.documents[path]
      let text = open?.text ?? DocumentText(file)
      for section in workspace.outline(path) {
        for entry in section.children
        where wanted.isEmpty || entry.name.lowercased().contains(wanted)
          || entry.detail.lowercased().contains(wanted)
        {
          if found.count == Self.mostSymbols { return .list(found) }
          found.append(
            .object([
              ("name", .text(entry.name)), ("kind", .int(entry.kind.rawValue)),
              ("containerName", .text(section.name)),
              (
                "location",
                .object([
                  ("uri", .text(open?.uri ?? FilePath.uri(path))),
                  ("range", text.tree(entry.range, workspace.settings.encoding)),
                ])
              ),
            ]))
        }
      }
    }
    return .list(found)
  }

  private func actions(_ path: String, _ text: DocumentText, _ parameters: JSONTree) -> JSONTree {
    let encoding = workspace.settings.encoding
    guard let start = Position(parameters["range", "start"]),
      let end = Position(parameters["range", "end"])
    else { return .list([]) }
    let first = text.offset(of: start, encoding)
    let range = ByteRange(start: first, end: max(first, text.offset(of: end, encoding)))
    let only = parameters["context", "only"]?.items?.compactMap(\.string)
    let actions = workspace.actions(path, at: range, diagnoses(path)).filter { action in
      only?.contains { action.kind.rawValue.hasPrefix($0) } ?? true
    }
    return .list(
      actions.map { action in
        var fields: [(key: String, value: JSONTree)] = [
          ("title", .text(action.title[workspace.settings.language])),
          ("kind", .text(action.kind.rawValue)),
        ]
        if let solved = action.solves {
          fields.append(("diagnostics", .list([solved.tree(text, workspace.settings)])))
          fields.append(("isPreferred", .bool(true)))
        }
        fields.append(("edit", workspace.edit(action.changes)))
        return .object(fields)
      })
  }
}
