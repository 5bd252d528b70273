import Calculation
import LedgerModel

/// The scorecard as JSON: the keys of DESIGN section 9, and those that other figures of section 6 need.
///
/// Numbers are JSON numbers in exact decimal form, null where there is none; keys are snake_case and in a fixed order.
public struct ScorecardJSON: Sendable {
  private let scorecard: Scorecard

  /// The format of one scorecard.
  public init(_ scorecard: Scorecard) { self.scorecard = scorecard }

  /// The text, UTF-8, with a line feed at its end.
  public func text() -> String {
    var json = JSONWriter(reserving: 1024 + scorecard.kpis.count * 2048)
    json.object { json in
      head(&json)
      json.key("goals")
      json.array { json in for goal in scorecard.goals { write(goal, &json) } }
      json.key("kpis")
      json.array { json in for kpi in scorecard.kpis { Self.write(kpi, to: &json) } }
      omitted(&json)
      json.key("departments")
      json.array { json in for department in scorecard.departments { write(department, &json) } }
    }
    json.endLine()
    return json.text
  }

  private func head(_ json: inout JSONWriter) {
    json.field("period", scorecard.period)
    json.field("as_of", scorecard.asOf.description)
    json.field("source", scorecard.source)
    json.field("company", scorecard.company)
    json.field("department", scorecard.department)
    json.key("running")
    json.bool(scorecard.isRunning)
  }

  /// How many KPIs of which goal are not in `kpis`; there only where some are not.
  private func omitted(_ json: inout JSONWriter) {
    guard !scorecard.omitted.isEmpty else { return }
    json.key("omitted")
    json.array { json in
      for (goal, count) in scorecard.omitted.sorted(by: { $0.key < $1.key }) {
        json.object(inline: true) { json in
          json.field("goal", goal.isEmpty ? nil : goal)
          json.key("kpis")
          json.number(count)
        }
      }
    }
  }

  private func write(_ goal: GoalResult, _ json: inout JSONWriter) {
    json.object { json in
      json.field("id", goal.id)
      json.field("name", goal.name)
      json.field("parent", goal.parent)
      json.field("score", goal.score)
      json.field("outlook", goal.outlook)
      json.field("status", goal.status.rawValue)
      json.field("status_rule", goal.rule.rawValue)
      json.field("coverage", goal.coverage.description)
      json.field("weight", goal.weight)
      json.field("owner", goal.owner)
      Self.write(goal.flags, &json)
    }
  }

  /// A KPI's line as the object that it is in `kpis`.
  public static func write(_ kpi: KPIResult, to json: inout JSONWriter) {
    json.object { json in
      json.field("id", kpi.id.description)
      json.field("name", kpi.name)
      json.field("class", kpi.kind.rawValue)
      json.field("goal", kpi.goal)
      json.field("department", kpi.department)
      json.field("unit", kpi.unit.id)
      json.field("direction", kpi.direction?.rawValue)
      json.field("period", kpi.period)
      figures(of: kpi, &json)
      json.field("score", kpi.score)
      json.field("outlook", kpi.outlook)
      json.field("status", kpi.status?.rawValue)
      json.key("at_risk")
      json.bool(kpi.atRisk)
      json.field("weight", kpi.weight)
      json.key("priority")
      json.number(kpi.priority)
      json.field("owner", kpi.owner)
      json.field("decision", kpi.decision)
      json.field("coverage", kpi.coverage?.description)
      sources(of: kpi, &json)
      write(kpi.flags, &json)
      write(kpi.series, &json)
    }
  }

  private static func figures(of kpi: KPIResult, _ json: inout JSONWriter) {
    json.field("actual", kpi.actual)
    json.key("target")
    write(kpi.target, &json)
    json.field("achievement", kpi.achievement)
    json.field("gap", kpi.gap)
    json.field("time_elapsed", kpi.timeElapsed)
    json.field("pace", kpi.pace?.rawValue)
    json.field("landing", kpi.landing)
    json.field("shortfall", kpi.shortfall)
    json.field("needed_per_day", kpi.neededPerDay)
    json.key("year_to_date")
    json.object(inline: true) { json in
      json.field("actual", kpi.yearToDate.actual)
      json.key("target")
      write(kpi.yearToDate.target, &json)
      json.field("achievement", kpi.yearToDate.achievement)
      json.field("periods", kpi.yearToDate.periods.description)
    }
    json.key("year")
    json.object(inline: true) { json in
      json.key("target")
      write(kpi.year.target, &json)
      json.field("landing", kpi.year.landing)
      json.field("shortfall", kpi.year.shortfall)
    }
    json.field("trend", kpi.trend?.rawValue)
  }

  private static func sources(of kpi: KPIResult, _ json: inout JSONWriter) {
    json.key("missing_sources")
    json.array(inline: true) { json in for id in kpi.missingSources { json.string(id.description) } }
    json.key("rates")
    json.array { json in
      for rate in kpi.rates {
        json.object(inline: true) { json in
          json.field("from", rate.source)
          json.field("to", rate.target)
          json.field("period", rate.period)
          json.field("rate", rate.rate)
          json.field("kind", rate.kind)
        }
      }
    }
  }

  private static func write(_ target: Target?, _ json: inout JSONWriter) {
    switch target {
    case nil: json.null()
    case .value(let value): json.number(value)
    case .band(let low, let high, let tolerance):
      json.object(inline: true) { json in
        json.field("low", low)
        json.field("high", high)
        json.field("tolerance", tolerance)
      }
    }
  }

  private static func write(_ flags: [Flag], _ json: inout JSONWriter) {
    json.key("flags")
    json.array { json in
      for flag in flags {
        json.object(inline: true) { json in
          json.field("flag", flag.kind.rawValue)
          json.field("reason", flag.reason)
        }
      }
    }
  }

  private static func write(_ series: [KPIResult.Point], _ json: inout JSONWriter) {
    json.key("series")
    json.array { json in
      for point in series {
        json.object(inline: true) { json in
          json.field("period", point.period)
          json.field("actual", point.actual)
          json.field("target", point.target)
          // Rare, and a scorecard has hundreds of thousands of points.
          if point.startsSeries {
            json.key("starts_series")
            json.bool(true)
          }
        }
      }
    }
  }

  private func write(_ department: DepartmentResult, _ json: inout JSONWriter) {
    json.object(inline: true) { json in
      json.field("id", department.id)
      json.field("name", department.name)
      json.field("parent", department.parent)
      json.key("green")
      json.number(department.counts.green)
      json.key("amber")
      json.number(department.counts.amber)
      json.key("red")
      json.number(department.counts.red)
      json.key("grey")
      json.number(department.counts.grey)
      json.key("at_risk")
      json.number(department.counts.atRisk)
    }
  }
}
