import Diagnostics

/// How the inputs were understood, as a list with the place of each.
enum HTMLNotes {
  static func write(_ notes: [Note], to sink: inout ByteSink) {
    let why = Bilingual(
      zh: "以下内容可以有不止一种理解，或者未予读取；程序按所列方式处理，请核对。",
      en:
        "These could be understood in several ways or were passed over, and were taken as follows:")
    sink.write(HTMLText.both(why, in: "p") + "\n<ul>\n")
    var positions = SourcePositions()
    for note in notes {
      var place = note.path
      if let location = note.location { place += ":\(positions.region(of: location).startLine)" }
      sink.write(
        "<li>\(HTMLText.both(note.message)) <small>\(MarkupText.escaped(place))</small></li>\n")
    }
    sink.write("</ul>\n")
  }
}
