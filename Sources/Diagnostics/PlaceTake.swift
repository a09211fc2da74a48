/// What one application takes of one limit in one scope, where it is surely admitted.
package struct PlaceTake: Sendable, Hashable {
  /// The application's index in the batch.
  package var application: Int
  /// The rule that limits the places.
  package var rule: String
  /// The readable name of the part of the limit; nil where it has none.
  package var name: String?
  /// The part's place among those of its rule, from 0.
  package var part: Int
  /// The category that it is taken for; nil where the rule is decided once for the application.
  package var category: String?
  /// The scope in words, as the quota table has it (`huaibei 2026`).
  package var scope: String
  /// Whether the limit begins anew each year.
  package var isYearly: Bool
  /// What is counted, as profiles write it (`institutions`, `beds`).
  package var unit: String
  /// How many it takes.
  package var take: Int
  /// How many were taken before it, by earlier decisions and by those before it in the order of merit; nil where that is not known.
  package var used: String?
  /// The same, rounded up to a whole number.
  package var usedWhole: Int?
  /// The figures of the year that this rests on, as expressions name them (`facts.admitted`, `district.night_outlets`).
  package var usedFrom: [String]
  /// Whether the limit counts what was taken before the batch at all; one that does not begins at nought with each batch.
  package var isCounted: Bool
  /// How many there may be; nil where the limit is not known.
  package var limit: String?
  /// The same, rounded down to a whole number.
  package var limitWhole: Int?
  /// Whether the limit gives notes and refuses nothing.
  package var isAdvisory: Bool
  /// Its turn in the order of merit.
  package var turn: Int

  package init(
    application: Int, rule: String, name: String?, part: Int, category: String?, scope: String,
    isYearly: Bool, unit: String, take: Int, used: String?, usedWhole: Int?,
    usedFrom: [String], isCounted: Bool, limit: String?, limitWhole: Int?, isAdvisory: Bool,
    turn: Int
  ) {
    self.application = application
    self.rule = rule
    self.name = name
    self.part = part
    self.category = category
    self.scope = scope
    self.isYearly = isYearly
    self.unit = unit
    self.take = take
    self.used = used
    self.usedWhole = usedWhole
    self.usedFrom = usedFrom
    self.isCounted = isCounted
    self.limit = limit
    self.limitWhole = limitWhole
    self.isAdvisory = isAdvisory
    self.turn = turn
  }
}
