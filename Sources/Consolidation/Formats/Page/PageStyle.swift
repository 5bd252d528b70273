/// The page's style sheet: one for screens from 380 to 1,400 pixels, light and dark, and for A4.
package enum PageStyle {
  package static let sheet = colours + frame + lists + tables + kpis + charts + medium + narrow + print

  /// Every text colour keeps a contrast of 4.5 : 1 on paper and ground, in both modes (WCAG 2 AA); a test computes it.
  private static let colours = """
    :root{color-scheme:light dark;--ink:#18212b;--soft:#4b5966;--faint:#5f6c78;--line:#e2e6ea;--rule:#c3cbd2;\
    --paper:#fff;--ground:#f4f6f8;--track:#e9edf0;--miss:#d3d9df;--green:#17724a;--amber:#935500;--red:#b4232a;\
    --grey:#5f6c78;--mark:#2b3f55}
    @media (prefers-color-scheme:dark){:root{--ink:#e8ecf0;--soft:#b3bcc5;--faint:#97a2ad;--line:#2b333b;\
    --rule:#46515c;--paper:#181d22;--ground:#101418;--track:#2a323a;--miss:#414c57;--green:#4cc38a;--amber:#e3a23b;\
    --red:#f5857f;--grey:#97a2ad;--mark:#c6d4e2}}
    .green,.good{color:var(--green)}.amber{color:var(--amber)}.red,.bad{color:var(--red)}
    .grey,.none,.even{color:var(--grey)}

    """

  private static let frame = """
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%}
    body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,\
    "Helvetica Neue","Liberation Sans",Arial,sans-serif;font-variant-numeric:tabular-nums lining-nums}
    .defs{position:absolute}
    main,header,footer{max-width:1480px;margin:0 auto;padding:0 28px}
    header{padding-top:36px;padding-bottom:20px}
    .company{margin:0;color:var(--soft);font-size:14px;font-weight:600;letter-spacing:.02em}
    .company a{color:inherit}
    h1{margin:2px 0 6px;font-size:34px;line-height:1.15;font-weight:650;letter-spacing:-.015em;overflow-wrap:anywhere}
    h2{margin:0;font-size:17px;font-weight:650;letter-spacing:-.005em;overflow-wrap:anywhere}
    .facts{margin:0;color:var(--soft);font-size:14px}
    code{font-family:ui-monospace,SFMono-Regular,Menlo,"Liberation Mono",monospace;font-size:12.5px;\
    overflow-wrap:anywhere}
    .tag{display:inline-block;padding:0 8px;border:1px solid var(--rule);border-radius:9px;font-size:12.5px;\
    color:var(--ink)}
    section{margin:0 0 20px;padding:18px 22px 20px;background:var(--paper);border:1px solid var(--line);\
    border-radius:8px}
    .top{display:flex;flex-wrap:wrap;align-items:baseline;gap:4px 16px;margin:0 0 10px}
    .top .status{font-size:14px}
    .top .note{margin-left:auto;color:var(--soft);font-size:13.5px}
    .status,.trend{display:inline-flex;align-items:center;gap:6px;font-weight:600;font-size:13.5px;white-space:nowrap}
    .shape{width:11px;height:11px;flex:none;fill:currentColor}
    .summary{display:grid;grid-template-columns:repeat(6,1fr);padding:0;overflow:hidden}
    .summary div{padding:16px 22px;border-right:1px solid var(--line)}
    .summary div:last-child{border-right:0}
    .summary b{display:block;font-size:28px;line-height:1.2;font-weight:620;letter-spacing:-.01em}
    .summary span{font-size:13.5px}
    .summary .note{display:block;color:var(--soft)}
    footer{padding-top:6px;padding-bottom:44px;color:var(--soft);font-size:13px}
    footer p{margin:0 0 6px;max-width:100ch}
    footer .status{margin-right:14px;font-weight:500}
    a{color:inherit;text-decoration-color:var(--rule);text-underline-offset:3px}
    a:hover{text-decoration-color:currentColor}
    .empty,.bounded{margin:0;color:var(--soft)}
    .bounded{margin-bottom:20px}
    .empty{padding-top:8px}

    """

  private static let lists = """
    .calls{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,340px),1fr));gap:14px 34px;margin:0;\
    padding:0;list-style:none}
    .calls li{padding:9px 0 0;border-top:2px solid currentColor;overflow-wrap:anywhere}
    .calls li>*{color:var(--ink)}
    .calls .status{color:inherit;float:right;margin-left:12px}
    .calls b{font-weight:620}
    .calls p{margin:2px 0 0;font-size:13.5px;color:var(--soft)}
    .calls .ask{color:var(--ink)}
    .flags{margin:0;padding:0;list-style:none;font-size:12.5px;line-height:1.4;color:var(--soft);text-align:left;\
    white-space:normal;overflow-wrap:anywhere;font-weight:400}
    .flags li{padding-left:10px;border-left:2px solid var(--rule);margin-top:3px}
    .flags b{color:var(--ink);font-weight:600}

    """
}
