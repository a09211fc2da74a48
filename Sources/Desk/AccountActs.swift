package import Diagnostics
import Store

/// What an administrator does with the accounts of his city.
extension Desk {
  package func accounts(_ caller: Caller, _ city: String) throws -> [PlainValue] {
    try view(caller, city, .manageAccounts) { session in
      try session.outside.all(Account.self, in: city).map(\.value).filter { !$0.isClosed }.map(
        \.plain)
    }
  }

  package func addAccount(
    _ asked: Asked, name: String, roles: Set<Role>, district: String?, password: String?
  ) throws -> Answer {
    try perform(asked) { acting in
      Answer(
        .created,
        try add(name, asked.city, roles, district, password, acting.session.outside).plain)
    }
  }

  package func changeAccount(
    _ asked: Asked, name: String, roles: Set<Role>?, district: String??, password: String?
  ) throws -> Answer {
    try perform(asked) { acting in
      Answer(
        .done,
        try change(
          name, city: asked.city, roles: roles, district: district, password: password,
          acting.session.outside
        ).plain)
    }
  }

  package func closeAccount(_ asked: Asked, name: String) throws -> Answer {
    try perform(asked) { acting in
      try closeAccount(name, city: asked.city, acting.session.outside)
      return Answer(.done, ["name": .text(name)])
    }
  }

  /// Makes a token, which this answer alone tells: a repeat of its key is told that it was made.
  package func addToken(_ asked: Asked, name: String) throws -> Answer {
    try perform(asked) { acting in
      let secret = try addToken(name, city: asked.city, acting.session.outside)
      var answer = Answer(.created, ["account": .text(name), "token": .text(secret)])
      answer.kept = ["account": .text(name), "token": .null]
      return answer
    }
  }

  package func removeTokens(_ asked: Asked, name: String) throws -> Answer {
    try perform(asked) { acting in
      try removeTokens(name, city: asked.city, acting.session.outside)
      return Answer(.done, ["account": .text(name)])
    }
  }
}
