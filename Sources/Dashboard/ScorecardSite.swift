public import Consolidation

/// The scorecard as a set of pages that link to each other: one of the company, one a department.
public struct ScorecardSite {
  /// A page's file name and its text.
  public struct Page: Hashable, Sendable {
    public let name: String
    public let text: String
  }

  /// The name of the company's page.
  public static let companyPage = "index.html"

  private let consolidation: Consolidation

  public init(_ consolidation: Consolidation) { self.consolidation = consolidation }

  /// The name of a department's page.
  public static func page(of department: String) -> String { department + ".html" }

  /// All pages, the company's first.
  public var pages: [Page] {
    let departments = consolidation.departmentIDs
    let links = ScorecardPage.Links(
      company: Self.companyPage,
      departments: Dictionary(uniqueKeysWithValues: departments.map { ($0, Self.page(of: $0)) }))
    let limit = Scorecard.standardLimit
    let company = ScorecardPage(consolidation.company(limit: limit), links: links)
    return [Page(name: Self.companyPage, text: company.text())]
      + departments.compactMap { id in
        consolidation.department(id, limit: limit).map {
          Page(name: Self.page(of: id), text: ScorecardPage($0, links: links).text())
        }
      }
  }
}
