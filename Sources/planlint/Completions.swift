import ArgumentParser
import PlanlintKit

/// What shells offer after an option; nothing where the profiles cannot be read.
enum Completions {
  static let cities = CompletionKind.custom { arguments, _, _ in
    (try? Planlint.cityNames(request(arguments))) ?? []
  }

  static let profiles = CompletionKind.custom { arguments, _, _ in
    (try? Planlint.profileNames(request(arguments))) ?? []
  }

  static let rules = CompletionKind.custom { arguments, _, _ in
    (try? Planlint.ruleNames(request(arguments))) ?? []
  }

  static let formats = CompletionKind.list(Format.all.map(\.name))
  static let languages = CompletionKind.list(Configuration.languages)
  static let datums = CompletionKind.list(["wgs84", "cgcs2000", "gcj02", "bd09"])
  static let documents = CompletionKind.file(extensions: ["yaml", "yml", "json"])
  static let tables = CompletionKind.file(extensions: [
    "csv", "tsv", "xlsx", "geojson", "yaml", "yml", "json", "jsonl",
  ])

  /// With the folder of profiles that the command line names so far.
  private static func request(_ arguments: [String]) -> Request {
    var request = Request()
    if let index = arguments.firstIndex(of: "--policies"), arguments.indices.contains(index + 1) {
      request.policies = arguments[index + 1]
    }
    request.environmentPolicies = Terminal.environment("PLANLINT_POLICIES")
    request.executable = InputOptions.executable
    return request
  }
}
