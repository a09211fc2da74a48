package import Diagnostics
import Reading

/// What `policy check` and `policy verify` ask of an item of a profile by its words, and an answer there can speak of.
package enum PolicyQuestion: String, Sendable, CaseIterable {
  case modalityDiffers = "modality-differs"
  case roleDiffers = "role-differs"
  case numberNotQuoted = "number-not-quoted"
  case basisUnrelated = "basis-unrelated"
  case placeDiffers = "place-differs"
  case bindingWords = "binding-words"
  case placeholdersDiffer = "placeholders-differ"
  case numbersDiffer = "numbers-differ"
  case languagesSwapped = "languages-swapped"
  case nameRepeated = "name-repeated"
  case neverApplies = "never-applies"
  case neverFails = "never-fails"
  case neverHolds = "never-holds"
  case neverReached = "never-reached"
  case dividesByZero = "divides-by-zero"
}

/// A reading in words that answers, where it stands, what is asked of an item.
package struct PolicyAnswer: Sendable {
  package var question: PolicyQuestion
  package var text: Bilingual
  /// Of the question's name.
  package var range: ByteRange
}

extension PolicySource {
  static let answersField = (
    "answers", "对政策检查的答复，按检查项", "what answers `policy check`, by what it asks"
  )

  static func answers(of record: inout Record) -> [PolicyAnswer] {
    let answers = record.optional(
      answersField.0, .map(keys: .oneOf(PolicyQuestion.self), of: bilingual))
    return (answers?.value ?? []).map {
      PolicyAnswer(question: $0.key.value, text: $0.value.value, range: $0.key.range)
    }
  }
}
