package import PolicyDesk
public import Diagnostics

/// What was found about registries, for people or programs.
public struct RegistryReport: Sendable {
  private let result: RegistryCheck.Result

  package init(_ result: RegistryCheck.Result) { self.result = result }

  /// One thing that is probably wrong with a row.
  public struct Finding: Sendable {
    /// What was looked for (`duplicate_id`, `wrong_datum`).
    public let check: String
    /// The institution's id.
    public let id: String
    /// The value in the registry that it speaks of.
    public let location: Location
    /// What was found, in one sentence.
    public let message: Bilingual
    /// The ids of the other rows that it is about.
    public let others: [String]
  }

  /// Everything that was read, with its digest.
  public var inputs: [InputDigest] { result.inputs }
  /// How many institutions there are.
  public var institutionCount: Int { result.institutions }
  /// What was found, in the order of the rows.
  public var findings: [Finding] {
    result.findings.map {
      Finding(
        check: $0.check.rawValue, id: $0.id, location: $0.location, message: $0.message,
        others: $0.others)
    }
  }

  /// Whether anything was found.
  public var hasFindings: Bool { !result.findings.isEmpty }

  /// A line a finding, `path:line:column: check: id: message`, and last a count.
  public func text(in language: Language) -> String {
    var lines = result.findings.map { finding in
      "\(finding.location.place): \(finding.check.rawValue): "
        + VisibleText.of("\(finding.id): \(finding.message[language])")
    }
    let (rows, count) = (result.institutions, result.findings.count)
    lines.append(
      language == .zh
        ? "共 \(rows) 家机构，发现 \(count) 个问题"
        : "\(rows) \(rows == 1 ? "institution" : "institutions"), \(count) \(count == 1 ? "finding" : "findings")"
    )
    return lines.joined(separator: "\n") + "\n"
  }

  /// The same as JSON (`registry-check/1`), with the inputs' digests.
  public var json: String { result.json(version: Planlint.version) }
}

extension Planlint {
  /// Looks through registries for rows that are there twice, places that cannot be meant, datums that are probably wrong, and
  /// districts that the facts do not list; several files are one registry.
  ///
  /// - Throws: ``InputErrors`` where a file cannot be read or a row cannot be understood.
  public static func checkRegistries(
    _ inputs: [Input], _ request: Request
  ) throws(InputErrors) -> RegistryReport {
    do {
      let options = try request.options(inputs)
      let library = RegistryCheck.needsLibrary(options) ? try request.library() : nil
      return RegistryReport(try RegistryCheck(options, library).run(files: inputs.map(\.name)))
    } catch {
      throw InputErrors(error)
    }
  }
}
