import Foundation
import Testing

/// The commands by which somebody looks after a hub, from the first backup to the proof of the restored one.
@Suite struct HubCareTests {
  @Test func aHubIsBackedUpRestoredAndProven() throws {
    let place = try Workplace()
    try place.kpi("hub", "init", "hub.git", "--admin", "Ana Ruiz", "ana@example.com")
    try FileManager.default.removeItem(atPath: place.folder + "/hub.git/hooks/post-receive")
    try place.kpi("hub", "publish", "hub.git", "--maintain")
    let backup = try place.kpi("hub", "backup", "hub.git", "ledger.bundle")
    #expect(backup.output.hasPrefix("Written and read back: ledger.bundle, "))
    #expect(backup.output.contains("main at ") && backup.output.contains("scorecard at "))
    try place.kpi("hub", "restore", "ledger.bundle", "new.git")
    let proof = try place.kpi("hub", "verify", "new.git")
    #expect(proof.output == "Proven: 1 syncs, 1 scorecards, 0 signatures.\n")
    #expect(try place.kpi("hub", "verify", "new.git", "--format", "json").output == "[]\n")
    let again = try place.kpi("hub", "restore", "ledger.bundle", "new.git", expecting: [64])
    #expect(again.errors.contains("Something is at new.git already"))
    let bad = try place.kpi("hub", "restore", "new.git/config", "other.git", expecting: [1])
    #expect(bad.errors.contains("no backup") && !place.exists("other.git"))
    let keeping = try place.kpi("hub", "backup", "hub.git", "ledger.bundle", "--keep", "3", expecting: [64])
    #expect(keeping.errors.contains("--keep is for a folder"))
    try FileManager.default.createDirectory(atPath: place.folder + "/backups", withIntermediateDirectories: true)
    try place.kpi("hub", "backup", "hub.git", "backups", "--keep", "3")
    #expect(try place.kpi("hub", "maintain", "new.git", "--if-due").output == "Nothing is due.\n")
    #expect(try place.kpi("hub", "maintain", "new.git").output == "What has come in is packed.\n")
  }

  @Test func whatIsForgedIsNamedAndIsAnExitStatus() throws {
    let place = try Workplace()
    try place.kpi("hub", "init", "hub.git", "--admin", "Ana Ruiz", "ana@example.com")
    let lines = """
      set -e
      export GIT_COMMITTER_NAME=Eve GIT_COMMITTER_EMAIL=eve@example.com GIT_AUTHOR_NAME=Eve GIT_AUTHOR_EMAIL=eve@example.com
      tree=$(git -C hub.git rev-parse 'main^{tree}')
      blob=$(printf 'goals:\\n  more: {name: More}\\n' | git -C hub.git hash-object -w --stdin)
      export GIT_INDEX_FILE=$PWD/index
      git -C hub.git read-tree $tree
      git -C hub.git update-index --cacheinfo 100644,$blob,goals.yaml
      commit=$(git -C hub.git commit-tree -p main -m forged $(git -C hub.git write-tree))
      git -C hub.git update-ref refs/heads/main $commit
      """
    #expect(try place.shell(lines).status == 0)
    let found = try place.kpi("hub", "verify", "hub.git", expecting: [1])
    #expect(found.output.contains("[no-authority]") && found.output.contains("Not as it should be: "))
    let json = try place.kpi("hub", "verify", "hub.git", "--format", "json", expecting: [1]).output
    #expect(json.contains("\"severity\": \"forged\"") && json.contains("\"file\": \"goals.yaml\""))
    let range = try place.kpi("hub", "check", "hub.git", "--range", "main~1..main", "--format", "json", expecting: [1])
    #expect(range.output.contains("\"rule\": \"no-authority\""))
    let none = try place.kpi("hub", "check", "hub.git", "--range", "main", expecting: [64])
    #expect(none.errors.contains("OLD..NEW"))
  }

  @Test func aPurgedHistoryIsALedgerAndTheProofSaysWhatNoLongerHolds() throws {
    let place = try Workplace()
    try place.kpi("hub", "init", "hub.git", "--admin", "Ana Ruiz", "ana@example.com")
    try FileManager.default.removeItem(atPath: place.folder + "/hub.git/hooks/post-receive")
    try place.kpi("hub", "publish", "hub.git")
    // The steps of docs/hub-care.md, with plain git.
    let lines = """
      set -e
      git init -q --bare -b main new.git
      git -C hub.git fast-export --signed-tags=strip main |
        sed -E 's/^(author|committer) Ana Ruiz <ana@example.com>/\\1 Person 17 <p17@example.com>/' |
        git -C new.git fast-import --quiet
      kpi hub adopt new.git && rm new.git/hooks/post-receive
      kpi hub publish new.git
      git -C new.git log --format='%an %ae %cn %ce' main
      """
    let made = try place.shell(lines)
    #expect(made.status == 0, "\(made.errors)")
    #expect(made.output.contains("Person 17 p17@example.com") && !made.output.contains("Ana Ruiz ana@"))
    try place.kpi("hub", "verify", "new.git")
    // The old scorecards are of a history that is gone.
    try place.git("fetch", "-q", "../hub.git", "+scorecard:scorecard", in: "new.git")
    let found = try place.kpi("hub", "verify", "new.git", expecting: [1])
    #expect(found.output.contains("[source-not-in-history]"))
  }
}
