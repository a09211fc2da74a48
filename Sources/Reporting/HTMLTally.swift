import Diagnostics

/// What is counted over all subjects while their results are made, for what stands before the table.
struct HTMLTally {
  /// Something that is missing, and how many subjects lack it.
  struct Missing {
    /// Its path, without whose it is.
    var key: String
    var datum: MissingDatum
    var count = 0
  }

  /// The subjects of a district by verdict, in the order of ``HTMLSummary/verdicts``.
  struct District {
    var name: String
    var counts: [Verdict: Int] = [:]
    var total = 0
  }

  /// By how many subjects each rule is in question. Looked up by the rules of the report.
  private(set) var grounds: [String: Int] = [:]
  private(set) var missing: [Missing] = []
  private(set) var districts: [District] = []
  private(set) var map = HTMLMap()
  private var missingNumbers: [String: Int] = [:]
  private var districtNumbers: [String: Int] = [:]

  /// Counts a subject; gives the numbers of what it lacks.
  mutating func count(
    _ result: SubjectResult, _ rules: [String], _ shown: [Finding], _ row: CaseRow?,
    _ anchor: String, _ caseFile: CaseFile?
  ) -> [Int] {
    for rule in rules { grounds[rule, default: 0] += 1 }
    if let row {
      if let name = row.district {
        let number = districtNumbers[name] ?? districts.count
        if number == districts.count {
          districtNumbers[name] = number
          districts.append(District(name: name))
        }
        districts[number].counts[result.verdict, default: 0] += 1
        districts[number].total += 1
      }
      map.add(result, row.place, anchor)
    }
    var lacking: [Int] = []
    for finding in shown where !finding.outcome.isQuiet && finding.outcome != .note {
      for path in finding.needs {
        let number = self.number(of: path, result.id, caseFile)
        if !lacking.contains(number) { lacking.append(number) }
      }
    }
    for number in lacking { missing[number].count += 1 }
    return lacking
  }

  private mutating func number(of path: String, _ subject: String, _ caseFile: CaseFile?) -> Int {
    let own = "applications[\(subject)]"
    let key: String
    if path.hasPrefix(own) {
      key = "applications[]" + path.dropFirst(own.count)
    } else if path.hasPrefix("applications[") {
      key = "applications[…]"
    } else {
      key = path
    }
    if let number = missingNumbers[key] { return number }
    var datum =
      caseFile?.missing(path, subject)
      ?? MissingDatum(
        path: path, name: Bilingual(zh: path, en: path),
        holder: MissingDatum.Holder(ofPath: path))
    datum.name = datum.letterName
    // A longitude and a latitude, say, are one thing to ask for.
    if let same = missing.firstIndex(where: {
      $0.datum.name == datum.name && $0.datum.holder == datum.holder
    }) {
      missingNumbers[key] = same
      return same
    }
    missingNumbers[key] = missing.count
    missing.append(Missing(key: key, datum: datum))
    return missing.count - 1
  }
}
