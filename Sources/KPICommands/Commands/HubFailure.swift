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

  /// A finding of the check as one line.
  static func line(_ finding: Finding) -> String { Refusal(finding).line }

  private static func failure(_ fault: HubFault) -> Failure {
    switch fault {
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
    case .system(let reason): Failure("The hub cannot be written: \(reason).")
    }
  }
}
