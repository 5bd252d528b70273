/// A4: light colours whatever the screen has, headers on each sheet, no KPI cut in two. A heading holds room for the
/// first rows below it, because browsers do not keep it with a table otherwise.
extension PageStyle {
  static let print = """
    @page{size:A4 landscape;margin:11mm 12mm}
    @media print{
    :root{color-scheme:light;--ink:#111;--soft:#444;--faint:#555;--line:#ddd;--rule:#aaa;--paper:#fff;--ground:#fff;\
    --track:#ebebeb;--miss:#d2d2d2;--green:#17724a;--amber:#935500;--red:#b4232a;--grey:#555;--mark:#2b3f55}
    *{-webkit-print-color-adjust:exact;print-color-adjust:exact}
    body{font-size:9.5pt;background:#fff}
    h1{font-size:21pt}
    h2{font-size:12pt}
    table,.calls b,.status,.trend{font-size:9pt}
    .facts,.calls p,.summary span,.top .note{font-size:9pt}
    thead th,.sub,.kpis .meta,.flags,footer,code,.kpis .trend{font-size:8pt}
    .summary b{font-size:17pt}
    main,header,footer{max-width:none;padding:0}
    header{padding-bottom:10px}
    section{border:0;border-radius:0;padding:0;margin:0 0 16px}
    .summary{border:1px solid var(--line)}
    .summary div{padding:8px 14px}
    .top{display:block;break-inside:avoid;break-after:avoid}
    .top h2{display:inline;margin-right:12px}
    .top .note{float:right}
    .top::after{content:"";display:block;clear:both;height:96px;margin-bottom:-96px}
    .calls{grid-template-columns:repeat(3,1fr);gap:10px 24px}
    thead{display:table-header-group}
    tr,li,.kpis tbody,footer p{break-inside:avoid}
    .notes{break-before:avoid}
    a{text-decoration:none}
    td,tbody th{padding-top:6px;padding-bottom:6px}
    .long .figure{font-size:8.5pt}
    .kpis td,.kpis thead th:not(:first-child){padding-left:5px;padding-right:5px}
    }

    """
}
