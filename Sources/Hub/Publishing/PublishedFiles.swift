import Consolidation
import Dispatch
import History
import Synchronization

/// The files of the branch `scorecard`: the company and each department, each as JSON, CSV, Markdown and HTML.
///
/// The company's files have at most `Scorecard.standardLimit` KPIs, those that need attention first, and say how many
/// more there are: a file of all would be written anew, and sent to every clone, whenever one row changes. Every line
/// stands in its department's files.
struct PublishedFiles {
  private let reading: ScorecardReading
  private let pages: [String: String]

  /// The name of the company's files without their endings.
  static let company = "company"
  private static let folder = "departments/"
  private static let endings = [".json", ".csv", ".md", ".html"]
  /// So many scorecards are in memory at a time.
  private static let batch = 32

  init(_ reading: ScorecardReading) {
    self.reading = reading
    pages = Dictionary(reading.departmentIDs.map { ($0, "\($0).html") }, uniquingKeysWith: { $1 })
  }

  /// The files of a scorecard.
  static func paths(of name: String) -> [String] { endings.map { name + $0 } }

  /// The name of a department's files without their endings.
  static func name(of department: String) -> String { folder + department }

  /// The names of all scorecards, the company's first.
  var names: [String] { [Self.company] + reading.departmentIDs.map(Self.name) }

  /// The names of those that may be others than in the edition that was asked about.
  var changed: [String] {
    guard let changed = reading.changed else { return names }
    return changed.isEmpty ? [] : [Self.company] + changed.sorted().map(Self.name)
  }

  /// Calls the closure with the files of each scorecard, in the order of `paths`; nil where there is no such department.
  /// They are written on all processors.
  /// - Parameter source: the commit that a scorecard names; nil: the one that it was made from
  func forEach(
    _ names: [String], source: (String) -> String? = { _ in nil },
    _ body: (_ name: String, _ files: [[UInt8]]?) throws -> Void
  ) throws {
    var rest = names[...]
    while !rest.isEmpty {
      let batch = Array(rest.prefix(Self.batch))
      rest = rest.dropFirst(Self.batch)
      var drafts: [Draft] = []
      for name in batch { drafts.append(try draft(name, source(name))) }
      let scorecards = drafts
      let written = Mutex([Int: [[UInt8]]]())
      DispatchQueue.concurrentPerform(iterations: batch.count) { index in
        guard let files = scorecards[index].files else { return }
        written.withLock { $0[index] = files }
      }
      let files = written.withLock { $0 }
      for (index, name) in batch.enumerated() { try body(name, files[index]) }
    }
  }

  private func draft(_ name: String, _ source: String?) throws -> Draft {
    let isCompany = name == Self.company
    var scorecard =
      isCompany
      ? try reading.company(limit: Scorecard.standardLimit)
      : try reading.department(String(name.dropFirst(Self.folder.count)))
    if let source { scorecard?.source = source }
    let links =
      isCompany
      ? ScorecardPage.Links(departments: pages.mapValues { Self.folder + $0 })
      : ScorecardPage.Links(company: "../company.html", departments: pages)
    return Draft(scorecard: scorecard, links: links)
  }

  private struct Draft: Sendable {
    let scorecard: Scorecard?
    let links: ScorecardPage.Links

    /// In the order of `endings`.
    var files: [[UInt8]]? {
      guard let scorecard else { return nil }
      let texts: [String] = [
        ScorecardJSON(scorecard).text(), ScorecardCSV(scorecard).text(), ScorecardMarkdown(scorecard).text(),
        ScorecardPage(scorecard, links: links).text(),
      ]
      return texts.map { Array($0.utf8) }
    }
  }
}
