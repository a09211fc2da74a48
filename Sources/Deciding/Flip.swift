import Cases
package import Diagnostics
package import Expression
package import Policy

/// One reading or parameter set to one of its alternatives.
package struct Flip {
  package enum What {
    case parameter(Int, Exact)
    case reading(Int, String)
  }

  package let what: What

  package static func all(_ policy: Policy) -> [Flip] {
    policy.parameters.enumerated().flatMap { index, parameter in
      parameter.alternatives.map { Flip(what: .parameter(index, $0)) }
    }
      + policy.readings.enumerated().flatMap { index, reading in
        reading.alternatives.map { Flip(what: .reading(index, $0)) }
      }
  }

  package func applied(to settings: Settings) -> Settings {
    var settings = settings
    switch what {
    case .parameter(let index, let value): settings.parameters[index] = .decimal(value)
    case .reading(let index, let value): settings.readings[index] = value
    }
    return settings
  }

  /// Whether something may come to something else with it.
  func touches(_ reach: PolicyGraph.Reach) -> Bool {
    switch what {
    case .parameter(let index, _): reach.contains(.parameter(index))
    case .reading(let index, _): reach.contains(reading: index)
    }
  }

  /// Whether it is the reading that says whether a replacement is recognised.
  func isOfReplacements(_ reading: Int?) -> Bool {
    if case .reading(let index, _) = what { index == reading } else { false }
  }

  package func reading(_ policy: Policy, _ verdict: Verdict) -> DecidingReading {
    switch what {
    case .parameter(let index, let value):
      let parameter = policy.parameters[index]
      return DecidingReading(
        id: parameter.name, provision: policy.provisions[parameter.basis].id,
        value: parameter.value.description, alternative: value.description,
        verdictOtherwise: verdict, valueWord: parameter.inWords(parameter.value),
        alternativeWord: parameter.inWords(value))
    case .reading(let index, let value):
      let reading = policy.readings[index]
      return DecidingReading(
        id: reading.name, provision: policy.provisions[reading.basis].id, value: reading.value,
        alternative: value, verdictOtherwise: verdict, valueWord: reading.words[reading.value],
        alternativeWord: reading.words[value])
    }
  }
}

extension Policy.Parameter {
  /// A value of it with its unit.
  fileprivate func inWords(_ value: Exact) -> Bilingual {
    let word = UnitWord.of(unit)?.word
    guard let word, !word.zh.isEmpty else {
      return Bilingual(zh: " \(value) ", en: value.description)
    }
    return Bilingual(zh: " \(value) \(word.zh)", en: "\(value) \(word.en)")
  }
}

extension Policy {
  /// Says on which reading a verdict hangs.
  package func note(_ reading: DecidingReading, at location: Location) -> Finding {
    let index = provisions.firstIndex { $0.id == reading.provision } ?? 0
    let explanation =
      readings.first { $0.name == reading.id }?.explanation
      ?? parameters.first { $0.name == reading.id }?.reading
    let id = BuiltInRule.readingDecides.id
    let word = reading.verdictOtherwise.word
    var finding = Finding(
      rule: id, name: id, outcome: .note, modality: .data,
      message: Bilingual(
        zh:
          "条文理解（\(reading.id)）：现按\(reading.valueWord?.zh ?? " \(reading.value) ")掌握，如按\(reading.alternativeWord?.zh ?? " \(reading.alternative) ")掌握，结论为\(word.zh)"
          + (explanation.map { "（\($0.zh)）" } ?? ""),
        en:
          "how the text is read (\(reading.id)): as \(reading.valueWord?.en ?? reading.value); as \(reading.alternativeWord?.en ?? reading.alternative) the verdict would be \(word.en)"
          + (explanation.map { " (\($0.en))" } ?? "")),
      location: location, citations: [citation(index)])
    // Without words for the two values a letter says no more than that there are two.
    if let value = reading.valueWord, let alternative = reading.alternativeWord {
      finding.gist = Bilingual(
        zh: "条文理解：现按\(value.zh)掌握，如按\(alternative.zh)掌握，结论为\(word.zh)",
        en: "read as \(value.en); as \(alternative.en) the verdict would be \(word.en)")
    } else {
      finding.gist = Bilingual(
        zh: "条文理解：下列条文另有一种理解，如按该理解掌握，结论为\(word.zh)",
        en: "the text can be read otherwise; the verdict would then be \(word.en)")
    }
    return finding
  }
}
