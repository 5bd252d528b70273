import Git

/// Judges every commit of the main line again, as if it was pushed now.
struct SyncProof {
  let line: MainLineOrder
  let objects: ObjectDatabase
  let now: Int64
  let progress: @Sendable (String) -> Void

  /// So many are judged at a time; those in which something is wrong again one by one.
  private static let batch = 200

  func findings(_ since: ObjectID?) -> [VerificationFinding] {
    let commits = line.commits(after: since)
    var (found, done): ([VerificationFinding], Int) = ([], 0)
    var rest = commits
    while let first = rest.first {
      let batch = rest.prefix(Self.batch)
      rest = rest.dropFirst(Self.batch)
      progress("Syncs made again: \(done) of \(commits.count)")
      done += batch.count
      guard let last = batch.last, refusals(from: line.parent(of: first), to: last)?.isEmpty != true else { continue }
      for id in batch { found += findings(of: id) }
    }
    return found
  }

  private func findings(of id: ObjectID) -> [VerificationFinding] {
    guard let refusals = refusals(from: line.parent(of: id), to: id) else {
      return [
        VerificationFinding("damaged", commit: id, "Part of this sync, or of what it goes on from, cannot be read.")
      ]
    }
    return refusals.map { refusal in
      VerificationFinding(
        refusal.rule == MergeRecomputation.unknownRules ? .unproven : .forged, refusal.rule, commit: id,
        file: refusal.file, (refusal.key.map { "\($0): " } ?? "") + refusal.message)
    }
  }

  /// Nil where something cannot be read.
  private func refusals(from old: ObjectID?, to new: ObjectID) -> [Refusal]? {
    try? Gate(objects, now: now).verdict(from: old, to: new).refusals
  }
}
