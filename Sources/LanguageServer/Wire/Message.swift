package import Reading
import Diagnostics

/// A message of the client as JSON-RPC 2.0 has it.
package struct Message: Sendable {
  /// Of a request; nil of a notification and of an answer.
  package var id: JSONTree?
  package var method: String
  package var parameters: JSONTree

  package init(id: JSONTree? = nil, method: String, parameters: JSONTree) {
    self.id = id
    self.method = method
    self.parameters = parameters
  }

  /// What is wrong with a message, with the code of JSON-RPC.
  package struct Failure: Error, Sendable {
    package var code: Int
    package var message: String
    /// Of the request that it answers, where that could be told.
    package var id: JSONTree = .null

    package static let parseError = -32700
    package static let invalidRequest = -32600
    package static let methodNotFound = -32601
    package static let invalidParameters = -32602
    package static let internalError = -32603
    package static let notInitialized = -32002
    package static let requestCancelled = -32800
    package static let requestFailed = -32803
  }

  /// Reads a message; nil where it answers a request of the server.
  package static func read(_ bytes: [UInt8]) throws(Failure) -> Message? {
    var limits = ReadingLimits.standard
    limits.scalarBytes = FrameReader.mostBytes
    let node: Node
    do {
      node = try Document.read(
        SourceFile(path: "message", bytes: bytes), format: .json, limits: limits)
    } catch {
      throw Failure(
        code: Failure.parseError,
        message: error.faults.first?.message.en ?? "expected a message in JSON")
    }
    let tree = JSONTree(node)
    guard node.entries != nil, tree["jsonrpc"]?.string == "2.0" else {
      throw Failure(code: Failure.invalidRequest, message: "expected a message of JSON-RPC 2.0")
    }
    var id = tree["id"]
    switch id {
    case nil, .number, .text: break
    default: id = JSONTree.null
    }
    guard let method = tree["method"]?.string else {
      if tree["result"] != nil || tree["error"] != nil { return nil }
      throw Failure(
        code: Failure.invalidRequest, message: "expected a method", id: id ?? .null)
    }
    if case .null = id {
      throw Failure(code: Failure.invalidRequest, message: "expected an id, found null")
    }
    return Message(id: id, method: method, parameters: tree["params"] ?? .null)
  }

  /// The bytes of a message of the server.
  package static func framed(_ tree: JSONTree) -> [UInt8] {
    let body = Array(tree.compact.utf8)
    return Array("Content-Length: \(body.count)\r\n\r\n".utf8) + body
  }
}

extension JSONTree {
  package var string: String? { if case .text(let text) = self { text } else { nil } }

  package var integer: Int? { if case .number(let digits) = self { Int(digits) } else { nil } }

  package var flag: Bool? { if case .bool(let flag) = self { flag } else { nil } }

  package var items: [JSONTree]? { if case .list(let items) = self { items } else { nil } }

  /// What a way of keys leads to.
  package subscript(_ first: String, _ second: String, _ more: String...) -> JSONTree? {
    more.reduce(self[first]?[second]) { $0?[$1] }
  }

  package static func int(_ number: Int) -> JSONTree { .number(String(number)) }
}
