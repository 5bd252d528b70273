/// What the triangle's page has besides the house's style.
enum TriangleStyle {
  /// The mark of a changed value: a shape, so that nobody needs colour to see it.
  static let mark =
    "<svg class=\"mark\" viewBox=\"0 0 10 10\" role=\"img\" aria-label=\"changed\"><path d=\"M5 0l5 5-5 5-5-5z\"/></svg>"

  static let sheet = """
    .lead{margin:12px 0 0;font-size:16px;max-width:100ch;overflow-wrap:anywhere}
    .scroll{overflow-x:auto}
    .recent{direction:rtl}.recent>*{direction:ltr;margin-right:auto}
    .scroll:focus-visible{outline:2px solid var(--rule);outline-offset:2px}
    .triangle,.revisions{width:auto;min-width:min(100%,520px)}
    .triangle th:first-child,.triangle thead th:first-child{position:sticky;left:0;background:var(--paper)}
    .triangle td,.triangle tbody th{padding-top:5px;padding-bottom:5px;white-space:nowrap}
    .triangle .newest{font-weight:650}
    .triangle .revised{background:var(--track)}
    .triangle .sign{color:var(--soft);font-size:12.5px;font-weight:400}
    .mark{width:8px;height:8px;margin-right:5px;fill:var(--amber)}
    .key{margin:12px 0 0;color:var(--soft);font-size:13px}
    .revisions tbody th{white-space:nowrap}
    .revisions .why{white-space:normal;overflow-wrap:anywhere;min-width:180px}
    .vintages{display:block;width:100%;min-width:640px;height:auto}
    .vintages path,.sample path{fill:none;stroke-linejoin:round;stroke-linecap:round}
    .vintages .grid{stroke:var(--line)}.vintages .base{stroke:var(--rule)}
    .vintages .tick{fill:var(--soft);font-size:12.5px}
    .vintages .side{dominant-baseline:middle}.vintages .mid{text-anchor:middle}
    .vintages .old,.sample .old{stroke:var(--mark);stroke-width:1.3}
    .v1{opacity:.28}.v2{opacity:.4}.v3{opacity:.52}
    .vintages .new,.sample .new{stroke:var(--mark);stroke-width:2.4}
    .vintages .span{stroke:var(--amber);stroke-width:1.4}
    .vintages .was,.sample .was{fill:var(--paper);stroke:var(--amber);stroke-width:1.5}
    .vintages .now,.sample .now{fill:var(--amber);stroke:var(--paper);stroke-width:1}
    .sample{width:26px;height:10px;margin:0 4px 0 12px}
    @media print{.scroll{overflow:visible}.triangle{font-size:8pt}.triangle th:first-child{position:static}\
    .triangle td,.triangle tbody th,.triangle thead th{padding-left:5px;padding-right:5px}.lead{font-size:10pt}\
    .vintages{min-width:0;max-height:110mm}.revisions .why{min-width:0}}

    """
}
