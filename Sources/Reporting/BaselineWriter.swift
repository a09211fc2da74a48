package import Diagnostics

/// Writes a baseline: JSON with a record a line, sorted by subject and rule, so that versions of it can be compared.
///
/// No line numbers and nothing of the day or the program's version stand in it: the same findings give the same bytes.
package enum BaselineWriter {
  /// - Parameters:
  ///   - format: what the file says it is, with the version of its form.
  ///   - subjects: what its findings are about, `applications` or `plans`.
  package static func write(
    _ findings: [KnownFinding], format: String, tenant: String, subjects: String,
    to sink: inout ByteSink
  ) {
    do {
      var json = JSONWriter(taking: &sink, indented: true)
      json.beginObject()
      json.key("format")
      json.string(format)
      json.key("tenant")
      json.string(tenant)
      json.key("subjects")
      json.string(subjects)
      json.key("findings")
      json.beginArray()
      for finding in findings { record(finding, to: &json) }
      json.endArray()
      json.endObject()
      json.endLine()
      json.giveBack(to: &sink)
    }
    sink.flush()
  }

  private static func record(_ finding: KnownFinding, to json: inout JSONWriter) {
    json.beginObject(inline: true)
    fields(of: finding, to: &json)
    json.endObject()
  }

  /// The fields of a record, as baselines and reports have them.
  static func fields(of finding: KnownFinding, to json: inout JSONWriter) {
    json.key("subject")
    json.beginObject(inline: true)
    json.key("type")
    json.string(finding.key.subjectType.rawValue)
    json.key("id")
    json.string(finding.key.subject)
    json.key("name")
    json.string(finding.subjectName)
    json.endObject()
    json.key("rule")
    json.string(finding.key.rule)
    json.key("category")
    if let category = finding.key.category { json.string(category) } else { json.null() }
    json.key("path")
    json.string(finding.key.valuePath)
    json.key("outcome")
    json.string(finding.outcome.rawValue)
    json.key("count")
    json.number(finding.count)
    json.key("profile")
    json.string(finding.profile)
    json.key("message")
    json.beginObject(inline: true)
    json.key("zh")
    json.string(finding.message.zh)
    json.key("en")
    json.string(finding.message.en)
    json.endObject()
  }
}
