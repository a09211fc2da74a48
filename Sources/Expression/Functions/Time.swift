extension Function {
  /// `timestamp duration` and what calendars and clocks show, in UTC or at an offset (`'+08:00'`); names of time zones are
  /// not known.
  static let time: [Function] =
    [
      Function(
        "timestamp", ([.string, .timestamp, .int] as [Type]).map { Overload([$0], .timestamp) },
        .unary { value throws(EvaluationError) in
          switch value {
          case .timestamp: return value
          case .string(let text):
            guard let result = Timestamp(text) else {
              throw .invalidArgument(function: "timestamp", value: text)
            }
            return .timestamp(result)
          case .int, .decimal:
            guard let seconds = value.exact?.asInt, let result = Timestamp(seconds: Int64(seconds))
            else { throw .overflow }
            return .timestamp(result)
          default: return nil
          }
        }),
      Function(
        "duration", ([.string, .duration, .int] as [Type]).map { Overload([$0], .duration) },
        .unary { value throws(EvaluationError) in
          switch value {
          case .duration: return value
          case .string(let text):
            guard let result = Duration(text) else {
              throw .invalidArgument(function: "duration", value: text)
            }
            return .duration(result)
          case .int, .decimal:
            guard let seconds = value.exact?.asInt, let result = Duration(seconds: Int64(seconds))
            else { throw .overflow }
            return .duration(result)
          default: return nil
          }
        }),
      // `days(30)` is a length of time, and the days of a length of time are a number.
      Function(
        "days", [Overload([.decimal], .duration), Overload([.duration], .decimal)],
        .unary { value throws(EvaluationError) in
          if case .duration(let length) = value { return .decimal(length.days) }
          guard let number = value.exact else { return nil }
          guard let days = number.asInt else { throw .notAnInteger }
          guard let length = Duration(nanoseconds: Int128(days) * Duration.nanosecondsOfDay) else {
            throw .overflow
          }
          return .duration(length)
        }),
      accessor("getFullYear") { $0.year },
      accessor("getMonth") { $0.month - 1 },
      accessor("getDate") { $0.day },
      accessor("getDayOfMonth") { $0.day - 1 },
      accessor("getDayOfWeek") { $0.weekday },
      accessor("getDayOfYear") { $0.dayOfYear },
      accessor("getHours", { $0.hour }, nanoseconds: 3_600_000_000_000),
      accessor("getMinutes", { $0.minute }, nanoseconds: 60_000_000_000),
      accessor("getSeconds", { $0.second }, nanoseconds: 1_000_000_000),
      accessor("getMilliseconds", { $0.millisecond }, nanoseconds: 1_000_000),
    ]

  /// A part of a timestamp and, where it has a length, the number of such parts in a duration.
  private static func accessor(
    _ name: String, _ part: @escaping @Sendable (CivilTime) -> Int, nanoseconds: Int128? = nil
  ) -> Function {
    var overloads = [
      Overload([.timestamp], .int, isMethod: true),
      Overload([.timestamp, .string], .int, isMethod: true),
    ]
    if nanoseconds != nil { overloads.append(Overload([.duration], .int, isMethod: true)) }
    return Function(
      name, overloads,
      .variadic { arguments, _ throws(EvaluationError) in
        switch (arguments.first, arguments.count) {
        case (.timestamp(let timestamp), 1):
          return .int(Int64(part(CivilTime(timestamp, offsetSeconds: 0))))
        case (.timestamp(let timestamp), 2):
          guard case .string(let zone) = arguments[1] else { return nil }
          guard let offset = zone == "UTC" ? 0 : offsetSeconds(zone) else {
            throw .invalidArgument(function: name, value: zone)
          }
          return .int(Int64(part(CivilTime(timestamp, offsetSeconds: offset))))
        case (.duration(let duration), 1):
          guard let nanoseconds else { return nil }
          // Milliseconds are those within the second, the larger units the whole duration.
          let total =
            name == "getMilliseconds" ? Int128(duration.nanoseconds) : duration.totalNanoseconds
          return .int(Int64(truncatingIfNeeded: total / nanoseconds))
        default: return nil
        }
      })
  }
}
