import Diagnostics
import Synchronization
import Testing

@Suite("Work that is shared among the processors") struct ParallelTests {
  @Test("what is made of numbers comes back in their order", arguments: [0, 1, 2, 1_000])
  func map(count: Int) {
    let calls = Atomic(0)
    let found = Parallel.map(count) { number in
      calls.add(1, ordering: .relaxed)
      return number * 2
    }
    #expect(found == (0..<count).map { $0 * 2 })
    let called = calls.load(ordering: .relaxed)
    #expect(called == count)
  }

  @Test("of several faults the first in order is thrown, though it comes last")
  func firstFault() {
    let isLater = Atomic(false)
    let error = #expect(throws: Faults.self) {
      try Parallel.map(50) { number throws(Faults) -> Int in
        if number == 49 { isLater.store(true, ordering: .relaxed) }
        if number % 10 != 3 { return number }
        throw Faults(Fault(path: "\(number)", zh: "错", en: "wrong"))
      }
    }
    #expect(error?.faults.map(\.path) == ["3"])
    let wasLater = isLater.load(ordering: .relaxed)
    #expect(wasLater)
  }

  @Test(
    "what is handed on comes in order, by states that go on from where they were",
    arguments: [1, 7, 5_000])
  func inOrder(ahead: Int) {
    var found: [Int] = []
    var backwards = 0
    Parallel.inOrder(2_000, ahead: ahead, state: -1) { last, number in
      let before = last
      last = number
      return (number: number, isBackwards: number <= before)
    } handOn: { item in
      found.append(item.number)
      backwards += item.isBackwards ? 1 : 0
      return true
    }
    #expect(found == Array(0..<2_000))
    #expect(backwards == 0)
  }

  @Test("no more is begun than may wait, and nothing once nothing more is wanted")
  func bounds() {
    let begun = Atomic(0)
    let handed = Atomic(0)
    var most = 0
    Parallel.inOrder(1_000, ahead: 10, state: 0) { _, number in
      begun.add(1, ordering: .relaxed)
      return begun.load(ordering: .relaxed) - handed.load(ordering: .relaxed)
    } handOn: { waiting in
      most = max(most, waiting)
      handed.add(1, ordering: .relaxed)
      return handed.load(ordering: .relaxed) < 100
    }
    #expect(most <= 10)
    let handedOn = handed.load(ordering: .relaxed)
    #expect((100...110).contains(handedOn))
    let started = begun.load(ordering: .relaxed)
    #expect(started <= 110)
  }

  @Test("two things are done beside each other, each once")
  func both() {
    let calls = Atomic(0)
    let (number, word) = Parallel.both {
      calls.add(1, ordering: .relaxed)
      return 7
    } _: {
      calls.add(1, ordering: .relaxed)
      return "seven"
    }
    #expect(number == 7)
    #expect(word == "seven")
    let called = calls.load(ordering: .relaxed)
    #expect(called == 2)
  }

  @Test("work may be shared within shared work")
  func nested() {
    let found = Parallel.map(8) { outer in
      Parallel.map(8) { inner in outer * inner }.reduce(0, +)
    }
    #expect(found == (0..<8).map { $0 * 28 })
  }
}
