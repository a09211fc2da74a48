import Reporting
import TestSupport
import Testing

@Suite struct GoldenTests {
  @Test(arguments: ReportFormat.allCases, SampleReport.allCases)
  func `each format writes each sample as its golden has it`(
    format: ReportFormat, sample: SampleReport
  ) {
    var sink = ByteSink()
    write(sample.report, as: format, options: sample.options, to: &sink)
    let end = format == .xlsx ? "txt" : format.fileExtension
    let name = "reports/\(format.rawValue)/\(sample.rawValue).\(end)"
    if let difference = Golden.difference(readable(sink.bytes, format), from: name) {
      Issue.record(Comment(rawValue: difference))
    }
  }

  @Test(arguments: ReportFormat.allCases, SampleReport.allCases)
  func `the same report gives the same bytes whatever the block size`(
    format: ReportFormat, sample: SampleReport
  ) {
    var whole = ByteSink()
    write(sample.report, as: format, options: sample.options, to: &whole)
    var blocks: [UInt8] = []
    do {
      var sink = ByteSink {
        blocks.append(contentsOf: $0)
        return true
      }
      write(sample.report, as: format, options: sample.options, to: &sink)
    }
    #expect(blocks == whole.bytes)
  }
}
