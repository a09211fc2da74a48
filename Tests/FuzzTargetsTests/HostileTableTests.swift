import Foundation
import FuzzTargets
import TestSupport
import Testing

/// A table of hostile files: what each holds, and what is said of it and where.
///
/// `fixtures/hostile/TARGET.txt` has a block a file: `## what is wrong with it`, the lines of the file behind `> `, and what is told
/// behind `= `. In the lines of a file `\xHH` is a byte, `\\` a backslash and `\c` at the end that no line break follows;
/// `\{N TEXT\}` is a text N times.
@Suite("Hostile files are told of at their place")
struct HostileTableTests {
  struct Case {
    var name: String
    var lines: [Substring]

    var bytes: [UInt8] {
      var bytes: [UInt8] = []
      for line in lines {
        bytes += Self.bytes(of: line)
        if line.hasSuffix("\\c") { bytes.removeLast(2) } else { bytes.append(0x0A) }
      }
      return bytes
    }

    private static func bytes(of line: Substring) -> [UInt8] {
      var bytes: [UInt8] = []
      var rest = line[...]
      while let next = rest.first {
        rest.removeFirst()
        if next != "\\" {
          bytes += Array(String(next).utf8)
        } else if rest.hasPrefix("x"), let byte = UInt8(rest.dropFirst().prefix(2), radix: 16) {
          bytes.append(byte)
          rest = rest.dropFirst(3)
        } else if rest.hasPrefix("{"), let end = rest.firstRange(of: "\\}"),
          let space = rest[..<end.lowerBound].firstIndex(of: " "),
          let count = Int(rest[rest.index(after: rest.startIndex)..<space])
        {
          let text = Self.bytes(of: rest[rest.index(after: space)..<end.lowerBound])
          for _ in 0..<count { bytes += text }
          rest = rest[end.upperBound...]
        } else if rest.hasPrefix("\\") {
          bytes.append(UInt8(ascii: "\\"))
          rest.removeFirst()
        } else {
          bytes.append(UInt8(ascii: "\\"))
        }
      }
      return bytes
    }
  }

  private static let targets: [FuzzTarget] = FuzzTarget.allCases.filter {
    Golden.bytes("hostile/\($0.rawValue).txt") != nil
  }

  private static func cases(of target: FuzzTarget) throws -> [Case] {
    let text = String(
      decoding: try #require(Golden.bytes("hostile/\(target.rawValue).txt")), as: UTF8.self)
    var cases: [Case] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("## ") {
        cases.append(Case(name: String(line.dropFirst(3)), lines: []))
      } else if line.hasPrefix("> "), !cases.isEmpty {
        cases[cases.count - 1].lines.append(line.dropFirst(2))
      }
    }
    return cases
  }

  @Test("each file of the table", arguments: targets)
  func table(_ target: FuzzTarget) throws {
    var text = ""
    for item in try Self.cases(of: target) {
      let trial = target.tried(with: item.bytes)
      #expect(trial.broken == nil, "\(item.name)")
      text += "## \(item.name)\n" + item.lines.map { "> \($0)\n" }.joined()
      text += trial.told.map { "= \($0)\n" }.joined() + "\n"
    }
    let difference = Golden.difference(Array(text.utf8), from: "hostile/\(target.rawValue).txt")
    #expect(difference == nil)
  }

  @Test("the table has three hundred files or more")
  func size() throws {
    let count = try Self.targets.map { try Self.cases(of: $0).count }.reduce(0, +)
    #expect(count >= 300)
  }
}
