import Glibc

/// Waits until something happens in some folders.
///
/// Linux tells of it (inotify); files are looked at again every few seconds all the same, since it does not tell of what another
/// computer does on a shared disk. Where it cannot tell at all they are looked at twice a second.
struct FolderNotices: ~Copyable {
  /// How long what is saved in several steps may take, in milliseconds.
  private static let settling: Int32 = 100
  private static let withNotices: Int32 = 2_000
  private static let withoutNotices: Int32 = 500

  private let descriptor: Int32
  private let isWhole: Bool

  init(of folders: [String]) {
    descriptor = inotify_init1(Int32(O_NONBLOCK | O_CLOEXEC))
    let events = UInt32(
      IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_MODIFY)
    let descriptor = descriptor
    isWhole =
      descriptor >= 0 && folders.allSatisfy { inotify_add_watch(descriptor, $0, events) >= 0 }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Comes back when something has happened, or might have.
  func wait() {
    var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    if poll(&wanted, 1, isWhole ? Self.withNotices : Self.withoutNotices) <= 0 { return }
    repeat {
      withUnsafeTemporaryAllocation(byteCount: 1 << 14, alignment: 8) { buffer in
        while read(descriptor, buffer.baseAddress, buffer.count) > 0 {}
      }
    } while poll(&wanted, 1, Self.settling) > 0
  }
}
