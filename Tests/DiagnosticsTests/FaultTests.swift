import Diagnostics
import Testing

@Suite("Faults and notes are lines that a terminal can show")
struct FaultTests {
  @Test("what could act on a terminal, or break the line, is shown and does nothing")
  func visible() {
    let fault = Fault(path: "a\u{1B}[31m\n.yaml", zh: "错", en: "found `x\ny\u{202E}z`")
    #expect(fault.rendered(.en) == "a␛[31m␊.yaml: error: found `x␊y<U+202E>z`")
    let note = Note(path: "a\u{7}", zh: "注", en: "`\r`")
    #expect(note.rendered(.en) == "a␇: note: `␍`")
  }

  @Test("a piece of the user's text is cut to a readable length, and the message goes on after it")
  func cut() {
    let longest = VisibleText.longestPiece
    for (count, shown) in [(longest, longest), (longest + 1, longest), (100_000, longest)] {
      let text = String(repeating: "长", count: count)
      let message = Fault(path: "a", zh: "`\(text)` 之后", en: "`\(text)`").rendered(.zh)
      let cut = String(repeating: "长", count: shown) + (count > shown ? "…" : "")
      #expect(message == "a: error: `\(cut)` 之后")
    }
  }
}
