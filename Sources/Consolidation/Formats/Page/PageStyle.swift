/// The page's style sheet: one for screens from 380 to 1,400 pixels, light and dark, and for A4.
enum PageStyle {
  static let sheet = colours + frame + goals + figures + narrow + print

  private static let colours = """
    :root{color-scheme:light dark;--ink:#18212b;--soft:#52606d;--faint:#7d8995;--line:#e2e6ea;--rule:#c9d0d7;\
    --paper:#fff;--ground:#f4f6f8;--track:#e8ecf0;--green:#1b7f4c;--amber:#a86200;--red:#b4232a;--grey:#717d89;\
    --mark:#22405f}
    @media (prefers-color-scheme:dark){:root{--ink:#e8ecf0;--soft:#aab4be;--faint:#8a95a0;--line:#2b333b;\
    --rule:#3d4751;--paper:#181d22;--ground:#101418;--track:#2a323a;--green:#4cc38a;--amber:#e3a23b;--red:#f2766f;\
    --grey:#8f9aa5;--mark:#9cc2e8}}
    .green{color:var(--green)}.amber{color:var(--amber)}.red{color:var(--red)}.grey,.none{color:var(--grey)}

    """

  private static let frame = """
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%}
    body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,\
    "Helvetica Neue","Liberation Sans",Arial,sans-serif;font-variant-numeric:tabular-nums lining-nums}
    .defs{position:absolute}
    main,header,footer{max-width:1360px;margin:0 auto;padding:0 28px}
    header{padding-top:36px;padding-bottom:20px}
    .company{margin:0;color:var(--soft);font-size:14px;font-weight:600;letter-spacing:.02em}
    .company a{color:inherit}
    h1{margin:2px 0 6px;font-size:34px;line-height:1.15;font-weight:650;letter-spacing:-.015em}
    h2{margin:0;font-size:17px;font-weight:650;letter-spacing:-.005em}
    .facts{margin:0;color:var(--soft);font-size:14px}
    .facts code{font-size:12.5px}
    code{font-family:ui-monospace,SFMono-Regular,Menlo,"Liberation Mono",monospace;overflow-wrap:anywhere}
    .tag{display:inline-block;padding:0 8px;border:1px solid var(--rule);border-radius:9px;font-size:12.5px;\
    color:var(--ink)}
    section{margin:0 0 20px;padding:18px 22px 20px;background:var(--paper);border:1px solid var(--line);\
    border-radius:8px}
    .top{display:flex;flex-wrap:wrap;align-items:baseline;gap:4px 16px;margin:0 0 10px}
    .top .status{font-size:14px}
    .top .note{margin-left:auto;color:var(--soft);font-size:13.5px}
    .status{display:inline-flex;align-items:center;gap:6px;font-weight:600;font-size:13.5px;white-space:nowrap}
    .shape{width:11px;height:11px;flex:none;fill:currentColor}
    .summary{display:grid;grid-template-columns:repeat(6,1fr);padding:0;overflow:hidden}
    .summary div{padding:16px 22px;border-right:1px solid var(--line)}
    .summary div:last-child{border-right:0}
    .summary b{display:block;font-size:28px;line-height:1.2;font-weight:620;letter-spacing:-.01em}
    .summary span{font-size:13.5px}
    .summary .note{display:block;color:var(--faint);font-size:12.5px}
    footer{padding-top:6px;padding-bottom:44px;color:var(--soft);font-size:13px}
    footer p{margin:0 0 6px;max-width:88ch}
    footer .status{margin-right:14px;font-weight:500}
    a{color:inherit;text-decoration-color:var(--rule);text-underline-offset:3px}
    a:hover{text-decoration-color:currentColor}
    .empty{margin:0;color:var(--soft)}

    """

  private static let goals = """
    table{width:100%;border-collapse:collapse;font-size:14px}
    th{padding:0 10px 6px;color:var(--soft);font-size:12.5px;font-weight:500;text-align:right;vertical-align:bottom;\
    border-bottom:1px solid var(--rule)}
    td{padding:9px 10px;border-bottom:1px solid var(--line);text-align:right;vertical-align:top;white-space:nowrap}
    tr:last-child>td{border-bottom:0}
    th:first-child,td:first-child{padding-left:0;text-align:left}
    th:last-child,td:last-child{padding-right:0}
    .left{text-align:left}
    .goals th:first-child{min-width:230px}
    .goals td{padding-top:7px;padding-bottom:7px;vertical-align:middle}
    .goals td:first-child{white-space:normal;font-weight:600}
    .goals .d1 td:first-child{padding-left:22px;font-weight:500}
    .goals .d2 td:first-child{padding-left:44px;font-weight:400}
    .goals .d3 td:first-child{padding-left:66px;font-weight:400}
    .goals .part{color:var(--amber);font-weight:600}
    .meter{width:150px;height:8px;display:block;margin-left:auto}
    .meter .track{fill:var(--track)}
    .meter .done{fill:currentColor}
    .meter .landing{fill:currentColor;opacity:.32}
    .sub{display:block;color:var(--faint);font-size:12.5px}
    .calls{display:grid;grid-template-columns:repeat(auto-fill,minmax(300px,1fr));gap:12px 34px;margin:0;padding:0;\
    list-style:none}
    .calls li{padding:10px 0 2px;border-top:2px solid currentColor}
    .calls li>*{color:var(--ink)}
    .calls .status{color:inherit;float:right;margin-left:10px}
    .calls b{font-weight:620}
    .calls p{margin:2px 0 0;font-size:13.5px;color:var(--soft)}
    .calls .ask{color:var(--ink)}

    """

