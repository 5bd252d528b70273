import Foundation

/// Looks at the hub and the clones after a history, with git alone.
struct RealGitPlaces {
  let work: Workplace
  let people: [String]

  /// Where not all have one tree, something is uncommitted, damaged or left lying about, or the hub finds a merge that
  /// is not what the rules make.
  func faults() throws -> [String] {
    var faults: [String] = []
    let tip = try work.git("rev-parse", "main", in: "hub.git")
    for person in people {
      if try work.git("rev-parse", "HEAD", in: person) != tip { faults.append("\(person) is not where the hub is") }
      let status = try work.git("status", "--porcelain", in: person)
      if !status.isEmpty { faults.append("\(person) has something uncommitted: \(status)") }
    }
    let check = try work.shell("kpi hub check hub.git")
    if check.status != 0 { faults.append(check.output + check.errors) }
    for place in people + ["hub.git"] {
      if try !eventually({ try work.isSound(place) }) { faults.append("\(place) is damaged") }
      if try !eventually({ try leftovers(place).isEmpty }) {
        faults.append("left in \(place): \(try leftovers(place))")
      }
    }
    return faults
  }

  /// Locks, journals, drafts and half-received pushes. A half-written object is none of them: git's own collection
  /// takes it. Of the hub's own lock the file stays; only the kernel's lock on it goes.
  private func leftovers(_ place: String) throws -> String {
    let names = ["*.lock", "*.new", "kpi-draft-*", "kpi-index-*", "tmp_objdir*", "incoming-*", "journal", "MERGE_HEAD"]
    let any = names.map { "-name '\($0)'" }.joined(separator: " -o ")
    return try work.shell("find \(place) \\( \(any) \\) ! -path hub.git/kpi/publish.lock").output
  }

  /// The hub publishes in the background for a while after a push.
  private func eventually(_ holds: () throws -> Bool) rethrows -> Bool {
    for _ in 0..<20 {
      if try holds() { return true }
      usleep(250_000)
    }
    return try holds()
  }
}
