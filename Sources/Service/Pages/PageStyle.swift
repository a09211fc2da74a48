/// The one stylesheet of the pages: light, dark, narrow and on paper.
enum PageStyle {
  static let text = """
    :root { color-scheme: light dark; --ground: #fff; --raised: #f6f7f9; --ink: #1b1f24; --muted: #57606a;
      --line: #d0d7de; --edge: #6e7781; --link: #0a55b0; --bad: #b3261e; --doubt: #8a5200; --gap: #7b3fa0; --good: #1f6f2b;
      --plain: #17717a; --warm: #fff6e5; --disc: #eef4ff; --on: #fff; }
    @media (prefers-color-scheme: dark) {
      :root { --ground: #14171a; --raised: #1e2328; --ink: #e6e9ec; --muted: #a3adb8; --line: #3a424b; --edge: #8b949e;
        --link: #84b9ff; --bad: #ff8a80; --doubt: #f2b45c; --gap: #cfa3ee; --good: #7fd08b; --plain: #6fd0da;
        --warm: #2e2617; --disc: #1b2738; --on: #14171a; }
    }
    * { box-sizing: border-box; }
    html { scroll-padding-top: 1rem; }
    html[lang="en"] .z, html[lang="zh-CN"] .e { display: none !important; }
    body { font: 16px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
      color: var(--ink); background: var(--ground); max-width: 76rem; margin: 0 auto; padding: 0 1.25rem 2rem; }
    h1 { font-size: 1.6rem; line-height: 1.3; margin: 1.2rem 0 .6rem; overflow-wrap: anywhere; }
    h2 { font-size: 1.25rem; margin: 2rem 0 .6rem; padding-bottom: .2rem; border-bottom: 2px solid var(--line); }
    h3 { font-size: 1.05rem; margin: 1.2rem 0 .3rem; } h4 { font-size: 1rem; margin: 0; }
    p { margin: .4rem 0; overflow-wrap: anywhere; }
    a { color: var(--link); text-underline-offset: .15em; }
    :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
    main:focus { outline: none; }
    code { font-family: ui-monospace, Consolas, "Noto Sans Mono CJK SC", monospace; font-size: .875em; overflow-wrap: anywhere; }
    small { color: var(--muted); font-size: .875rem; }
    .skip { position: absolute; left: -99rem; } .skip:focus { position: static; display: inline-block; padding: .3rem 0; }
    body > header { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; align-items: center; padding: .7rem 0 0; border-bottom: 1px solid var(--line); }
    .site { font-weight: 600; margin: 0; } .site a { color: inherit; text-decoration: none; }
    .who { margin: 0 0 0 auto; color: var(--muted); font-size: .9rem; } .who a { margin-left: .8rem; } .leave { margin: 0; } .leave button { min-height: 2rem; padding: .1rem .7rem; }
    nav { flex: 1 0 100%; } nav ul { display: flex; flex-wrap: wrap; gap: 0 .2rem; list-style: none; margin: .3rem 0 0; padding: 0; }
    nav a { display: block; padding: .4rem .8rem; text-decoration: none; border-bottom: 3px solid transparent; } nav a:hover { background: var(--raised); }
    nav a[aria-current] { border-bottom-color: var(--link); font-weight: 600; color: var(--ink); }
    footer { margin-top: 3rem; border-top: 1px solid var(--line); color: var(--muted); font-size: .85rem; }
    .trail { font-size: .9rem; color: var(--muted); margin: .8rem 0 -.6rem; }
    .done { border-left: 5px solid var(--good); background: var(--raised); padding: .5rem .9rem; font-weight: 600; }
    .notice { border-left: 5px solid var(--doubt); background: var(--warm); padding: .5rem .9rem; margin: .6rem 0; }
    .next { border: 1px solid var(--line); border-left: 5px solid var(--link); background: var(--raised); padding: .6rem .9rem; margin: .8rem 0; }
    .next h2 { border: 0; margin: 0 0 .2rem; font-size: 1.05rem; }
    .fault { border-left: 5px solid var(--bad); background: var(--raised); padding: .5rem .9rem; margin: .4rem 0 .8rem; } .fault ul { padding-left: 1.2rem; margin: .3rem 0; max-height: 24rem; overflow: auto; }
    .other { color: var(--muted); font-size: .875rem; }
    dl { margin: .6rem 0; } dl > div { display: flex; flex-wrap: wrap; gap: 0 .8rem; padding: .1rem 0; } dt { color: var(--muted); flex: 0 0 9rem; } dd { margin: 0; flex: 1 0 60%; min-width: 0; overflow-wrap: anywhere; } dd ~ dd { flex-basis: calc(100% - 9.8rem); margin-left: 9.8rem; }
    .facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 24rem), 1fr)); gap: 0 1.5rem; }
    .wide { overflow-x: auto; margin: .4rem 0; } table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
    caption { text-align: left; color: var(--muted); font-size: .875rem; padding: .2rem 0 .4rem; }
    th, td { border-bottom: 1px solid var(--line); padding: .35rem .6rem; text-align: left; vertical-align: top; } thead th { background: var(--raised); border-bottom: 2px solid var(--line); font-weight: 600; white-space: nowrap; }
    tbody th { font-weight: 400; } .number { text-align: right; white-space: nowrap; } .nowrap { white-space: nowrap; } td.long { min-width: 12rem; overflow-wrap: anywhere; }
    .tag { display: inline-block; border: 1px solid currentColor; border-radius: 1em; padding: 0 .6em; line-height: 1.5; font-size: .8rem; white-space: nowrap; }
    .refused, .noncompliant, .fail > h4 > .outcome, .cancelled, .voided { color: var(--bad); } .review, .correction, .open-state { color: var(--doubt); } .review > h4 > .outcome { color: var(--doubt); } article.review, .quiet li.review { color: inherit; }
    .incomplete, .unknown > h4 > .outcome { color: var(--gap); } .admissible, .compliant, .admitted, .confirmed { color: var(--good); } .waived > h4 > .outcome, .note > h4 > .outcome, .closed, .published { color: var(--plain); }
    .withdrawn { color: var(--muted); }
    .meter { display: block; width: 100%; min-width: 6rem; height: .6rem; } .meter .all { fill: var(--line); } .meter .used { fill: var(--link); } .meter .over { fill: var(--bad); }
    .counts { list-style: none; display: flex; flex-wrap: wrap; gap: .2rem 1.4rem; padding: 0; margin: .4rem 0; }
    form { margin: .3rem 0 .8rem; } .narrow form { max-width: 24rem; } .fields { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr)); gap: .2rem 1.2rem; align-items: start; }
    .field { margin: .35rem 0; min-width: 0; } .field label, legend { display: block; font-size: .9rem; color: var(--muted); } .need { font-size: .8rem; } .hint { display: block; }
    input:not([type=checkbox], [type=hidden]), select, textarea, button { font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--edge); border-radius: .3rem; padding: .3rem .6rem; min-height: 2.5rem; width: 100%; max-width: 100%; }
    textarea { max-width: 40rem; } .wide-field { grid-column: 1 / -1; }
    button { width: auto; background: var(--link); border-color: var(--link); color: var(--on); cursor: pointer; } button:hover { filter: brightness(1.1); } button.grave { background: var(--bad); border-color: var(--bad); } .leave button { background: var(--raised); color: var(--ink); border-color: var(--edge); }
    .send { margin: .5rem 0; } fieldset { border: 1px solid var(--line); border-radius: .3rem; margin: .4rem 0; padding: .2rem .8rem .5rem; min-width: 0; } .boxes { display: flex; flex-wrap: wrap; gap: .1rem 1.2rem; } .boxes legend { float: left; width: 100%; } .box { display: inline-flex; gap: .4rem; align-items: center; } .box input { width: 1.2rem; height: 1.2rem; } .box label { padding: .25rem 0; }
    .act { border: 1px solid var(--line); border-radius: .3rem; margin: .5rem 0; } .act > summary { padding: .5rem .8rem; font-weight: 600; } .act[open] > summary { background: var(--raised); } .act > form, .act > div { padding: 0 .8rem; }
    .row { display: flex; flex-wrap: wrap; gap: 0 1rem; } form > .field { max-width: 40rem; }
    summary { cursor: pointer; } td .act { margin: 0; border: 0; } td .act > summary { padding: 0; font-weight: 400; color: var(--link); } td .act > form { padding: 0; min-width: 14rem; }
    article { border-left: 4px solid var(--plain); padding: .1rem 0 .1rem 1rem; margin: 1rem 0; display: flow-root; } article.fail { border-color: var(--bad); } article.review { border-color: var(--doubt); } article.unknown { border-color: var(--gap); }
    .message { font-size: 1.05rem; font-weight: 500; } .reading { color: var(--muted); } .quiet { margin: .8rem 0; } .quiet ul { padding-left: 1.2rem; } .quiet li { margin: .3rem 0; overflow-wrap: anywhere; }
    blockquote { margin: .5rem 0; padding: .4rem .8rem; background: var(--raised); border-radius: .3rem; } blockquote p { margin: 0; } blockquote footer { margin: 0; border: 0; color: var(--muted); font-size: .875rem; } cite { font-style: normal; overflow-wrap: anywhere; }
    .remedy dd { font-weight: 600; } .rule { margin: .4rem 0; border-bottom: 1px solid var(--line); padding-bottom: .4rem; } .rule pre { white-space: pre-wrap; font: inherit; margin: .2rem 0; }
    ol.history { list-style: none; padding: 0; } .history li { border-left: 3px solid var(--line); padding: .1rem 0 .3rem .9rem; margin: 0; overflow-wrap: anywhere; } .history time { color: var(--muted); font-variant-numeric: tabular-nums; margin-right: .6rem; }
    figure { margin: .6rem 0; display: grid; grid-template-columns: minmax(0, 20rem) minmax(0, 1fr); gap: .2rem 1.2rem; } figcaption { grid-column: 1; color: var(--muted); font-size: .85rem; } figure ol { grid-column: 2; grid-row: 1 / span 2; margin: 0; padding-left: 2.2rem; overflow-wrap: anywhere; }
    .map { width: 100%; max-width: 20rem; height: auto; } .map text, .atlas text { font: 10px system-ui, sans-serif; fill: var(--ink); paint-order: stroke; stroke: var(--disc); stroke-width: 3px; stroke-linejoin: round; }
    .map .radius { fill: var(--disc); stroke: var(--link); stroke-width: 1.5; } .map .spoke { stroke: var(--link); stroke-dasharray: 3 3; fill: none; } .map .self { fill: var(--bad); stroke: var(--ground); } .map .inside { fill: var(--ink); stroke: var(--ground); } .map .rival { fill: var(--doubt); stroke: var(--ground); }
    .map .outside { fill: var(--ground); stroke: var(--muted); stroke-width: 1.5; } .map .doubt { fill: none; stroke: var(--muted); stroke-dasharray: 2 2; } .map .scale, .atlas .scale { stroke: var(--ink); stroke-width: 1.5; fill: none; } .map .north, .atlas .north { fill: var(--ink); }
    .chart { display: block; } .chart > figcaption { margin-top: .3rem; } .plot { position: relative; max-width: 60rem; } .atlas { display: block; width: 100%; height: auto; background: var(--raised); border: 1px solid var(--line); border-radius: .3rem; } .plot canvas { position: absolute; inset: 0; width: 100%; height: 100%; pointer-events: none; }
    .atlas text { font-size: 12px; stroke: var(--raised); } .atlas .middle { text-anchor: middle; } .atlas .site { fill: var(--ink); stroke: var(--raised); stroke-width: 1; } .atlas .gone { fill: var(--raised); stroke: var(--muted); stroke-width: 1.5; } .atlas .circle { fill: var(--link); fill-opacity: .06; stroke: var(--link); stroke-width: 1; } .atlas .free { fill: var(--good); fill-opacity: .16; stroke: var(--good); stroke-width: 1; }
    .atlas .applicant { stroke: var(--raised); stroke-width: 1; } .atlas .applicant.admissible { fill: var(--good); } .atlas .applicant.refused { fill: var(--bad); } .atlas .applicant.review { fill: var(--doubt); } .atlas .applicant.incomplete { fill: var(--gap); } .atlas .applicant.none { fill: var(--plain); } .atlas a:is(:hover, :focus) path { stroke: var(--ink); stroke-width: 2; }
    .keys { display: flex; flex-wrap: wrap; gap: .1rem 1.2rem; list-style: none; margin: .3rem 0; padding: 0; color: var(--muted); font-size: .875rem; } .keys svg { width: 1rem; height: 1rem; vertical-align: -.15rem; background: none; border: 0; display: inline-block; }
    .secret code { font-size: 1rem; background: var(--raised); padding: .2rem .4rem; }
    @media (max-width: 44rem) { body { padding: 0 .8rem 2rem; } figure { grid-template-columns: minmax(0, 1fr); } figure ol { grid-column: 1; grid-row: auto; } dt { flex-basis: 7rem; } dd ~ dd { flex-basis: 60%; margin-left: 0; } th, td { padding: .3rem .4rem; } .who { margin-left: 0; } }
    @page { size: A4; margin: 16mm 14mm; }
    @media print {
      :root { color-scheme: light; --ground: #fff; --raised: #f4f4f4; --ink: #000; --muted: #444; --line: #999; --edge: #666; --link: #000; --bad: #900; --doubt: #6a3d00; --gap: #51246f; --good: #14521d; --plain: #0d5057; --warm: #fff; --disc: #fff; }
      body { max-width: none; padding: 0; font: 10.5pt/1.5 "Songti SC", SimSun, "Noto Serif CJK SC", serif; } h1 { font-size: 16pt; } h2 { font-size: 13pt; }
      nav, .skip, .leave, .language, form, .act, .send, .pager { display: none !important; } a { text-decoration: none; color: inherit; } .wide { overflow: visible; } table { font-size: 9pt; } th, td { padding: 2pt 3pt; overflow-wrap: anywhere; } thead { display: table-header-group; } thead th, .nowrap { white-space: normal; } td.long { min-width: 0; }
      details:not(.act)::details-content { content-visibility: visible; height: auto; } tr, figure, blockquote, article, .rule, dl > div { break-inside: avoid; } h2, h3, caption, thead { break-after: avoid; } * { print-color-adjust: exact; }
    }

    """
}
