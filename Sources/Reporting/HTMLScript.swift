extension HTMLPage {
  package static let script = #"""
    "use strict";
    (function () {
      var root = document.documentElement;
      function one(id) { return document.getElementById(id); }
      function listed(found) { return Array.prototype.slice.call(found); }
      function all(selector) { return listed(document.querySelectorAll(selector)); }
      var find = one("find"), count = one("count"), table = document.querySelector(".list"), head = table.tHead.rows[0];
      var results = one("results"), rest = one("rest"), body = table.tBodies[0];
      var rows = listed(body.rows), subjects = listed(results.children), length = rows.length, packed = [], pieces = null;
      if (rest) {
        rows = rows.concat(listed(rest.content.querySelectorAll("tr")));
        packed = listed(one("packed").content.children);
      }
      // What the filter is set to, by the names that the address has; those with a select have it too.
      var names = ["verdict", "district", "rule", "places", "missing"], state = { q: "", sort: "" };
      names.forEach(function (name) { state[name] = ""; });
      // The numbers of the rows that the filter leaves in their order, the page of them that is shown, and which are open.
      var found = rows.map(function (row, i) { return i; }), page = 0, opened = [], isWhole = false;
      var anchors = null, texts = null, keys = {}, unfolded = [], timer = 0, sheets = [], making = 0;
      var picks = all("[data-pick]"), marks = all("a.mark"), collator = new Intl.Collator("zh-CN", { numeric: true });

      function language() { return one("en").checked ? "en" : "zh"; }
      function lastPage() { return Math.max(0, Math.ceil(found.length / length) - 1); }
      function current() { return found.slice(page * length, (page + 1) * length); }
      function link(i) { return rows[i].querySelector("a"); }
      function anchor(i) { return link(i).getAttribute("href").slice(1); }
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
      function words(rule) {
        var option = listed(one("rule").options).filter(function (o) { return o.value === rule; })[0];
        return ["zh", "en"].map(function (word) {
          var text = option ? option.getAttribute("data-" + word) : rule;
          return text === rule ? text : text.slice(0, -(rule.length + 3));
        });
      }
      var ruleWords = {};
      function named(rule) {
        if (!Object.prototype.hasOwnProperty.call(ruleWords, rule)) { ruleWords[rule] = words(rule); }
        return ruleWords[rule];
      }
      function put(parent, children) {
        var part = document.createDocumentFragment();
        children.forEach(function (child) { part.appendChild(child); });
        parent.textContent = "";
        parent.appendChild(part);
      }
      function element(name, className, text, lang) {
        var made = document.createElement(name);
        if (className) { made.className = className; }
        if (lang) { made.lang = lang; }
        made.textContent = text;
        return made;
      }
      // A row that waited has the ids of its rules alone.
      function dress(i) {
        var cell = rows[i].querySelector(".ids");
        if (!cell) { return rows[i]; }
        cell.className = "";
        cell.textContent = "";
        split(rows[i], "data-r").forEach(function (rule) {
          var name = named(rule), item = element("span", "rule-name", "");
          if (name[0] === rule) {
            item.textContent = rule;
          } else {
            item.append(element("span", "z", name[0], "zh-CN"), element("span", "e", name[1], "en"), " ", element("small", "", rule));
          }
          cell.append(item, " ");
        });
        return rows[i];
      }
      function split(row, name) { return (row.getAttribute(name) || "").split(" ").filter(Boolean); }

      // Rows: which, in which order, with what is open below them.
      function more(i) {
        var row = document.createElement("tr"), cell = row.insertCell(), steps = one("steps").cloneNode(true), at = found.indexOf(i);
        row.className = "more";
        cell.colSpan = head.cells.length;
        steps.removeAttribute("id");
        steps.hidden = false;
        steps.querySelector(".at").textContent = (at + 1) + " / " + found.length;
        steps.querySelector("[data-go='-1']").setAttribute("aria-disabled", at === 0);
        steps.querySelector("[data-go='1']").setAttribute("aria-disabled", at === found.length - 1);
        cell.append(steps, subject(i));
        subject(i).open = true;
        swapIn(cell);
        return row;
      }
      function show() {
        var shown = current(), lines = [];
        clear();
        opened.forEach(function (i) {
          subject(i).open = false;
          results.appendChild(subject(i));
        });
        opened = opened.filter(function (i) { return shown.indexOf(i) >= 0; });
        shown.forEach(function (i) {
          lines.push(dress(i));
          link(i).setAttribute("aria-expanded", opened.indexOf(i) >= 0);
          if (opened.indexOf(i) >= 0) { lines.push(more(i)); }
        });
        put(body, lines);
        number();
        tell();
      }
      function fold(i) {
        var line = subject(i).closest(".more"), hadFocus = line && line.contains(document.activeElement);
        opened = opened.filter(function (j) { return j !== i; });
        subject(i).open = false;
        results.appendChild(subject(i));
        if (line) { line.remove(); }
        if (hadFocus) { link(i).focus({ preventScroll: true }); }
        link(i).setAttribute("aria-expanded", false);
      }
      function unfold(i) {
        if (opened.indexOf(i) >= 0) { return; }
        opened.push(i);
        rows[i].after(more(i));
        link(i).setAttribute("aria-expanded", true);
      }
      // Opens one alone, wherever it is.
      function reveal(i) {
        if (found.indexOf(i) < 0) { reset(); }
        opened.slice().forEach(function (j) { if (j !== i) { fold(j); } });
        var to = Math.floor(found.indexOf(i) / length);
        if (to !== page) { page = to; show(); }
        unfold(i);
        write();
      }
      function lead(i) {
        reveal(i);
        subject(i).firstElementChild.focus({ preventScroll: true });
        rows[i].scrollIntoView({ block: "start" });
      }
      function number() {
        if (!rest) { return; }
        table.setAttribute("aria-rowcount", found.length + 1);
        head.setAttribute("aria-rowindex", 1);
        current().forEach(function (i, n) { rows[i].setAttribute("aria-rowindex", page * length + n + 2); });
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
        write();
        // From below the rows the reader is taken up to them.
        if (pager === all(".pager")[1]) { one("list").focus(); }
      }
      function text(i) {
        if (!texts) {
          texts = rows.map(function (row) {
            var cells = listed(row.cells).map(function (cell) { return cell.textContent; });
            if (row.querySelector(".ids")) { split(row, "data-r").forEach(function (rule) { cells.push(named(rule).join(" ")); }); }
            return cells.join("\n").toLowerCase();
          });
        }
        return texts[i];
      }
      function pickOf(name) {
        return picks.filter(function (pick) { return pick.getAttribute("data-pick") === name && pick.getAttribute("data-value") === state[name]; });
      }
      // What a row has to be, one test for each thing that is asked.
      function tests() {
        var tests = [], sought = state.q.toLowerCase().split(/\s+/).filter(Boolean);
        if (state.verdict) { tests.push(function (i) { return rows[i].getAttribute("data-v") === state.verdict; }); }
        if (state.district) { tests.push(function (i) { return rows[i].getAttribute("data-d") === state.district; }); }
        if (state.rule) { tests.push(function (i) { return split(rows[i], "data-r").indexOf(state.rule) >= 0; }); }
        if (state.places) {
          var members = {};
          pickOf("places").forEach(function (pick) { split(pick, "data-rows").forEach(function (i) { members[i] = true; }); });
          tests.push(function (i) { return members[i] === true; });
        }
        if (state.missing) {
          var numbers = pickOf("missing").map(function (pick) { return pick.getAttribute("data-number"); });
          tests.push(function (i) { return split(rows[i], "data-m").some(function (n) { return numbers.indexOf(n) >= 0; }); });
        }
        if (sought.length) {
          tests.push(function (i) { return sought.every(function (word) { return text(i).indexOf(word) >= 0; }); });
        }
        return tests;
      }
      function values(key) {
        var column = listed(head.cells).findIndex(function (cell) { return cell.querySelector("button").getAttribute("data-sort") === key; });
        if (column < 0) { return null; }
        if (!keys[key + language()]) {
          var order = listed(one("verdict").options).map(function (option) { return option.value; });
          keys[key + language()] = rows.map(function (row) {
            var cell = row.cells[column], own = cell.querySelector(language() === "en" ? ".e" : ".z"), text = (own || cell).textContent.trim();
            if (key === "verdict") { return order.indexOf(row.getAttribute("data-v")); }
            if (key === "rules") { text = row.getAttribute("data-r") || ""; }
            return text === "" ? null : key === "score" || key === "rank" ? Number(text) : text;
          });
        }
        return keys[key + language()];
      }
      function sorted(list) {
        var isDown = state.sort.charAt(0) === "-", key = state.sort.replace(/^-/, ""), value = key && values(key);
        if (!value) { return list; }
        return list.sort(function (a, b) {
          var x = value[a], y = value[b];
          if (x === null || y === null) { return x === y ? a - b : x === null ? 1 : -1; }
          var difference = typeof x === "number" ? x - y : collator.compare(x, y);
          return (isDown ? -difference : difference) || a - b;
        });
      }
      function arrange() {
        var asked = tests(), left = {};
        found = [];
        rows.forEach(function (row, i) { if (asked.every(function (test) { return test(i); })) { found.push(i); } });
        found = sorted(found);
        page = 0;
        if (opened.length === 1 && found.indexOf(opened[0]) >= 0) { page = Math.floor(found.indexOf(opened[0]) / length); }
        picks.forEach(function (pick) {
          pick.setAttribute("aria-pressed", state[pick.getAttribute("data-pick")] === pick.getAttribute("data-value"));
        });
        listed(head.cells).forEach(function (cell) {
          var key = cell.querySelector("button").getAttribute("data-sort");
          cell.removeAttribute("aria-sort");
          if (state.sort === key) { cell.setAttribute("aria-sort", "ascending"); }
          if (state.sort === "-" + key) { cell.setAttribute("aria-sort", "descending"); }
        });
        if (marks.length) {
          found.forEach(function (i) { left["#" + anchor(i)] = true; });
          marks.forEach(function (mark) { mark.classList.toggle("off", !left[mark.getAttribute("href")]); });
        }
        one("reset").disabled = !names.concat("q").some(function (name) { return state[name]; });
        show();
      }
      function filter() { arrange(); write(); }
      function enter() {
        find.value = state.q;
        names.forEach(function (name) { if (one(name) && one(name).options) { one(name).value = state[name]; } });
      }
      function reset() {
        clearTimeout(timer);
        names.concat("q").forEach(function (name) { state[name] = ""; });
        enter();
        filter();
      }
      // What was typed counts at once where something else is chosen before it was searched.
      function typed() {
        clearTimeout(timer);
        state.q = find.value.trim();
      }
      function soon() {
        clearTimeout(timer);
        timer = setTimeout(function () { typed(); filter(); }, 150);
      }

      // The address: `#ID` of what alone is open, `#?verdict=…&sort=…&open=ID` where more is set.
      function write() {
        var parts = names.concat("q", "sort").filter(function (name) { return state[name]; }).map(function (name) {
          return name + "=" + encodeURIComponent(state[name]);
        });
        var id = opened.length === 1 ? anchor(opened[0]) : "";
        if (parts.length && id) { parts.push("open=" + encodeURIComponent(id)); }
        if (page > 0 && !id) { parts.push("page=" + (page + 1)); }
        var hash = parts.length ? "#?" + parts.join("&") : id ? "#" + id : "";
        if (hash === "" && location.hash !== "" && !isState()) { return; }
        if (hash !== location.hash) { history.replaceState(null, "", location.href.split("#")[0] + hash); }
      }
      function decoded(text) { try { return decodeURIComponent(text); } catch (error) { return text; } }
      function place(id) {
        if (!anchors) {
          anchors = {};
          rows.forEach(function (row, i) { anchors["#" + anchor(i)] = i; });
        }
        return anchors["#" + id];
      }
      // Whether the address says what is shown, not only where on the page.
      function isState() { return location.hash.indexOf("#?") === 0 || place(decoded(location.hash.slice(1))) !== undefined; }
      function restore() {
        var hash = location.hash, i;
        if (hash.indexOf("#?") !== 0 && hash !== "") {
          i = place(decoded(hash.slice(1)));
          if (i !== undefined) { lead(i); }
          return;
        }
        var asked = {};
        hash.slice(2).split("&").forEach(function (part) {
          var at = part.indexOf("=");
          if (at > 0) { asked[part.slice(0, at)] = decoded(part.slice(at + 1)); }
        });
        names.concat("q", "sort").forEach(function (name) { state[name] = asked[name] || ""; });
        enter();
        opened.slice().forEach(fold);
        arrange();
        i = place(asked.open || "");
        if (i !== undefined && found.indexOf(i) >= 0) { lead(i); }
        else if (asked.page) { page = Math.max(0, Math.min(Math.floor(asked.page) - 1 || 0, lastPage())); show(); }
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
            some.forEach(function (i) { lines.appendChild(dress(i).cloneNode(true)); });
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

      find.addEventListener("input", soon);
      names.forEach(function (name) {
        var select = one(name);
        if (!select || !select.options) { return; }
        select.addEventListener("change", function () { typed(); state[name] = select.value; filter(); });
      });
      one("reset").addEventListener("click", function () { reset(); find.focus(); });
      one("open").addEventListener("click", function () { current().forEach(unfold); write(); });
      one("close").addEventListener("click", function () { opened.slice().forEach(fold); write(); });
      ["zh", "en"].forEach(function (id) { one(id).addEventListener("change", swap); });
      document.addEventListener("click", function (event) {
        if (!event.target.closest) { return; }
        var pick = event.target.closest("[data-pick]"), sort = event.target.closest("[data-sort]");
        var step = event.target.closest("[data-go]"), way = event.target.closest("a[href^='#']"), name, i;
        if (pick) {
          name = pick.getAttribute("data-pick");
          state[name] = state[name] === pick.getAttribute("data-value") ? "" : pick.getAttribute("data-value");
          enter();
          filter();
        } else if (sort) {
          name = sort.getAttribute("data-sort");
          state.sort = state.sort === name ? "-" + name : state.sort === "-" + name ? "" : name;
          filter();
        } else if (step) {
          i = place(step.closest(".more").querySelector(".subject").id);
          i = found[found.indexOf(i) + Number(step.getAttribute("data-go"))];
          if (i === undefined) { return; }
          lead(i);
          subject(i).closest(".more").querySelector("[data-go='" + step.getAttribute("data-go") + "']").focus({ preventScroll: true });
        } else if (way) {
          i = place(decoded(way.getAttribute("href").slice(1)));
          if (i === undefined) { return; }
          if (table.contains(way) && opened.indexOf(i) >= 0 && !way.closest(".more")) {
            event.preventDefault();
            fold(i);
            write();
          } else if (decoded(location.hash) === way.getAttribute("href")) {
            event.preventDefault();
            lead(i);
          }
        }
      });
      // A subject that is closed by its own heading goes back.
      body.addEventListener("toggle", function (event) {
        var line = event.target.closest(".more"), i = event.target.className === "subject" ? place(event.target.id) : undefined;
        if (line && i !== undefined && !event.target.open && opened.indexOf(i) >= 0) { fold(i); write(); }
      }, true);
      addEventListener("hashchange", restore);
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
        // On paper the results of the rows that are shown stand below the tables, as they do without scripts.
        if (!isWhole) {
          all(".more").forEach(function (line) { line.remove(); });
          put(results, current().map(subject));
          swapIn(results);
        }
        // Where the style opens them on paper, nothing has to be laid out for the screen first.
        if (CSS.supports("selector(::details-content)")) { return; }
        unfolded = all("details:not([open]):not(.order)");
        unfolded.forEach(function (d) { d.open = true; });
      });
      addEventListener("afterprint", function () {
        unfolded.forEach(function (d) { d.open = false; });
        unfolded = [];
        clear();
        show();
      });
      all("[data-pick], [data-sort]").forEach(function (button) { button.disabled = false; });
      document.querySelector(".filter").hidden = false;
      root.classList.add("scripted");
      one("reset").disabled = true;
      rows.slice(0, length).forEach(function (row, i) { link(i).setAttribute("aria-expanded", false); });
      number();
      swap();
      if (location.hash) { restore(); }
      // A browser that comes back to the page may have kept the language that was chosen.
      addEventListener("pageshow", swap);
    })();

    """#
}
