/// The style of the page, and its script (`HTMLScript.swift`); nothing of a report is in them.
///
/// The page's content security policy lets these two texts act and no other, by their SHA-256 in base64. A test holds the
/// digests against the texts and gives the right ones.
package enum HTMLPage {
  package static let styleDigest = "SHqGfHDBmEXlHHd2nUY2fx22iAEAAh94gPyjijL25Dc="
  package static let scriptDigest = "HOKA7A0hx+IU6AgKLasgJda0yS6cy4KYS2eCEHwTPRY="

  package static let style = """
    :root { color-scheme: light dark; --ground: #fff; --raised: #f6f7f9; --ink: #1b1f24; --muted: #57606a;
      --line: #d0d7de; --link: #0a55b0; --bad: #b3261e; --doubt: #8a5200; --gap: #7b3fa0; --good: #1f6f2b;
      --plain: #17717a; --warm: #fff6e5; --mark: #ffe9a8; --disc: #eef4ff; }
    @media (prefers-color-scheme: dark) {
      :root { --ground: #14171a; --raised: #1e2328; --ink: #e6e9ec; --muted: #a3adb8; --line: #3a424b;
        --link: #84b9ff; --bad: #ff8a80; --doubt: #f2b45c; --gap: #cfa3ee; --good: #7fd08b; --plain: #6fd0da;
        --warm: #2e2617; --mark: #4a3c0c; --disc: #1b2738; }
    }
    * { box-sizing: border-box; }
    [hidden], #zh:checked ~ .page .e, #en:checked ~ .page .z { display: none !important; }
    html { scroll-padding-top: 1rem; }
    body { font: 16px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
      color: var(--ink); background: var(--ground); max-width: 72rem; margin: 0 auto; padding: 1rem 1.25rem 3rem; }
    body > label { margin-right: 1rem; font-size: .9rem; }
    h1 { font-size: 1.6rem; line-height: 1.3; margin: .8rem 0; }
    h2 { font-size: 1.25rem; margin: 2.2rem 0 .6rem; padding-bottom: .2rem; border-bottom: 2px solid var(--line); }
    h3, h4 { font-size: 1rem; margin: 0; }
    p { margin: .3rem 0; overflow-wrap: anywhere; }
    a { color: var(--link); text-underline-offset: .15em; }
    :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
    code { font-family: ui-monospace, "Cascadia Mono", Consolas, "Noto Sans Mono CJK SC", monospace; font-size: .875em; overflow-wrap: anywhere; }
    small { color: var(--muted); font-size: .875rem; }
    .skip { position: absolute; left: -99rem; } .skip:focus { position: static; }
    nav { display: flex; flex-wrap: wrap; gap: .2rem 1rem; margin: 1rem 0; color: var(--muted); }
    .notice { border-left: 5px solid var(--doubt); background: var(--warm); padding: .5rem .9rem; margin: .6rem 0; font-weight: 600; }
    dl { margin: .4rem 0; } dl > div { display: flex; gap: 0 .8rem; } dd { margin: 0; flex: 1; min-width: 0; overflow-wrap: anywhere; }
    dl > div { flex-wrap: wrap; } dt { color: var(--muted); flex: 0 0 5.5rem; } dd { flex: 1 0 60%; } dd ~ dd { flex: 0 0 calc(100% - 6.3rem); margin-left: 6.3rem; }
    .digests dt, .digests dd { flex: 1 0 100%; overflow-wrap: anywhere; } .digests dd { font-family: ui-monospace, Consolas, monospace; font-size: .8rem; margin-bottom: .4rem; }
    .counts { list-style: none; display: grid; grid-template-columns: repeat(auto-fit, minmax(8rem, 1fr)); gap: .8rem; padding: 0; margin: .8rem 0; }
    .counts li { background: var(--raised); border-top: 4px solid currentColor; border-radius: 0 0 .3rem .3rem; }
    .pick { display: block; width: 100%; min-height: 0; padding: .3rem .5rem; text-align: left; white-space: normal; background: none; border: 1px solid transparent; color: inherit; overflow-wrap: anywhere; }
    .pick:enabled:hover { border-color: var(--muted); } .pick[aria-pressed=true] { border-color: currentColor; box-shadow: inset 0 0 0 1px currentColor; } .pick:disabled { cursor: default; padding-left: 0; }
    .counts .pick { padding: .5rem .9rem; }
    .bars { list-style: none; padding: 0; margin: .4rem 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr)); gap: .2rem 1rem; font-variant-numeric: tabular-nums; }
    .bars .pick b { float: right; padding-left: .6rem; } .bars li > a { font-size: .875rem; margin-left: .5rem; } .bars li > small { margin-left: .2rem; } .districts { grid-template-columns: repeat(auto-fill, minmax(min(100%, 13rem), 1fr)); }
    .bar { display: block; clear: both; width: 100%; height: .6rem; margin-top: .15rem; } .keys .bar { display: inline-block; width: .9rem; height: .7rem; margin: 0; }
    .bar .used { fill: var(--muted); } .bar .taken { fill: var(--link); } .bar .doubtful { fill: var(--disc); stroke: var(--link); stroke-width: 1; } .bar .limit { stroke: var(--bad); stroke-width: 2; fill: none; }
    .bar :is(.admissible, .compliant), .atlas :is(.admissible, .compliant) { fill: var(--good); } .bar :is(.refused, .noncompliant), .atlas :is(.refused, .noncompliant) { fill: var(--bad); }
    .bar .review, .atlas .review { fill: var(--doubt); } .bar .incomplete, .atlas .incomplete { fill: var(--gap); }
    .keys { display: flex; flex-wrap: wrap; gap: .1rem 1.2rem; list-style: none; margin: .3rem 0; padding: 0; color: var(--muted); font-size: .875rem; }
    .applicants { display: block; max-width: 52rem; } .atlas { display: block; width: 100%; height: auto; background: var(--raised); border-radius: .3rem; } .keys .atlas { display: inline-block; width: 1rem; height: 1rem; background: none; vertical-align: -.15rem; }
    .atlas path { stroke: var(--raised); stroke-width: 1; } .atlas .crowd { stroke-width: .5; } .atlas text { font: 12px system-ui, sans-serif; fill: var(--ink); } .atlas .middle { text-anchor: middle; } .atlas .scale { stroke: var(--ink); stroke-width: 1.5; fill: none; } .atlas .north { fill: var(--ink); }
    .mark.off { opacity: .15; } .mark:is(:hover, :focus) path { stroke: var(--ink); stroke-width: 2; }
    .counts b { display: block; font-size: 1.9rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
    .filter { display: flex; flex-wrap: wrap; gap: .4rem .8rem; margin: .8rem 0 .2rem; align-items: end; } .field { flex: 1 1 9rem; min-width: 0; } .field:first-child { flex: 3 1 16rem; }
    .filter label { display: block; font-size: .875rem; color: var(--muted); }
    input[type=search], input[type=number], select, button { font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--muted); border-radius: .3rem; padding: .3rem .6rem; min-height: 2.4rem; min-width: 0; width: 100%; }
    button { width: auto; background: var(--raised); cursor: pointer; white-space: nowrap; } button:disabled { color: inherit; cursor: default; } #reset:disabled { color: var(--muted); }
    .pager { display: flex; flex-wrap: wrap; align-items: center; gap: .4rem .8rem; margin: .6rem 0; } .pager input[type=number] { width: 5.5rem; } :is(.pager, .steps) [aria-disabled=true] { opacity: .6; } #paper { margin-left: auto; }
    #making { display: flex; flex-wrap: wrap; align-items: center; gap: .4rem .8rem; width: 100%; } #made { flex: 1; min-width: 8rem; }
    #count { min-height: 1.6em; color: var(--muted); }
    table { border-collapse: collapse; width: 100%; } caption { text-align: left; color: var(--muted); font-size: .875rem; padding: .2rem 0 .4rem; }
    th, td { border-bottom: 1px solid var(--line); padding: .35rem .6rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
    thead th { background: var(--raised); border-bottom: 2px solid var(--line); font-weight: 600; }
    .list { table-layout: fixed; } .list tbody th { font-weight: 400; } .c-id { width: 8.4rem; } .c-district { width: 5.4rem; } .c-kind { width: 6.4rem; } .c-day { width: 7.3rem; } .c-score, .c-rank { width: 4rem; } .c-verdict { width: 8.2rem; } .c-rules { width: 22%; }
    .list tbody { font-variant-numeric: tabular-nums; } .rule-name { display: block; font-size: .85rem; line-height: 1.4; margin-bottom: .2rem; } .list small { overflow-wrap: anywhere; }
    .list thead th { padding: .1rem .2rem; } .sort { width: 100%; min-height: 2rem; padding: .2rem .4rem; border: 0; background: none; text-align: left; font-weight: 600; white-space: normal; } .sort:enabled:hover { text-decoration: underline; }
    [aria-sort=ascending] .sort::after { content: " ▲"; } [aria-sort=descending] .sort::after { content: " ▼"; }
    .more > td { padding: .3rem .2rem .6rem .8rem; border-left: 4px solid var(--link); } .steps { display: flex; flex-wrap: wrap; gap: .4rem .8rem; align-items: center; } .steps button { min-height: 2rem; padding: .1rem .7rem; } .more .subject { border: 0; }
    .wide { overflow-x: auto; } .places { font-variant-numeric: tabular-nums; min-width: 60rem; } .places th, .places td { overflow-wrap: normal; }
    .places td:last-child a { white-space: nowrap; } .places thead th { min-width: 4.6rem; } .places td:last-child { font-size: .85rem; min-width: 18rem; overflow-wrap: anywhere; }
    .places td:nth-child(n + 4):nth-child(-n + 8), .places th:nth-child(n + 4):nth-child(-n + 8) { text-align: right; } .places td:nth-child(2) { min-width: 11rem; } .places tbody th { min-width: 10rem; font-weight: 400; }
    summary { cursor: pointer; } summary > h3 { display: inline; font-weight: 500; overflow-wrap: anywhere; } summary > h3 > b { float: right; padding-left: 1rem; }
    .subject { border-bottom: 1px solid var(--line); }
    .subject > summary { padding: .45rem .3rem; } .subject > summary:focus-visible { outline-offset: -3px; } .subject[open] > summary { background: var(--raised); } .subject > summary:hover { background: var(--raised); }
    .body { padding: .2rem 0 .8rem 1.1rem; } .quiet { margin: .8rem 0; } .quiet ul { padding-left: 1.2rem; } .quiet li { margin: .3rem 0; overflow-wrap: anywhere; }
    .refused, .noncompliant, .fail > h4 > .outcome { color: var(--bad); } b.review, li.review, .review > h4 > .outcome { color: var(--doubt); }
    .incomplete, .unknown > h4 > .outcome { color: var(--gap); } .admissible, .compliant { color: var(--good); }
    .waived > h4 > .outcome, .note > h4 > .outcome { color: var(--plain); }
    article { border-left: 4px solid var(--plain); padding: .1rem 0 .1rem 1rem; margin: 1rem 0; display: flow-root; }
    article.fail { border-color: var(--bad); } article.review { border-color: var(--doubt); } article.unknown { border-color: var(--gap); }
    .message { font-size: 1.05rem; font-weight: 500; } .place { color: var(--muted); font-size: .85rem; } .place code { white-space: pre-wrap; }
    mark { background: var(--mark); color: var(--ink); padding: 0 .1em; }
    blockquote { margin: .5rem 0; padding: .4rem .8rem; background: var(--raised); border-radius: .3rem; } blockquote p { margin: 0; }
    blockquote footer { color: var(--muted); font-size: .875rem; } cite { font-style: normal; overflow-wrap: anywhere; }
    .tag { display: inline-block; border: 1px solid currentColor; border-radius: 1em; padding: 0 .6em; line-height: 1.5; font-size: .8rem; }
    .remedy { background: var(--raised); border-radius: .3rem; padding: .3rem .4rem; margin: .3rem -.4rem; } .remedy dd { font-weight: 600; }
    .reading { color: var(--muted); } .back { font-size: .85rem; } .rule { margin: 1rem 0; }
    figure { margin: .6rem 0; display: grid; grid-template-columns: minmax(0, 20rem) minmax(0, 1fr); gap: .2rem 1.2rem; }
    figcaption { grid-column: 1; color: var(--muted); font-size: .85rem; } figure ol { grid-column: 2; grid-row: 1 / span 2; margin: 0; padding-left: 2.2rem; overflow-wrap: anywhere; }
    .map { width: 100%; max-width: 20rem; height: auto; } .map text { font: 10px system-ui, sans-serif; fill: var(--ink); paint-order: stroke; stroke: var(--disc); stroke-width: 3px; stroke-linejoin: round; }
    .map .radius { fill: var(--disc); stroke: var(--link); stroke-width: 1.5; } .map .spoke { stroke: var(--link); stroke-dasharray: 3 3; fill: none; }
    .map .self { fill: var(--bad); stroke: var(--ground); } .map .inside { fill: var(--ink); stroke: var(--ground); } .map .rival { fill: var(--doubt); stroke: var(--ground); }
    .map .outside { fill: var(--ground); stroke: var(--muted); stroke-width: 1.5; } .map .doubt { fill: none; stroke: var(--muted); stroke-dasharray: 2 2; }
    .map .scale { stroke: var(--ink); stroke-width: 1.5; fill: none; } .map .north { fill: var(--ink); }
    @media (max-width: 44rem) {
      body { padding: .8rem .8rem 2rem; } figure { grid-template-columns: minmax(0, 1fr); } figure ol { grid-column: 1; grid-row: auto; }
      th, td { padding: .3rem .35rem; } .body { padding-left: .2rem; }
      summary > h3 > b { float: none; display: block; padding: 0; }
      .list, .list :is(tbody, tr, th, td) { display: block; width: auto; } .list thead tr { display: flex; flex-wrap: wrap; } .list thead th { border: 0; } .list tbody tr { border-bottom: 2px solid var(--line); padding: .3rem 0; } .list :is(td, tbody th) { border: 0; padding: .05rem .35rem; } .list td:empty { display: none; }
      .list td:is([lang], .day, .score, .rank) { display: inline-block; } .score::before { content: "得分 "; } .rank::before { content: "名次 "; } :lang(en) > body .score::before { content: "score "; } :lang(en) > body .rank::before { content: "rank "; }
    }
    @media screen { .paper, .scripted .below { display: none; } }
    @page { size: A4; margin: 16mm 14mm 18mm; @bottom-center { content: counter(page) " / " counter(pages); font-size: 9pt; } }
    @media print {
      :root { color-scheme: light; --ground: #fff; --raised: #f4f4f4; --ink: #000; --muted: #444; --line: #999; --link: #000; --bad: #900; --doubt: #6a3d00;
        --gap: #51246f; --good: #14521d; --plain: #0d5057; --warm: #fff; --mark: #eee; --disc: #fff; }
      body { max-width: none; padding: 0; font: 10.5pt/1.5 "Songti SC", SimSun, "Noto Serif CJK SC", serif; } h1 { font-size: 16pt; } h2 { font-size: 13pt; }
      body > input, body > label, nav, .skip, .filter, .pager, .back, .more, .steps, #count:empty, .paper + * { display: none; } .pick, .sort { padding: 0; border: 0 !important; box-shadow: none !important; min-height: 0; }
      .list { font-size: 9pt; } .list :is(th, td) { padding: 2pt 3pt; } .c-id { width: 22mm; } .c-district, .c-kind, .c-day { width: 17mm; } .c-score, .c-rank { width: 11mm; } .c-verdict { width: 20mm; } .bars li, .applicants { break-inside: avoid; } .bars { grid-template-columns: 1fr 1fr; } * { print-color-adjust: exact; } a { text-decoration: none; }
      details:not(.order)::details-content { content-visibility: visible; height: auto; } summary { list-style: none; }
      h2, h3, h4, summary, caption, thead { break-after: avoid; } tr, blockquote, figure, .rule, .counts, .remedy, dl > div, .quiet li { break-inside: avoid; }
      .subject { border-bottom: 1pt solid var(--line); } thead { display: table-header-group; } .wide { overflow: visible; } .places { min-width: 0; font-size: 8.5pt; }
      .places td, .places th { padding: 2pt 3pt; overflow-wrap: anywhere; } .places td:last-child { min-width: 0; width: 30%; font-size: 8pt; } .places tbody th, .places td:nth-child(2) { min-width: 0; } .places thead th { min-width: 0; }
      figure { grid-template-columns: 7.5cm 1fr; }
    }

    """
}
