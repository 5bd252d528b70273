import Calculation
import Git
import HTTPTypes
import LedgerModel

/// Decides at each request who makes it: a token that counts today, of somebody who is in `people.yaml` at the hub's tip.
struct Doorkeeper: Sendable {
  let tokens: TokenStore
  let reader: HubReader

  /// - Throws: where the tokens or the ledger cannot be read: then nobody is let in
  func admit(_ fields: HTTPFields, on day: Day) async throws -> Admission {
    switch Credentials(fields) {
    case .none: return .nobody(.noToken)
    case .unreadable: return .nobody(.unknownToken)
    case .token(let token):
      guard let entry = try tokens.book().entry(of: token) else { return .nobody(.unknownToken) }
      if let until = entry.until, entry.isExpired(on: day) { return .nobody(.expired(until)) }
      guard try await reader.isPerson(entry.person) else { return .nobody(.notInPeople(entry.person)) }
      // A day that cannot be noted is no reason to send somebody away.
      if entry.used != day { try? tokens.noteUse(of: entry.digest, on: day) }
      return .person(entry.person)
    }
  }
}
