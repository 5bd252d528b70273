public import Calculation
import Git
public import LedgerModel

/// Who comes to a hub over ssh, held against `people.yaml` as it is now: whoever was taken off it since the keys' file was
/// written does not come in.
public struct Visitor: Hashable, Sendable {
  /// The person, with what is valid today.
  public let person: Person

  /// Why somebody does not come in.
  public enum Refused: Error, Hashable, Sendable {
    /// There is no such person, or not any more.
    case unknown
    /// The key is not one of the person's, or not any more.
    case key
  }

  /// - Parameters:
  ///   - id: the person that `authorized_keys` names
  ///   - key: the fingerprint of the key that was used; nil: any
  /// - Throws: `Refused`
  public init(_ id: String, key: String?, among people: People, on day: Day) throws(Refused) {
    guard let person = people.people[id], let keys = AuthorizedKeys.keys(of: person, on: day) else {
      throw .unknown
    }
    let fingerprints = keys.compactMap { $0?.fingerprint }
    guard key.map(fingerprints.contains) ?? !fingerprints.isEmpty else { throw .key }
    self.person = person.asValid(on: day)
  }
}
