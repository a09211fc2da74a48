package import Diagnostics
package import Reading

/// What the client asked for when it started the server.
package struct ServerSettings: Sendable {
  package var language = Language.zh
  package var encoding = PositionEncoding.utf16
  /// The folders that are open in the client.
  package var folders: [String] = []
  /// Where the texts of the documents lie, `<tenant>.txt`.
  package var sources: String?
  /// The folder of policy profiles, where it is not found by itself.
  package var policies: String?
  /// Whether edits may say which version of a document they are for.
  package var versionsEdits = false
  /// Whether completions may have places to fill in.
  package var takesSnippets = false
  /// Whether the client takes it from the server which files it should watch.
  package var registersWatchers = false
  /// Whether the client shows what it is told of documents without asking for it.
  package var takesDiagnostics = false
  /// Whether the client shows the other places that a diagnosis speaks of.
  package var showsRelated = false

  package init() {}

  /// What the command line gives: what the client says in its `initializationOptions` goes before it.
  package struct Given: Sendable {
    /// Of messages; goes before the client's own language.
    package var language: Language?
    package var policies: String?
    package var sources: String?

    package init(language: Language? = nil, policies: String? = nil, sources: String? = nil) {
      self.language = language
      self.policies = policies
      self.sources = sources
    }
  }

  /// - Parameters:
  ///   - parameters: those of `initialize`.
  ///   - language: where nobody says anything of it.
  package init(_ parameters: JSONTree, given: Given, language: Language) {
    let options = parameters["initializationOptions"]
    func meant(_ word: String?) -> Language? {
      word.map { $0.lowercased().hasPrefix("zh") ? .zh : .en }
    }
    self.language =
      meant(options?["lang"]?.string ?? options?["locale"]?.string) ?? given.language
      ?? meant(parameters["locale"]?.string) ?? language
    encoding = PositionEncoding(
      offered: parameters["capabilities", "general", "positionEncodings"]?.items?.compactMap(
        \.string) ?? [])
    let open = parameters["workspaceFolders"]?.items?.compactMap { $0["uri"]?.string } ?? []
    let root = [parameters["rootUri"]?.string].compactMap(\.self)
    folders = (open.isEmpty ? root : open).compactMap(FilePath.of(uri:))
    if folders.isEmpty, let path = parameters["rootPath"]?.string { folders = [path] }
    sources = (options?["sources"]?.string ?? given.sources).map(resolved)
    policies = (options?["policies"]?.string ?? given.policies).map(resolved)
    let capabilities = parameters["capabilities"]
    versionsEdits = capabilities?["workspace", "workspaceEdit", "documentChanges"]?.flag ?? false
    registersWatchers =
      capabilities?["workspace", "didChangeWatchedFiles", "dynamicRegistration"]?.flag ?? false
    takesDiagnostics = capabilities?["textDocument", "publishDiagnostics"] != nil
    showsRelated = ["publishDiagnostics", "diagnostic"].contains { feature in
      capabilities?["textDocument", feature, "relatedInformation"]?.flag ?? false
    }
    takesSnippets =
      capabilities?["textDocument", "completion", "completionItem", "snippetSupport"]?.flag ?? false
  }

  /// A path as seen from the first folder.
  private func resolved(_ path: String) -> String {
    if let path = FilePath.of(uri: path) { return path }
    if path.hasPrefix("/") { return path }
    return (folders.first.map { $0 + "/" } ?? "") + path
  }
}
