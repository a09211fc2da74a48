/// The steps that an evaluation may still take.
struct Budget {
  private var left: Int
  private let limit: Int

  init(_ limits: Limits) {
    left = limits.steps
    limit = limits.steps
  }

  mutating func charge(_ steps: Int) throws(EvaluationError) {
    left &-= steps
    if left < 0 { throw .costExceeded(limit: limit) }
  }

  /// The steps that a text or a list of this length costs, beyond the first.
  mutating func charge(bytes: Int) throws(EvaluationError) {
    try charge(bytes &>> 4)
  }
}
