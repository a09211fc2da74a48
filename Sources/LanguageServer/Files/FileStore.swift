package import Diagnostics
import Glibc
import Reading

/// The texts of files: those that the client has open as they stand there, others from the disk, read again when they change.
package struct FileStore {
  package private(set) var documents: [String: OpenDocument] = [:]
  private var read: [String: (seconds: Int, nanoseconds: Int, size: Int, file: SourceFile)] = [:]

  package init() {}

  package mutating func open(_ document: OpenDocument) { documents[document.path] = document }

  package mutating func close(_ path: String) { documents[path] = nil }

  package mutating func change(_ path: String, _ body: (inout OpenDocument) -> Void) {
    guard var document = documents[path] else { return }
    // Taken out, so that its text is changed where it is.
    documents[path] = nil
    body(&document)
    document.finishChanges()
    documents[path] = document
  }

  /// The documents in the order of their paths.
  package var openPaths: [String] { documents.keys.sorted() }

  package func exists(_ path: String) -> Bool {
    var status = stat()
    return documents[path] != nil || stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// The text of a path; nil where there is none, or none that can be read.
  package mutating func file(_ path: String) -> SourceFile? {
    if let document = documents[path] { return document.file }
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_size <= FrameReader.mostBytes
    else {
      read[path] = nil
      return nil
    }
    let (time, size) = (status.st_mtim, Int(status.st_size))
    if let known = read[path], known.seconds == time.tv_sec, known.nanoseconds == time.tv_nsec,
      known.size == size
    {
      return known.file
    }
    guard let file = try? InputFile.load(path: path) else { return nil }
    read[path] = (time.tv_sec, time.tv_nsec, size, file)
    return file
  }
}
