/// One rule's outcome on one subject, with everything that a clerk needs to justify it.
public struct Finding: Sendable {
  /// The rule's id, as in the profile (`HB-OUT-CAP`); built-in findings have lower-case ids (`profile-not-in-force`).
  public package(set) var rule: String
  /// The readable name (`new-outlet-cap`).
  public package(set) var name: String
  /// The category it was decided for, where the application asks for several.
  public package(set) var category: String?
  /// What the rule comes to.
  public package(set) var outcome: Outcome
  /// How binding the rule is.
  public package(set) var modality: Modality
  /// One sentence that can be read out: what was found, the limit, how they came about.
  public package(set) var message: Bilingual
  /// The message without its outcome, rank, causes and paths, for letters; nil where the message has none of these.
  package var gist: Bilingual?
  /// The value in the input that it speaks of.
  public package(set) var location: Location
  /// The path of the value within its subject (`location.lon`), which fingerprints hold on to when lines move; empty where it
  /// speaks of the subject as a whole.
  public package(set) var valuePath = ""
  /// What was measured or counted, where the rule compares numbers.
  public package(set) var measured: Quantity?
  /// What it was held against.
  public package(set) var limit: Quantity?
  /// The step-by-step arithmetic, where there is any.
  public package(set) var arithmetic: Bilingual?
  /// The place in the order of merit, from 1, where places are given in order.
  public package(set) var rank: Int?
  /// What decided between it and the application before it in the order.
  public package(set) var tieBreak: Bilingual?
  /// The key of the order that decided it, in words, nobody being named.
  package var tieBreakKey: Bilingual?
  /// The institutions that a circle counts, nearest first.
  public package(set) var neighbours: [Neighbour] = []
  /// How many more it counts than are listed: of very many at one place the nearest are.
  public package(set) var moreNeighbours = 0
  /// The circle that was measured, for drawings; nil where nothing was counted in it for want of a registry.
  public package(set) var circle: Circle?
  /// Whether a circle could not be counted because no registry was given.
  package var lacksRegistry = false
  /// The paths of the data that would settle it (`facts.districts[相山区].occupancy`).
  public package(set) var needs: [String] = []
  /// The same, with who can supply each.
  public var missing: [Need] {
    needs.map { Need(path: $0, holder: MissingDatum.Holder(ofPath: $0)) }
  }
  /// The ids of the undecided applications that the outcome hangs on.
  public package(set) var hangsOn: [String] = []
  /// How many more it hangs on than are listed: of very many the first in the order of merit are.
  public package(set) var moreHangsOn = 0
  /// Whether it takes nothing because it takes the place of a leaving institution.
  package var takesOver = false
  /// Why it is left to a person, where it is.
  package var causes: [ReviewCause] = []
  /// The exemption that takes the subject out of the rule.
  public package(set) var exemption: Consideration?
  /// The exemptions and exceptions looked at, whether they hold or not.
  public package(set) var considered: [Consideration] = []
  /// The waiver that answers it.
  public package(set) var waiver: Waiver?
  /// The ruling that answers it; where it still hangs on undecided applications, the outcome stays `review`.
  public package(set) var ruling: Ruling?
  /// What would cure it.
  public package(set) var remedy: Bilingual?
  /// What would make it pass, tried; empty where nothing would, and unless it was asked for.
  public package(set) var cures: [Cure] = []
  /// The law, the deciding sentence first.
  public package(set) var citations: [Citation]
  /// Formulas with a lost image that it rests on.
  public package(set) var reconstructed: [Bilingual] = []
  /// Whether a baseline has it already, so that it is no news; never part of what is decided.
  public package(set) var isKnown = false

  package init(
    rule: String, name: String, outcome: Outcome, modality: Modality, message: Bilingual,
    location: Location, citations: [Citation]
  ) {
    self.rule = rule
    self.name = name
    self.outcome = outcome
    self.modality = modality
    self.message = message
    self.location = location
    self.citations = citations
  }

  /// The outcome in words; an in-principle failure says so (原则上不符合).
  public var outcomeWord: Bilingual {
    if ruling != nil {
      switch outcome {
      case .pass: return Bilingual(zh: "经裁量符合", en: "holds by ruling")
      case .fail: return Bilingual(zh: "经裁量不符合", en: "does not hold by ruling")
      default: break
      }
    }
    if outcome == .fail, modality == .inPrinciple {
      return Bilingual(zh: "原则上不符合", en: "does not hold in principle")
    }
    return isWaiting ? ReviewCause.waitingWord : outcome.word
  }

