/// The tables on wide screens, and the drawings in them.
extension PageStyle {
  static let tables = """
    table{width:100%;border-collapse:collapse;font-size:14px}
    thead th,thead td{padding:0 10px 6px;color:var(--soft);font-size:12.5px;font-weight:500;text-align:right;\
    vertical-align:bottom;border-bottom:1px solid var(--rule)}
    td,tbody th{padding:9px 10px;border-bottom:1px solid var(--line);text-align:right;vertical-align:top;\
    font-weight:400;white-space:nowrap}
    tbody th{white-space:normal;overflow-wrap:anywhere}
    tr>:first-child{padding-left:0;text-align:left}
    tr>:last-child{padding-right:0}
    tbody:last-child tr:last-child>*{border-bottom:0}
    thead .left,tbody .left{text-align:left}
    .sub{display:block;color:var(--faint);font-size:12.5px;white-space:normal}
    .goals td,.goals tbody th{padding-top:7px;padding-bottom:7px;vertical-align:middle}
    .goals thead th:first-child{min-width:200px}
    .goals tbody th{font-weight:600}
    .goals .d1>th{padding-left:22px;font-weight:500}
    .goals .d2>th{padding-left:44px;font-weight:400}
    .goals .d3>th{padding-left:66px;font-weight:400}
    .goals thead th,.goals .sub{white-space:nowrap}
    .goals .part{color:var(--amber);font-weight:600}
    .rates{width:auto;min-width:min(100%,520px)}

    """

  static let kpis = """
    .kpis{table-layout:fixed}
    .w8{width:7.7%}.w9{width:8.4%}.w10{width:10%}.w11{width:11.2%}.w12{width:12%}
    .tight .w8{width:7.4%}.tight .w9{width:7.9%}.tight .w10{width:8.6%}.tight .w11{width:10.2%}.tight .w12{width:11%}
    .long .w8{width:8.8%}
    .tight.long .w8{width:8.6%}.tight.long .w11{width:10%}.tight.long .w12{width:9%}
    .kpis td,.kpis thead th:not(:first-child){padding-left:8px;padding-right:8px}
    .kpis tr>:last-child{padding-right:0!important}
    .kpis .notes td{padding-left:0}
    .kpis tbody>tr:first-child>*{border-bottom:0}
    .kpis tbody{border-bottom:1px solid var(--line)}
    .kpis tbody:last-child{border-bottom:0}
    .kpis .notes td{padding-top:0}
    .kpis .notes li:first-child{margin-top:0}
    .kpis b{font-weight:600}
    .kpis .meta{display:block;color:var(--faint);font-size:12.5px}
    .kpis .figure{overflow-wrap:anywhere;white-space:normal}
    .kpis .big{font-weight:650}
    .kpis .shown td,.kpis .shown th{color:var(--soft)}

    """

  static let charts = """
    .meter,.mini{width:150px;height:8px;display:block;margin-left:auto}
    .meter .track{fill:var(--track)}
    .meter .done{fill:currentColor}
    .meter .landing{fill:currentColor;opacity:.32}
    .bullet{width:140px;max-width:100%;height:18px;display:block;margin:1px 0 0 auto}
    .bullet .track{fill:var(--track)}
    .bullet .miss{fill:var(--miss)}
    .bullet .done{fill:var(--mark)}
    .bullet .landing{fill:var(--paper);stroke:var(--mark);stroke-width:1}
    .bullet .aim{stroke:var(--ink);stroke-width:2}
    .zero{stroke:var(--faint);stroke-width:.8}
    .spark{width:132px;max-width:100%;height:34px;display:block;margin-left:auto}
    .spark path{fill:none;stroke-linejoin:round;stroke-linecap:round}
    .spark .line{stroke:var(--mark);stroke-width:1.6}
    .spark .plan{stroke:var(--faint);stroke-width:1;stroke-dasharray:2 2.5}
    .spark .break{stroke:var(--ink);stroke-width:1}
    .spark .last{fill:currentColor}
    .trend{font-size:12.5px;gap:5px}
    .trend .shape{fill:none;stroke:currentColor;stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round}
    .green-part{fill:var(--green)}.amber-part{fill:var(--amber)}.red-part{fill:var(--red)}.grey-part{fill:var(--miss)}

    """
}
