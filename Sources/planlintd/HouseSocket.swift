import Desk
import Foundation
import Glibc
import Store

/// The socket in a desk's folder by which the program asks the process that serves it.
///
/// It is for whoever may open the folder, as the database is.
enum HouseSocket {
  static func path(_ folder: String) -> String { folder + "/desk.sock" }

  /// Asks the process that serves a folder.
  ///
  /// - Returns: nil where nobody listens.
  static func ask(_ act: HouseAct, folder: String) throws -> HouseAnswer? {
    let socket = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    guard socket >= 0 else { return nil }
    defer { close(socket) }
    guard var address = address(folder) else { return nil }
    let isConnected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
      }
    }
    guard isConnected else { return nil }
    send(try JSONEncoder().encode(act), to: socket)
    shutdown(socket, Int32(SHUT_WR))
    let answer = try JSONDecoder().decode(HouseAnswer.self, from: receive(socket))
    if let error = answer.error { throw StoreError.failed(error) }
    return answer
  }

  /// Listens for as long as the process lives, on a thread of its own.
  static func serve(_ desk: Desk, folder: String) throws {
    let socket = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    unlink(path(folder))
    guard socket >= 0, var address = address(folder) else {
      throw StoreError.failed("\(path(folder)): the path is too long for a socket")
    }
    let mask = umask(0o177)
    let isBound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
      }
    }
    umask(mask)
    guard isBound, listen(socket, 8) == 0 else {
      throw StoreError.failed("\(path(folder)): \(String(cString: strerror(errno)))")
    }
    Thread.detachNewThread {
      while true {
        let peer = accept(socket, nil, nil)
        if peer < 0 { continue }
        var wait = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(peer, SOL_SOCKET, SO_RCVTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
        if let data = try? JSONEncoder().encode(answer(receive(peer), desk)) {
          send(data, to: peer)
        }
        close(peer)
      }
    }
  }

  private static func answer(_ request: Data, _ desk: Desk) -> HouseAnswer {
    do {
      return try JSONDecoder().decode(HouseAct.self, from: request).perform(on: desk)
    } catch {
      return HouseAnswer(lines: [], code: 2, error: Terminal.message(of: error) ?? "\(error)")
    }
  }

  private static func address(_ folder: String) -> sockaddr_un? {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path(folder).utf8)
    guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return nil }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    return address
  }

  private static func send(_ data: Data, to socket: Int32) {
    var rest = data[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(socket, $0.baseAddress, $0.count) }
      if count <= 0 { return }
      rest = rest.dropFirst(count)
    }
  }

  private static func receive(_ socket: Int32) -> Data {
    var data = Data()
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while data.count < 16 << 20 {
      let count = read(socket, &buffer, buffer.count)
      if count <= 0 { break }
      data.append(contentsOf: buffer[..<count])
    }
    return data
  }
}
