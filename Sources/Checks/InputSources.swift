package import Diagnostics
import Reading

/// Where inputs are read from: memory, where one of the name is there, else files.
///
/// What an input in memory names is looked for in memory alone, so that bytes from anywhere never open a file of this machine; a
/// file that whoever asks for the run gives himself is his to open.
package struct InputSources: Sendable {
  private var memory: [String: SourceFile] = [:]
  private var files: Set<String> = []
  /// Whether what is in memory only goes before the file of the same path, as the text in an editor does.
  private var isShadowing = false

  package init() {}

  /// Texts that an editor holds: each goes before the file of its path, and all else is read from files.
  package init(shadowing texts: [SourceFile]) {
    for text in texts { memory[text.path] = text }
    isShadowing = true
  }

  /// - Parameters:
  ///   - inputs: what is in memory, each under its path; one may be given twice, but not two under one name.
  ///   - files: the paths of the files given beside them.
  package init(_ inputs: [SourceFile], files: [String] = []) throws(Faults) {
    self.files = Set(files)
    for input in inputs {
      if let known = memory[input.path], !known.hasSameBytes(as: input) {
        throw Faults(
          Fault(
            path: input.path, zh: "内存中有两份同名输入，应各有各的名称",
            en: "two inputs in memory have this name; expected each to have a name of its own"))
      }
      memory[input.path] = input
    }
  }

  /// The names of what is in memory, sorted.
  package var names: [String] { isShadowing ? [] : memory.keys.sorted() }

  /// Whether a path is the name of something in memory; it may go on with the name of a sheet.
  package func holds(_ path: String) -> Bool {
    !isShadowing && (memory[path] != nil || memory[SheetPath(path).file] != nil)
  }

  /// Whether whoever asks for the run gave the file himself.
  func isGiven(_ path: String) -> Bool { files.contains(path) }

  /// Loads `path` as ``InputFile`` does, or takes it from memory.
  ///
  /// - Parameter file: the input that names it, where one does.
  package func load(
    _ path: String, namedIn file: SourceFile? = nil
  ) throws(Faults) -> SourceFile {
    if let input = memory[path] ?? memory[SheetPath(path).file]?.named(path) {
      let most = ReadingLimits.standard.fileBytes
      if input.count > most { throw Faults(InputFile.tooLarge(path, most)) }
      return input
    }
    if let file, holds(file.path), !files.contains(path) { throw Faults(notInMemory(path)) }
    return try InputFile.load(path: path)
  }

  private func notInMemory(_ path: String) -> Fault {
    let nearest = NearestName.of(path, among: names)
    return Fault(
      path: path,
      zh: "内存中没有这个名称的输入；内存中的输入只能引用内存中的其他输入",
      en:
        "no input in memory has this name; expected one, since what is in memory can name nothing but what is in memory",
      meant: nearest.map { Meant($0) })
  }
}
