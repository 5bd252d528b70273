import Git
import LedgerModel

/// What the server reads of the hub: who is in `people.yaml`, what is published. One at a time, as libgit2 wants it.
actor HubReader {
  private let path: String
  private var hub: LedgerHub?
  private var known: (file: ObjectID, people: Set<String>)?

  init(_ path: String) { self.path = path }

  /// Whether somebody is in `people.yaml` at the tip.
  func isPerson(_ id: String) throws -> Bool { try reading { try people($0).contains(id) } }

  /// The newest commit of the main line, and its committer's time.
  func tip() throws -> (id: ObjectID, time: Int64)? {
    try reading { hub in
      try hub.tip().map { ($0, try hub.repository.objects.commit($0).committer.time.seconds) }
    }
  }

  /// A file of the branch `scorecard`; nil where there is none. `isPublished` says whether anything is.
  func published(_ path: String) throws -> (isPublished: Bool, file: (id: ObjectID, bytes: [UInt8])?) {
    try reading { hub in
      guard let commit = try hub.published() else { return (false, nil) }
      let objects = hub.repository.objects
      guard let entry = try objects.entry(at: path, in: objects.commit(commit).tree), entry.mode.isBlob else {
        return (true, nil)
      }
      return (true, (entry.id, try objects.blob(entry.id)))
    }
  }

  /// A number of the hub's configuration, as git reads it: `1g` is 2³⁰.
  func number(_ name: String) throws -> Int? {
    try reading { hub in
      guard let text = try hub.repository.configuration(name)?.lowercased(), let last = text.last else { return nil }
      guard let shift = ["k": 10, "m": 20, "g": 30][last] else { return Int(text) }
      return Int(text.dropLast()).flatMap { $0 <= Int.max >> shift ? $0 << shift : nil }
    }
  }

  private func people(_ hub: LedgerHub) throws -> Set<String> {
    let objects = hub.repository.objects
    guard let tip = try hub.tip() else { return [] }
    let tree = try objects.commit(tip).tree
    guard let file = try objects.entry(at: "people.yaml", in: tree)?.id else { return [] }
    if let known, known.file == file { return known.people }
    let people = Set((try hub.people()?.people ?? [:]).keys)
    known = (file, people)
    return people
  }

  /// A hub that was put back from a backup is opened again.
  private func reading<Result>(_ body: (LedgerHub) throws -> Result) throws -> Result {
    if let hub, let result = try? body(hub) { return result }
    let fresh = try LedgerHub(at: path)
    hub = fresh
    return try body(fresh)
  }
}
