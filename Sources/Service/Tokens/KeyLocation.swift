import AsyncHTTPClient
import FoundationEssentials
import NIOCore
import NIOHTTP1

/// Where the public keys of an issuer are.
package enum KeyLocation: Sendable, Hashable {
  case file(String)
  /// By HTTPS, or by HTTP from this machine.
  case address(String)

  static let mostBytes = 256 << 10
  static let seconds = 5

  /// - Returns: nil where it is an address that is not asked: by HTTP from elsewhere, without a host, or with a name and password in it.
  package init?(_ text: String) {
    guard text.contains("://") else {
      self = .file(text)
      return
    }
    guard let url = URL(string: text), let host = url.host(), !host.isEmpty, url.user() == nil,
      url.password() == nil, url.fragment() == nil
    else { return nil }
    let numbers = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
    let isLocal =
      ["localhost", "::1", "[::1]"].contains(host)
      || numbers.count == 4 && numbers.first == 127 && !numbers.contains(nil)
    switch url.scheme {
    case "https"?: break
    case "http"? where isLocal: break
    default: return nil
    }
    self = .address(text)
  }

  /// The bytes that are there now.
  func load() async throws(KeyTrouble) -> [UInt8] {
    do {
      switch self {
      case .file(let path):
        let data = try Data(contentsOf: URL(filePath: path))
        if data.count > Self.mostBytes {
          throw KeyTrouble("\(path): expected at most \(Self.mostBytes) bytes")
        }
        return [UInt8](data)
      case .address(let address): return try await Self.fetch(address)
      }
    } catch let trouble as KeyTrouble {
      throw trouble
    } catch {
      throw KeyTrouble("\(name): \(error)")
    }
  }

  private var name: String {
    switch self {
    case .file(let path): path
    case .address(let address): address
    }
  }

  private static func fetch(_ address: String) async throws -> [UInt8] {
    let client = HTTPClient(
      eventLoopGroupProvider: .singleton,
      configuration: .init(redirectConfiguration: .disallow))
    let result: Result<[UInt8], any Error>
    do {
      // The client's own limit ends with the head of the answer.
      result = .success(
        try await withThrowingTaskGroup(of: [UInt8]?.self) { group in
          group.addTask { try await body(address, client) }
          group.addTask {
            try await Task.sleep(for: .seconds(seconds))
            return nil
          }
          defer { group.cancelAll() }
          guard let bytes = try await group.next() ?? nil else {
            throw KeyTrouble("\(address): no answer within \(seconds) s")
          }
          return bytes
        })
    } catch {
      result = .failure(error)
    }
    try? await client.shutdown()
    return try result.get()
  }

  private static func body(_ address: String, _ client: HTTPClient) async throws -> [UInt8] {
    var request = HTTPClientRequest(url: address)
    request.headers.add(name: "Accept", value: "application/json")
    let response = try await client.execute(request, timeout: .seconds(Int64(seconds)))
    guard response.status == .ok else {
      throw KeyTrouble("\(address): answered with \(response.status.code)")
    }
    do {
      let body = try await response.body.collect(upTo: mostBytes)
      return [UInt8](body.readableBytesView)
    } catch is NIOTooManyBytesError {
      throw KeyTrouble("\(address): expected at most \(mostBytes) bytes")
    }
  }
}
