import Calculation

/// The departments as a tree, with how many KPIs of each and of those below it have which status.
struct DepartmentTable {
  private let rows: [Row]
  private let scope: Scorecard.Scope
  private let links: ScorecardPage.Links

  /// A department with the sums of its branch.
  private struct Row {
    var department: DepartmentResult
    var depth: Int
    var counts: StatusCounts
  }

  init(departments: [DepartmentResult], scope: Scorecard.Scope, links: ScorecardPage.Links) {
    self.scope = scope
    self.links = links
    rows = Self.tree(Self.withParents(departments, scope: scope))
  }

  /// With the parents that have no KPIs of their own; nothing from above the department that is shown.
  private static func withParents(_ departments: [DepartmentResult], scope: Scorecard.Scope) -> [DepartmentResult] {
    var known = Set(departments.map(\.id))
    var all = departments
    for department in departments {
      guard let parent = department.parent, let name = department.parentName else { continue }
      if case .department(department.id, _) = scope { continue }
      if known.insert(parent).inserted {
        all.append(DepartmentResult(id: parent, name: name, parent: nil, counts: StatusCounts()))
      }
    }
    return all.sorted { $0.id < $1.id }
  }

  func write(to html: inout HTMLWriter) {
    guard rows.count > 1 || (rows.count == 1 && scope == .company) else { return }
    html.element("section", ["id": "departments"]) { html in
      html.element("div", ["class": "top"]) { html in
        html.element("h2", "Departments")
        if rows.contains(where: { $0.depth > 0 }) {
          html.element("span", ["class": "note"], "each with those below it")
        }
      }
      html.element("table", ["class": "goals departments"]) { html in
        html.raw(Self.header)
        html.element("tbody") { html in for row in rows { write(row, &html) } }
      }
    }
    html.newLine()
  }

  /// Parents before what is below them, by id. A department whose parent is not here stands at the top.
  private static func tree(_ departments: [DepartmentResult]) -> [Row] {
    let known = Set(departments.map(\.id))
    var below: [String: [DepartmentResult]] = [:]
    var tops: [DepartmentResult] = []
    for department in departments {
      if let parent = department.parent, known.contains(parent), parent != department.id {
        below[parent, default: []].append(department)
      } else {
        tops.append(department)
      }
    }
    var rows: [Row] = []
    var placed: Set<String> = []
    func place(_ department: DepartmentResult, _ depth: Int) -> StatusCounts {
      guard placed.insert(department.id).inserted else { return StatusCounts() }
      let index = rows.count
      rows.append(Row(department: department, depth: depth, counts: department.counts))
      // A tree without a sensible end goes on at the top.
      for child in (depth < 50 ? below[department.id] : nil) ?? [] { rows[index].counts.add(place(child, depth + 1)) }
      return rows[index].counts
    }
    // Those whose parents lead back to themselves come last.
    for department in tops + departments { _ = place(department, 0) }
    return rows
  }

  private static let header = """
    <thead><tr><th scope="col">Department</th><td class="wide"></td><th scope="col">On target</th>\
    <th scope="col">Close</th><th scope="col">Off target</th><th scope="col">Not rated</th></tr></thead>
    """

  private func write(_ row: Row, _ html: inout HTMLWriter) {
    html.element("tr", ["class": "d\(Swift.min(row.depth, 3))"]) { html in
      html.element("th", ["scope": "row"]) { html in
        if let address = links.departments[row.department.id], row.department.id != own {
          html.element("a", ["href": address], row.department.name)
        } else {
          html.string(row.department.name)
        }
      }
      html.element("td", ["class": "wide"]) { bar(row.counts, &$0) }
      for (status, count) in row.counts.byStatus {
        html.element("td") { html in
          html.element("span", ["class": "status \(count > 0 ? status.rawValue : "none")"]) { html in
            StatusMark.shape(status, to: &html)
            html.string("\(count)")
          }
        }
      }
    }
  }

  private var own: String? { if case .department(let id, _) = scope { id } else { nil } }

  private func bar(_ counts: StatusCounts, _ html: inout HTMLWriter) {
    guard counts.total > 0 else { return }
    html.element("svg", ["class": "mini", "viewBox": "0 0 150 8", "aria-hidden": "true"]) { html in
      var x = 0.0
      for (status, count) in counts.byStatus where count > 0 {
        let width = 150 * Double(count) / Double(counts.total)
        html.void(
          "rect",
          [
            "class": "\(status.rawValue)-part", "x": Chart.coordinate(x), "width": Chart.coordinate(width - 1),
            "height": "8",
          ])
        x += width
      }
    }
  }
}

extension StatusCounts {
  /// From best to unknown, as pages show them.
  var byStatus: [(Status, Int)] { [(.green, green), (.amber, amber), (.red, red), (.grey, grey)] }

  fileprivate mutating func add(_ other: StatusCounts) {
    green += other.green
    amber += other.amber
    red += other.red
    grey += other.grey
    atRisk += other.atRisk
  }
}
