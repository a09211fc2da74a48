/// Writes numbers of bytes for people.
enum ByteCount {
  /// `64 MiB`; whole units only, as limits are.
  static func words(_ count: Int) -> String {
    var count = count
    var unit = 0
    let units = ["bytes", "KiB", "MiB", "GiB"]
    while count >= 1024, count % 1024 == 0, unit + 1 < units.count {
      count /= 1024
      unit += 1
    }
    return "\(count) \(units[unit])"
  }
}
