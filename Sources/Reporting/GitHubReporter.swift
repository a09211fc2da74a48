import Diagnostics

/// Annotations of GitHub's workflow log: `::error file=…,line=…,col=…,endColumn=…,title=…::…`.
enum GitHubReporter {
  static func write(_ report: Report, options: ReportOptions, to sink: inout ByteSink) {
    let language = options.language
    var positions = SourcePositions()
    for profile in report.profiles {
      guard let notice = Wording.notice(profile, language) else { continue }
      sink.write(
        "::notice title=\(WorkflowCommand.property(profile.id))::\(WorkflowCommand.data(VisibleText.of(notice)))\n"
      )
    }
    for i in 0..<report.resultCount {
      if sink.isClosed { return }
      let result = report.result(i)
      for finding in result.findings where options.shows(finding, .attention) {
        let place = WorkflowCommand.place(
          options.hostPath(finding.location.file.path), positions.region(of: finding.location))
        var lines = [
          VisibleText.of(
            result.title + (language == .zh ? "：" : ": ") + finding.statement(language))
        ]
        for fact in FindingFact.of(finding, language) {
          lines.append(VisibleText.of(fact.kind.label[language] + ": " + fact.text))
        }
        sink.write("::\(command(finding.outcome)) \(place),")
        sink.write("title=\(WorkflowCommand.property(finding.ruleTitle))::")
        sink.write(WorkflowCommand.data(lines.joined(separator: "\n")) + "\n")
      }
    }
    if let baseline = report.baseline {
      let lines =
        [BaselineNote.summary(baseline, language)] + BaselineNote.fixed(baseline, language)
      let title = language == .zh ? "基线" : "baseline"
      sink.write("::notice title=\(title)::")
      sink.write(WorkflowCommand.data(lines.map(VisibleText.of).joined(separator: "\n")) + "\n")
    }
    sink.write(WorkflowCommand.data(Wording.count(report, language)) + "\n")
  }

  private static func command(_ outcome: Outcome) -> String {
    switch outcome {
    case .fail: "error"
    case .review, .unknown: "warning"
    case .note, .waived, .pass, .exempt, .notApplicable: "notice"
    }
  }
}
