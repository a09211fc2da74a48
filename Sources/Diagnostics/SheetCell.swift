extension LineIndex.Position {
  /// The cell as spreadsheets name it: `Sheet1!D7`.
  package func cell(of sheet: String) -> String {
    var letters: [Unicode.Scalar] = []
    var rest = column
    while rest > 0 {
      letters.insert(Unicode.Scalar(UInt8(0x41 + (rest - 1) % 26)), at: 0)
      rest = (rest - 1) / 26
    }
    return sheet + "!" + String(String.UnicodeScalarView(letters)) + String(line)
  }
}
