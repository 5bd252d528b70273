/// The definition of DESIGN section 3.
enum YAMLExamples {
  static let definition = """
    name: Win rate
    class: kpi                       # kpi | metric (observed, not steered by) | context (external)
    goal: grow-revenue               # an id of goals.yaml
    priority: 1
    weight: 2                        # within its goal, default 1
    owner: head-of-sales             # ONE role: explains deviations, prepares options, demands decisions
    data_owner: sales-operations     # the role whose actuals are authoritative
    decision: Shift pre-sales capacity between segments
    consequence: The pipeline call re-plans the quarter's large deals
    influence: direct                # direct | delayed | external
    indicator: leading               # leading | lagging
    leads_to: [sales/new-orders]
    unit: percent                    # a unit of ledger.yaml or a currency code
    direction: higher                # higher | lower | band
    inputs:
      won: {source: CRM, aggregate: sum}         # sum | mean | last | first | min | max
      decided: {source: CRM, aggregate: sum}
    formula: won / decided * 100
    dimensions: []                   # as [territory]: extra key columns of the actuals
    period: month                    # day | week | month | quarter | half | year
    bounds: {min: 0, max: 100}       # outside = implausible: an error until the row's note says why
    effective_from: 2026-01          # this calculation serves the periods from here on
    targets: {2026: 25, 2026-Q3: 27} # the most specific period wins
    thresholds: {green: 100, amber: 90}
    review: {cadence: week, venue: Monday pipeline call}
    process: {name: Lead to order, step: Proposal sent, behaviour: Proposals are answered the same week,
              standard: Answered within 5 working days, handoff: Delivery lead is tagged when it is won}
    affects:
      - {kpi: supply/inventory-turnover, when: achievement > 115, ask: Confirm inbound capacity}
    escalation: [head-of-sales, coo]
    status: active                   # draft | active | retired

    """
}
