/// Something that, were it otherwise, would make a finding pass: computed and tried, the rest being left as it is.
///
/// Others' applications stay as they are, so that it is no promise.
public struct Cure: Sendable, Hashable {
  /// What would have to be otherwise.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// The beds asked for.
    case beds
    /// The evaluation score.
    case score
    /// The place in the order of merit, where no score would bring it about.
    case rank
    /// One of several requests, which is not made.
    case withdraw
    /// Where the institution lies.
    case place
    /// A value that is missing.
    case value
    /// The year in which the application is made.
    case year

    /// What it is called.
    public var word: Bilingual {
      switch self {
      case .beds: Bilingual(zh: "床位", en: "beds")
      case .score: Bilingual(zh: "评估得分", en: "score")
      case .rank: Bilingual(zh: "名次", en: "rank")
      case .withdraw: Bilingual(zh: "撤回", en: "withdrawal")
      case .place: Bilingual(zh: "选址", en: "place")
      case .value: Bilingual(zh: "资料", en: "value")
      case .year: Bilingual(zh: "年度", en: "year")
      }
    }
  }

  /// Numbers or days between two bounds, each of which was tried; a bound that is nil is none.
  public struct Range: Sendable, Hashable {
    /// The lower bound: an exact number, or a day as it is written.
    public package(set) var low: String?
    /// Whether the lower bound itself does not do.
    public package(set) var isLowOpen: Bool
    /// The upper bound, likewise.
    public package(set) var high: String?
    /// Whether the upper bound itself does not do.
    public package(set) var isHighOpen: Bool

    package init(low: String?, isLowOpen: Bool, high: String?, isHighOpen: Bool) {
      self.low = low
      self.isLowOpen = isLowOpen
      self.high = high
      self.isHighOpen = isHighOpen
    }
  }

  /// A point on the map, and how to get there from where the application is.
  public struct Place: Sendable, Hashable {
    /// Degrees east as they would be written, in the datum.
    public package(set) var longitude: String
    /// Degrees north as they would be written, in the datum.
    public package(set) var latitude: String
    /// That of the application: `wgs84`, `cgcs2000`, `gcj02` or `bd09`.
    public package(set) var datum: String
    /// How far it is.
    public package(set) var metres: Double
    /// In which direction, in degrees clockwise from north.
    public package(set) var bearingDegrees: Double

    package init(
      longitude: String, latitude: String, datum: String, metres: Double, bearingDegrees: Double
    ) {
      self.longitude = longitude
      self.latitude = latitude
      self.datum = datum
      self.metres = metres
      self.bearingDegrees = bearingDegrees
    }
  }

  /// What would have to be otherwise.
  public package(set) var kind: Kind
  /// The path of the value that it changes (`applications[HB-1].beds`).
  public package(set) var path: String
  /// What it would have to be, exact; of a withdrawal, the category that is not asked for; nil where a range or words say it.
  public package(set) var value: String?
  /// The numbers or days that do.
  public package(set) var range: Range?
  /// The words that do, where a missing value is one of a few.
  public package(set) var words: [String] = []
  /// The last place in the order of merit that does.
  public package(set) var rank: Int?
  /// The nearest place that does.
  public package(set) var place: Place?
  /// What the whole application would then come to.
  public package(set) var verdict: Verdict
  /// Who can bring it about.
  public package(set) var holder: MissingDatum.Holder
  /// One sentence that says all of it.
  public package(set) var message: Bilingual
  /// The sentence for a letter to the applicant; nil where it is nothing for one.
  package var letter: Bilingual?

  package init(
    _ kind: Kind, path: String, value: String? = nil, verdict: Verdict,
    holder: MissingDatum.Holder, message: Bilingual, letter: Bilingual? = nil
  ) {
    self.kind = kind
    self.path = path
    self.value = value
    self.verdict = verdict
    self.holder = holder
    self.message = message
    self.letter = letter
  }

  /// What is said once wherever cures are told.
  package static let caution = Bilingual(
    zh: "所列可行办法均逐一试算，其他申请按现状不变，仅供参考，不构成承诺",
    en: "each cure was tried with all other applications as they are; none is a promise")
}
