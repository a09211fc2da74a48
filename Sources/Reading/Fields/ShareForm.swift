/// How a share of a whole is written, of which a bare number may mean two things.
///
/// `0.78` where per cent are written may be 78 per cent or less than one, and `35` where a part of 1 is written may be 35 per cent or
/// 35 times the whole. With its sign (`78%`, `0.78%`) each means one thing.
package enum ShareForm: Sendable, Equatable {
  /// Zero or more per cent, to `maximum` where there is one; a bare number above 0 and of at most 1 is refused.
  case percent(maximum: Int?)
  /// A part of 1; a bare number above 1 is refused.
  case fraction
  /// Per cent by which something grew, which may be few, or fewer than none.
  case growth

  /// What a share with its sign looks like.
  var pattern: String {
    let sign = self == .growth ? "-?" : ""
    return "^\\s*\(sign)(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?\\s*[%％]\\s*$"
  }
}
