import Consolidation

/// The files of the branch `scorecard`: the company and each department, each as JSON, CSV, Markdown and HTML.
struct PublishedFiles {
  let consolidation: Consolidation

  /// Calls the closure with each file, one at a time, so that the whole is never in memory.
  func forEach(_ body: (_ path: String, _ text: String) throws -> Void) rethrows {
    let departments = consolidation.departmentIDs
    let pages = Dictionary(departments.map { ($0, "\($0).html") }, uniquingKeysWith: { $1 })
    try write(
      consolidation.company, to: "company",
      links: ScorecardPage.Links(departments: pages.mapValues { "departments/\($0)" }), body)
    for id in departments {
      guard let scorecard = consolidation.department(id) else { continue }
      try write(
        scorecard, to: "departments/\(id)",
        links: ScorecardPage.Links(company: "../company.html", departments: pages), body)
    }
  }

  private func write(
    _ scorecard: Scorecard, to path: String, links: ScorecardPage.Links,
    _ body: (_ path: String, _ text: String) throws -> Void
  ) rethrows {
    try body(path + ".json", ScorecardJSON(scorecard).text())
    try body(path + ".csv", ScorecardCSV(scorecard).text())
    let bounded = scorecard.bounded(to: Scorecard.standardLimit)
    try body(path + ".md", ScorecardMarkdown(bounded).text())
    try body(path + ".html", ScorecardPage(bounded, links: links).text())
  }
}
