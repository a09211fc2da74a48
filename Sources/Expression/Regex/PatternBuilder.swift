/// Lays the states of a pattern out in one row.
struct PatternBuilder {
  private(set) var instructions: [Pattern.Instruction] = []
  let maximumStates: Int

  init(maximumStates: Int) { self.maximumStates = maximumStates }

  mutating func emit(_ instruction: Pattern.Instruction) throws(PatternError) {
    if instructions.count >= maximumStates {
      throw PatternError(
        zh: "状态数超过 \(maximumStates) 的上限",
        en: "it needs more than the \(maximumStates) states allowed")
    }
    instructions.append(instruction)
  }

  mutating func add(_ piece: PatternPiece) throws(PatternError) {
    switch piece {
    case .empty: break
    case .scalar(let scalar): try emit(.scalar(scalar))
    case .set(let set): try emit(.set(set))
    case .assert(let assertion): try emit(.assert(assertion))
    case .sequence(let pieces): for piece in pieces { try add(piece) }
    case .either(let pieces):
      var jumps: [Int] = []
      for (index, piece) in pieces.enumerated() {
        if index == pieces.count - 1 {
          try add(piece)
        } else {
          let split = instructions.count
          try emit(.match)
          try add(piece)
          jumps.append(instructions.count)
          try emit(.match)
          instructions[split] = .split(split + 1, instructions.count)
        }
      }
      for jump in jumps { instructions[jump] = .jump(instructions.count) }
    case .repeated(let piece, let low, let high):
      for _ in 0..<low { try add(piece) }
      if let high {
        var splits: [Int] = []
        for _ in low..<high {
          splits.append(instructions.count)
          try emit(.match)
          try add(piece)
        }
        for split in splits { instructions[split] = .split(split + 1, instructions.count) }
      } else {
        let split = instructions.count
        try emit(.match)
        try add(piece)
        try emit(.jump(split))
        instructions[split] = .split(split + 1, instructions.count)
      }
    }
  }
}

/// A part of a pattern as it was written.
indirect enum PatternPiece {
  case empty
  case scalar(Unicode.Scalar)
  case set(ScalarSet)
  case assert(Pattern.Assertion)
  case sequence([PatternPiece])
  case either([PatternPiece])
  case repeated(PatternPiece, Int, Int?)
}
