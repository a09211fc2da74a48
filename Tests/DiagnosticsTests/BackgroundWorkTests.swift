import Diagnostics
import Dispatch
import Testing

@Suite("Work beside the thread that asks")
struct BackgroundWorkTests {
  @Test func `what comes of it is told of and taken once`() {
    let bell = DispatchSemaphore(value: 0)
    let work = BackgroundWork<Int> { bell.signal() }
    #expect(!work.isBusy)
    work.begin { isWanted in isWanted() ? 7 : nil }
    bell.wait()
    #expect(!work.isBusy)
    #expect(work.take() == 7)
    #expect(work.take() == nil)
  }

  @Test func `what is called off learns of it, and nothing comes of it`() {
    let bell = DispatchSemaphore(value: 0)
    let begun = DispatchSemaphore(value: 0)
    let ended = DispatchSemaphore(value: 0)
    let work = BackgroundWork<Int> { bell.signal() }
    work.begin { isWanted in
      begun.signal()
      while isWanted() {}
      ended.signal()
      return 1
    }
    begun.wait()
    #expect(work.isBusy)
    work.callOff()
    ended.wait()
    #expect(!work.isBusy)
    // The next piece alone rings.
    work.begin { _ in 2 }
    bell.wait()
    #expect(work.take() == 2)
    #expect(bell.wait(timeout: .now()) == .timedOut)
  }
}
