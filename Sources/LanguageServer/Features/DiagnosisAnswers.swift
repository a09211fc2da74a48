import Diagnostics
import Reading

/// What is wrong with documents, as it is told to the client.
extension Server {
  /// Tells what is wrong with each document where that is something else than was told before.
  func publish() {
    for path in workspace.files.openPaths {
      guard let document = workspace.files.documents[path] else { continue }
      tell(diagnoses(path), of: path, document.uri, document.text, version: document.version)
    }
    forgetTests()
    // Tests that are not open are told of for the profile's sake.
    let closed = Set(published.keys).union(testOutcomes.keys).filter {
      workspace.files.documents[$0] == nil
    }
    for path in closed.sorted() {
      let found = testOutcomes[path]?.diagnoses ?? []
      if found.isEmpty, published[path] == nil { continue }
      guard let file = workspace.files.file(path) else { continue }
      tell(found, of: path, FilePath.uri(path), DocumentText(file), version: nil)
      if found.isEmpty { published[path] = nil }
    }
  }

  private func tell(
    _ found: [Diagnosis], of path: String, _ uri: String, _ text: DocumentText, version: Int?
  ) {
    var fields: [(key: String, value: JSONTree)] = [("uri", .text(uri))]
    if let version { fields.append(("version", .int(version))) }
    fields.append(("diagnostics", .list(found.map { tree($0, in: path, text) })))
    let parameters = JSONTree.object(fields)
    let compact = parameters.compact
    if published[path] == compact { return }
    published[path] = compact
    tell("textDocument/publishDiagnostics", parameters)
  }

  /// What is wrong with a document: what does not load, else what `policy check` finds and which tests fail.
  func diagnoses(_ path: String) -> [Diagnosis] {
    let faults = workspace.diagnoses(path)
    if faults.contains(where: { $0.severity == .error }) { return faults }
    let found = inspections.keys.sorted().flatMap { inspections[$0]?.findings ?? [] }
    var all = faults + found.compactMap { Diagnosis($0, in: path) }
    // What keeps a test from being run has been told by its reader, most of the time.
    for failed in testOutcomes[path]?.diagnoses ?? []
    where !all.contains(where: { $0.range == failed.range && $0.message.en == failed.message.en }) {
      all.append(failed)
    }
    return all
  }

  /// A diagnosis as the protocol has it, with the other places that it speaks of where the client shows them.
  func tree(_ diagnosis: Diagnosis, in path: String, _ text: DocumentText) -> JSONTree {
    guard workspace.settings.showsRelated else {
      return diagnosis.tree(text, workspace.settings)
    }
    let related = workspace.related(to: diagnosis, in: path).map { place in
      JSONTree.object([
        ("location", self.place(place.location)),
        ("message", .text(place.message[workspace.settings.language])),
      ])
    }
    return diagnosis.tree(text, workspace.settings, related: related)
  }
}
