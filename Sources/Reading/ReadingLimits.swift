/// The bounds within which input is read; beyond each stands an error that names it.
///
/// They keep every input, however made, within a few seconds and a gigabyte. A real batch stays far below all of them.
package struct ReadingLimits: Sendable {
  /// Levels of lists and mappings inside each other.
  package var depth = 64
  /// Bytes of one key or value.
  package var scalarBytes = 1 << 20
  /// Bytes of one tree: a whole document, or one streamed item.
  package var treeBytes = 64 << 20
  /// Values in one tree, what aliases stand for included.
  package var treeNodes = 1_000_000
  /// YAML: values that the aliases of one tree stand for.
  package var aliasNodes = 100_000
  /// YAML: values that all aliases of a streamed document stand for together.
  package var allAliasNodes = 10_000_000
  /// YAML: values kept because an anchor may still be referred to.
  package var anchoredNodes = 100_000
  /// YAML: bytes that libyaml may take in before it gives the next event.
  package var bytesWithoutEvent = 8 << 20
  /// CSV: fields of one row.
  package var columns = 1_000
  /// Tables: bytes of a file in another encoding than UTF-8, which is converted as a whole.
  package var convertedBytes = 128 << 20
  /// Workbooks: parts in the container.
  package var workbookParts = 10_000
  /// Workbooks: bytes of the container's list of parts.
  package var workbookDirectoryBytes = 4 << 20
  /// Workbooks: bytes of all parts that are read, unpacked.
  package var workbookBytes = 256 << 20
  /// Workbooks: elements of all parts that are read; what `cells` allows, each with two inside it, and a row to every five.
  package var elements = 16_000_000
  /// Workbooks: formats of numbers, and of cells; spreadsheets have no more than 65,490.
  package var formats = 100_000
  /// Workbooks: elements inside each other.
  package var elementDepth = 100
  /// Workbooks: cells of a sheet that hold anything, and shared texts.
  package var cells = 5_000_000
  /// Workbooks: fields of a sheet's rows, each row as far as its last cell that holds anything.
  package var sheetFields = 20_000_000
  /// Workbooks: merged ranges of a sheet.
  package var merges = 500_000
  /// Digits of one number.
  package var digits = 30
  /// Bytes of a file.
  package var fileBytes = 4 << 30
  /// Bytes of standard input or a pipe, which have to be held in memory.
  package var pipeBytes = 512 << 20

  package init() {}

  package static let standard = ReadingLimits()
}