  /// Whether it is open for nothing but applications before it that are not decided yet.
  package var isWaiting: Bool {
    guard outcome == .review, !causes.isEmpty else { return false }
    return causes.allSatisfy { if case .waiting = $0 { true } else { false } }
  }
}

extension Finding {
  /// A value that is missing, and who can supply it.
  public struct Need: Sendable, Hashable {
    /// Where it would stand (`facts.districts[相山区].occupancy`).
    public let path: String
    /// Who can supply it.
    public let holder: MissingDatum.Holder
  }
}

/// Why the text leaves something to a person.
package enum ReviewCause: Sendable, Hashable {
  /// The text gives no number.
  case noNumber
  /// An exception of this name holds.
  case exception(Bilingual)
  /// So many applications before it are not decided yet.
  case waiting(Int)
  /// A distance is nearer to the radius than coordinates are accurate, both in metres.
  case accuracy(radius: String, band: String)
  /// Its place in the order of merit hangs on the accuracy of coordinates.
  case rank
  /// What the application says and what the registry has come to different outcomes.
  case doubts
  /// The text leaves it open.
  case open

  package static let waitingWord = Bilingual(
    zh: "待在先申请定论", en: "waits for applications before it")

  /// In words; nobody is named.
  package var words: Bilingual {
    switch self {
    case .noNumber:
      Bilingual(zh: "文件未给出数量，由人工裁量", en: "the text gives no number, so a person decides")
    case .exception(let name):
      Bilingual(
        zh: "\(name.zh)成立，是否纳入由人工裁量",
        en: "the \(name.en) holds, so a person decides on admission")
    case .waiting(let count):
      Bilingual(
        zh: "须待在先的 \(count) 件申请定论", en: "\(count) before it \(count == 1 ? "is" : "are") undecided")
    case .accuracy(let radius, let band):
      Bilingual(
        zh: "距离与 \(radius) 米之差小于坐标误差（±\(band) 米），须实地核实",
        en:
          "a distance differs from \(radius) m by less than the coordinates are accurate to (±\(band) m) and has to be checked on site"
      )
    case .rank:
      Bilingual(
        zh: "择优名次取决于坐标误差范围内的距离，须实地核实",
        en:
          "its place in the order of merit hangs on a distance within the accuracy of coordinates, which has to be checked on site"
      )
    case .doubts:
      Bilingual(
        zh: "申请所填与名册不一致，按名册不致如此，须先核实",
        en:
          "the application and the registry differ, and it would not be so by the registry; check first"
      )
    case .open:
      Bilingual(zh: "文件留有裁量余地，由人工裁量", en: "the text leaves it open, so a person decides")
    }
  }
}

/// An institution or application inside a circle.
public struct Neighbour: Sendable, Hashable {
  /// Its id in the registry or the batch.
  public package(set) var id: String
  /// Its name.
  public package(set) var name: String
  /// How far it is from the centre of the circle.
  public package(set) var distanceMetres: Double
  /// True for an application of the same batch, false for a row of the registry.
  public package(set) var isApplicant: Bool
  /// The metres by which the distance is uncertain; zero where it cannot change anything.
  public package(set) var uncertaintyMetres: Double
  /// WGS-84 degrees, east.
  public package(set) var longitude: Double
  /// WGS-84 degrees, north.
  public package(set) var latitude: Double

  package init(
    id: String, name: String, distanceMetres: Double, isApplicant: Bool, uncertaintyMetres: Double,
    longitude: Double, latitude: Double
  ) {
    self.id = id
    self.name = name
    self.distanceMetres = distanceMetres
    self.isApplicant = isApplicant
    self.uncertaintyMetres = uncertaintyMetres
    self.longitude = longitude
    self.latitude = latitude
  }
}

/// A measured circle: WGS-84 degrees and metres.
public struct Circle: Sendable, Hashable {
  /// Of the centre, east.
  public package(set) var longitude: Double
  /// Of the centre, north.
  public package(set) var latitude: Double
  /// The radius that the rule names.
  public package(set) var radiusMetres: Double

  package init(longitude: Double, latitude: Double, radiusMetres: Double) {
    self.longitude = longitude
    self.latitude = latitude
    self.radiusMetres = radiusMetres
  }
}

