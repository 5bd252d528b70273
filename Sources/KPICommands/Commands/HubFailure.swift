import Git
import Hub
import LedgerModel

/// What went wrong with a hub, in words.
enum HubFailure {
  /// Runs something with a hub, and puts its faults into words.
  static func translating<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let fault as HubFault {
      throw failure(fault)
    } catch HubServer.Obstacle.noGate(let path) {
      throw Failure(
        "The hub at \(path) would take whatever is pushed: it has no script hooks/pre-receive that may be run.",
        hint: "Put back the hooks of KPI Ledger: the files of hooks/, executable.")
    }
  }

  /// Runs something with a hub that takes its time, and puts its faults into words.
  static func translating<Result: Sendable>(_ body: () async throws -> Result) async throws -> Result {
    do {
      return try await body()
    } catch let fault as HubFault {
      throw failure(fault)
    }
  }

  /// A finding of the check as one line.
  static func line(_ finding: Finding) -> String { Refusal(finding).line }

  private static func failure(_ fault: HubFault) -> Failure {
    switch fault {
    case .unusable(let reason): Failure(reason, hint: "Say it as: --admin \"Ana Ruiz\" ana@example.com")
    case .noHub(let path):
      Failure("There is no hub at \(path).", hint: "Make one: kpi hub init \(path) --admin NAME EMAIL")
    case .occupied(let path):
      Failure("Something is at \(path) already; a hub goes where nothing is. Nothing was changed.")
    case .noLedger(let folder):
      Failure(
        "There is no ledger in \(folder): it has no ledger.yaml.",
        hint: "Name the folder that ledger.yaml lies in, or leave --from out to begin with an empty ledger.")
    case .doesNotValidate(let findings):
      Failure(
        "The folder's ledger has errors, so no hub was made:\n"
          + findings.prefix(60).map { "  " + line($0) }.joined(separator: "\n")
          + (findings.count > 60 ? "\n  … and \(findings.count - 60) more" : ""),
        hint: "Mend them and try again.", status: .findings)
    case .empty: Failure("This hub has no ledger yet.", hint: "Make one with 'kpi hub init', which begins with one.")
    case .notBare(let path):
      Failure(
        "\(path) is a folder that somebody works in, and a hub is a bare repository.",
        hint: "Make one of it: git clone --bare \(path) HUB.git, then: kpi hub adopt HUB.git")
    case .foreignHook(let name):
      Failure(
        "The repository has a hook '\(name)' of its own. Nothing was changed.",
        hint: name == "pre-receive"
          ? "Move it away, or let it end with: exec kpi hub check --push ."
          : "Move it away, or let it call: kpi hub publish --maintain .")
    case .shallow:
      Failure(
        "This copy was made without its history, and nothing can be proven without it.",
        hint: "In GitHub Actions say 'fetch-depth: 0', in GitLab 'GIT_DEPTH: 0'; by hand: git fetch --unshallow")
    case .notASync(let id):
      Failure(
        "'\(id.abbreviated())' is none of the hub's syncs.",
        hint: "Name one of them by the digits that 'kpi audit' shows.")
    case .noBackup(let reason): Failure("This is no backup that a hub can be made from: \(reason)", status: .findings)
    case .git(let reason): Failure("git could not do it: \(reason)", status: .defect)
    case .system(let reason): Failure("The hub cannot be written: \(reason).")
    }
  }
}
