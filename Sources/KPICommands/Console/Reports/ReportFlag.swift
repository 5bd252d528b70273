import ArgumentParser
import History

/// The flags of `kpi audit` that ask for a report.
enum ReportFlag: EnumerableFlag {
  case restatements, goalposts, ownership

  var report: AuditReport {
    switch self {
    case .restatements: .restatements
    case .goalposts: .goalposts
    case .ownership: .ownership
    }
  }

  static func help(for flag: ReportFlag) -> ArgumentHelp? {
    switch flag {
    case .restatements: "Figures and targets of the past that changed, with the effect on the score."
    case .goalposts: "Targets eased and thresholds lowered where it was red; figures revised before somebody looked."
    case .ownership: "What changed hands: roles, KPIs, goals, departments and their members."
    }
  }
}
