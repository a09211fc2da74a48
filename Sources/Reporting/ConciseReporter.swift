import Diagnostics

/// One line a finding, `path:line:column: error[ID] message`, and a count as the last line.
enum ConciseReporter {
  static func write(_ report: Report, options: ReportOptions, to sink: inout ByteSink) {
    let style = TerminalStyle(isColored: options.color)
    SubjectLanes().write(report, to: &sink, lane: Lane(options: options, style: style))
    for profile in report.profiles {
      guard let notice = Wording.notice(profile, options.language) else { continue }
      sink.write((options.language == .zh ? "注意: " : "notice: ") + VisibleText.of(notice) + "\n")
    }
    if let baseline = report.baseline {
      for text in BaselineNote.fixed(baseline, options.language) {
        sink.write(VisibleText.of(text) + "\n")
      }
      sink.write(VisibleText.of(BaselineNote.summary(baseline, options.language)) + "\n")
    }
    sink.write(style.strong(Wording.count(report, options.language)) + "\n")
  }

  private struct Lane: SubjectLanes.Lane {
    let options: ReportOptions
    let style: TerminalStyle
    var positions = SourcePositions()

    mutating func write(
      _ subjects: Range<Int>, of report: Report, to sink: inout ByteSink
    ) -> SubjectLanes.Seams {
      for subject in subjects {
        for finding in report.result(subject).findings where options.shows(finding, .attention) {
          let region = positions.region(of: finding.location)
          let severity =
            Severity(finding.outcome).rawValue + "[" + VisibleText.of(finding.rule) + "]"
          sink.write(VisibleText.of(finding.location.file.path))
          sink.write(":\(region.startLine):\(region.startColumn): ")
          sink.write(style.severity(severity, finding.outcome))
          sink.write(" ")
          sink.write(VisibleText.of(finding.statement(options.language)))
          sink.write("\n")
        }
      }
      return SubjectLanes.Seams()
    }
  }
}
