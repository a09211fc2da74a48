import PolicyDesk
import Diagnostics

extension Planlint {
  /// What an input can be, for ``convert(_:to:as:rowsOnly:_:)``.
  public static let convertibleKinds = Conversion.Kind.allCases.map(\.rawValue)
  /// What an input can be turned into.
  public static let conversionTargets = Conversion.Target.allCases.map(\.rawValue)

  /// An input in another form, as planlint writes it; the same verdicts come of both.
  ///
  /// What comes out is read again and held against what went in, so that nothing is lost.
  ///
  /// - Parameters:
  ///   - input: what is read.
  ///   - target: one of ``conversionTargets``.
  ///   - kind: one of ``convertibleKinds``; nil finds out.
  ///   - rowsOnly: whether what an applications file says of itself (city, facts) may be left out where there are rows alone.
  ///   - request: the city and the folder of profiles, whose own fields and words the input may have.
  /// - Throws: ``InputErrors`` where the input cannot be read, or the other form cannot hold something, which is named.
  public static func convert(
    _ input: Input, to target: String, as kind: String? = nil, rowsOnly: Bool = false,
    _ request: Request
  ) throws(InputErrors) -> String {
    do throws(Faults) {
      guard let target = Conversion.Target(rawValue: target) else {
        throw Faults(
          Fault(
            path: "",
            zh: "应为 \(conversionTargets.joined(separator: "、")) 之一，实际为 `\(target)`",
            en: "expected one of \(conversionTargets.joined(separator: ", ")), found `\(target)`"))
      }
      return try Conversion(try request.library(), try request.options([input])).run(
        input.name, to: target, as: kind.flatMap(Conversion.Kind.init(rawValue:)),
        rowsOnly: rowsOnly)
    } catch {
      throw InputErrors(error)
    }
  }
}
