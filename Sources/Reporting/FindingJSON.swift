import Diagnostics

/// The parts of findings, the same in a whole report and in JSON Lines.
extension ReportJSON {
  mutating func location(_ location: Location, to json: inout JSONWriter) {
    json.location(location.file.path, positions.region(of: location))
  }

  func neighbours(_ neighbours: [Neighbour], to json: inout JSONWriter) {
    json.beginArray()
    for neighbour in neighbours {
      json.beginObject(inline: true)
      json.key("id")
      json.string(neighbour.id)
      json.key("name")
      json.string(neighbour.name)
      json.key("distance_m")
      json.number(neighbour.distanceMetres, places: 1)
      json.key("uncertainty_m")
      json.number(neighbour.uncertaintyMetres, places: 1)
      json.key("applicant")
      json.bool(neighbour.isApplicant)
      json.key("lon")
      json.number(neighbour.longitude, places: Self.degreePlaces)
      json.key("lat")
      json.number(neighbour.latitude, places: Self.degreePlaces)
      json.endObject()
    }
    json.endArray()
  }

  /// How many more there are, where not all are listed.
  func moreNeighbours(_ finding: Finding, to json: inout JSONWriter) {
    if finding.moreNeighbours == 0 { return }
    json.key("moreNeighbours")
    json.number(finding.moreNeighbours)
  }

  /// Each path that is missing, and who can supply it.
  func needs(_ paths: [String], to json: inout JSONWriter) {
    json.beginArray()
    for path in paths {
      json.beginObject(inline: true)
      json.key("path")
      json.string(path)
      json.key("from")
      json.string(MissingDatum.Holder(ofPath: path).rawValue)
      json.endObject()
    }
    json.endArray()
  }

  func moreHangsOn(_ finding: Finding, to json: inout JSONWriter) {
    if finding.moreHangsOn == 0 { return }
    json.key("moreHangsOn")
    json.number(finding.moreHangsOn)
  }

  func circle(_ circle: Circle, to json: inout JSONWriter) {
    json.beginObject(inline: true)
    json.key("lon")
    json.number(circle.longitude, places: Self.degreePlaces)
    json.key("lat")
    json.number(circle.latitude, places: Self.degreePlaces)
    json.key("radius_m")
    json.number(circle.radiusMetres, places: 1)
    json.endObject()
  }

  func exemption(_ exemption: Consideration, to json: inout JSONWriter) {
    json.beginObject()
    json.key("id")
    json.string(exemption.id)
    json.key("provision")
    json.string(exemption.citation.provision)
    json.key("message")
    bilingual(exemption.message, to: &json)
    json.key("quote")
    json.string(exemption.citation.quote)
    json.endObject()
  }

  func considered(
    _ considered: [Consideration], brief: Bool, to json: inout JSONWriter
  ) {
    json.beginArray()
    for consideration in considered {
      json.beginObject()
      json.key("id")
      json.string(consideration.id)
      json.key("kind")
      json.string(consideration.kind.rawValue)
      json.key("holds")
      json.string(consideration.holds.rawValue)
      json.key("message")
      bilingual(consideration.message, to: &json)
      json.key("citation")
      if brief {
        briefCitation(consideration.citation, to: &json)
      } else {
        citation(consideration.citation, to: &json)
      }
      json.endObject()
    }
    json.endArray()
  }

  func waiver(_ waiver: Waiver, to json: inout JSONWriter) {
    json.beginObject(inline: true)
    json.key("authority")
    json.string(waiver.authority)
    json.key("document")
    json.string(waiver.document)
    json.key("reason")
    json.string(waiver.reason)
    json.key("expires")
    json.string(waiver.expires)
    json.endObject()
  }

  static func ruling(_ ruling: Ruling, to json: inout JSONWriter) {
    json.beginObject(inline: true)
    json.key("outcome")
    json.string(ruling.outcome.rawValue)
    json.key("otherwise")
    json.string(ruling.otherwise.rawValue)
    json.key("authority")
    json.string(ruling.authority)
    json.key("document")
    json.string(ruling.document)
    json.key("reason")
    json.string(ruling.reason)
    json.key("decided")
    json.string(ruling.decided)
    json.endObject()
  }

  func citations(_ citations: [Citation], to json: inout JSONWriter) {
    json.beginArray()
    for citation in citations { self.citation(citation, to: &json) }
    json.endArray()
  }

  /// A citation by its provision alone where the head gives the sentence.
  func briefCitation(_ citation: Citation, to json: inout JSONWriter) {
    guard law.has(citation) else {
      self.citation(citation, to: &json)
      return
    }
    json.beginObject(inline: true)
    json.key("provision")
    json.string(citation.provision)
    json.endObject()
  }

  func citation(_ citation: Citation, to json: inout JSONWriter) { json.citation(citation) }

  func bilingual(_ text: Bilingual, to json: inout JSONWriter) { json.bilingual(text) }

  func bilinguals(_ texts: [Bilingual], to json: inout JSONWriter) {
    json.beginArray()
    for text in texts { bilingual(text, to: &json) }
    json.endArray()
  }

  func optional(_ text: String?, to json: inout JSONWriter) {
    if let text { json.string(text) } else { json.null() }
  }

  func optional(_ text: Bilingual?, to json: inout JSONWriter) {
    if let text { bilingual(text, to: &json) } else { json.null() }
  }

  func optional(_ quantity: Quantity?, to json: inout JSONWriter) {
    guard let quantity else {
      json.null()
      return
    }
    json.beginObject(inline: true)
    json.key("value")
    json.string(quantity.value)
    json.key("unit")
    json.string(quantity.unit)
    json.endObject()
  }
}
