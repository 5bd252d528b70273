import ArgumentParser
import Git
import Hub

/// `kpi hub check`
struct HubCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check what came into a hub, as the hub checks each push.",
    discussion: """
      Makes every merge again and checks every change since the beginning, or since a commit. It writes nothing.
      The hub itself runs it with --push on each push, which it takes as a whole or not at all. With --range it checks \
      what came in between two states, in any clone: for a git server that runs no hooks of ours. An auditor's proof of \
      everything is 'kpi hub verify'.

      Examples:
        kpi hub check /srv/ledger.git
        kpi hub check /srv/ledger.git --since 3f2a81c0
        kpi hub check --range "$BEFORE..$AFTER" --format github
      """)

  @Argument(help: "The hub.", completion: .directory)
  var path = "."

  @Option(help: "A commit of the list of syncs: only what came after it is checked.")
  var since: String?

  @Option(
    help: ArgumentHelp("What came in between two states, in a clone with its whole history.", valueName: "old..new"))
  var range: String?

  @Option(help: "With --range, the branch that moved: any but the ledger's is a finding.")
  var branch = "main"

  @Option(help: "How to print findings: table, json, csv or github.")
  var format: CheckFormat = .table

  @Flag(help: "Check what a push brings, as the hub's own script asks for it.")
  var push = false

  @Option(help: "With --push: how long looking at a push may take before it is turned away.")
  var seconds = GateLimits.standard.seconds

  func validate() throws {
    if range != nil, push || since != nil { throw ValidationError("--range goes without --push and --since.") }
  }

  func run() throws {
    if push { PushLimit.start(seconds: seconds) }
    let verdict = try HubFailure.translating {
      if let range { return try HubRangeCheck(range, branch: branch, in: path).verdict() }
      return try push ? checkPush() : checkAll()
    }
    guard verdict.isAccepted else {
      if push {
        for line in verdict.lines() { Console.note(line) }
      } else {
        Console.print(format.text(verdict.refusals), terminator: "")
      }
      throw ExitStatus.findings.code
    }
    guard !push else { return }
    switch format {
    case .table:
      Console.print(range == nil ? "Everything in the hub is as it should be." : "What came in is as it should be.")
    case .json, .csv: Console.print(format.text([]), terminator: "")
    case .github: break
    }
  }

  /// What git tells on standard input: a line for each name that the push moves.
  private func checkPush() throws -> Verdict {
    var updates: [RefUpdate] = []
    while let line = readLine() {
      guard let update = RefUpdate(line: line) else {
        throw Failure("'--push' is for the hub's own script, which says on standard input what a push brings.")
      }
      updates.append(update)
    }
    let hub = try LedgerHub(
      path, objectDirectory: Console.environment["GIT_OBJECT_DIRECTORY"],
      alternates: HubPaths.alternates(Console.environment["GIT_ALTERNATE_OBJECT_DIRECTORIES"]))
    // Who comes too late is told so at once: git would find out only after the check, which takes longer.
    let tip = try hub.tip()
    guard !updates.contains(where: { $0.name == LedgerHub.branch && $0.old != tip }) else {
      return Verdict([.movedOn])
    }
    return try Gate(
      hub.repository.objects, now: Ambient.now.seconds, pusher: Console.environment[HubPaths.pusherVariable]
    ).verdict(on: updates)
  }

  private func checkAll() throws -> Verdict {
    let real = try LedgerHub(at: path)
    guard let tip = try real.tip() else { throw HubFault.empty }
    let start = try since.map { try place($0, before: tip, in: real.repository.objects) }
    return try HubPaths.withScratchFolder { scratch in
      let hub = try LedgerHub(
        path, objectDirectory: scratch, alternates: [real.repository.commonPath + "objects"])
      return try Gate(hub.repository.objects, now: Ambient.now.seconds, limits: .ownHistory).verdict(
        from: start, to: tip)
    }
  }
  private func place(_ digits: String, before tip: ObjectID, in objects: ObjectDatabase) throws -> ObjectID {
    let line = RevWalk(objects)
    if let id = try? objects.id(startingWith: digits), try line.firstParent(from: tip, where: { $0 == id }) != nil {
      return id
    }
    throw Failure(
      "'\(digits)' is none of the hub's syncs.", hint: "Name one of them by the digits that 'kpi audit' shows.")
  }
}
