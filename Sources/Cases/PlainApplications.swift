package import Diagnostics
package import Reading

/// Reads files of applications in plain YAML and JSON Lines, large ones on several cores.
///
/// It reads files without any fault, or nothing: the reader of trees finds faults, and says them in the order of the file.
package enum PlainApplications {
  /// What one thread read.
  fileprivate struct Part: Sendable {
    var applications: [Application] = []
    var context: FieldContext
  }

  /// What a file says beside its applications, and these.
  package struct Found {
    package var head: Node?
    package var applications: [Application]
    package var readings: Readings
  }

  /// Reads a file of plain YAML; nil where it is not plain or has a fault.
  package static func read(
    _ file: SourceFile, index: Int, _ reader: FieldReader<Application>,
    _ catalogue: Catalogue
  ) -> Found? {
    // A list that is not the last of its file may have been cut outside; then it is read in one piece.
    for count in Processors.count > 1 ? [Processors.count, 1] : [1] {
      let read = PlainYAML.read(
        file, streaming: "applications",
        parts: Array(repeating: Part(context: FieldContext(file)), count: count)
      ) { part, item in
        part.add(ApplicationItem.read(item, file: index, catalogue), file, among: count) {
          context in
          item.node().flatMap { reader.read($0, &context) }
        }
      }
      if let (head, parts) = read { return found(head, parts) }
    }
    return nil
  }

  /// Reads a file of JSON Lines; nil where it has a fault.
  package static func readLines(
    _ file: SourceFile, index: Int, _ reader: FieldReader<Application>, _ catalogue: Catalogue
  ) -> Found? {
    let count = Processors.count
    let read = PlainJSONLines.read(
      file, parts: Array(repeating: Part(context: FieldContext(file)), count: count)
    ) { part, item, range in
      let plain = item.flatMap { ApplicationItem.read($0, file: index, catalogue) }
      return part.add(plain, file, among: count) { context in
        var application: Application?
        try? Document.readLines(file, in: range) { application = reader.read($0, &context) }
        return application
      }
    }
    return read.map { found(nil, $0) }
  }

  private static func found(_ head: Node?, _ parts: [Part]) -> Found {
    var found = Found(
      head: head, applications: parts[0].applications, readings: parts[0].context.readings)
    for part in parts.dropFirst() {
      found.applications += part.applications
      found.readings.add(part.context.readings)
    }
    return found
  }
}

extension PlainApplications.Part {
  /// Adds what an item says, plainly or else as the reader of trees has it; false where it is at fault.
  fileprivate mutating func add(
    _ plain: Application?, _ file: SourceFile, among parts: Int,
    else read: (inout FieldContext) -> Application?
  ) -> Bool {
    guard let application = plain ?? read(&context), context.faults.isEmpty else { return false }
    if applications.isEmpty {
      // As many as there would be if all were as long; what is not used of it is not taken from the system.
      let length = max(application.source.item.count, 64)
      applications.reserveCapacity(min(file.count / length / parts + 16, 1 << 22))
    }
    applications.append(application)
    return true
  }
}
