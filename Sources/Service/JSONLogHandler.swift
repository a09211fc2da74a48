import Desk
import Diagnostics
package import Logging
import Synchronization

/// Writes what is logged as lines of JSON: `at` (ISO 8601), `level`, `message`, and what belongs to it (`request`, `route`, `why`).
///
/// Nothing of what requests and cases say is logged, nor who asks: names, places and scores stay out of it.
package struct JSONLogHandler: LogHandler {
  package var logLevel: Logger.Level
  package var metadata: Logger.Metadata = [:]
  package var metadataProvider: Logger.MetadataProvider?
  private let moment: @Sendable () -> String
  private let write: @Sendable (String) -> Void

  /// - Parameter write: takes a line, without its end.
  package init(
    _ level: Logger.Level, moment: @escaping @Sendable () -> String,
    write: @escaping @Sendable (String) -> Void
  ) {
    logLevel = level
    self.moment = moment
    self.write = write
  }

  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    var line: PlainValue = [
      "at": .text(moment()), "level": .text(event.level.rawValue),
      "message": .text(event.message.description),
    ]
    let all = metadata.merging(event.metadata ?? [:]) { $1 }
    for (key, value) in all.sorted(by: { $0.key < $1.key }) { line[key] = value.plain }
    write(line.json)
  }
}

extension Logger.MetadataValue {
  fileprivate var plain: PlainValue {
    switch self {
    case .string(let text): .text(text)
    case .stringConvertible(let number as Int): .number(number)
    case .stringConvertible(let other): .text(other.description)
    case .array(let items): .list(items.map(\.plain))
    case .dictionary(let entries):
      .record(
        entries.sorted { $0.key < $1.key }.map { PlainValue.Entry($0.key, $0.value.plain) })
    }
  }
}
