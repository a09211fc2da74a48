import Diagnostics

/// Who watches a run from the terminal, where somebody does.
struct Watch {
  var observer: RunObserver?
  var progress: ProgressLine?
  /// Whether nothing but errors goes to standard error.
  var isQuiet: Bool

  init(observer: RunObserver? = nil, progress: ProgressLine? = nil, isQuiet: Bool) {
    self.observer = observer
    self.progress = progress
    self.isQuiet = isQuiet
  }

  /// Does some work, with a line of progress where there is one.
  func during<Result, Failure: Error>(
    _ work: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    guard let progress else { return try work() }
    return try progress.during(work)
  }

  /// Ends the last stage.
  func finish() { observer?.finish() }
}
