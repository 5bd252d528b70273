import Git

/// Makes every published scorecard again, and holds what they were made from against the main line.
struct EditionProof {
  let line: MainLineOrder
  let objects: ObjectDatabase
  let version: String
  let progress: @Sendable (String) -> Void

  func findings(
    _ tip: ObjectID?, _ since: ObjectID?, count: inout Int
  ) throws -> [VerificationFinding] {
    guard let tip else { return [] }
    let all: [ObjectID]
    do {
      all = try RevWalk(objects).firstParents(from: tip).reversed()
    } catch let error as GitError {
      return [VerificationFinding("damaged", commit: tip, "The list of scorecards ends: \(error.message).")]
    }
    let start = since.flatMap(line.place) ?? -1
    var (found, newest): ([VerificationFinding], Int) = ([], -1)
    for (number, id) in all.enumerated() {
      guard let edition = (try? objects.commit(id)).flatMap({ Edition(message: $0.message) }) else {
        found.append(
          VerificationFinding("no-edition", commit: id, "This is no scorecard that 'kpi hub publish' wrote."))
        continue
      }
      guard let place = line.place(of: edition.source) else {
        found.append(
          VerificationFinding(
            "source-not-in-history", commit: id,
            "The scorecard of \(edition.period) as of \(edition.asOf) was made from \(edition.source.abbreviated()), which is "
              + "not in the list of syncs: history was rewritten or taken back since."))
        continue
      }
      if place < newest {
        found.append(
          VerificationFinding(
            "source-goes-back", commit: id,
            "This scorecard was made from an older state than the one published before it: the hub was taken back."))
      }
      newest = max(newest, place)
      guard place > start else { continue }
      progress("Scorecards made again: \(number) of \(all.count)")
      count += 1
      found += findings(of: id, edition)
    }
    return found
  }

  private func findings(of id: ObjectID, _ edition: Edition) -> [VerificationFinding] {
    guard let verification = try? Verification(of: id, in: objects) else {
      return [VerificationFinding("damaged", commit: id, "This scorecard, or what it was made from, cannot be read.")]
    }
    guard !verification.differing.isEmpty else { return [] }
    guard edition.version == version else {
      return [
        VerificationFinding(
          .unproven, "other-version", commit: id,
          "This scorecard was made by version \(edition.version) of kpi; verify it with that one.")
      ]
    }
    return verification.differing.prefix(20).map { file in
      VerificationFinding(
        "scorecard-does-not-recompute", commit: id, file: file,
        "What was published is not what \(edition.source.abbreviated()) gives.")
    }
  }
}
