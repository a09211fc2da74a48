package import Compliance
public import Diagnostics

/// What was found about registries, for people or programs.
public struct RegistryReport: Sendable {
  private let result: RegistryCheck.Result

  package init(_ result: RegistryCheck.Result) { self.result = result }

  /// Whether anything was found.
  public var hasFindings: Bool { !result.findings.isEmpty }

  /// A line a finding, `path:line:column: check: id: message`, and last a count.
  public func text(in language: Language) -> String {
    var lines = located.map { finding, position in
      "\(finding.location.file.path):\(position.line):\(position.column): \(finding.check.rawValue): "
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

  private var located: [(RegistryCheck.Finding, LineIndex.Position)] {
    var indices: [String: LineIndex] = [:]
    return result.findings.map { finding in
      let file = finding.location.file
      let index = indices[file.path] ?? LineIndex(file)
      indices[file.path] = index
      return (finding, index.position(of: finding.location.range.start))
    }
  }
}

extension Planlint {
  /// Looks through registries for rows that are there twice, places that cannot be meant, datums that are probably wrong, and
  /// districts that the facts do not list; several files are one registry.
  ///
  /// - Throws: ``InputErrors`` where a file cannot be read or a row cannot be understood.
  public static func checkRegistries(
    _ files: [String], _ request: Request
  ) throws(InputErrors) -> RegistryReport {
    do {
      let options = request.options
      let library = RegistryCheck.needsLibrary(options) ? try request.library() : nil
      return RegistryReport(try RegistryCheck(options, library).run(files: files))
    } catch {
      throw InputErrors(error)
    }
  }
}
