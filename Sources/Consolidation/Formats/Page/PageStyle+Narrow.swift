/// Screens on which a KPI's line has no room: a card for each KPI.
extension PageStyle {
  static let medium = """
    @media screen and (max-width:1160px){
    main,header,footer{padding-left:16px;padding-right:16px}
    section{padding:16px 16px 12px}
    .summary{padding:0;grid-template-columns:repeat(3,1fr)}
    .summary div{padding:12px 16px}
    .summary div:nth-child(3){border-right:0}
    .summary div:nth-child(n+4){border-top:1px solid var(--line)}
    .goals .who,.goals .weight{display:none}
    .kpis thead{display:none}
    .kpis,.kpis tbody{display:block}
    .kpis tbody{padding:14px 0}
    .kpis tbody:first-of-type{border-top:1px solid var(--rule)}
    .kpis tr{display:grid;grid-template-columns:repeat(4,1fr);gap:10px 16px}
    .kpis td,.kpis tbody th{display:block;padding:0;border:0;text-align:left}
    .kpis tbody th{grid-column:1/-2}
    .kpis td.state{grid-column:-2/-1;grid-row:1;text-align:right}
    .kpis td[data-label]::before{content:attr(data-label);display:block;color:var(--faint);font-size:12.5px}
    .kpis .void{display:none}
    .kpis .notes{display:block;padding-top:10px}
    .bullet,.spark{margin-left:0}
    }

    """

  static let narrow = """
    @media screen and (max-width:640px){
    header{padding-top:22px}
    h1{font-size:27px}
    .top .note{margin-left:0}
    .summary{grid-template-columns:repeat(2,1fr)}
    .summary div,.summary div:nth-child(3){border-right:1px solid var(--line)}
    .summary div:nth-child(2n){border-right:0}
    .summary div:nth-child(n+3){border-top:1px solid var(--line)}
    .summary b{font-size:23px}
    .kpis tr{grid-template-columns:repeat(2,1fr)}
    .kpis tbody th{grid-column:1/-1}
    .kpis td.state{grid-column:1/-1;grid-row:auto;text-align:left}
    .goals thead{display:none}
    .goals,.goals tbody{display:block}
    .goals tr{display:grid;grid-template-columns:1fr auto auto;gap:0 14px;padding:8px 0;\
    border-bottom:1px solid var(--line);align-items:baseline}
    .goals tr:last-child{border-bottom:0}
    .goals td,.goals tbody th{padding:0!important;border:0;display:block}
    .goals tbody th{grid-column:1/-1}
    .goals .wide{display:none}
    .goals .d1{margin-left:14px}.goals .d2{margin-left:28px}.goals .d3{margin-left:42px}
    .departments tr{grid-template-columns:repeat(4,1fr)}
    .departments td{text-align:left}
    }

    """
}
