import Calculation

/// The departments with how many of their KPIs have which status, as numbers and as a bar.
struct DepartmentTable {
  let departments: [DepartmentResult]
  let scope: Scorecard.Scope
  let links: ScorecardPage.Links

  func write(to html: inout HTMLWriter) {
    guard departments.count > 1 || (departments.count == 1 && scope == .company) else { return }
    html.element("section", ["id": "departments"]) { html in
      html.element("div", ["class": "top"]) { $0.element("h2", "Departments") }
      html.element("table", ["class": "goals departments"]) { html in
        html.raw(Self.header)
        html.element("tbody") { html in for department in departments { row(department, &html) } }
      }
    }
    html.newLine()
  }

  private static let header = """
    <thead><tr><th scope="col">Department</th><th scope="col" class="wide"></th><th scope="col">On target</th>\
    <th scope="col">Close</th><th scope="col">Off target</th><th scope="col">Not rated</th></tr></thead>
    """

  private func row(_ department: DepartmentResult, _ html: inout HTMLWriter) {
    let counts = department.counts
    html.element("tr") { html in
      html.element("td") { html in
        if let address = links.departments[department.id] {
          html.element("a", ["href": address], department.name)
        } else {
          html.string(department.name)
        }
      }
      html.element("td", ["class": "wide"]) { bar(counts, &$0) }
      for (status, count) in [
        (Status.green, counts.green), (.amber, counts.amber), (.red, counts.red), (.grey, counts.grey),
      ] {
        html.element("td") { html in
          html.element("span", ["class": "status \(count > 0 ? status.rawValue : "none")"]) { html in
            StatusMark.shape(status, to: &html)
            html.string("\(count)")
          }
        }
      }
    }
  }

  private func bar(_ counts: StatusCounts, _ html: inout HTMLWriter) {
    guard counts.total > 0 else { return }
    html.element("svg", ["class": "mini", "viewBox": "0 0 150 8", "aria-hidden": "true"]) { html in
      var x = 0.0
      for (style, count) in [("g", counts.green), ("a", counts.amber), ("r", counts.red), ("n", counts.grey)]
      where count > 0 {
        let width = 150 * Double(count) / Double(counts.total)
        html.void(
          "rect",
          ["class": style, "x": Chart.coordinate(x), "width": Chart.coordinate(width - 1), "height": "8"])
        x += width
      }
    }
  }
}
