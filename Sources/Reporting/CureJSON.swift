import Diagnostics

/// What would change a finding, the same in whole reports, JSON Lines and the properties of SARIF.
extension ReportJSON {
  static func cures(_ cures: [Cure], to json: inout JSONWriter) {
    json.beginArray()
    for cure in cures { self.cure(cure, to: &json) }
    json.endArray()
  }

  private static func cure(_ cure: Cure, to json: inout JSONWriter) {
    func optional(_ text: String?) {
      if let text { json.string(text) } else { json.null() }
    }
    json.beginObject()
    json.key("kind")
    json.string(cure.kind.rawValue)
    json.key("path")
    json.string(cure.path)
    json.key("value")
    optional(cure.value)
    json.key("range")
    if let range = cure.range {
      json.beginObject(inline: true)
      json.key("low")
      optional(range.low)
      json.key("lowOpen")
      json.bool(range.isLowOpen)
      json.key("high")
      optional(range.high)
      json.key("highOpen")
      json.bool(range.isHighOpen)
      json.endObject()
    } else {
      json.null()
    }
    json.key("words")
    json.strings(cure.words)
    json.key("rank")
    if let rank = cure.rank { json.number(rank) } else { json.null() }
    json.key("place")
    if let place = cure.place {
      json.beginObject(inline: true)
      json.key("lon")
      json.string(place.longitude)
      json.key("lat")
      json.string(place.latitude)
      json.key("datum")
      json.string(place.datum)
      json.key("metres")
      json.number(place.metres, places: 1)
      json.key("bearing")
      json.number(place.bearingDegrees, places: 1)
      json.endObject()
    } else {
      json.null()
    }
    json.key("verdict")
    json.string(cure.verdict.rawValue)
    json.key("from")
    json.string(cure.holder.rawValue)
    json.key("message")
    json.beginObject(inline: true)
    json.key("zh")
    json.string(cure.message.zh)
    json.key("en")
    json.string(cure.message.en)
    json.endObject()
    json.endObject()
  }
}
