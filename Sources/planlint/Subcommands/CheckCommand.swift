import ArgumentParser
import PlanlintKit

/// `planlint check`: applications against the city's plan.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Hold applications against the city's plan (the default).",
    discussion: """
      Several files are one batch: their applications compete for the same places, unless --separate. Facts and registry come \
      from the options, else from the paths that the file gives. Without FILE those of `applications:` in \
      \(Configuration.fileName) are checked. What is missing makes the rules that need it `unknown`.

      --what-if adds to each finding that stands in the way what would change it, each tried by deciding again: the most beds \
      that pass, the score or rank needed, the nearest place (within 5 km) outside the circles, the values of a missing datum, \
      a later year that figures are given of, one request less. Each says what the whole application would then come to. Others' \
      applications stay as they are, so that none is a promise.
      """)

  @OptionGroup var input: InputOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var settingsOptions: SettingsOptions
  @OptionGroup var batch: BatchOptions

  mutating func run() throws {
    let (files, settings) = try batch.chosen(settingsOptions, language: output.lang)
    let delivery = try output.delivery(settings)
    var request = batch.request(input, settings)
    try delivery.check(
      against: settings.inputs(
        files, facts: input.facts, registry: batch.registry, waivers: batch.waivers)
        + input.frozen.inputs,
      policies: settings.policies(input.policies).value)
    request.shownRules = output.rule
    request.shownSubjects = output.subject
    request.observer = delivery.watch.observer
    request.baseline = delivery.baselineToRead.map(Input.file)
    request.keepsNotApplicable = delivery.presentation.showsAll
    request.note = output.notes.writer(language: delivery.presentation.language)
    try delivery.deliver { () throws(InputErrors) in
      try Planlint.check(files.map(Input.file), request)
    }
  }
}
