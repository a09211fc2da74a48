import Diagnostics

/// Annotations of GitHub's workflow log: `::error file=…,line=…,col=…,endColumn=…,title=…::…`.
enum GitHubReporter {
  static func write(_ report: Report, options: ReportOptions, to sink: inout ByteSink) {
    let language = options.language
    var positions = SourcePositions()
    for profile in report.profiles {
      guard let notice = Wording.notice(profile, language) else { continue }
      sink.write("::notice title=\(property(profile.id))::\(data(VisibleText.of(notice)))\n")
    }
    for i in 0..<report.resultCount {
      if sink.isClosed { return }
      let result = report.result(i)
      for finding in result.findings where options.shows(finding, .attention) {
        let region = positions.region(of: finding.location)
        var place = "line=\(region.startLine),"
        if region.endLine == region.startLine {
          place += "col=\(region.startColumn),endColumn=\(region.endColumn)"
        } else {
          place += "endLine=\(region.endLine),col=\(region.startColumn)"
        }
        var lines = [
          VisibleText.of(
            result.title + (language == .zh ? "：" : ": ") + finding.statement(language))
        ]
        for fact in FindingFact.of(finding, language) {
          lines.append(VisibleText.of(fact.kind.label[language] + ": " + fact.text))
        }
        sink.write("::\(command(finding.outcome)) file=\(property(finding.location.file.path)),")
        sink.write("\(place),title=\(property(finding.ruleTitle))::")
        sink.write(data(lines.joined(separator: "\n")) + "\n")
      }
    }
    if let baseline = report.baseline {
      let lines =
        [BaselineNote.summary(baseline, language)] + BaselineNote.fixed(baseline, language)
      let title = language == .zh ? "基线" : "baseline"
      sink.write("::notice title=\(title)::")
      sink.write(data(lines.map(VisibleText.of).joined(separator: "\n")) + "\n")
    }
    sink.write(data(Wording.count(report, language)) + "\n")
  }

  private static func command(_ outcome: Outcome) -> String {
    switch outcome {
    case .fail: "error"
    case .review, .unknown: "warning"
    case .note, .waived, .pass, .exempt, .notApplicable: "notice"
    }
  }

  private static func data(_ text: String) -> String {
    escaped(text, isProperty: false)
  }

  private static func property(_ text: String) -> String {
    escaped(VisibleText.of(text), isProperty: true)
  }

  private static func escaped(_ text: String, isProperty: Bool) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": result += "%25"
      case "\r": result += "%0D"
      case "\n": result += "%0A"
      case ":" where isProperty: result += "%3A"
      case "," where isProperty: result += "%2C"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
