/// Something that is not known: what it comes from, and what it could be.
package struct Unknown: Sendable, Hashable {
  package let origin: Origin
  package let domain: Domain

  package init(_ origin: Origin, domain: Domain) {
    self.origin = origin
    self.domain = domain
  }

  /// A missing item at the path that a user would fill in (`facts.districts[相山区].occupancy`).
  package init(path: String, domain: Domain) {
    self.init(.data(path), domain: domain)
  }

  /// What an unknown comes from; two with one origin are the same unknown.
  package enum Origin: Sendable, Hashable {
    /// An item of an input, by its path.
    case data(String)
    /// A named tally of the registry that missing data leave open, by the paths of the data.
    case tally(String, from: [String])
    /// A named figure that missing data leave open between two bounds, by the paths of the data.
    case figure(String, from: [String])
    /// The neighbours that missing data leave open in a circle, by its number.
    case missingInCircle(Int)
    /// The neighbours within the accuracy of coordinates, or not decided yet, in a circle.
    case undecidedInCircle(Int)
    /// Those within the accuracy of coordinates alone, where they are told apart from the undecided.
    case withinAccuracy(Int)
    /// Whether a part of a limit that is neither kept nor passed for sure will hold, by its number.
    case undecidedLimit(Int)
    /// The beds that an applicant adds, where an undecided one may replace the same institution.
    case addedBeds
    /// The beds that an applicant adds, where those of the institution that leaves are missing, by their path.
    case leavingBeds(String)
  }

  /// The values that a missing item could take.
  package enum Domain: Sendable, Hashable {
    case bool
    case oneOf([String])
    case integers(low: Int, high: Int)
    case number(minimum: Exact?, maximum: Exact?)
    /// Days, by their number after 1970-01-01.
    case days(ClosedRange<Int>)
    case opaque
  }
}

extension Unknown {
  /// The paths of the data that it hangs on; none where it hangs on who else is admitted, or on how accurate places are.
  package var paths: [String] {
    switch origin {
    case .data(let path), .leavingBeds(let path): [path]
    case .tally(_, let paths), .figure(_, let paths): paths
    case .missingInCircle, .undecidedInCircle, .withinAccuracy, .undecidedLimit, .addedBeds: []
    }
  }
}

extension Unknown {
  /// A number that missing data leaves open between two bounds.
  ///
  /// It is tried by itself, as if it did not hang together with whatever else rests on the same data: so more is tried than can
  /// be, and what comes out the same all the same is sure.
  package init(figure: String, from paths: [String], in range: ClosedRange<Int>) {
    self.init(
      .figure(figure, from: paths), domain: .integers(low: range.lowerBound, high: range.upperBound)
    )
  }

  /// Whether it is a figure, and no item of data.
  package var isFigure: Bool {
    switch origin {
    case .figure, .tally: true
    default: false
    }
  }

  /// Whether it is a figure that is not worked out from the registry alone.
  package var isOtherFigure: Bool { if case .figure = origin { true } else { false } }

  /// Whether no data are missing: it hangs on who else is admitted, or on how accurate places are.
  package var isSoft: Bool {
    switch origin {
    case .undecidedInCircle, .withinAccuracy, .undecidedLimit, .addedBeds: true
    case .data, .tally, .figure, .missingInCircle, .leavingBeds: false
    }
  }

  /// Whether it is a number of institutions around, and no item of data.
  package var isCount: Bool { if case .missingInCircle = origin { true } else { isSoft } }
}

extension Unknown.Origin {
  /// Whether it is a count that is open, and stands in no record.
  package var isCount: Bool {
    switch self {
    case .missingInCircle, .undecidedInCircle, .withinAccuracy, .undecidedLimit: true
    case .data, .tally, .figure, .addedBeds, .leavingBeds: false
    }
  }
}

/// What is assumed of what is not known.
package typealias Assumptions = [Unknown.Origin: Value]
