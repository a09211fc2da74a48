import Diagnostics

/// Says in planlint's words what libyaml rejects.
enum YAMLProblem {
  static func fault(
    _ file: SourceFile, at offset: Int, problem: String, context: String, contextStart: Int
  ) -> Fault {
    let range = ByteRange(start: offset, end: min(offset + 1, file.count))
    let words = message(
      problem, context, contextLine: file.lineNumber(of: contextStart), found(file, offset))
    let hint =
      FullWidthHint.of(line(file, offset)) ?? FullWidthHint.of(line(file, contextStart))
    return Fault(file, range, zh: words.zh + (hint?.zh ?? ""), en: words.en + (hint?.en ?? ""))
  }

  /// The line that a place stands in.
  private static func line(_ file: SourceFile, _ offset: Int) -> String {
    file.text(LineIndex(file).lineRange(containing: offset))
  }

  private static func found(_ file: SourceFile, _ offset: Int) -> Bilingual {
    let rest = file.text(ByteRange(start: offset, end: min(offset + 4, file.count)))
    guard let character = rest.unicodeScalars.first else {
      return Bilingual(zh: "文件结尾", en: "the end of the file")
    }
    switch character {
    case "\n", "\r": return Bilingual(zh: "行尾", en: "the end of the line")
    case "\t": return Bilingual(zh: "制表符", en: "a tab")
    case "`": return Bilingual(zh: "反引号", en: "a backtick")
    default:
      let code = Quoting.code(String(character))
      return Bilingual(zh: code, en: code)
    }
  }

  private static func message(
    _ problem: String, _ context: String, contextLine line: Int, _ found: Bilingual
  ) -> Bilingual {
    switch problem {
    case "could not find expected ':'":
      Bilingual(
        zh: "字段名之后应有 `:`，且与字段名在同一行（字段名在第 \(line) 行）",
        en: "expected `:` after the field name on line \(line), on the same line")
    case "block sequence entries are not allowed in this context":
      Bilingual(
        zh: "此处不能开始列表项 `-`，请另起一行并核对缩进",
        en:
          "a list item `-` cannot begin here; begin it on a line of its own and check the indentation"
      )
    case "mapping keys are not allowed in this context":
      Bilingual(
        zh: "此处不能有字段名，请核对缩进", en: "a field name cannot stand here; check the indentation")
    case "mapping values are not allowed in this context":
      Bilingual(
        zh: "此处不能有 `:`，请核对缩进；值中含有“冒号加空格”时请加引号",
        en:
          "`:` cannot stand here; check the indentation, and put a value that holds `: ` in quotes")
    case "found character that cannot start any token":
      Bilingual(
        zh: "值不能以\(found.zh)开头，缩进请用空格，文本请加引号",
        en: "a value cannot begin with \(found.en); indent with spaces, put text in quotes")
    case "found a tab character that violates indentation",
      "found a tab character that violate indentation",
      "found a tab character where an indentation space is expected",
      "found a tab character where an intendation space is expected":
      Bilingual(zh: "缩进应为空格，实际为制表符", en: "expected spaces for indentation, found a tab")
    case "found unexpected document indicator":
      Bilingual(
        zh: "第 \(line) 行开始的引号没有结束，就遇到了文档分隔符",
        en:
          "the quoted text that begins on line \(line) has no closing quote before the document's end"
      )
    case "found unexpected end of stream":
      Bilingual(
        zh: "第 \(line) 行开始的引号没有结束",
        en: "the quoted text that begins on line \(line) has no closing quote")
    case "found unknown escape character", "did not find expected hexdecimal number",
      "found invalid Unicode character escape code":
      Bilingual(
        zh: "双引号内的转义 `\\` 无效；反斜杠本身请写作 `\\\\`，或改用单引号",
        en: "the escape after `\\` is not known; write `\\\\` for a backslash, or use single quotes"
      )
    case "found unexpected ':'":
      Bilingual(
        zh: "方括号或花括号内的值含有 `:`，请加引号",
        en: "expected a value without `:` inside brackets; put it in quotes")
    case "did not find expected alphabetic or numeric character":
      Bilingual(
        zh: "`&` 或 `*` 之后应为字母或数字组成的名称；文本以 `&`、`*` 开头时请加引号",
        en: "expected a name after `&` or `*`; put text that begins with them in quotes")
    case "found undefined tag handle", "did not find the expected '>'", "did not find expected '!'",
      "did not find expected tag URI", "did not find expected whitespace or line break",
      "did not find URI escaped octet", "found an incorrect leading UTF-8 octet",
      "found an incorrect trailing UTF-8 octet":
      Bilingual(
        zh: "此处的标签无效；文本以 `!` 开头时请加引号",
        en: "the tag here is not valid; put text that begins with `!` in quotes")
    case "found an indentation indicator equal to 0":
      Bilingual(zh: "`|` 或 `>` 之后的缩进数应为 1 至 9", en: "expected 1 to 9 after `|` or `>`, found 0")
    case "did not find expected comment or line break":
      Bilingual(
        zh: "此处应为行尾或注释，实际为\(found.zh)",
        en: "expected the end of the line or a comment, found \(found.en)")
    case "did not find expected <document start>":
      Bilingual(
        zh: "文档应在此结束或以 `---` 开始，实际为\(found.zh)",
        en: "expected the end of the document or `---`, found \(found.en)")
    case "did not find expected node content":
      Bilingual(zh: "此处应为值，实际为\(found.zh)", en: "expected a value, found \(found.en)")
    case "did not find expected '-' indicator":
      Bilingual(
        zh: "第 \(line) 行开始的列表，此处应为下一项 `-`，实际为\(found.zh)，请核对缩进",
        en:
          "expected the next `-` of the list that begins on line \(line), found \(found.en); check the indentation"
      )
    case "did not find expected key":
      Bilingual(
        zh: "第 \(line) 行开始的字段组，此处应为下一个字段名，实际为\(found.zh)，请核对缩进和引号",
        en:
          "expected the next field of the mapping that begins on line \(line), found \(found.en); check indentation and quotes"
      )
    case "did not find expected ',' or ']'":
      Bilingual(
        zh: "第 \(line) 行的 `[` 之后，此处应为 `,` 或 `]`，实际为\(found.zh)",
        en: "expected `,` or `]` for the `[` on line \(line), found \(found.en)")
    case "did not find expected ',' or '}'":
      Bilingual(
        zh: "第 \(line) 行的 `{` 之后，此处应为 `,` 或 `}`，实际为\(found.zh)",
        en: "expected `,` or `}` for the `{` on line \(line), found \(found.en)")
    case "found unknown directive name", "found duplicate %YAML directive",
      "found duplicate %TAG directive", "could not find expected directive name",
      "found unexpected non-alphabetical character",
      "did not find expected digit or '.' character", "did not find expected version number",
      "found extremely long version number", "did not find expected whitespace":
      Bilingual(
        zh: "以 `%` 开头的指令无效，请删去此行",
        en: "the directive that begins with `%` is not valid; remove the line")
    case "found incompatible YAML document":
      Bilingual(
        zh: "`%YAML` 的版本应为 1.1 或 1.2", en: "expected `%YAML` 1.1 or 1.2, found another version")
    default:
      Bilingual(
        zh: "YAML 写法有误（\(problem)）", en: "the YAML is not well formed (\(problem))")
    }
  }
}
