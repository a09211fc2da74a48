import Diagnostics
import PlanlintKit

/// What `/openapi.json` tells (OpenAPI 3.0.3), made of the table of routes, so that both agree.
enum OpenAPI {
  static let document: PlainValue = {
    var paths: PlainValue = .record([])
    for route in Route.all {
      var path = paths[route.path] ?? .record([])
      path[route.method.lowercased()] = operation(route)
      paths[route.path] = path
    }
    return [
      "openapi": "3.0.3",
      "info": [
        "title": "planlintd", "version": .text(Planlint.version),
        "description":
          "Rounds, cases and places of designated medical institutions. Every verdict is planlint's.",
      ],
      "paths": paths,
      "components": [
        "securitySchemes": [
          "token": ["type": "http", "scheme": "bearer"],
          "session": ["type": "apiKey", "in": "cookie", "name": .text(WebRequest.cookie)],
        ],
        "schemas": OpenAPISchemas.named,
      ],
    ]
  }()

  private static func operation(_ route: Route) -> PlainValue {
    func schema(of name: String) -> PlainValue {
      switch name {
      case "year", "seq", "cursor", "after": ["type": "integer", "minimum": 0]
      case "limit": ["type": "integer", "minimum": 1, "maximum": 1000]
      case "lang": ["type": "string", "enum": ["zh", "en"]]
      case "format": ["type": "string", "enum": .list(Format.all.map { .text($0.name) })]
      case "effective": ["type": "string", "enum": ["true", "false"]]
      default: ["type": "string", "minLength": 1]
      }
    }
    var parameters: [PlainValue] = route.parameters.map {
      ["name": .text($0), "in": "path", "required": true, "schema": schema(of: $0)]
    }
    parameters += route.query.map {
      ["name": .text($0), "in": "query", "schema": schema(of: $0)]
    }
    if ["POST", "PUT", "PATCH"].contains(route.method), route.access == .signedIn {
      parameters.append([
        "name": "Idempotency-Key", "in": "header",
        "schema": ["type": "string", "minLength": 1, "maxLength": 255],
      ])
    }
    if route.isVersioned {
      parameters.append(["name": "If-Match", "in": "header", "schema": ["type": "string"]])
    }
    var operation: PlainValue = [
      "operationId": .text(route.id), "summary": .text(route.summary),
      "parameters": .list(parameters),
    ]
    if !route.takes.isEmpty {
      var content: PlainValue = .record([])
      for type in route.takes {
        content[type] = ["schema": OpenAPISchemas.requests[route.id] ?? .record([])]
      }
      operation["requestBody"] = ["required": true, "content": content]
    }
    var media: PlainValue = .record([])
    for type in route.gives {
      media[type] = ["schema": OpenAPISchemas.answers[route.id] ?? .record([])]
    }
    var responses: PlainValue = .record([])
    responses[String(route.status)] =
      route.status == 204
      ? ["description": "done"] : ["description": "done", "content": media]
    responses["default"] = [
      "description": "a problem",
      "content": [
        "application/problem+json": ["schema": ["$ref": "#/components/schemas/Problem"]]
      ],
    ]
    operation["responses"] = responses
    if route.access == .signedIn {
      operation["security"] = [["token": []], ["session": []]]
    } else {
      operation["security"] = []
    }
    return operation
  }
}
