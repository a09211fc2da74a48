import Diagnostics

/// What is needed to decide a report again: the run, and what is shown of it.
struct RunJSON {
  let run: RunRecord
  let options: ReportOptions

  func write(to json: inout JSONWriter) {
    json.key("run")
    json.beginObject()
    json.key("command")
    json.string(run.command.rawValue)
    json.key("files")
    json.strings(run.files)
    json.key("options")
    json.beginObject(inline: true)
    inputs(run.options, to: &json)
    if run.isSeparate {
      json.key("separate")
      json.bool(true)
    }
    if !run.subjects.isEmpty {
      json.key("subject")
      json.strings(run.subjects)
    }
    if options.detail != .full {
      json.key("detail")
      json.string(options.detail.rawValue)
    }
    if run.tellsWhatIf {
      json.key("what_if")
      json.bool(true)
    }
    if options.showAll {
      json.key("show")
      json.string("all" as StaticString)
    }
    if let rules = options.rules {
      json.key("rule")
      json.strings(rules.sorted())
    }
    if let outcomes = options.outcomes {
      json.key("outcome")
      json.strings(outcomes.map(\.rawValue).sorted())
    }
    json.endObject()
    if !run.defaults.isEmpty {
      json.key("defaults")
      json.beginObject(inline: true)
      inputs(run.defaults, to: &json)
      json.endObject()
    }
    json.endObject()
  }

  private func inputs(_ inputs: RunRecord.Inputs, to json: inout JSONWriter) {
    func write(_ name: StaticString, _ value: String?) {
      guard let value else { return }
      json.key(name)
      json.string(value)
    }
    write("city", inputs.city)
    write("facts", inputs.facts)
    write("registry", inputs.registry)
    write("waivers", inputs.waivers)
    write("baseline", inputs.baseline)
    write("as_of", inputs.asOf)
    write("datum", inputs.datum)
    write("profile", inputs.profile)
  }
}
