import Checks
import Diagnostics
import Notices
import PlanlintKit
import Reporting

/// What else is read: settings, templates of letters, reports of earlier runs.
enum Documents {
  static func settings(_ bytes: [UInt8]) -> Trial {
    SoundFaults.of {
      _ = try SettingsFile(
        reading: SourceFile(path: "planlint.yaml", bytes: bytes),
        formatNames: ReportFormat.allCases.map(\.rawValue))
      return .held(told: ["read"])
    }
  }

  static func report(_ bytes: [UInt8]) -> Trial {
    SoundFaults.of {
      _ = try RecordedReport(reading: SourceFile(path: "report.json", bytes: bytes))
      return .held(told: ["read"])
    }
  }

  static func template(_ bytes: [UInt8]) -> Trial {
    let text = String(decoding: bytes, as: UTF8.self)
    for form in NoticeForm.allCases {
      do throws(NoticeTemplate.Problem) {
        _ = try NoticeTemplate(text, name: "notice", form: form, path: "notice")
      } catch {
        if error.message.zh.isEmpty || error.message.en.isEmpty {
          return .broken("a fault says nothing")
        }
        return .held(told: [error.message.en])
      }
    }
    return .held(told: ["read"])
  }
}
