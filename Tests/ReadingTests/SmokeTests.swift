import Diagnostics
import Testing

@testable import Reading

@Test func smoke() throws {
  let f = SourceFile(path: "a.yaml", text: "\u{FEFF}city: 淮北😀 # x\r\nlist:\r\n  - id: 'a'\r\n    n: |\r\n      块\r\n      b\r\n  - {id: b, x: [1, 2]}\r\nz: &a 5\r\ny: *a\r\ne:\r\n")
  func dump(_ n: Node, _ d: String) {
    print(d, f.text(n.range).debugDescription, n.scalar.map { "\($0)" } ?? "")
    for e in n.entries ?? [] { print(d, "key", f.text(e.keyRange)); dump(e.value, d + "  ") }
    for e in n.items ?? [] { dump(e, d + "  ") }
  }
  dump(try Document.read(f, format: .yaml), "")
  print("streaming")
  dump(try Document.read(f, format: .yaml, streaming: "list") { dump($0, "item") }, "")
}
