package import Diagnostics

/// Restores the zeros at the end of coordinates that programs drop (33.950000 becomes 33.95), the same for every format.
///
/// A point is as accurate as the last decimal written. In a column of one file up to two decimals fewer than the column's most are
/// taken as dropped; a coordinate with fewer still was written so.
package struct DroppedZeros: Sendable {
  /// So many zeros at most are believed to have been dropped.
  private static let most = 2
  /// From so many decimals on a place is known to about a metre, and more of them are not worth a note.
  private static let fine = 5

  private var longitudeMost = 0
  private var latitudeMost = 0

  /// Takes note of a place of the file.
  package mutating func see(_ site: Site?) {
    guard let site else { return }
    if site.longitudeDecimals > longitudeMost { longitudeMost = site.longitudeDecimals }
    if site.latitudeDecimals > latitudeMost { latitudeMost = site.latitudeDecimals }
  }

  /// The place with its zeros; nil where none were dropped.
  func restored(_ site: Site?) -> Site? {
    guard var site else { return nil }
    let longitude = Self.restored(site.longitudeDecimals, longitudeMost)
    let latitude = Self.restored(site.latitudeDecimals, latitudeMost)
    if longitude == site.longitudeDecimals, latitude == site.latitudeDecimals { return nil }
    site.longitudeDecimals = longitude
    site.latitudeDecimals = latitude
    return site
  }

  private static func restored(_ decimals: Int, _ most: Int) -> Int {
    decimals >= most - Self.most ? most : decimals
  }

  // MARK: Notes

  /// What is worth telling of the places that were restored, the first of them and how many.
  package struct Told: Sendable {
    package private(set) var count = 0
    package private(set) var first: (written: String, restored: String)?

    /// How a place is understood, where it makes a difference: `33.95` as `33.950000`.
    package mutating func add(_ site: Site, _ restored: Site) -> (
      written: String, restored: String
    )? {
      guard site.leastDecimals < DroppedZeros.fine, site.leastDecimals < restored.leastDecimals
      else { return nil }
      count += 1
      let isLongitude = site.longitudeDecimals < site.latitudeDecimals
      let (value, from, to) =
        isLongitude
        ? (site.longitude, site.longitudeDecimals, restored.longitudeDecimals)
        : (site.latitude, site.latitudeDecimals, restored.latitudeDecimals)
      let written = DroppedZeros.text(value, from)
      let zeros = String(repeating: "0", count: to - from)
      let told = (written, written + (from == 0 ? "." : "") + zeros)
      if first == nil { first = told }
      return told
    }

    package var zh: String {
      "\(count) 处坐标的小数位少于同列其他坐标，按末尾的 0 被程序略去理解，如 `\(first?.written ?? "")` 即 `\(first?.restored ?? "")`"
    }

    package var en: String {
      "\(count) \(count == 1 ? "place has" : "places have") fewer decimals than the others of the column; zeros at the end are taken to have been dropped: `\(first?.written ?? "")` is `\(first?.restored ?? "")`"
    }
  }

  /// A coordinate with the decimals that it was written with.
  private static func text(_ value: Double, _ decimals: Int) -> String {
    var scale = 1.0
    for _ in 0..<min(decimals, fine) { scale *= 10 }
    let scaled = Int((abs(value) * scale).rounded())
    if decimals == 0 { return (value < 0 ? "-" : "") + String(scaled) }
    let digits = String(scaled)
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.utf8.count)) + digits
    return (value < 0 ? "-" : "") + padded.dropLast(decimals) + "." + padded.suffix(decimals)
  }
}

extension [Application] {
  /// Restores the zeros that the file's program dropped; gives what was understood so.
  package mutating func restoreZeros(_ file: SourceFile) -> [Note] {
    var zeros = DroppedZeros()
    for index in indices { zeros.see(self[index].site) }
    var told = DroppedZeros.Told()
    var first: ByteRange?
    var values: [NotedValue] = []
    for index in indices {
      guard let site = self[index].site, let restored = zeros.restored(site) else { continue }
      self[index].site = restored
      guard let value = told.add(site, restored) else { continue }
      let range = self[index].source.range(of: .location)
      if first == nil { first = range }
      values.append(
        NotedValue(
          range,
          zh: "坐标 \(value.written) 按 \(value.restored) 理解：同一文件的坐标写到更多位小数，末尾的 0 视为被程序略去",
          en:
            "the coordinate \(value.written) is taken as \(value.restored): the file's coordinates have more decimals, and zeros at the end count as dropped by a program"
        ))
    }
    guard let first else { return [] }
    return [Note(file, first, zh: told.zh, en: told.en).about(values)]
  }
}

extension [Institution] {
  /// Restores the zeros that the file's program dropped; gives what was understood so.
  package mutating func restoreZeros(_ zeros: DroppedZeros, _ file: SourceFile) -> [Note] {
    var told = DroppedZeros.Told()
    for row in indices {
      guard let site = self[row].site, let restored = zeros.restored(site) else { continue }
      self[row].site = restored
      _ = told.add(site, restored)
    }
    return told.count == 0 ? [] : [Note(path: file.path, zh: told.zh, en: told.en)]
  }
}
