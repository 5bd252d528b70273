import Calculation

/// Who makes a request, or why it is not let in.
enum Admission: Hashable {
  /// A person of `people.yaml`.
  case person(String)
  case nobody(Denial)

  enum Denial: Hashable {
    case noToken
    case unknownToken
    case expired(Day)
    case notInPeople(String)

    /// Whether something was shown that lets nobody in; it counts as a failed attempt.
    var isFailure: Bool { self != .noToken }

    /// For the person; git prints it behind `remote:`.
    var text: String {
      let remedy = "Ask whoever looks after the hub for a new one (kpi hub token add)."
      return switch self {
      case .noToken:
        "This hub lets people in by a token: user name as you like, password the token. "
          + "Whoever looks after the hub makes one with 'kpi hub token add'."
      case .unknownToken: "This token is not known here; it may have been revoked. " + remedy
      case .expired(let day): "Your token ran out on \(day). " + remedy
      case .notInPeople(let person):
        "This token is for '\(person)', who is not in people.yaml any more. Ask the ledger's administrator."
      }
    }
  }
}
