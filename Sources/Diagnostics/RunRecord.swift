/// What a run was asked for, as a report keeps it so that it can be decided again.
///
/// What is shown of each subject (rules, outcomes, detail) is added by who writes the report.
package struct RunRecord: Sendable, Hashable {
  package enum Command: String, Sendable, CaseIterable {
    case check
    case plan
  }

  /// What a run is given beside its files; nil where nothing was said.
  package struct Inputs: Sendable, Hashable {
    package var city: String?
    package var facts: String?
    package var registry: String?
    package var waivers: String?
    package var baseline: String?
    /// `YYYY-MM-DD`.
    package var asOf: String?
    package var datum: String?
    package var profile: String?

    package init() {}

    package var isEmpty: Bool { self == Inputs() }
  }

  package var command: Command
  /// As they were named; `-` is standard input.
  package var files: [String]
  /// What goes before the inputs' own word.
  package var options = Inputs()
  /// What a settings file gives where neither options nor inputs say anything.
  package var defaults = Inputs()
  package var isSeparate = false
  /// The ids of the subjects shown alone; none shows all.
  package var subjects: [String] = []
  /// Whether findings tell what would change them.
  package var tellsWhatIf = false

  package init(command: Command, files: [String]) {
    self.command = command
    self.files = files
  }
}
