package import Diagnostics

/// A map of gaps as GeoJSON (RFC 7946): a feature a gap, and beside them, as foreign members, what they rest on.
///
/// Rings follow the right-hand rule, with six decimals. `class` is `free`, `on_site` (within the accuracy of coordinates, or left
/// to a person) or `data_missing`; what is in none of them is not free.
package enum GapGeoJSON {
  package static func write(_ report: GapReport, to sink: inout ByteSink) {
    var json = JSONWriter(taking: &sink, indented: true)
    json.beginObject()
    json.key("type")
    json.string("FeatureCollection")
    json.head("gaps/1", version: report.version)
    about(report, &json)
    json.key("features")
    json.beginArray()
    for (number, scenario) in report.scenarios.enumerated() {
      for gap in scenario.gaps { feature(gap, scenario, number, report, &json) }
    }
    json.endArray()
    json.endObject()
    json.endLine()
    json.giveBack(to: &sink)
  }

  // MARK: What they rest on

  private static func about(_ report: GapReport, _ json: inout JSONWriter) {
    json.key("tenant")
    json.string(report.tenant)
    json.key("profile")
    json.beginObject()
    json.key("id")
    json.string(report.profile.id)
    json.key("sha256")
    json.string(report.profile.sha256)
    json.key("status")
    json.string(report.profile.status.rawValue)
    json.key("in_force")
    json.beginObject(inline: true)
    json.key("from")
    json.string(report.profile.from)
    json.key("to")
    json.string(report.profile.to)
    json.endObject()
    json.endObject()
    json.key("inputs")
    json.beginArray()
    for input in report.inputs {
      json.beginObject(inline: true)
      json.key("path")
      json.string(input.path)
      json.key("role")
      json.string(input.role)
      json.key("sha256")
      json.string(input.sha256)
      json.endObject()
    }
    json.endArray()
    json.key("as_of")
    json.string(report.asOf)
    json.key("kind")
    json.string(report.kind.word)
    json.key("requests")
    json.strings(report.categories.map(\.word))
    boundary(report, &json)
    json.key("assumptions")
    json.beginArray()
    for assumption in report.assumptions + GapWording.caveats { both(assumption, &json) }
    json.endArray()
    json.key("rules")
    json.beginArray()
    for (number, rule) in report.rules.enumerated() { self.rule(rule, number, report, &json) }
    json.endArray()
    json.key("readings")
    json.beginArray()
    for reading in report.readings {
      json.beginObject(inline: true)
      json.key("id")
      json.string(reading.name)
      json.key("value")
      both(reading.value, &json)
      json.key("provision")
      json.string(reading.citation.provision)
      json.endObject()
    }
    json.endArray()
    scenarios(report, &json)
    json.key("not_counted")
    json.beginArray()
    for unplaced in report.unplaced {
      json.beginObject(inline: true)
      json.key("district")
      if let district = unplaced.district { json.string(district) } else { json.null() }
      json.key("institutions")
      json.number(unplaced.count)
      json.endObject()
    }
    json.endArray()
    places(report, &json)
  }

  private static func both(_ text: Bilingual, _ json: inout JSONWriter) {
    json.beginObject(inline: true)
    json.key("zh")
    json.string(text.zh)
    json.key("en")
    json.string(text.en)
    json.endObject()
  }

  private static func optional(_ text: String?, _ json: inout JSONWriter) {
    if let text { json.string(text) } else { json.null() }
  }

  private static func boundary(_ report: GapReport, _ json: inout JSONWriter) {
    json.key("boundary")
    json.beginObject()
    json.key("from")
    json.string(report.boundary.path == nil ? "hull_of_registry" : "file")
    json.key("path")
    optional(report.boundary.path, &json)
    json.key("areas")
    json.beginArray()
    for area in report.boundary.areas {
      json.beginObject(inline: true)
      json.key("name")
      optional(area.name, &json)
      json.key("district")
      optional(area.district, &json)
      json.key("area_m2")
      json.number(area.areaSquareMetres, places: 0)
      json.endObject()
    }
    json.endArray()
    json.endObject()
  }

  private static func rule(
    _ rule: GapReport.CircleRule, _ number: Int, _ report: GapReport, _ json: inout JSONWriter
  ) {
    json.beginObject()
    json.key("rule")
    json.string(rule.rule)
    json.key("name")
    json.string(rule.name)
    json.key("modality")
    json.string(rule.modality.rawValue)
    json.key("category")
    optional(rule.category?.word, &json)
    json.key("decides")
    json.string(rule.exception == nil ? "spacing" : "exception")
    json.key("radius_m")
    json.beginArray(inline: true)
    for radius in rule.radiiMetres { json.number(radius, places: 1) }
    json.endArray()
    json.key("accuracy_m")
    json.number(rule.accuracyMetres, places: 1)
    json.key("counts_newcomer")
    json.bool(rule.countsApplicant)
    json.key("institutions")
    json.number(rule.counted)
    json.key("message")
    both(GapWording.demand(rule, limits: report.scenarios.map { $0.limits[number] }), &json)
    json.key("citations")
    json.beginArray()
    for citation in rule.citations { self.citation(citation, &json) }
    json.endArray()
    json.endObject()
  }

  private static func citation(_ citation: Citation, _ json: inout JSONWriter) {
    json.beginObject(inline: true)
    json.key("provision")
    json.string(citation.provision)
    json.key("document")
    json.string(citation.document)
    json.key("at")
    json.string(citation.at)
    json.key("quote")
    json.string(citation.quote)
    json.endObject()
  }

  private static func scenarios(_ report: GapReport, _ json: inout JSONWriter) {
    json.key("scenarios")
    json.beginArray()
    for (number, scenario) in report.scenarios.enumerated() {
      json.beginObject()
      json.key("scenario")
      json.number(number + 1)
      json.key("assuming")
      json.beginArray(inline: true)
      for combination in scenario.combinations where !combination.isEmpty {
        settings(combination, &json)
      }
      json.endArray()
      json.key("limits")
      json.beginArray(inline: true)
      for limit in scenario.limits { optional(limit, &json) }
      json.endArray()
      json.key("free_m2")
      json.number(scenario.freeSquareMetres, places: 0)
      json.key("on_site_m2")
      json.number(scenario.reviewSquareMetres, places: 0)
      json.key("data_missing_m2")
      json.number(scenario.unknownSquareMetres, places: 0)
      json.key("left_out")
      json.number(scenario.tooSmall)
      json.key("needs")
      json.strings(scenario.needs)
      json.endObject()
    }
    json.endArray()
  }

  private static func settings(_ settings: [GapReport.Setting], _ json: inout JSONWriter) {
    json.beginArray(inline: true)
    for setting in settings {
      json.beginObject(inline: true)
      json.key("field")
      json.string(setting.field)
      json.key("value")
      json.string(setting.value)
      json.endObject()
    }
    json.endArray()
  }

  private static func places(_ report: GapReport, _ json: inout JSONWriter) {
    json.key("places")
    json.beginArray()
    for row in report.places {
      json.beginObject(inline: true)
      json.key("rule")
      json.string(row.rule)
      json.key("scope")
      json.string(row.scope)
      json.key("unit")
      json.string(row.unit)
      json.key("limit")
      optional(row.limit, &json)
      json.key("used_before")
      optional(row.usedBefore, &json)
      json.key("left")
      optional(row.left, &json)
      json.endObject()
    }
    json.endArray()
    json.key("other_rules")
    json.beginArray()
    for place in report.elsewhere {
      json.beginObject()
      json.key("district")
      optional(place.district, &json)
      json.key("street")
      optional(place.street, &json)
      json.key("verdict")
      json.string(place.verdict.rawValue)
      json.key("findings")
      json.beginArray()
      for finding in place.findings {
        json.beginObject()
        json.key("rule")
        json.string(finding.rule)
        json.key("outcome")
        json.string(finding.outcome.rawValue)
        json.key("message")
        both(finding.message, &json)
        json.key("needs")
        json.strings(finding.needs)
        json.endObject()
      }
      json.endArray()
      json.endObject()
    }
    json.endArray()
    json.key("law")
    json.beginArray()
    for citation in report.law { self.citation(citation, &json) }
    json.endArray()
  }

  // MARK: Features

  private static func feature(
    _ gap: GapReport.Gap, _ scenario: GapReport.Scenario, _ number: Int, _ report: GapReport,
    _ json: inout JSONWriter
  ) {
    json.beginObject()
    json.key("type")
    json.string("Feature")
    json.key("id")
    json.string(gap.id)
    json.key("properties")
    json.beginObject()
    json.key("class")
    json.string(gap.outcome == .pass ? "free" : gap.outcome == .review ? "on_site" : "data_missing")
    json.key("outcome")
    json.string(gap.outcome.rawValue)
    json.key("scenario")
    json.number(number + 1)
    json.key("assuming")
    json.beginArray(inline: true)
    for combination in scenario.combinations where !combination.isEmpty {
      settings(combination, &json)
    }
    json.endArray()
    json.key("area_m2")
    json.number(gap.areaSquareMetres, places: 0)
    json.key("lon")
    json.number(gap.pole.longitude, places: 6)
    json.key("lat")
    json.number(gap.pole.latitude, places: 6)
    json.key("clearance_m")
    json.number(gap.clearanceMetres, places: 1)
    let area = report.boundary.areas[gap.area]
    json.key("within")
    optional(area.name, &json)
    json.key("district")
    optional(area.district, &json)
    json.key("nearest_districts")
    json.strings(gap.nearestDistricts)
    json.key("nearest")
    json.beginArray()
    for nearest in gap.nearest {
      json.beginObject(inline: true)
      json.key("id")
      json.string(nearest.id)
      json.key("name")
      json.string(nearest.name)
      json.key("distance_m")
      json.number(nearest.distanceMetres, places: 1)
      json.endObject()
    }
    json.endArray()
    json.endObject()
    json.key("geometry")
    json.beginObject(inline: true)
    json.key("type")
    json.string("Polygon")
    json.key("coordinates")
    json.beginArray()
    for ring in gap.rings {
      json.beginArray()
      for place in ring + ring.prefix(1) {
        json.beginArray()
        json.number(place.longitude, places: 6)
        json.number(place.latitude, places: 6)
        json.endArray()
      }
      json.endArray()
    }
    json.endArray()
    json.endObject()
    json.endObject()
  }
}
