import Reporting

extension Planlint {
  /// A JSON document that says in its head which form it has and which version wrote it.
  static func document(
    _ format: StaticString, _ body: (inout JSONWriter) -> Void
  ) -> String {
    var sink = ByteSink()
    var json = JSONWriter(taking: &sink, indented: true)
    json.beginObject()
    json.head(format, version: version)
    body(&json)
    json.endObject()
    json.endLine()
    json.giveBack(to: &sink)
    return String(decoding: sink.bytes, as: UTF8.self)
  }
}
