import Reading

/// What the server tells a client that it can do.
enum Capabilities {
  static func tree(_ settings: ServerSettings, version: String) -> JSONTree {
    .object([
      (
        "capabilities",
        .object(
          [
            ("positionEncoding", .text(settings.encoding.rawValue)),
            (
              "textDocumentSync",
              .object([
                ("openClose", .bool(true)), ("change", .int(2)),
                ("save", .object([("includeText", .bool(false))])),
              ])
            ),
            (
              "workspace",
              .object([
                (
                  "workspaceFolders",
                  .object([("supported", .bool(true)), ("changeNotifications", .bool(true))])
                )
              ])
            ),
          ] + Feature.capabilities(settings))
      ),
      ("serverInfo", .object([("name", .text("planlint")), ("version", .text(version))])),
    ])
  }
}

/// What documents can be asked.
enum Feature: String, CaseIterable {
  case completion = "textDocument/completion"
  case hover = "textDocument/hover"
  case definition = "textDocument/definition"
  case references = "textDocument/references"
  case highlight = "textDocument/documentHighlight"
  case prepareRename = "textDocument/prepareRename"
  case rename = "textDocument/rename"
  case outline = "textDocument/documentSymbol"
  case workspaceSymbol = "workspace/symbol"
  case actions = "textDocument/codeAction"
  case diagnostic = "textDocument/diagnostic"

  static func capabilities(_ settings: ServerSettings) -> [(key: String, value: JSONTree)] {
    let all: [(key: String, value: JSONTree)] = [
      (
        "completionProvider",
        .object([("triggerCharacters", .texts([".", "'", "{", " ", "-", ":", "["]))])
      ),
      ("hoverProvider", .bool(true)), ("definitionProvider", .bool(true)),
      ("referencesProvider", .bool(true)), ("documentHighlightProvider", .bool(true)),
      ("renameProvider", .object([("prepareProvider", .bool(true))])),
      ("documentSymbolProvider", .bool(true)), ("workspaceSymbolProvider", .bool(true)),
      (
        "codeActionProvider",
        .object([("codeActionKinds", .texts(["quickfix", "refactor.rewrite"]))])
      ),
      (
        "diagnosticProvider",
        .object([("interFileDependencies", .bool(true)), ("workspaceDiagnostics", .bool(false))])
      ),
    ]
    // Clients that do both show everything twice.
    return settings.takesDiagnostics ? all.filter { $0.key != "diagnosticProvider" } : all
  }
}
