import Dispatch
import Glibc
import Synchronization

/// Work that is shared among the processors: the one place where threads are asked for.
package enum Parallel {
  /// What `body` gives for each number below `count`, in their order; of several faults the first in that order is thrown.
  ///
  /// Numbers are handed out as they come: the longest work should have the lowest.
  ///
  /// - Parameter isWorthSharing: false for what takes no longer than waking a thread, some hundredths of a millisecond.
  package static func map<Item: Sendable, Failure: Error>(
    _ count: Int, isWorthSharing: Bool = true, _ body: @Sendable (Int) throws(Failure) -> Item
  ) throws(Failure) -> [Item] {
    if !isWorthSharing {
      var items: [Item] = []
      for number in 0..<count { items.append(try body(number)) }
      return items
    }
    let results = Locked<[Result<Item, Failure>?]>(Array(repeating: nil, count: count))
    share(0..<count) { _, next in
      while let number = next() {
        let result: Result<Item, Failure>
        do throws(Failure) {
          result = .success(try body(number))
        } catch {
          result = .failure(error)
        }
        results.withLock { $0[number] = result }
      }
    }
    var items: [Item] = []
    items.reserveCapacity(count)
    for result in results.withLock({ $0 }) {
      if let result { items.append(try result.get()) }
    }
    return items
  }

  /// Hands on what `body` makes of each number below `count`, in their order, each as soon as those before it are there.
  ///
  /// Every thread keeps a state of its own, so that it can go on from where it was.
  ///
  /// - Parameters:
  ///   - ahead: how many are handed on before the next are begun, so that one that takes long does not make the others pile up.
  ///   - handOn: called by one thread at a time; false says that nothing more is wanted.
  package static func inOrder<State: Sendable, Item: Sendable>(
    _ count: Int, ahead: Int, state: State,
    _ body: @Sendable (inout State, Int) -> Item, handOn: (Item) -> Bool
  ) {
    withoutActuallyEscaping(handOn) { handOn in
      // SAFETY: called with the queue's lock alone, and not after this call.
      nonisolated(unsafe) let handOn = handOn
      let states = Locked<[State?]>(Array(repeating: state, count: Processors.count))
      let queue = Locked(Queue<Item>())
      let isClosed = Atomic(false)
      for first in stride(from: 0, to: count, by: ahead) where !isClosed.load(ordering: .relaxed) {
        share(first..<min(first + ahead, count)) { worker, next in
          guard var state = states.withLock({ $0[worker].take() }) else { return }
          while !isClosed.load(ordering: .relaxed), let number = next() {
            let item = body(&state, number)
            queue.withLock { queue in
              queue.waiting[number] = item
              while let item = queue.waiting.removeValue(forKey: queue.next) {
                queue.next += 1
                if !handOn(item) { isClosed.store(true, ordering: .relaxed) }
              }
            }
          }
          states.withLock { $0[worker] = state }
        }
      }
    }
  }

  /// What was made, until it is due.
  private struct Queue<Item: Sendable>: Sendable {
    var waiting: [Int: Item] = [:]
    var next = 0
  }

  /// Does two things beside each other.
  package static func both<First: Sendable, Second: Sendable>(
    _ first: @Sendable () -> First, _ second: @Sendable () -> Second
  ) -> (First, Second) {
    let firstResult = Mutex<First?>(nil)
    let secondResult = Mutex<Second?>(nil)
    share(0..<2) { _, next in
      while let number = next() {
        if number == 0 {
          let result = first()
          firstResult.withLock { $0 = result }
        } else {
          let result = second()
          secondResult.withLock { $0 = result }
        }
      }
    }
    return (firstResult.withLock { $0 } ?? first(), secondResult.withLock { $0 } ?? second())
  }

  /// Lets as many threads as there is use for take numbers until none is left; each has a number of its own.
  private static func share(
    _ numbers: Range<Int>, _ work: @Sendable (_ worker: Int, _ next: () -> Int?) -> Void
  ) {
    let next = Atomic(numbers.lowerBound)
    @Sendable func take(_ worker: Int) {
      work(worker) {
        let number = next.add(1, ordering: .relaxed).oldValue
        return number < numbers.upperBound ? number : nil
      }
    }
    let workers = min(Processors.count, numbers.count)
    if workers > 1, canShare {
      DispatchQueue.concurrentPerform(iterations: workers, execute: take)
    } else {
      take(0)
    }
  }

  /// Whether the system lets the program have a thread for each processor: Dispatch would wait for ever for one that it may not make.
  private static let canShare: Bool = {
    let gate = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    defer { gate.deallocate() }
    pthread_mutex_init(gate, nil)
    // All stand at the gate until it is known whether they could be made.
    pthread_mutex_lock(gate)
    var threads: [pthread_t] = []
    for _ in 0..<Processors.count {
      var thread = pthread_t()
      let isMade = pthread_create(
        &thread, nil,
        { gate in
          guard let gate = gate?.assumingMemoryBound(to: pthread_mutex_t.self) else { return nil }
          pthread_mutex_lock(gate)
          pthread_mutex_unlock(gate)
          return nil
        }, gate)
      if isMade != 0 { break }
      threads.append(thread)
    }
    pthread_mutex_unlock(gate)
    for thread in threads { pthread_join(thread, nil) }
    pthread_mutex_destroy(gate)
    return threads.count == Processors.count
  }()
}
