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
        "schemas": [
          "Problem": [
            "type": "object", "required": ["type", "title", "status", "detail"],
            "properties": [
              "type": ["type": "string"], "title": ["type": "string"],
              "status": ["type": "integer"], "detail": ["type": "string"],
              "faults": ["type": "array", "items": ["type": "object"]],
              "cases": ["type": "array", "items": ["type": "string"]],
              "limits": ["type": "array", "items": ["type": "string"]],
            ],
          ]
        ],
      ],
    ]
  }()

  private static func operation(_ route: Route) -> PlainValue {
    var parameters: [PlainValue] = route.parameters.map {
      ["name": .text($0), "in": "path", "required": true, "schema": ["type": "string"]]
    }
    parameters += route.query.map {
      ["name": .text($0), "in": "query", "schema": ["type": "string"]]
    }
    if ["POST", "PUT", "PATCH"].contains(route.method), route.access == .signedIn {
      parameters.append([
        "name": "Idempotency-Key", "in": "header", "schema": ["type": "string", "maxLength": 255],
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
        content[type] = [
          "schema": type.hasSuffix("json") && route.takes.count == 1
            ? ["type": "object"] : .record([])
        ]
      }
      operation["requestBody"] = ["required": true, "content": content]
    }
    var media: PlainValue = .record([])
    media[route.gives] = ["schema": .record([])]
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
