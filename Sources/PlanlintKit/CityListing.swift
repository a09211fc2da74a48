import Checks
public import Diagnostics
import Policy
import Reporting

/// A jurisdiction, the cities that it covers, and its profiles with their spans.
public struct CityListing: Sendable {
  /// A city that a jurisdiction covers with its profiles.
  public struct City: Sendable, Hashable {
    /// What `--city` takes (`dalian`).
    public let id: String
    /// Its names in Chinese, the short one first.
    public let names: [String]
    /// Its GB/T 2260 codes.
    public let codes: [String]
  }

  /// A profile and the days that it is for.
  public struct Profile: Sendable, Hashable {
    /// `huaibei/2026-2028`.
    public let id: String
    /// The first day, `YYYY-MM-DD`.
    public let from: String
    /// The last day, `YYYY-MM-DD`.
    public let to: String
    /// The title of its document.
    public let document: String
    /// Whether that is a draft for comment (征求意见稿).
    public let isDraft: Bool
  }

  /// What `--city` takes (`huaibei`).
  public let id: String
  /// What it is called.
  public let title: Bilingual
  /// Its names in Chinese, the short one first.
  public let names: [String]
  /// Its GB/T 2260 codes.
  public let codes: [String]
  /// The cities that it covers; none where it is a city itself.
  public let cities: [City]
  /// In the order of its file.
  public let profiles: [Profile]

  /// A block of lines for a terminal.
  public func text(in language: Language) -> String {
    let isChinese = language == .zh
    func codes(_ codes: [String]) -> String {
      isChinese ? "（\(codes.joined(separator: "、"))）" : " (\(codes.joined(separator: ", ")))"
    }
    func names(_ names: [String]) -> String { names.joined(separator: isChinese ? "、" : ", ") }
    var lines = [
      id + "  " + (isChinese ? "" : title.en + ", ") + names(self.names) + codes(self.codes)
    ]
    for profile in profiles {
      let draft = profile.isDraft ? (isChinese ? "征求意见稿，" : "draft for comment, ") : ""
      lines.append(
        isChinese
          ? "  政策档案 \(profile.id)：\(profile.from) 至 \(profile.to)，\(draft)\(profile.document)"
          : "  profile \(profile.id): \(profile.from) to \(profile.to), \(draft)\(profile.document)"
      )
    }
    for city in cities {
      lines.append(
        (isChinese ? "  城市 " : "  city ") + "\(city.id)  " + names(city.names)
          + codes(city.codes))
    }
    return lines.map(VisibleText.of).joined(separator: "\n") + "\n"
  }

  fileprivate func write(to json: inout JSONWriter) {
    json.beginObject()
    json.key("id")
    json.string(id)
    json.key("title")
    json.bilingual(title)
    json.key("names")
    json.strings(names)
    json.key("codes")
    json.strings(codes)
    json.key("profiles")
    json.beginArray()
    for profile in profiles {
      json.beginObject()
      json.key("id")
      json.string(profile.id)
      json.key("in_force")
      json.beginObject(inline: true)
      json.key("from")
      json.string(profile.from)
      json.key("to")
      json.string(profile.to)
      json.endObject()
      json.key("draft")
      json.bool(profile.isDraft)
      json.key("document")
      json.string(profile.document)
      json.endObject()
    }
    json.endArray()
    json.key("cities")
    json.beginArray()
    for city in cities {
      json.beginObject(inline: true)
      json.key("id")
      json.string(city.id)
      json.key("names")
      json.strings(city.names)
      json.key("codes")
      json.strings(city.codes)
      json.endObject()
    }
    json.endArray()
    json.endObject()
  }
}

extension Planlint {
  /// The jurisdictions that there are profiles for, or those of some cities, with the cities that they cover.
  public static func cities(
    _ names: [String], _ request: Request
  ) throws(InputErrors) -> [CityListing] {
    do {
      var listings: [CityListing] = []
      let selected = try request.library().select(cities: names)
      for tenant in selected.map(\.tenant) where listings.last?.id != tenant.id {
        listings.append(
          CityListing(
            id: tenant.id, title: tenant.title, names: tenant.names, codes: tenant.codes,
            cities: tenant.covers.map {
              CityListing.City(id: $0.id, names: $0.names, codes: $0.codes)
            },
            profiles: selected.filter { $0.tenant.id == tenant.id }.map {
              CityListing.Profile(
                id: $0.policy.id, from: "\($0.policy.from)", to: "\($0.policy.to)",
                document: $0.policy.document.title, isDraft: $0.policy.document.isDraft)
            }))
      }
      return listings
    } catch {
      throw InputErrors(error)
    }
  }

  /// Jurisdictions as one JSON document (`cities/1`).
  public static func json(_ listings: [CityListing]) -> String {
    document("cities/1") { json in
      json.key("tenants")
      json.beginArray()
      for listing in listings { listing.write(to: &json) }
      json.endArray()
    }
  }
}
