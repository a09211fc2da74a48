/// A second place that a fault or finding speaks of: where a name stands already, where what is cited is written.
package struct RelatedPlace: Sendable {
  package var location: Location
  /// What stands there, in a few words.
  package var message: Bilingual

  package init(_ location: Location, zh: String, en: String) {
    self.location = location
    message = Bilingual(zh: zh, en: en)
  }
}
