import Foundation
import Testing

extension Workplace {
  /// What `kpi proposals` lists in a clone.
  func held(in place: String) throws -> [[String: Any]] {
    let listed = try kpi("proposals", "--format", "json", in: place).output
    return try #require(JSONSerialization.jsonObject(with: Data(listed.utf8)) as? [[String: Any]])
  }

  /// The id of what is held of a key, as short as people write it.
  func heldID(_ key: String, in place: String) throws -> String {
    let found = try held(in: place).first { $0["key"] as? String == key }
    return String(try #require(found?["id"] as? String, "nothing of \(key) is held").prefix(8))
  }

  /// Each of them syncs, in this order.
  func sync(_ people: String...) throws {
    for person in people { try kpi("sync", in: person) }
  }
}
