import Diagnostics

/// "did you mean", for messages about the command line.
enum Suggestion {
  static func of(_ name: String, among known: [String]) -> String {
    NearestName.of(name, among: known).map { "; did you mean `\($0)`?" } ?? ""
  }

  /// The same in Chinese.
  static func chinese(_ name: String, among known: [String]) -> String {
    NearestName.of(name, among: known).map { "；是否为 `\($0)`？" } ?? ""
  }
}
