package import Diagnostics
package import Reading

/// Reads files of applications in plain YAML, large ones on several cores.
///
/// It reads files without any fault, or nothing: the reader of trees finds faults, and says them in the order of the file.
package enum PlainApplications {
  /// What one thread read.
  fileprivate struct Part: Sendable {
    var applications: [Application] = []
    var context: FieldContext
  }

  /// What the file says beside its applications, and these; nil where it is not plain or has a fault.
  package static func read(
    _ file: SourceFile, index: Int, _ reader: FieldReader<Application>,
    _ catalogue: Catalogue
  ) -> (head: Node?, applications: [Application], readings: Readings)? {
    // A list that is not the last of its file may have been cut outside; then it is read in one piece.
    for count in Processors.count > 1 ? [Processors.count, 1] : [1] {
      let read = PlainYAML.read(
        file, streaming: "applications",
        parts: Array(repeating: Part(context: FieldContext(file)), count: count)
      ) { part, item in
        part.add(item, file: file, index: index, reader, catalogue, among: count)
      }
      guard let (head, parts) = read else { continue }
      var applications = parts[0].applications
      var readings = parts[0].context.readings
      for part in parts.dropFirst() {
        applications += part.applications
        readings.add(part.context.readings)
      }
      return (head, applications, readings)
    }
    return nil
  }
}

extension PlainApplications.Part {
  /// Adds what an item says; false where it is at fault.
  fileprivate mutating func add(
    _ item: PlainItem, file: SourceFile, index: Int, _ reader: FieldReader<Application>,
    _ catalogue: Catalogue, among parts: Int
  ) -> Bool {
    var application = ApplicationItem.read(item, file: index, catalogue)
    if application == nil, let node = item.node() { application = reader.read(node, &context) }
    guard let application, context.faults.isEmpty else { return false }
    if applications.isEmpty {
      // As many as there would be if all were as long; what is not used of it is not taken from the system.
      let length = max(application.source.item.count, 64)
      applications.reserveCapacity(min(file.count / length / parts + 16, 1 << 22))
    }
    applications.append(application)
    return true
  }
}
