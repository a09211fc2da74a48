import FuzzTargets
import Glibc

/// Tries a target with bytes that are invented until one of them breaks what has to hold. `.ci/fuzz` builds and runs it; the target is
/// named by `PLANLINT_FUZZ_TARGET`, since the arguments are libFuzzer's, whose `main` this program has.
enum FuzzProgram {
  static let target = getenv("PLANLINT_FUZZ_TARGET").flatMap {
    FuzzTarget(rawValue: String(cString: $0))
  }

  static func say(_ text: String) {
    var line = text + "\n"
    line.withUTF8 { _ = write(2, $0.baseAddress, $0.count) }
  }
}

/// Called by libFuzzer before anything else: without a target, prints each one with the ends of the paths that it begins with.
@_cdecl("LLVMFuzzerInitialize")
func begin(_ count: UnsafeMutableRawPointer?, _ values: UnsafeMutableRawPointer?) -> CInt {
  if FuzzProgram.target == nil {
    for target in FuzzTarget.allCases {
      print(([target.rawValue] + target.seeds).joined(separator: " "))
    }
    exit(0)
  }
  return 0
}

/// Called by libFuzzer with each invention.
@_cdecl("LLVMFuzzerTestOneInput")
func tryBytes(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: data, count: size))
  if let target = FuzzProgram.target, let broken = target.tried(with: bytes).broken {
    FuzzProgram.say("\(target.rawValue): \(broken)")
    abort()
  }
  return 0
}

/// Never called: the build wants a beginning of the program's own, and libFuzzer's `main` is linked in its place.
@main
enum Unused {
  static func main() {}
}
