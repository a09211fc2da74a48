import Diagnostics
import Glibc
import Synchronization

/// What a rule came to for one application, as another run may follow it.
struct Course: Hashable {
  /// Waivers included.
  var outcome: Outcome
  var restsOnTrials = false
}

/// What a run has come to so far, for others to read while it goes on.
// SAFETY: one thread writes each element once, before the turn that it belongs to is counted as ended; others read it after that.
final class CourseLog: @unchecked Sendable {
  /// Another thread is ahead by at least this much most of the time, and is waited for in steps of so many microseconds.
  private static let pauseMicroseconds: UInt32 = 20

  private let courses: UnsafeMutableBufferPointer<Course>
  /// By member: where its courses begin.
  private let starts: [Int]
  private let admissions: UnsafeMutableBufferPointer<Admission>
  private let ended = Atomic(0)

  /// - Parameter counts: by member: how often a rule is decided for it.
  init(counts: [Int]) {
    var starts: [Int] = []
    starts.reserveCapacity(counts.count)
    var total = 0
    for count in counts {
      starts.append(total)
      total += count
    }
    self.starts = starts
    courses = .allocate(capacity: total)
    courses.initialize(repeating: Course(outcome: .notApplicable))
    admissions = .allocate(capacity: counts.count)
    admissions.initialize(repeating: .no)
  }

  deinit {
    courses.deinitialize()
    courses.deallocate()
    admissions.deinitialize()
    admissions.deallocate()
  }

  /// Rules are numbered in the order in which they are decided for a member.
  func set(_ course: Course, _ number: Int, of member: Int) {
    courses[starts[member] + number] = course
  }

  func end(turnOf member: Int, _ admission: Admission) {
    admissions[member] = admission
    ended.add(1, ordering: .releasing)
  }

  /// Nobody has to wait for what will not come.
  func abandon() { ended.store(Int.max, ordering: .releasing) }

  /// Waits until a turn has ended; false where it never will.
  func wait(for turn: Int) -> Bool {
    while true {
      let count = ended.load(ordering: .acquiring)
      if count == Int.max { return false }
      if count > turn { return true }
      usleep(Self.pauseMicroseconds)
    }
  }

  func course(_ number: Int, of member: Int) -> Course { courses[starts[member] + number] }

  func admission(of member: Int) -> Admission { admissions[member] }
}
