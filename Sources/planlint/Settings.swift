import PlanlintKit

/// What a run works with.
///
/// The command line goes before an input's own word, that before the settings file, that before the environment, and that before
/// what is built in.
struct Settings {
  let configuration: Configuration?
  /// Whether what inputs and the settings file name may lie outside their folders.
  var allowsOutside = false

  // MARK: How a report is written

  func lang(_ option: String?) -> Setting {
    setting(
      "lang", option, file: configuration?.language, environment: Terminal.localeLanguage,
      builtIn: "zh")
  }

  func language(_ option: String?) -> Language {
    lang(option).value.flatMap(Language.init) ?? .zh
  }

  func formats(_ options: [String]) -> Setting {
    if !options.isEmpty {
      return Setting(name: "formats", values: options, isList: true, origin: .commandLine)
    }
    if let formats = configuration?.formats, let first = formats.first {
      return Setting(
        name: "formats", values: formats.map(\.value), isList: true,
        origin: .settingsFile(path: first.path, line: first.line))
    }
    return Setting(
      name: "formats", values: [Format.text.name], isList: true, origin: .builtIn(zh: "", en: ""))
  }

  func failOn(_ option: String?) -> Setting {
    setting("fail_on", option, file: configuration?.failOn, builtIn: "review")
  }

  func show(_ option: String?) -> Setting {
    setting("show", option, file: configuration?.show, builtIn: "usual")
  }

  /// The address of the site of rules.
  var rulesAddress: Setting {
    setting("rules_address", nil, file: configuration?.rulesAddress)
  }

  /// The baseline of `check` or of `plan`.
  func baseline(_ option: String?, ofPlans: Bool) -> Setting {
    setting(
      ofPlans ? "baseline.plan" : "baseline.check", option,
      file: ofPlans ? configuration?.planBaseline : configuration?.checkBaseline)
  }

  // MARK: What is checked against what

  /// What is checked where the command line names no files.
  func inputs(_ name: String, _ entries: [Configuration.Entry]?) -> Setting {
    Setting(
      name: name, values: entries?.map(\.value) ?? [], isList: true,
      origin: entries?.first.map { .settingsFile(path: $0.path, line: $0.line) }
        ?? .builtIn(zh: "", en: ""))
  }

  func city(_ option: String?, own: Configuration.Entry?) -> Setting {
    setting("city", option, own: own, file: configuration?.city)
  }

  func facts(_ option: String?, own: Configuration.Entry?) -> Setting {
    setting("facts", option, own: own, file: configuration?.facts)
  }

  func registry(_ option: String?, own: Configuration.Entry?) -> Setting {
    setting("registry", option, own: own, file: configuration?.registry)
  }

  func waivers(_ option: String?) -> Setting {
    setting("waivers", option, file: configuration?.waivers)
  }

  func asOf(_ option: String?, own: Configuration.Entry?) -> Setting {
    setting(
      "as_of", option, own: own, file: configuration?.asOf,
      note: ("最后一个申请日期", "the last day of submission"))
  }

  func datum(_ option: String?, own: Configuration.Entry?) -> Setting {
    setting("datum", option, own: own, file: configuration?.datum)
  }

  /// Everything that a run is known to read before it reads anything, with what it is called in messages.
  func inputs(
    _ files: [String], facts: String?, registry: String?, waivers: String?
  ) -> [(path: String?, name: String)] {
    files.map { ($0, "the input") } + [
      (self.facts(facts, own: nil).value, "the facts"),
      (self.registry(registry, own: nil).value, "the registry"),
      (self.waivers(waivers).value, "the waivers"),
      (configuration?.path, "the settings file"),
    ]
  }

  /// The folder of profiles; where none is named, the one that is found.
  func policies(_ option: String?) -> Setting {
    let environment = Terminal.environment("PLANLINT_POLICIES").map { ("PLANLINT_POLICIES", $0) }
    var request = Request()
    request.executable = InputOptions.executable
    return setting(
      "policies", option, file: configuration?.policies, environment: environment,
      builtIn: option == nil && configuration?.policies == nil && environment == nil
        ? request.policyFolder : nil)
  }

  /// Whether reports on standard output are coloured.
  var color: Setting {
    for variable in ["NO_COLOR", "FORCE_COLOR"] where Terminal.environment(variable) != nil {
      return Setting(
        name: "color", values: [Terminal.isColored ? "always" : "never"],
        origin: .environment(variable: variable))
    }
    return Setting(
      name: "color", values: ["auto"], origin: .builtIn(zh: "终端上显示颜色", en: "on a terminal"))
  }

  /// The first that there is.
  private func setting(
    _ name: String, _ option: String?, own: Configuration.Entry? = nil,
    file: Configuration.Entry?, environment: (variable: String, value: String)? = nil,
    builtIn: String? = nil, note: (zh: String, en: String) = ("", "")
  ) -> Setting {
    if let option { return Setting(name: name, values: [option], origin: .commandLine) }
    if let own {
      return Setting(
        name: name, values: [own.value], origin: .input(path: own.path, line: own.line))
    }
    if let file {
      return Setting(
        name: name, values: [file.value], origin: .settingsFile(path: file.path, line: file.line))
    }
    if let environment {
      return Setting(
        name: name, values: [environment.value],
        origin: .environment(variable: environment.variable))
    }
    return Setting(
      name: name, values: builtIn.map { [$0] } ?? [], origin: .builtIn(zh: note.zh, en: note.en))
  }
}
