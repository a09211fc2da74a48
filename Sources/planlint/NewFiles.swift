import ArgumentParser
import PlanlintKit

/// Files to be filled in, written into a folder: all of them, or none.
enum NewFiles {
  /// Ends with 2 where one of them is there already, unless it may be replaced, or where one cannot be written.
  static func write(
    _ files: [StarterFile], into folder: String, replacing: Bool, _ language: Language
  ) throws {
    let existing = OutputFolder.existing(files.map(\.name), in: folder)
    if !replacing, !existing.isEmpty {
      for path in existing {
        Terminal.printError(
          language == .zh
            ? "\(path): error: 文件已存在，未写入任何文件；要替换请加 `--force`"
            : "\(path): error: is there already, so nothing was written; give `--force` to replace it"
        )
      }
      throw ExitCode(2)
    }
    try OutputFolder.deliver(
      files.map { ($0.name, $0.text) }, to: folder, replacing: replacing, language)
    for file in files { Terminal.print("\(folder)/\(file.name)") }
  }
}
