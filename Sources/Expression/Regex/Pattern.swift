import Diagnostics

/// A regular expression in RE2's syntax, matched in time linear in the text: all states at once, no backtracking.
///
/// Known: literals, `.`, classes with ranges and `\d \w \s \pL` and `[:alpha:]`, anchors and `\b`, groups (also named and
/// with the flags `i m s U`), alternation, and repeats, greedy or lazy, up to 1,000.
struct Pattern: Sendable {
  /// One state of the automaton.
  enum Instruction: Sendable {
    case scalar(Unicode.Scalar)
    case set(ScalarSet)
    /// Goes on at both.
    case split(Int, Int)
    case jump(Int)
    case assert(Assertion)
    case match
  }

  enum Assertion: Sendable {
    case textStart, textEnd, lineStart, lineEnd, wordBoundary, noWordBoundary
  }

  let instructions: [Instruction]

  init(_ source: String, maximumStates: Int) throws(PatternError) {
    var parser = PatternParser(source)
    var builder = PatternBuilder(maximumStates: maximumStates)
    try builder.add(try parser.parse())
    try builder.emit(.match)
    instructions = builder.instructions
  }

  /// Whether the pattern matches anywhere in the text.
  func matches(_ text: String, _ budget: inout Budget) throws(EvaluationError) -> Bool {
    var threads = Threads(count: instructions.count)
    var next = Threads(count: instructions.count)
    var stack: [Int] = []
    var previous: Unicode.Scalar?
    var scalars = text.unicodeScalars.makeIterator()
    var current = scalars.next()
    while true {
      // A match may begin anywhere.
      stack.append(0)
      while let state = stack.popLast() {
        if !threads.insert(state) { continue }
        switch instructions[state] {
        case .match: return true
        case .jump(let target): stack.append(target)
        case .split(let first, let second):
          stack.append(second)
          stack.append(first)
        case .assert(let assertion):
          if assertion.holds(between: previous, and: current) { stack.append(state + 1) }
        case .scalar, .set: break
        }
      }
      try budget.charge(1 + threads.states.count)
      guard let scalar = current else { return false }
      previous = scalar
      current = scalars.next()
      next.removeAll()
      for state in threads.states {
        let goesOn =
          switch instructions[state] {
          case .scalar(let wanted): wanted == scalar
          case .set(let set): set.contains(scalar)
          default: false
          }
        if goesOn { stack.append(state + 1) }
      }
      swap(&threads, &next)
    }
  }

  /// The states that are alive, each once.
  private struct Threads {
    private(set) var states: [Int] = []
    private var isAlive: [Bool]

    init(count: Int) { isAlive = Array(repeating: false, count: count) }

    /// False where it was alive already.
    mutating func insert(_ state: Int) -> Bool {
      if isAlive[state] { return false }
      isAlive[state] = true
      states.append(state)
      return true
    }

    mutating func removeAll() {
      for state in states { isAlive[state] = false }
      states.removeAll(keepingCapacity: true)
    }
  }
}

/// Why a pattern cannot be used.
struct PatternError: Error {
  let reason: Bilingual

  init(zh: String, en: String) { reason = Bilingual(zh: zh, en: en) }
}

extension Pattern.Assertion {
  func holds(between previous: Unicode.Scalar?, and next: Unicode.Scalar?) -> Bool {
    switch self {
    case .textStart: previous == nil
    case .textEnd: next == nil
    case .lineStart: previous == nil || previous == "\n"
    case .lineEnd: next == nil || next == "\n"
    case .wordBoundary: isWord(previous) != isWord(next)
    case .noWordBoundary: isWord(previous) == isWord(next)
    }
  }

  private func isWord(_ scalar: Unicode.Scalar?) -> Bool {
    scalar.map { ScalarSet.word.contains($0) } ?? false
  }
}
