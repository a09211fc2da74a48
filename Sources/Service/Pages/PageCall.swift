import Desk
import Diagnostics
import PlanlintKit

/// A request for a page: who asks, in which language, and what went wrong with the form that was sent, if one was.
struct PageCall: Sendable {
  /// A form that could not be done; the page is shown again with it.
  struct Fault: Sendable {
    /// The form's id.
    var form: String
    var problem: Problem
    /// What is wrong in a file that was handed in, where it is known by its place.
    var faults: [Diagnostics.Fault] = []
    var values: FormBody
  }

  let service: Service
  let request: WebRequest
  let address: PageAddress
  let language: Language
  var caller: Caller?
  /// What each form carries, so that no page of somebody else's can send it.
  var token = ""
  var fault: Fault?
  /// What an act gave that is told once.
  var secret: (account: String, token: String?)?

  var desk: Desk { service.desk }

  init(_ service: Service, _ request: WebRequest, _ address: PageAddress) {
    self.service = service
    self.request = request
    self.address = address
    language = request.value("lang") == "en" ? .en : .zh
  }

  /// Who asks; pages that are not of the sign-in have one.
  func signedIn() throws -> Caller {
    guard let caller else { throw Problem.unauthorized }
    return caller
  }

  func may(_ act: Act) -> Bool { caller.map { Desk.allows(act, $0) } ?? false }

  // MARK: - Words

  func t(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

  func t(_ text: Bilingual) -> String { text[language] }

  /// A moment (`2026-04-01T08:00:00.000Z`) as people read it, by Beijing's clock: day, hour and minute.
  func moment(_ text: String) -> String {
    let numbers = text.split { !$0.isNumber }.prefix(5).compactMap { Int($0) }
    guard numbers.count == 5 else { return text }
    var (year, month, day, hour) = (numbers[0], numbers[1], numbers[2], numbers[3] + 8)
    if hour > 23 {
      hour -= 24
      day += 1
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      let days = month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
      if day > days { (day, month) = (1, month + 1) }
      if month > 12 { (month, year) = (1, year + 1) }
    }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(year)-\(two(month))-\(two(day)) \(two(hour)):\(two(numbers[4]))"
  }

  // MARK: - Links

  /// The address of a page in the language that is read.
  func href(
    _ address: PageAddress, _ query: [(String, String)] = [], fragment: String? = nil
  ) -> String {
    href(path: address.path, query, fragment: fragment)
  }

  func href(path: String, _ query: [(String, String)] = [], fragment: String? = nil) -> String {
    let all = query + (language == .en ? [("lang", "en")] : [])
    let told = all.map { "\($0.0)=\($0.1.percentEncoded)" }.joined(separator: "&")
    return path + (told.isEmpty ? "" : "?" + told)
      + (fragment.map { "#" + $0.percentEncoded } ?? "")
  }

  /// The same page in the other language.
  var otherLanguage: String {
    let kept = request.query.filter { !["lang", "done"].contains($0.name) }
    let query = kept.map { ($0.name, $0.value) } + (language == .zh ? [("lang", "en")] : [])
    let told = query.map { "\($0.0.percentEncoded)=\($0.1.percentEncoded)" }
    return address.path + (told.isEmpty ? "" : "?" + told.joined(separator: "&"))
  }
}