  private static let figures = """
    .kpis{table-layout:fixed}
    .w9{width:8.4%}.w12{width:12%}
    .kpis td:first-child{white-space:normal}
    .kpis b{font-weight:600}
    .kpis .meta{display:block;color:var(--faint);font-size:12.5px;overflow-wrap:anywhere}
    .kpis .big{font-weight:620}
    .kpis .shown td{color:var(--soft)}
    .flags{margin:5px 0 0;padding:0;list-style:none;font-size:12.5px;line-height:1.35;color:var(--soft)}
    .flags li{padding-left:10px;border-left:2px solid var(--rule);margin-top:3px}
    .flags b{color:var(--ink)}
    .bar{width:125px;max-width:100%;height:16px;display:block;margin:2px 0 0 auto}
    .bar .track{fill:var(--track)}
    .bar .done{fill:currentColor}
    .bar .landing{fill:currentColor;opacity:.32}
    .bar .aim{stroke:var(--ink);stroke-width:1.6}
    .bar .time{fill:var(--soft)}
    .spark{width:132px;max-width:100%;height:34px;display:block;margin-left:auto}
    .spark path{fill:none;stroke-linejoin:round;stroke-linecap:round}
    .spark .line{stroke:var(--mark);stroke-width:1.6}
    .spark .plan{stroke:var(--faint);stroke-width:1;stroke-dasharray:2 2.5}
    .spark .last{fill:currentColor}
    .mini{width:150px;height:8px;display:block;margin-left:auto}
    .mini rect.g{fill:var(--green)}.mini rect.a{fill:var(--amber)}.mini rect.r{fill:var(--red)}\
    .mini rect.n{fill:var(--track)}

    """

  private static let narrow = """
    @media screen and (max-width:1160px){
    main,header,footer{padding-left:16px;padding-right:16px}
    section{padding:16px 16px 12px}
    .summary{padding:0;grid-template-columns:repeat(3,1fr)}
    .summary div{padding:12px 16px}
    .summary div:nth-child(3){border-right:0}
    .summary div:nth-child(n+4){border-top:1px solid var(--line)}
    .goals .who{display:none}
    .kpis thead{display:none}
    .kpis,.kpis tbody{display:block}
    .kpis tr{display:grid;grid-template-columns:repeat(4,1fr);gap:8px 14px;padding:14px 0;\
    border-bottom:1px solid var(--line)}
    .kpis tr:first-child{border-top:1px solid var(--rule)}
    .kpis tr:last-child{border-bottom:0}
    .kpis td{display:block;padding:0;border:0;text-align:left}
    .kpis td:first-child{grid-column:1/-2}
    .kpis td.state{grid-column:-2/-1;grid-row:1;text-align:right}
    .kpis td.state::before{display:none!important}
    .kpis td[data-label]::before{content:attr(data-label);display:block;color:var(--faint);font-size:12px}
    .bar,.spark{margin-left:0}
    }
    @media screen and (max-width:640px){
    header{padding-top:22px}
    h1{font-size:27px}
    .top .note{margin-left:0}
    .summary b{font-size:23px}
    .kpis tr{grid-template-columns:repeat(2,1fr)}
    .kpis td:first-child{grid-column:1/-1}
    .kpis td.state{grid-column:1/-1;grid-row:auto;text-align:left}
    .goals thead{display:none}
    .goals,.goals tbody{display:block}
    .goals tr{display:grid;grid-template-columns:1fr auto auto;gap:0 12px;padding:8px 0;\
    border-bottom:1px solid var(--line);align-items:baseline}
    .goals tr:last-child{border-bottom:0}
    .goals td{padding:0!important;border:0;display:block}
    .goals td:first-child{grid-column:1/-1}
    .goals .wide{display:none}
    .goals .d1{margin-left:14px}.goals .d2{margin-left:28px}.goals .d3{margin-left:42px}
    .goals .state{text-align:left}
    .departments tr{grid-template-columns:repeat(4,1fr)}
    .departments td{text-align:left}
    .calls{grid-template-columns:1fr}
    }

    """

  private static let print = """
    @page{size:A4 landscape;margin:11mm 12mm}
    @media print{
    :root{color-scheme:light;--ink:#111;--soft:#444;--faint:#666;--line:#ddd;--rule:#aaa;--paper:#fff;--ground:#fff;\
    --track:#e6e6e6;--green:#1b7f4c;--amber:#a86200;--red:#b4232a;--grey:#666;--mark:#22405f}
    *{-webkit-print-color-adjust:exact;print-color-adjust:exact}
    body{font-size:9.5pt;background:#fff}
    h1{font-size:21pt}
    h2{font-size:12pt}
    table,.calls b,.status{font-size:9pt}
    .facts,.calls p,.summary span,.top .note{font-size:9pt}
    th,.sub,.kpis .meta,.flags,footer,.facts code{font-size:8pt}
    .summary b{font-size:17pt}
    main,header,footer{max-width:none;padding:0}
    header{padding-bottom:10px}
    section{border:0;border-radius:0;padding:0;margin:0 0 16px}
    .summary{border:1px solid var(--line)}
    .summary div{padding:8px 14px}
    .top{break-after:avoid}
    thead{display:table-header-group}
    tr,li{break-inside:avoid}
    a{text-decoration:none}
    td{padding-top:6px;padding-bottom:6px}
    }

    """
}
