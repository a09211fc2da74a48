/// The style and the script of the page; nothing of a report is in them.
enum HTMLPage {
  static let style = """
    [hidden] { display: none !important; }
    :root { color-scheme: light; --line: #d0d4da; --muted: #5b6470; }
    body { font: 16px/1.6 "Noto Serif CJK SC", "Source Han Serif SC", SimSun, serif; color: #1b1f24;
      background: #fff; max-width: 68rem; margin: 0 auto; padding: 1.5rem; }
    h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2rem; } h3 { font-size: 1rem; margin: 0; }
    code, pre { font-family: "Noto Sans Mono CJK SC", ui-monospace, monospace; font-size: .85rem; }
    pre { overflow-x: auto; margin: .3rem 0; padding: .4rem .6rem; background: #f5f6f8; line-height: 1.3; }
    table { border-collapse: collapse; width: 100%; }
    th, td { border: 1px solid var(--line); padding: .3rem .6rem; text-align: left; vertical-align: top; }
    thead th { background: #eef1f5; }
    .details > td { border-top: 0; padding: .4rem .8rem .8rem; }
    dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem .8rem; margin: .4rem 0; }
    dt { color: var(--muted); } dd { margin: 0; overflow-wrap: anywhere; }
    .digests dd { font-family: ui-monospace, monospace; font-size: .8rem; }
    .notice { border-left: 4px solid #b26a00; background: #fff6e5; padding: .5rem .8rem; }
    .filter { display: flex; flex-wrap: wrap; gap: 1rem; margin: .8rem 0; }
    article { border-left: 4px solid var(--line); padding: .1rem 0 .1rem .8rem; margin: .8rem 0; overflow: hidden; }
    article p { margin: .1rem 0; }
    article.fail { border-color: #b3261e; } article.review { border-color: #b26a00; }
    article.unknown { border-color: #7b3fa0; } article.waived { border-color: #1f5fbf; }
    article.note { border-color: #17818f; } article.pass, article.exempt { border-color: #2e7d32; }
    .fail .outcome, .refused, .noncompliant { color: #b3261e; }
    .review .outcome, b.review { color: #8a5200; } .unknown .outcome, .incomplete { color: #7b3fa0; }
    .admissible, .compliant, .pass .outcome, .exempt .outcome { color: #2e7d32; }
    .other, .place { color: var(--muted); font-size: .85rem; }
    .map { float: right; margin: 0 0 .5rem 1rem; max-width: 100%; height: auto; }
    .map text { font: 10px sans-serif; } .map .radius { fill: #eef4ff; stroke: #1f5fbf; }
    .map .self { fill: #b3261e; } .map .inside { fill: #1b1f24; } .map .rival { fill: #b26a00; }
    .map .outside { fill: #9aa3ad; } .map .doubt { fill: none; stroke: #9aa3ad; stroke-dasharray: 2 2; }
    .map .scale { stroke: #1b1f24; stroke-width: 2; }
    @media print {
      body { max-width: none; padding: 0; font-size: 11pt; }
      .filter { display: none; }
      article, .places tr { break-inside: avoid; }
      thead { display: table-header-group; }
    }

    """

  static let script = """
    "use strict";
    (function () {
      var find = document.getElementById("find");
      var verdict = document.getElementById("verdict");
      var rule = document.getElementById("rule");
      function update() {
        var text = find.value.trim().toLowerCase();
        document.querySelectorAll("tbody.subject").forEach(function (subject) {
          var rules = " " + subject.dataset.rules + " ";
          subject.hidden =
            (verdict.value !== "" && subject.dataset.verdict !== verdict.value) ||
            (rule.value !== "" && rules.indexOf(" " + rule.value + " ") < 0) ||
            (text !== "" && subject.textContent.toLowerCase().indexOf(text) < 0);
        });
      }
      [find, verdict, rule].forEach(function (input) { input.addEventListener("input", update); });
      document.querySelector(".filter").addEventListener("submit", function (event) {
        event.preventDefault();
      });
      document.querySelector(".filter").hidden = false;
    })();

    """
}
