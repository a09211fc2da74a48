package import Cases
package import Diagnostics

/// Finds whose values the notes of a run are about.
package struct RowNotes: Sendable {
  /// By the index of an application in the batch.
  private var messagesOf: [Int: [Bilingual]] = [:]

  package init(_ notes: [Note], _ batch: Batch) {
    let noted = notes.filter { !$0.values.isEmpty && $0.location != nil }
    if noted.isEmpty { return }
    // Applications stand in the order of their files, and those of one file in its order.
    var ofFile: [String: [Int]] = [:]
    for (index, application) in batch.applications.enumerated() {
      ofFile[batch.files[application.source.file].path, default: []].append(index)
    }
    for note in noted {
      guard let own = ofFile[note.path] else { continue }
      for value in note.values {
        var low = 0
        var high = own.count
        while low < high {
          let middle = (low + high) / 2
          let item = batch.applications[own[middle]].source.item
          if item.end <= value.range.start { low = middle + 1 } else { high = middle }
        }
        guard low < own.count,
          batch.applications[own[low]].source.item.start <= value.range.start
        else { continue }
        messagesOf[own[low], default: []].append(value.message)
      }
    }
  }

  /// What the applicant at an index should be told.
  @Sendable package func messages(_ index: Int) -> [Bilingual] { messagesOf[index] ?? [] }
}