/// An exemption or exception that was looked at, and what came of it.
public struct Consideration: Sendable {
  /// What it does where it holds.
  public enum Kind: String, Sendable {
    /// It takes the subject out of the rule.
    case exemption
    /// It turns a failure into a matter for a person.
    case exception
  }

  /// Whether it holds of the subject.
  public enum Holds: String, Sendable {
    /// It does.
    case yes
    /// It does not.
    case no
    /// A person has to judge it.
    case uncertain
    /// Data are missing that would say so.
    case unknown
  }

  /// Its id in the profile.
  public package(set) var id: String
  /// Whether it is an exemption or an exception.
  public package(set) var kind: Kind
  /// Whether it holds.
  public package(set) var holds: Holds
  /// What was found, in one sentence.
  public package(set) var message: Bilingual
  /// The sentence that it stands on.
  public package(set) var citation: Citation
  /// What it is called.
  public package(set) var name: Bilingual
  /// What was found, in Chinese and without ids, for letters.
  package var detail = ""

  package init(
    id: String, kind: Kind, holds: Holds, message: Bilingual, citation: Citation,
    name: Bilingual? = nil
  ) {
    self.id = id
    self.kind = kind
    self.holds = holds
    self.message = message
    self.citation = citation
    self.name = name ?? message
  }
}

/// A recorded waiver that answers an in-principle failure.
public struct Waiver: Sendable, Hashable {
  /// Who granted it.
  public package(set) var authority: String
  /// The document that grants it.
  public package(set) var document: String
  /// Why it was granted.
  public package(set) var reason: String
  /// Its last day, `YYYY-MM-DD`.
  public package(set) var expires: String

  package init(authority: String, document: String, reason: String, expires: String) {
    self.authority = authority
    self.document = document
    self.reason = reason
    self.expires = expires
  }
}

/// What a person decided where the text leaves it to a person (裁量决定).
public struct Ruling: Sendable, Hashable {
  /// `pass` or `fail`.
  public package(set) var outcome: Outcome
  /// What the finding would have been without it.
  public package(set) var otherwise: Outcome
  /// Who decided.
  public package(set) var authority: String
  /// The document that says so.
  public package(set) var document: String
  /// Why it was decided so.
  public package(set) var reason: String
  /// The day of the decision, `YYYY-MM-DD`.
  public package(set) var decided: String

  package init(
    outcome: Outcome, otherwise: Outcome = .review, authority: String, document: String,
    reason: String, decided: String
  ) {
    self.outcome = outcome
    self.otherwise = otherwise
    self.authority = authority
    self.document = document
    self.reason = reason
    self.decided = decided
  }
}

/// A verbatim sentence of a document and its place there.
public struct Citation: Sendable, Hashable {
  /// The provision's id in the profile (`HB-OUT-CAP`).
  public package(set) var provision: String
  /// The title of the document.
  public package(set) var document: String
  /// The place in the document, as profiles write it (`三(一)2`).
  public package(set) var at: String
  /// The words of the document, verbatim.
  public package(set) var quote: String
  /// How binding the sentence is.
  public package(set) var modality: Modality
  /// The place as people write it: `附件《资源配置规则》三（一）` for `R三(一)`.
  public package(set) var place: String

  /// - Parameter parts: what the document's parts are called, by the letters that stand before the places in them.
  package init(
    provision: String, document: String, at: String, quote: String, modality: Modality,
    parts: [(letters: String, name: String)] = []
  ) {
    self.provision = provision
    self.document = document
    self.at = at
    self.quote = quote
    self.modality = modality
    place = Self.place(at, parts)
  }

  /// The title in its marks, followed by the place.
  package var inTitleMarks: String { "《\(bareDocument)》\(place)" }

  /// The title without the marks around it.
  package var bareDocument: String {
    guard document.hasPrefix("《"), document.hasSuffix("》") else { return document }
    return String(document.dropFirst().dropLast())
  }

  /// Several places stand with `/` between them, and ` end` is the last paragraph of one.
  private static func place(_ at: String, _ parts: [(letters: String, name: String)]) -> String {
    at.split(separator: "/", omittingEmptySubsequences: false).map { one in
      var text = String(one)
      if let part = parts.first(where: { text.hasPrefix($0.letters) }) {
        text = part.name + text.dropFirst(part.letters.count)
      }
      if text.hasSuffix(" end") { text = text.dropLast(4) + "末段" }
      return String(
        text.map { character -> Character in
          switch character {
          case "(": "（"
          case ")": "）"
          default: character
          }
        })
    }.joined(separator: "、")
  }
}
