import Foundation
import Glibc
import Synchronization
import Testing

/// A server of an issuer's keys on this machine, which may also fail to answer.
final class KeyServer: Sendable {
  enum Manner: Sendable {
    case answer(String)
    case status(String)
    /// Takes the request and says nothing.
    case silent
    /// Sends the head and the first bytes, and no more.
    case stuck
  }

  private let manner: Mutex<Manner>
  private let asked = Mutex(0)
  private let socket: Int32
  let address: String

  init(_ first: Manner) throws {
    manner = Mutex(first)
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    self.socket = socket
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_addr.s_addr = inet_addr("127.0.0.1")
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &place) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(socket, $0, size) == 0 && listen(socket, 8) == 0 && getsockname(socket, $0, &size) == 0
      }
    }
    try #require(isBound)
    address = "http://127.0.0.1:\(UInt16(bigEndian: place.sin_port))/certs"
    Thread.detachNewThread { [self] in
      while case let peer = accept(socket, nil, nil), peer >= 0 {
        Thread.detachNewThread { [self] in serve(peer) }
      }
    }
  }

  /// How often it was asked.
  var count: Int { asked.withLock { $0 } }

  func turn(_ next: Manner) { manner.withLock { $0 = next } }

  func end() { shutdown(socket, Int32(SHUT_RDWR)) }

  private func serve(_ peer: Int32) {
    defer { close(peer) }
    var buffer = [UInt8](repeating: 0, count: 8_192)
    guard recv(peer, &buffer, buffer.count, 0) > 0 else { return }
    asked.withLock { $0 += 1 }
    func send(_ text: String) {
      let bytes = Array(text.utf8)
      var sent = 0
      while sent < bytes.count {
        let count = Glibc.send(peer, Array(bytes[sent...]), bytes.count - sent, Int32(MSG_NOSIGNAL))
        if count <= 0 { return }
        sent += count
      }
    }
    switch manner.withLock({ $0 }) {
    case .answer(let body):
      send(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
      )
    case .status(let told): send("HTTP/1.1 \(told)\r\nConnection: close\r\n\r\n")
    case .silent: wait(peer)
    case .stuck:
      send("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{\"keys\": [")
      wait(peer)
    }
  }

  /// Until the other side lets go.
  private func wait(_ peer: Int32) {
    var byte: UInt8 = 0
    _ = recv(peer, &byte, 1, 0)
  }
}
