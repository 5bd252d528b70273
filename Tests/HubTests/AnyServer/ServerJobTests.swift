import Foundation
import Git
import Testing

/// The jobs of docs/hosting.md, taken from the page and run as the servers run them: in a clone, with their variables.
@Suite struct ServerJobTests {
  let stage: HubStage
  let before: String

  init() throws {
    stage = try HubStage()
    before = try stage.tip("main").description
    _ = try stage.clone("bo")
  }

  /// The script of a template: the lines below the first `|` after a heading and a mark.
  private func script(after heading: String, _ mark: String) throws -> String {
    let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("docs/hosting.md")
    let lines = try String(contentsOf: page, encoding: .utf8).components(separatedBy: "\n")
    let start = try #require(lines.firstIndex(of: heading))
    let place = try #require(lines[start...].firstIndex { $0.contains(mark) })
    let bar = try #require(lines[place...].firstIndex { $0.hasSuffix("|") })
    let indent = lines[bar + 1].prefix { $0 == " " }
    return lines[(bar + 1)...].prefix { $0.hasPrefix(indent) }.map { $0.dropFirst(indent.count) }.joined(
      separator: "\n")
  }

  private func run(_ script: String, in name: String, _ variables: [String: String]) throws -> HubStage.Result {
    let tools = URL(fileURLWithPath: HubStage.program).deletingLastPathComponent().path
    let path = tools + ":" + (stage.environment["PATH"] ?? "")
    return try stage.run(
      "sh", ["-e", "-c", script], in: name, adding: variables.merging(["PATH": path]) { $1 })
  }

  /// A push past the gate, as to a server without it, and the server's copy of it.
  private func push(_ files: [String: String?], as name: String = "Bo Lind", _ email: String = "bo@example.com") throws
    -> String
  {
    let who = [
      "GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": email, "GIT_COMMITTER_NAME": name, "GIT_COMMITTER_EMAIL": email,
    ]
    let commit = try stage.commit(files, in: "bo", adding: who)
    try stage.git("fetch", "-q", "../bo", "+\(commit):refs/heads/main", in: "hub.git")
    try stage.git("clone", "-q", stage.hubPath, "job", in: "")
    return commit.description
  }

  private func gitHub(_ after: String, before: String? = nil) throws -> HubStage.Result {
    try run(
      script(after: "### GitHub Actions", "Check what came in"), in: "job",
      ["BEFORE": before ?? self.before, "GITHUB_SHA": after, "GITHUB_REF": "refs/heads/main"])
  }

  private func gitLab(_ after: String, branch: String = "main") throws -> HubStage.Result {
    try run(
      script(after: "### GitLab CI", "script:"), in: "job",
      ["CI_COMMIT_BEFORE_SHA": before, "CI_COMMIT_SHA": after, "CI_COMMIT_BRANCH": branch])
  }

  private let good = [SampleFiles.actuals: "period,value,status,note\n2026-01,31,,\n"]

  @Test func aGoodPushPasses() throws {
    let after = try push(good)
    let (hub, lab) = (try gitHub(after), try gitLab(after))
    #expect(hub.status == 0 && hub.output == "", "\(hub.errors)\(hub.output)")
    #expect(lab.status == 0 && lab.output == "What came in is as it should be.\n")
    let first = try gitHub(after, before: String(repeating: "0", count: 40))
    #expect(first.status == 0, "a branch that is new: \(first.output)")
  }

  @Test func aBadPushFailsAndIsAnnotated() throws {
    let after = try push(["people.yaml": "people: {cy: {name: Cy Ott}}\n"], as: "Cy Ott", "cy@example.com")
    let (hub, lab) = (try gitHub(after), try gitLab(after))
    #expect(hub.status == 1 && lab.status == 1)
    #expect(hub.output.contains("::error file=people.yaml,") && hub.output.contains("title=no-"), "\(hub.output)")
    #expect(lab.output.contains("people.yaml"))
  }

  @Test func aForcedPushIsAFinding() throws {
    let after = try push(good)
    let gone = try gitHub(after, before: String(repeating: "ab", count: 20))
    #expect(gone.status == 1 && gone.output.contains("takes-back-history"))
    // The state before is there, but not in the history of the one after.
    try stage.git("fetch", "-q", "../bo", "main:other", in: "job")
    let aside = try stage.commit([SampleFiles.actuals: "period,value,status,note\n2026-01,32,,\n"], in: "job")
    let rewound = try gitHub(before, before: aside.description)
    #expect(rewound.status == 1 && rewound.output.contains("takes-back-history"), "\(rewound.output)\(rewound.errors)")
  }

  @Test func anotherBranchIsAFinding() throws {
    let after = try push(good)
    let other = try gitLab(after, branch: "mine")
    #expect(other.status == 1 && other.output.contains("only-main"))
  }

  @Test func aCopyWithoutHistorySaysWhatToSet() throws {
    let after = try push(good)
    try stage.git("clone", "-q", "--depth", "1", "file://" + stage.hubPath, "shallow", in: "")
    let result = try run(
      script(after: "### GitHub Actions", "Check what came in"), in: "shallow",
      ["BEFORE": before, "GITHUB_SHA": after, "GITHUB_REF": "refs/heads/main"])
    #expect(result.status == 64 && result.errors.contains("fetch-depth: 0"))
  }

  @Test func aJobPublishesTheScorecard() throws {
    let after = try push(good)
    let script = try script(after: "### GitHub Actions", "Publish the scorecard")
    try FileManager.default.removeItem(atPath: stage.hubPath + "/hooks/pre-receive")
    for _ in 0..<2 {
      let result = try run(script, in: "job", ["GITHUB_SHA": after])
      #expect(result.status == 0, "\(result.errors)")
    }
    let message = try stage.git("log", "-1", "--format=%B", "scorecard", in: "hub.git")
    #expect(message.contains("Source: \(after)"))
  }
}
