import Diagnostics
import FoundationEssentials
import Glibc
import Store

/// The heads of the ledgers in files outside the database, `<city>.jsonl`, a line `{seq, hash, at}`: who rewrites the database alone
/// is found out by them.
package struct Heads: Sendable {
  package let folder: String

  package init(folder: String) { self.folder = folder }

  struct Head: Equatable {
    var seq: Int
    var hash: String
  }

  private func path(_ city: String) -> String { "\(folder)/\(city).jsonl" }

  /// Adds a line and brings it to the disk, or leaves the file as it was.
  func append(_ row: LedgerRow, of city: String, at moment: String) throws {
    if mkdir(folder, 0o700) != 0, errno != EEXIST { throw failure(folder) }
    let file = open(path(city), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw failure(path(city)) }
    defer { close(file) }
    let line: PlainValue = [
      "seq": .number(row.seq), "hash": .text(row.hash), "at": .text(moment),
    ]
    let bytes = Array((line.json + "\n").utf8)
    let before = lseek(file, 0, SEEK_END)
    guard Glibc.write(file, bytes, bytes.count) == bytes.count, fsync(file) == 0 else {
      let failure = failure(path(city))
      // A part of a line would spoil the next.
      if before >= 0 { _ = ftruncate(file, before) }
      throw failure
    }
  }

  private func failure(_ path: String) -> StoreError {
    .failed("\(path): \(String(cString: strerror(errno)))")
  }

  /// The heads of a city in their order; a line that a crash cut off is passed over.
  func all(of city: String) throws -> [Head] {
    guard let data = try? Data(contentsOf: URL(filePath: path(city))) else { return [] }
    return data.split(separator: UInt8(ascii: "\n")).compactMap { line in
      guard let value = try? JSONReader.read(Array(line)), let seq = value["seq"]?.integer,
        let hash = value["hash"]?.string
      else { return nil }
      return Head(seq: seq, hash: hash)
    }
  }
}
