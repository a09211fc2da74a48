import Testing

@testable import Diagnostics

@Suite("The name that was probably meant")
struct MeantTests {
  private let file = SourceFile(path: "a.yaml", bytes: Array("kind: hopsital\n".utf8))

  @Test("a fault and a finding carry it as a value and end with it")
  func carries() {
    let range = ByteRange(start: 6, end: 14)
    let fault = Fault(
      file, range, zh: "没有类型 `hopsital`", en: "there is no kind `hopsital`",
      meant: Meant("hospital"))
    #expect(fault.suggestion == "hospital")
    #expect(
      fault.rendered(.en)
        == "a.yaml:1:7: error: there is no kind `hopsital`; did you mean `hospital`")
    #expect(fault.rendered(.zh) == "a.yaml:1:7: error: 没有类型 `hopsital`，是否应为 `hospital`")
    let finding = PolicyFinding(
      .warning, "unknown-unit", Location(file: file, range: range), zh: "没有单位 `ms`",
      en: "there is no unit `ms`", meant: Meant("m", shown: "`m`"))
    #expect(finding.suggestion == "m")
    #expect(finding.message.en == "there is no unit `ms`; did you mean `m`")
  }

  @Test("what a user wrote is none, whatever it says")
  func userText() {
    let fault = Fault(
      file, ByteRange(start: 0, end: 4), zh: "`x`；did you mean `y`", en: "`x`; did you mean `y`")
    #expect(fault.suggestion == nil)
    #expect(fault.message.en == "`x`; did you mean `y`")
  }
}
