import LedgerFiles
import LedgerModel

/// The changes of a KPI's keys, whatever the KPI was called, so that a value can be followed back.
struct KeyPasts {
  /// Newest first.
  private var changes: [KindOfKey: [AuditEntry]] = [:]
  private var proposals: [KindOfKey: [AuditEntry]] = [:]

  init(_ entries: [AuditEntry]) {
    for entry in entries {
      if case .proposal(let file, _) = LedgerPath(entry.file) {
        guard let key = entry.key.rest(of: "proposal ") else { continue }
        proposals[KindOfKey(file, Key(key)), default: []].append(entry)
      } else {
        changes[KindOfKey(entry.file, entry.key), default: []].append(entry)
      }
    }
  }

  /// Where the value comes from that a key has at the end; nil where no change tells.
  /// - Parameter reading: what of a value is asked about: a change of the rest is passed over
  func origin(of key: Key, in path: String, reading: (YAMLValue) -> YAMLValue = { $0 }) -> ValueOrigin? {
    let kind = KindOfKey(path, key)
    let changes = changes[kind] ?? []
    var (name, place) = (path, 0)
    while place < changes.count {
      let change = changes[place]
      place += 1
      guard change.file == name, let to = change.to else { continue }
      if let from = change.from, reading(from) == reading(to) { continue }
      guard let left = Departure(of: change, among: changes) else {
        return origin(of: change)
      }
      (name, place) = (left.name, left.end)
    }
    return nil
  }

  /// Where the value comes from that a change put in force.
  func origin(of change: AuditEntry) -> ValueOrigin {
    ValueOrigin(entered: proposal(of: change, KindOfKey(change.file, change.key)) ?? change, inForce: change)
  }

  /// The proposal that a change accepted, as it was held.
  private func proposal(of change: AuditEntry, _ kind: KindOfKey) -> AuditEntry? {
    guard let id = change.settlement?.proposal else { return nil }
    return proposals[kind]?.last { $0.isHeld && $0.settlement?.proposal == id }
  }
}

/// A key of a definition or of actuals, whatever KPI they belong to.
private struct KindOfKey: Hashable {
  let key: Key
  /// Of a file that is neither a definition nor actuals, its path.
  private let kind: String

  init(_ path: String, _ key: Key) {
    self.key = key
    kind =
      switch LedgerPath(path) {
      case .definition: "definition"
      case .actuals: "actuals"
      default: path
      }
  }
}

/// Where the main line had the value of a key that is new under one name: under another, which went away at once.
private struct Departure {
  let name: String
  /// Behind the last change that came at once with the move.
  let end: Int

  /// nil where the key's value came from nowhere, or from a key that had another value.
  init?(of arrival: AuditEntry, among changes: [AuditEntry]) {
    let together = changes.indices.filter { changes[$0].cameWith(arrival) }
    /// What the main line had under a name before all that came at once.
    func before(_ name: String) -> YAMLValue? {
      together.last { changes[$0].file == name }.flatMap { changes[$0].from }
    }
    let names = together.map { changes[$0] }.filter { $0.file != arrival.file && $0.to == nil }.map(\.file)
    guard let last = together.last, before(arrival.file) == nil,
      let name = names.first(where: { before($0) == arrival.to })
    else { return nil }
    self.name = name
    end = last + 1
  }
}

extension AuditEntry {
  /// Whether both came to the main line at once; as long as they wait, whether they were entered at once.
  fileprivate func cameWith(_ other: AuditEntry) -> Bool {
    commit == other.commit || sync != nil && sync == other.sync
  }
}
