/// The style and the script of the page; nothing of a report is in them.
///
/// The page's content security policy lets these two texts act and no other, by their SHA-256 in base64. A test holds the
/// digests against the texts and gives the right ones.
package enum HTMLPage {
  package static let styleDigest = "is3WBx1ezZTIUwCP2nki/HXMOt5Q/u8P5Bw+qpwxDJA="
  package static let scriptDigest = "08sgJlMZ/FF+WGUxGkpha1fJjq6C8TgK3v63Fsg/SCI="

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
    .counts li { background: var(--raised); border-top: 4px solid currentColor; padding: .5rem .9rem; border-radius: 0 0 .3rem .3rem; }
    .counts b { display: block; font-size: 1.9rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
    .filter { display: grid; grid-template-columns: minmax(12rem, 3fr) 2fr 3fr auto auto; gap: .2rem .8rem; margin: .8rem 0 .2rem; align-items: end; }
    .filter label { grid-row: 1; font-size: .875rem; color: var(--muted); } .filter label:nth-of-type(1) { grid-column: 1; }
    .filter label:nth-of-type(2) { grid-column: 2; } .filter label:nth-of-type(3) { grid-column: 3; }
    .filter :is(input, select, button) { grid-row: 2; } .filter input { grid-column: 1; } #verdict { grid-column: 2; } #rule { grid-column: 3; }
    input[type=search], input[type=number], select, button { font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--muted); border-radius: .3rem; padding: .3rem .6rem; min-height: 2.4rem; min-width: 0; width: 100%; }
    button { width: auto; background: var(--raised); cursor: pointer; white-space: nowrap; }
    .pager { display: flex; flex-wrap: wrap; align-items: center; gap: .4rem .8rem; margin: .6rem 0; } .pager input[type=number] { width: 5.5rem; } .pager [aria-disabled=true] { opacity: .6; } #paper { margin-left: auto; }
    #making { display: flex; flex-wrap: wrap; align-items: center; gap: .4rem .8rem; width: 100%; } #made { flex: 1; min-width: 8rem; }
    #count { min-height: 1.6em; color: var(--muted); }
    table { border-collapse: collapse; width: 100%; } caption { text-align: left; color: var(--muted); font-size: .875rem; padding: .2rem 0 .4rem; }
    th, td { border-bottom: 1px solid var(--line); padding: .35rem .6rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
    thead th { background: var(--raised); border-bottom: 2px solid var(--line); font-weight: 600; }
    .list { table-layout: fixed; } .list tbody th { font-weight: 400; } .list th:nth-child(1) { width: 20%; } .list th:nth-child(3) { width: 9.5rem; }
    .list td:nth-child(4), .list td:nth-child(5) { font-size: .85rem; color: var(--muted); }
    .wide { overflow-x: auto; } .places { font-variant-numeric: tabular-nums; min-width: 60rem; } .places th, .places td { overflow-wrap: normal; }
    .places tbody th, .places a { white-space: nowrap; } .places thead th { min-width: 4.6rem; } .places td:last-child { font-size: .85rem; min-width: 18rem; overflow-wrap: anywhere; }
    .places td:nth-child(n + 4):nth-child(-n + 8), .places th:nth-child(n + 4):nth-child(-n + 8) { text-align: right; }
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
      body { padding: .8rem .8rem 2rem; } .filter { grid-template-columns: 1fr 1fr; } .filter label, .filter :is(input, select, button) { grid-row: auto !important; grid-column: 1 / -1 !important; }
      .filter button { grid-column: auto !important; } figure { grid-template-columns: minmax(0, 1fr); } figure ol { grid-column: 1; grid-row: auto; }
      th, td { padding: .3rem .35rem; } .list { font-size: .9rem; } .list th:nth-child(1) { width: 27%; } .list th:nth-child(3) { width: 6rem; } .body { padding-left: .2rem; }
      summary > h3 > b { float: none; display: block; padding: 0; }
    }
    @media screen { .paper { display: none; } }
    @page { margin: 16mm 14mm 18mm; @bottom-center { content: counter(page) " / " counter(pages); font-size: 9pt; } }
    @media print {
      :root { color-scheme: light; --ground: #fff; --raised: #f4f4f4; --ink: #000; --muted: #444; --line: #999; --link: #000; --bad: #900; --doubt: #6a3d00;
        --gap: #51246f; --good: #14521d; --plain: #0d5057; --warm: #fff; --mark: #eee; --disc: #fff; }
      body { max-width: none; padding: 0; font: 10.5pt/1.5 "Songti SC", SimSun, "Noto Serif CJK SC", serif; } h1 { font-size: 16pt; } h2 { font-size: 13pt; }
      body > input, body > label, nav, .skip, .filter, .pager, .back, #count:empty, .paper + * { display: none; } a { text-decoration: none; }
      details:not(.order)::details-content { content-visibility: visible; height: auto; } summary { list-style: none; }
      h2, h3, h4, summary, caption, thead { break-after: avoid; } tr, blockquote, figure, .rule, .counts, .remedy, dl > div, .quiet li { break-inside: avoid; }
      .subject { border-bottom: 1pt solid var(--line); } thead { display: table-header-group; } .wide { overflow: visible; } .places { min-width: 0; font-size: 8.5pt; }
      .places td, .places th { padding: 2pt 3pt; overflow-wrap: anywhere; } .places td:last-child { min-width: 0; width: 30%; font-size: 8pt; } .places tbody th { white-space: normal; } .places thead th { min-width: 0; }
      figure { grid-template-columns: 7.5cm 1fr; }
    }

    """

  package static let script = #"""
    "use strict";
    (function () {
      var root = document.documentElement;
      function one(id) { return document.getElementById(id); }
      function listed(found) { return Array.prototype.slice.call(found); }
      function all(selector) { return listed(document.querySelectorAll(selector)); }
      var find = one("find"), verdict = one("verdict"), rule = one("rule"), count = one("count");
      var table = document.querySelector(".list"), results = one("results"), rest = one("rest");
      var rows = listed(table.tBodies[0].rows), subjects = listed(results.children);
      var body = table.tBodies[0], length = rows.length, packed = [], pieces = null;
      if (rest) {
        rows = rows.concat(listed(rest.content.querySelectorAll("tr")));
        packed = listed(rest.content.querySelectorAll("script"));
      }
      // The numbers of the rows that the filter leaves, the page of them that is shown, and where each link leads.
      var found = rows.map(function (row, i) { return i; }), page = 0, isWhole = false, places = null;
      var texts = null, opened = [], timer = 0, sheets = [], making = 0;

      function language() { return one("en").checked ? "en" : "zh"; }
      function lastPage() { return Math.max(0, Math.ceil(found.length / length) - 1); }
      function tell() {
        var start = isWhole ? 0 : page * length, end = isWhole ? found.length : Math.min(start + length, found.length);
        count.textContent = count.getAttribute("data-" + language()).replace("^", Math.min(start + 1, end)).replace("$", end)
          .replace("#", found.length).replace("*", rows.length);
      }
      function swapIn(part) {
        var word = "data-" + language();
        listed(part.querySelectorAll("title[data-zh], desc[data-zh], option[data-zh]")).forEach(function (element) {
          element.textContent = element.getAttribute(word);
        });
      }
      function swap() {
        root.lang = language() === "en" ? "en" : "zh-CN";
        clear();
        swapIn(document);
        tell();
      }
      // What waits is HTML that planlint wrote with every value escaped: `{` stands for `<`, `}n}` for the piece of that number.
      function plain(text) { return text.replace(/\{/g, "<"); }
      function markup(i) {
        pieces = pieces || plain(one("pieces").textContent).split("\n");
        return plain(packed[i - length].textContent).replace(/\}(\w+)\}/g, function (whole, number) {
          return pieces[parseInt(number, 36)];
        });
      }
      function subject(i) {
        if (!subjects[i]) {
          var holder = document.createElement("div");
          holder.innerHTML = markup(i);
          subjects[i] = holder.firstElementChild;
        }
        return subjects[i];
      }
      function put(parent, children) {
        var part = document.createDocumentFragment();
        children.forEach(function (child) { part.appendChild(child); });
        parent.textContent = "";
        parent.appendChild(part);
      }
      function show() {
        var shown = found.slice(page * length, (page + 1) * length);
        clear();
        put(body, shown.map(function (i) { return rows[i]; }));
        put(results, shown.map(subject));
        swapIn(results);
        number();
        tell();
      }
      function number() {
        if (!rest) { return; }
        table.setAttribute("aria-rowcount", found.length + 1);
        table.tHead.rows[0].setAttribute("aria-rowindex", 1);
        listed(body.rows).forEach(function (row, i) { row.setAttribute("aria-rowindex", page * length + i + 2); });
        all(".pager").forEach(function (pager) {
          var field = pager.querySelector("input");
          field.value = page + 1;
          field.max = lastPage() + 1;
          pager.querySelector(".of").textContent = "/ " + (lastPage() + 1);
          pager.hidden = false;
        });
        all("[data-step]").forEach(function (button) {
          button.setAttribute("aria-disabled", page === (button.getAttribute("data-step") < 0 ? 0 : lastPage()));
        });
        document.querySelector(".found").textContent = found.length;
      }
      function go(to, pager) {
        page = Math.max(0, Math.min(Math.floor(to) || 0, lastPage()));
        show();
        // From below the results the reader is taken up to the rows.
        if (!table.parentNode.contains(pager)) { one("list").focus(); }
      }
      function filter() {
        var text = find.value.trim().toLowerCase(), v = verdict.value, r = rule.value;
        if (text !== "" && !texts) {
          texts = rows.map(function (row) { return (row.textContent + " " + row.getAttribute("data-r")).toLowerCase(); });
        }
        found = [];
        rows.forEach(function (row, i) {
          if ((v === "" || row.getAttribute("data-v") === v) &&
            (r === "" || (" " + row.getAttribute("data-r") + " ").indexOf(" " + r + " ") >= 0) &&
            (text === "" || texts[i].indexOf(text) >= 0)) { found.push(i); }
        });
        page = 0;
        show();
      }
      function soon() { clearTimeout(timer); timer = setTimeout(filter, 150); }
      function reveal() {
        if (!places) {
          places = {};
          rows.forEach(function (row, i) { places[row.querySelector("a").getAttribute("href")] = i; });
        }
        if (!Object.prototype.hasOwnProperty.call(places, location.hash)) { return; }
        var i = places[location.hash];
        if (found.indexOf(i) < 0) { find.value = verdict.value = rule.value = ""; filter(); }
        if (!root.contains(subject(i))) { page = Math.floor(found.indexOf(i) / length); show(); }
        subject(i).open = true;
        subject(i).firstElementChild.focus({ preventScroll: true });
        subject(i).scrollIntoView({ block: "start" });
      }
      // For paper all that the filter leaves is made beside the page that is shown, in steps, in the language chosen alone.
      function clear() {
        clearTimeout(making);
        sheets.forEach(function (sheet) { sheet.remove(); });
        sheets = [];
        isWhole = false;
        if (rest) { one("making").hidden = true; }
      }
      function paper() {
        clear();
        var other = language() === "en" ? "z" : "e", bar = one("made"), done = 0;
        var unread = new RegExp("<(span|p|small) class=\"" + other + "\\b[^>]*>[^<]*</\\1>|<dl class=\"" + other + "\".*?</dl>", "g");
        var lines = document.createElement("tbody"), parts = document.createElement("div");
        lines.className = parts.className = "paper";
        bar.max = found.length;
        bar.value = 0;
        one("making").hidden = false;
        function step() {
          var end = Date.now() + 50;
          while (done < found.length && Date.now() < end) {
            // One parse of twenty is twice as fast as twenty of one.
            var some = found.slice(done, done + 20), holder = document.createElement("div");
            done += some.length;
            some.forEach(function (i) { lines.appendChild(rows[i].cloneNode(true)); });
            holder.innerHTML = some.map(function (i) { return i < length ? subjects[i].outerHTML : markup(i); }).join("").replace(unread, "");
            swapIn(holder);
            parts.appendChild(holder);
          }
          bar.value = done;
          making = setTimeout(done < found.length ? step : finish, 0);
        }
        function finish() {
          sheets = [lines, parts];
          body.before(lines);
          results.before(parts);
          isWhole = true;
          one("making").hidden = true;
          tell();
          print();
        }
        step();
      }
      function toggle(open) { listed(results.children).forEach(function (s) { s.open = open; }); }

      find.addEventListener("input", soon);
      [verdict, rule].forEach(function (input) { input.addEventListener("change", filter); });
      one("open").addEventListener("click", function () { toggle(true); });
      one("close").addEventListener("click", function () { toggle(false); });
      ["zh", "en"].forEach(function (id) { one(id).addEventListener("change", swap); });
      document.addEventListener("click", function (event) {
        var link = event.target.closest && event.target.closest("a[href^='#s']");
        if (link && link.getAttribute("href") === location.hash) { event.preventDefault(); reveal(); }
      });
      addEventListener("hashchange", reveal);
      all(".pager").forEach(function (pager) {
        pager.addEventListener("click", function (event) {
          var button = event.target.closest("[data-step]");
          if (button) { go(page + Number(button.getAttribute("data-step")), pager); }
        });
        pager.querySelector("input").addEventListener("change", function (event) { go(event.target.value - 1, pager); });
      });
      if (rest) {
        one("list").tabIndex = -1;
        one("paper").addEventListener("click", paper);
        one("stop").addEventListener("click", function () { clear(); one("paper").focus(); });
      }
      addEventListener("beforeprint", function () {
        // Where the style opens them on paper, nothing has to be laid out for the screen first.
        if (CSS.supports("selector(::details-content)")) { return; }
        opened = all("details:not([open]):not(.order)");
        opened.forEach(function (d) { d.open = true; });
      });
      addEventListener("afterprint", function () {
        opened.forEach(function (d) { d.open = false; });
        opened = [];
        clear();
        tell();
      });
      document.querySelector(".filter").hidden = false;
      number();
      swap();
      if (location.hash) { reveal(); }
      // A browser that comes back to the page may have kept the language that was chosen.
      addEventListener("pageshow", swap);
    })();

    """#
}
