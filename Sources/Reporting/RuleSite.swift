package import Diagnostics

/// The rules as a site without a network or a script: a table of all, and a page for each id.
package struct RuleSite: Sendable {
  /// The rules of one profile.
  package struct Listing: Sendable {
    /// `huaibei/2026-2028`; nil of planlint's own findings.
    package var profile: String?
    package var title: Bilingual
    package var rows: [Row]

    package init(profile: String?, title: Bilingual, rows: [Row]) {
      self.profile = profile
      self.title = title
      self.rows = rows
    }
  }

  /// A rule in the table.
  package struct Row: Sendable {
    package var id: String
    package var name: Bilingual
    package var modality: Bilingual
    package var subject: Bilingual
    /// Where its sentence stands, and the sentence.
    package var place: String
    package var quote: String

    package init(
      id: String, name: Bilingual, modality: Bilingual, subject: Bilingual, place: String,
      quote: String
    ) {
      self.id = id
      self.name = name
      self.modality = modality
      self.subject = subject
      self.place = place
      self.quote = quote
    }
  }

  /// What is said of one rule: a provision that decides applications and plans alike has two, and so has one that stands in the
  /// profiles of two spans.
  package struct Entry: Sendable {
    package var id: String
    package var heading: Bilingual
    package var sections: [(heading: Bilingual?, lines: [Bilingual])]

    package init(
      id: String, heading: Bilingual, sections: [(heading: Bilingual?, lines: [Bilingual])]
    ) {
      self.id = id
      self.heading = heading
      self.sections = sections
    }
  }

  /// The page of the table.
  package static let indexName = "index.html"

  private let listings: [Listing]
  private let entries: [Entry]
  private let language: Language
  private let version: String

  /// A site that opens in a language and has both.
  package init(_ listings: [Listing], _ entries: [Entry], _ language: Language, version: String) {
    self.listings = listings
    self.entries = entries
    self.language = language
    self.version = version
  }

  /// The file of a rule's page: its id, with what a file name or an address cannot hold as `~` and two hexadecimal digits a byte.
  package static func fileName(of id: String) -> String {
    var name = ""
    for character in id {
      let isPlain =
        character.isLetter || character.isNumber || character == "-" || character == "_"
        || (character == "." && !name.isEmpty)
      // The page of the table has its name to itself, also where upper and lower case are one.
      if isPlain, !(name.isEmpty && id.lowercased() == "index") {
        name.append(character)
      } else {
        for byte in String(character).utf8 {
          let digits = String(byte, radix: 16, uppercase: true)
          name += "~" + (digits.count < 2 ? "0" : "") + digits
        }
      }
    }
    return name + ".html"
  }

  /// The address of a rule's page on a site that is published at an address.
  package static func address(of id: String, on site: String) -> String {
    (site.hasSuffix("/") ? site : site + "/") + ArtifactURI.of(fileName(of: id))
  }

  /// Its files by name, the table first.
  package func files() -> [(name: String, text: String)] {
    var files = [(Self.indexName, page { index(to: &$0) })]
    var done: Set<String> = []
    for entry in entries where done.insert(entry.id).inserted {
      let all = entries.filter { $0.id == entry.id }
      files.append((Self.fileName(of: entry.id), page { rule(entry.id, all, to: &$0) }))
    }
    return files
  }

  private func page(_ write: (inout ByteSink) -> Void) -> String {
    var sink = ByteSink()
    write(&sink)
    return String(decoding: sink.bytes, as: UTF8.self)
  }

  // MARK: The table

  private func index(to sink: inout ByteSink) {
    StaticPage.open(Bilingual(zh: "规则一览", en: "Rules"), language, to: &sink)
    sink.write("</header>\n<main>\n")
    for (number, listing) in listings.enumerated() {
      sink.write("<section aria-labelledby=\"profile-\(number + 1)\">\n")
      sink.write("<h2 id=\"profile-\(number + 1)\">" + HTMLText.both(listing.title))
      if let profile = listing.profile {
        sink.write(" <small><code>" + MarkupText.escaped(profile) + "</code></small>")
      }
      sink.write("</h2>\n<div class=\"wide\"><table>\n<thead><tr>")
      let isOfLaw = listing.rows.contains { !$0.quote.isEmpty }
      var columns = [("编号", "id"), ("名称", "name")]
      if isOfLaw {
        columns += [("约束力", "modality"), ("对象", "subject"), ("出处", "place"), ("原文", "quote")]
      }
      for (zh, en) in columns {
        sink.write("<th scope=\"col\">" + HTMLText.both(zh, en) + "</th>")
      }
      sink.write("</tr></thead>\n<tbody>\n")
      for row in listing.rows {
        let link = MarkupText.escaped(ArtifactURI.of(Self.fileName(of: row.id)))
        sink.write(
          "<tr><th scope=\"row\"><a href=\"\(link)\">" + MarkupText.escaped(row.id) + "</a></th>")
        var cells = [HTMLText.both(row.name)]
        if isOfLaw {
          cells += [
            HTMLText.both(row.modality), HTMLText.both(row.subject), chinese(row.place),
            chinese(row.quote),
          ]
        }
        for cell in cells { sink.write("<td>\(cell)</td>") }
        sink.write("</tr>\n")
      }
      sink.write("</tbody></table></div>\n</section>\n")
    }
    StaticPage.close(version: version, to: &sink)
  }

  private func chinese(_ text: String) -> String {
    "<span lang=\"zh-CN\">\(MarkupText.escaped(text))</span>"
  }

  // MARK: A rule

  private func rule(_ id: String, _ entries: [Entry], to sink: inout ByteSink) {
    StaticPage.open(Bilingual(zh: id, en: id), language, to: &sink)
    sink.write(
      "<nav><a href=\"\(Self.indexName)\">" + HTMLText.both("规则一览", "all rules")
        + "</a></nav>\n</header>\n<main>\n")
    for entry in entries {
      sink.write("<section>\n<h2>" + HTMLText.both(entry.heading) + "</h2>\n")
      for section in entry.sections {
        if let heading = section.heading {
          sink.write("<h3>" + HTMLText.both(heading) + "</h3>\n")
        }
        sink.write("<ul>\n")
        for (number, line) in section.lines.enumerated() {
          // A line that stands in from the one before belongs to it.
          let isInner = line.zh.hasPrefix("  ")
          let next = section.lines.dropFirst(number + 1).first
          let hasInner = next.map { $0.zh.hasPrefix("  ") } ?? false
          sink.write("<li>" + words(line))
          switch (isInner, hasInner) {
          case (false, true): sink.write("\n<ul>\n")
          case (true, false): sink.write("</li>\n</ul></li>\n")
          default: sink.write("</li>\n")
          }
        }
        sink.write("</ul>\n")
      }
      sink.write("</section>\n")
    }
    StaticPage.close(version: version, to: &sink)
  }

  /// A line in both languages, with what stands in backticks as code.
  private func words(_ line: Bilingual) -> String {
    if line.zh == line.en { return marked(line.zh) }
    return "<span class=\"z\" lang=\"zh-CN\">\(marked(line.zh))</span>"
      + "<span class=\"e\" lang=\"en\">\(marked(line.en))</span>"
  }

  private func marked(_ text: String) -> String {
    let parts = text.drop { $0 == " " }.split(separator: "`", omittingEmptySubsequences: false)
    // An odd number of backticks is no code.
    guard parts.count % 2 == 1 else { return MarkupText.escaped(String(text.drop { $0 == " " })) }
    return parts.enumerated().map { number, part in
      let text = MarkupText.escaped(String(part))
      return number % 2 == 1 ? "<code>\(text)</code>" : text
    }.joined()
  }
}
