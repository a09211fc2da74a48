import ArgumentParser
import Diagnostics
import PlanlintKit

/// The options that say how much is told on standard error while a run works.
struct NoteOptions: ParsableArguments {
  @Flag(help: "Write nothing but errors to standard error: no notes and no progress.")
  var quiet = false

  @Flag(
    help:
      "Tell on standard error how the run comes about: settings, files read, the profile chosen and why, readings."
  )
  var verbose = false

  mutating func validate() throws {
    if quiet, verbose {
      throw ValidationError(
        zh: "--quiet：不能与 --verbose 同用", en: "--quiet: expected it without --verbose")
    }
  }

  /// Writes notes about inputs to standard error; nil where none are wanted.
  func writer(language: Language) -> (@Sendable (Note) -> Void)? {
    if quiet { return nil }
    return { note in Terminal.printError(note.rendered(language)) }
  }

  /// Who watches a run: nobody, unless there is somebody to tell.
  ///
  /// - Parameter measures: whether times are wanted.
  func watch(_ settings: Settings, language: Language, measures: Bool = false) -> Watch {
    let showsProgress = !quiet && !verbose && Terminal.rewritesErrors
    guard verbose || measures || showsProgress else { return Watch(isQuiet: quiet) }
    var note: (@Sendable (Bilingual) -> Void)?
    if verbose {
      let path = settings.configuration?.path
      let file = Bilingual(
        zh: path.map { "设置文件 \($0)" } ?? "没有设置文件",
        en: path.map { "the settings file is \($0)" } ?? "there is no settings file")
      let tell: @Sendable (Bilingual) -> Void = { Terminal.printError($0[language]) }
      tell(file)
      note = tell
    }
    var clock: (@Sendable () -> UInt64)?
    if measures { clock = { Terminal.nanoseconds } }
    let observer = RunObserver(clock: clock, note: note)
    return Watch(
      observer: observer,
      progress: showsProgress ? ProgressLine(observer, language: language) : nil, isQuiet: quiet)
  }
}
