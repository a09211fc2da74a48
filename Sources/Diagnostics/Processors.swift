import Glibc

/// The processors that work is shared among.
package enum Processors {
  /// Shares beyond this many are not worth their memory.
  private static let limit = 8

  package static let count = max(1, min(Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))), limit))
}
