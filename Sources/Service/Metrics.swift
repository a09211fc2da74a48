import Synchronization

/// What was answered, for Prometheus.
///
/// It counts by itself: swift-metrics brings the names of counters and timers but nothing that writes them, and a backend of our own
/// for it would be longer than all of this.
final class Metrics: Sendable {
  private struct Key: Hashable {
    var route: String
    var status: Int
  }

  private let counts = Mutex<[Key: (count: Int, seconds: Double)]>([:])

  func count(_ route: String, _ status: Int, _ seconds: Double) {
    counts.withLock { counts in
      let key = Key(route: route, status: status)
      let known = counts[key] ?? (0, 0)
      counts[key] = (known.count + 1, known.seconds + seconds)
    }
  }

  var total: Int { counts.withLock { $0.values.reduce(0) { $0 + $1.count } } }

  /// The text of `/metrics`; no city is named.
  var text: String {
    let rows = counts.withLock { $0 }.sorted {
      ($0.key.route, $0.key.status) < ($1.key.route, $1.key.status)
    }
    var text = """
      # HELP planlintd_requests_total Requests answered.
      # TYPE planlintd_requests_total counter

      """
    for (key, value) in rows {
      text +=
        "planlintd_requests_total{route=\"\(key.route)\",status=\"\(key.status)\"} \(value.count)\n"
    }
    text += """
      # HELP planlintd_request_seconds Time that requests took.
      # TYPE planlintd_request_seconds summary

      """
    for (key, value) in rows {
      let labels = "{route=\"\(key.route)\",status=\"\(key.status)\"}"
      text += "planlintd_request_seconds_sum\(labels) \(value.seconds)\n"
      text += "planlintd_request_seconds_count\(labels) \(value.count)\n"
    }
    return text
  }
}
