import Diagnostics
import Dispatch
import Synchronization

/// Work that is shared among the processors.
enum Parallel {
  /// What `body` gives for each number below `count`, in their order; of several faults the first in that order is thrown.
  ///
  /// Numbers are handed out as they come: the longest work should have the lowest.
  static func map<Item: Sendable>(
    _ count: Int, _ body: @Sendable (Int) throws(Faults) -> Item
  ) throws(Faults) -> [Item] {
    let results = Mutex<[Result<Item, Faults>?]>(Array(repeating: nil, count: count))
    let next = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: min(Processors.count, count)) { _ in
      while true {
        let number = next.add(1, ordering: .relaxed).oldValue
        if number >= count { return }
        let result: Result<Item, Faults>
        do throws(Faults) {
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
}
