import Dispatch
import Synchronization

/// A value that threads take turns with.
///
/// Before its mutex stands a gate: the thread sanitizer does not see a mutex that is waited for, and would take its holders for
/// threads that race; it sees the gate.
package final class Locked<Value: Sendable>: Sendable {
  private let gate = DispatchSemaphore(value: 1)
  private let value: Mutex<Value>

  package init(_ value: Value) { self.value = Mutex(value) }

  /// Does something with the value while nobody else does.
  package func withLock<Result: Sendable>(_ body: (inout Value) -> Result) -> Result {
    gate.wait()
    defer { gate.signal() }
    return value.withLock { body(&$0) }
  }
}
