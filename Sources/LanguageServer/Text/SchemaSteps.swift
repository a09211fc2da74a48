import Diagnostics
import Reading

extension FieldSchema {
  /// What it may be, names and nulls taken away.
  var choices: [FieldSchema] {
    switch self {
    case .named(_, let inner), .nullable(let inner): inner.choices
    case .either(let several): several.flatMap(\.choices)
    default: [self]
    }
  }

  /// The records that it may be.
  var records: [RecordSchema] {
    choices.compactMap { if case .record(let record) = $0 { record } else { nil } }
  }

  func field(_ key: String) -> RecordSchema.Field? {
    records.lazy.flatMap(\.fields).first { $0.name == key }
  }

  /// What stands under a key.
  func step(key: String) -> FieldSchema? {
    for choice in choices {
      switch choice {
      case .record(let record):
        if let field = record.fields.first(where: { $0.name == key }) { return field.schema }
        if let others = record.others { return others }
      case .map(_, let item): return item
      default: continue
      }
    }
    return nil
  }

  /// What an item of the list may be.
  var item: FieldSchema? {
    for case .list(let item, _) in choices { return item }
    return nil
  }

  /// What the keys of a mapping whose keys are data may be.
  var keySchema: FieldSchema? {
    for case .map(let keys, _) in choices { return keys }
    return nil
  }

  /// The words that may stand there, with the name of their vocabulary where they have one.
  var words: [(vocabulary: String?, word: Word)] {
    switch self {
    case .named(let name, .word(let words)): words.map { (name, $0) }
    case .word(let words): words.map { (nil, $0) }
    case .named(_, let inner), .nullable(let inner): inner.words
    case .either(let several): several.flatMap(\.words)
    default: []
    }
  }

  /// The vocabulary that a word which may stand there is of.
  func vocabulary(of word: String) -> String? {
    words.first { $0.word.word == word }?.vocabulary
  }
}
