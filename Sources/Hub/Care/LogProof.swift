import Git
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Holds what was written down of the branch's moves against where it is, and a clone's own commits against the hub's.
struct LogProof {
  let line: MainLineOrder
  let repository: Repository
  let names: BranchNames

  func findings() throws -> [VerificationFinding] { try moves() + ownMerges() }

  /// Git's own log of a branch: every state that it had has to be on the main line.
  private func moves() -> [VerificationFinding] {
    let moves = Self.moves(in: repository.commonPath + "logs/" + names.main)
    var found: [VerificationFinding] = []
    for move in moves where line.place(of: move.new) == nil {
      found.append(
        VerificationFinding(
          "taken-back", commit: move.new,
          "The hub's log says that \(move.who) brought this, and it is not in the list of syncs any more: history was "
            + "rewritten or taken back since."))
    }
    if let last = moves.last, last.new != line.tip {
      found.append(
        VerificationFinding(
          "moved-unlogged", commit: line.tip,
          "The hub's log ends with \(last.new.abbreviated()), but the ledger is here: somebody moved it past git."))
    }
    return found
  }

  private struct Move {
    let new: ObjectID
    let who: String
  }

  private static func moves(in path: String) -> [Move] {
    guard let file = fopen(path, "re") else { return [] }
    defer { fclose(file) }
    var (moves, line, room): ([Move], UnsafeMutablePointer<CChar>?, Int) = ([], nil, 0)
    defer { free(line) }
    while getline(&line, &room, file) > 0, let line {
      // Old id, new id, who and when, a tab, why. A killed process may have left half a line.
      let parts = String(cString: line).split(separator: " ", maxSplits: 2)
      guard parts.count == 3, let new = ObjectID(parts[1]), !new.isZero else { continue }
      moves.append(Move(new: new, who: String(parts[2].prefix { $0 != "<" && $0 != "\t" }.dropLast())))
    }
    return moves
  }

  /// Syncs that a clone has and the hub has not: a client leaves none behind.
  private func ownMerges() throws -> [VerificationFinding] {
    guard names.isClone, let tip = line.tip, let own = try repository.target(of: LedgerHub.branch) else { return [] }
    let objects = repository.objects
    let unsent: [ObjectID]
    do {
      unsent = try RevWalk(objects).commits(from: [own], notIn: [tip])
    } catch {
      return [VerificationFinding("damaged", commit: own, "The history of this copy's own state cannot be read.")]
    }
    return unsent.compactMap { id in
      guard let commit = try? objects.commit(id), commit.parents.count > 1,
        commit.message.split(separator: "\n").contains(where: { $0.hasPrefix(MergeRecomputation.trailer) })
      else { return nil }
      return VerificationFinding(
        "sync-unknown-to-hub", commit: id,
        "\(Refusal.describe(commit)) says that it is a sync, and the hub does not have it: this copy's history was rewritten, or "
          + "the hub's taken back.")
    }
  }
}
