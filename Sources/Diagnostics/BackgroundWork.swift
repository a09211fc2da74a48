import Dispatch

/// Work that goes on beside the thread that asks for it: one piece at a time, which can be called off.
///
/// Nothing waits for it: what comes of a piece is kept until it is taken, and `isDone` is called from the thread that did it.
package final class BackgroundWork<Item: Sendable>: Sendable {
  private struct State {
    /// Of the piece that is wanted; one that has another number has been called off.
    var number = 0
    var isBusy = false
    var result: Item?
  }

  private let state = Locked(State())
  private let isDone: @Sendable () -> Void

  package init(isDone: @escaping @Sendable () -> Void) { self.isDone = isDone }

  /// Whether a piece is being done that is still wanted.
  package var isBusy: Bool { state.withLock { $0.isBusy } }

  /// Begins a piece of work in place of any that goes on.
  ///
  /// - Parameter body: gives nil where it gave up; it should ask every few milliseconds whether it is still wanted.
  package func begin(_ body: @escaping @Sendable (_ isWanted: () -> Bool) -> Item?) {
    let number = state.withLock { state in
      state.number += 1
      state.isBusy = true
      state.result = nil
      return state.number
    }
    DispatchQueue.global(qos: .utility).async { [state, isDone] in
      let result = body { state.withLock { $0.number == number } }
      let isWanted = state.withLock { state in
        guard state.number == number else { return false }
        state.isBusy = false
        state.result = result
        return true
      }
      if isWanted { isDone() }
    }
  }

  /// Ends what goes on, and drops what has come of it.
  package func callOff() {
    state.withLock { state in
      state.number += 1
      state.isBusy = false
      state.result = nil
    }
  }

  /// What has come of the last piece, once.
  package func take() -> Item? {
    state.withLock { state in
      defer { state.result = nil }
      return state.result
    }
  }
}
