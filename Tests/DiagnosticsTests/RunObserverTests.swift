import Diagnostics
import Synchronization
import Testing

@Suite struct RunObserverTests {
  @Test func `the time of a stage is what the clock says between entering and leaving it`() {
    let clock = Atomic<UInt64>(100)
    let observer = RunObserver(clock: { clock.load(ordering: .relaxed) })
    #expect(observer.standing == nil)
    observer.enter(.reading)
    clock.add(7, ordering: .relaxed)
    observer.enter(.deciding, of: 3)
    clock.add(20, ordering: .relaxed)
    observer.enter(.reading)
    clock.add(3, ordering: .relaxed)
    observer.finish()
    clock.add(1000, ordering: .relaxed)
    #expect(observer.spent.map(\.nanoseconds) == [10, 0, 20, 0, 0])
    #expect(observer.standing == nil)
  }

  @Test func `without a clock nothing takes time`() {
    let observer = RunObserver()
    observer.enter(.deciding)
    observer.finish()
    #expect(observer.spent.allSatisfy { $0.nanoseconds == 0 })
  }

  @Test func `steps are counted within their stage`() {
    let observer = RunObserver()
    observer.enter(.deciding, of: 5)
    observer.advance()
    observer.advance()
    #expect(observer.standing?.stage == .deciding)
    #expect(observer.standing?.done == 2)
    #expect(observer.standing?.total == 5)
    observer.enter(.writing, of: 9)
    #expect(observer.standing?.done == 0)
    #expect(observer.standing?.total == 9)
  }

  @Test func `a note is made only for somebody who listens`() {
    let made = Atomic<Int>(0)
    func note() -> Bilingual {
      made.add(1, ordering: .relaxed)
      return Bilingual(zh: "注", en: "note")
    }
    RunObserver().note(note())
    #expect(made.load(ordering: .relaxed) == 0)
    let heard = Mutex<[String]>([])
    RunObserver(note: { text in heard.withLock { $0.append(text.en) } }).note(note())
    #expect(heard.withLock { $0 } == ["note"])
  }
}
