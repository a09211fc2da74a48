import Diagnostics
import PlanlintKit

/// What holds of every fault.
enum SoundFaults {
  static func broken(_ faults: [Fault]) -> String? {
    if faults.isEmpty { return "an error without a fault" }
    for fault in faults {
      let text = "\(fault.message.zh) / \(fault.message.en)"
      if fault.message.zh.isEmpty || fault.message.en.isEmpty {
        return "a fault is empty in one language: \(text)"
      }
      for language in [Language.zh, .en] {
        let line = fault.rendered(language)
        if line.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) {
          return "a fault does not stay on its line: \(text)"
        }
      }
      guard let location = fault.location else { continue }
      let size = location.file.withBytes(\.count)
      if location.range.start > location.range.end || location.range.end > size {
        return "a fault is at \(location.range) of \(size) bytes: \(text)"
      }
      let position = LineIndex(location.file).position(of: location.range.start)
      if position.line < 1 || position.column < 1 {
        return "a fault is at \(position.line):\(position.column): \(text)"
      }
    }
    return nil
  }

  /// Tries something that may end in faults, which have to be sound.
  static func of(_ body: () throws -> Trial) -> Trial {
    do {
      return try body()
    } catch let errors as InputErrors {
      return told(errors.faults)
    } catch let faults as Faults {
      return told(faults.faults)
    } catch {
      return .broken("an error of another kind: \(error)")
    }
  }

  private static func told(_ faults: [Fault]) -> Trial {
    broken(faults).map(Trial.broken) ?? .held(told: faults.map { $0.rendered(.en) })
  }
}
