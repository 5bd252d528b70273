import Foundation
import Git
import Testing

@Suite struct RepositoryTests {
  @Test func isMadeAsGitMakesIt() throws {
    let git = try RealGit()
    let bare = try Repository.initialise(git.path("deep/hub.git"), bare: true)
    #expect(bare.isBare)
    #expect(bare.workPath == nil)
    #expect(try git("symbolic-ref", "HEAD", in: "deep/hub.git") == "refs/heads/main")
    #expect(try git("rev-parse", "--is-bare-repository", in: "deep/hub.git") == "true")
    let work = try Repository.initialise(git.path("clone"), bare: false)
    #expect(!work.isBare && !work.isShallow)
    #expect(work.path.hasSuffix("/clone/.git/"))
    #expect(work.workPath?.hasSuffix("/clone/") == true)
    try git("fsck", in: "clone")
  }

  @Test func isFoundFromAFolderInside() throws {
    let git = try RealGit()
    let repository = try git.repository()
    try git.write("x", to: "a/b/c")
    #expect(try Repository.discover(from: git.path("work/a/b")).path == repository.path)
    let error = #expect(throws: GitError.self) { try Repository.open(git.path("work/a")) }
    #expect(error?.code == .notFound)
  }

  @Test func seesAQuarantineOnlyWhenItIsNamed() throws {
    let git = try RealGit()
    let hub = try git.repository("hub", bare: true)
    let quarantine = git.path("hub/objects/incoming-1")
    try FileManager.default.createDirectory(atPath: quarantine, withIntermediateDirectories: true)
    let inside = try Repository.open(
      git.path("hub"), objectDirectory: quarantine, alternates: [git.path("hub/objects")])
    let old = try hub.objects.writeBlob([1])
    let new = try inside.objects.writeBlob([2])
    #expect(inside.objects.contains(old) && inside.objects.contains(new))
    #expect(!hub.objects.contains(new))
  }

  @Test func durabilityReadsCoreFsyncAsGitDoes() {
    #expect(Durability(coreFsync: nil) == .standard)
    #expect(Durability(coreFsync: "", legacy: true).looseObjects)
    #expect(Durability(coreFsync: "committed,-loose-object") == .standard)
    #expect(Durability(coreFsync: "all") == Durability(looseObjects: true, references: true))
    #expect(Durability(coreFsync: "reference, none,objects") == Durability(looseObjects: true, references: false))
  }
}
