import ArgumentParser
import PlanlintKit

/// The options that name one profile by its file, for inputs that are kept as they were when something was decided.
struct FrozenProfileOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Decide by this one profile instead of a folder of them; with --tenant.", valueName: "file"),
    completion: Completions.documents)
  var policy: String?

  @Option(
    help: ArgumentHelp("The tenant file (tenant.yaml) of --policy.", valueName: "file"),
    completion: Completions.documents)
  var tenant: String?

  /// Either both or none, and not beside a folder of profiles.
  func check(folder: String?) throws {
    if (policy == nil) != (tenant == nil) {
      throw policy == nil
        ? ValidationError(
          zh: "--tenant：须与 --policy PROFILE.yaml 同用",
          en: "--tenant: expected --policy PROFILE.yaml with it")
        : ValidationError(
          zh: "--policy：须与 --tenant TENANT.yaml 同用",
          en: "--policy: expected --tenant TENANT.yaml with it")
    }
    if policy != nil, folder != nil {
      throw ValidationError(
        zh: "--policy：不能与 --policies 同用", en: "--policy: expected it without --policies")
    }
  }

  /// Both as inputs that nothing may be written over.
  var inputs: [(path: String?, name: String)] {
    [(policy, "the profile"), (tenant, "the tenant file")]
  }

  func apply(to request: inout Request) {
    request.policyFile = policy
    request.tenantFile = tenant
  }
}
