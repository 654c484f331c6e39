/* The board that is projected: listens to the class, shows one scene at a time, and decides nothing.
   Keys: numbers switch scenes here only, arrows move the time of a duel, F fills the screen,
   L changes the language. */
(function () {
  "use strict";

  var make = Stroll.make, box = Board.box, say = Board.say;
  var TABS = ["street", "results", "luck", "duel", "bets", "ranking"];
  var AFTER = { computed: 1, night: 1, debrief: 1, over: 1 };
  var query = new URLSearchParams(window.location.search);
  var page = {
    view: null, line: "connecting", refused: query.get("key") ? null : {}, tab: null, followed: null, minute: null, left: null, street: null, shop: null,
    scrub: function (n) { page.minute = n; redraw(); }
  };
  Board.sizes = {};

  function scene(view) {
    if (view.computing && view.phase !== "lobby") { return "computing"; }
    if (!AFTER[view.phase]) { return view.phase === "deciding" ? "street" : view.phase; }
    // Nights begin with the parcels, whatever was shown before.
    var wish = page.tab || (view.phase === "night" ? null : view.scene);
    if (wish === "bets") { return "calibration"; }
    if (wish && Board.scenes[wish]) { return wish; }
    return view.phase === "night" ? "night" : "results";
  }
  function tabs(view) {
    if (!AFTER[view.phase] || view.computing) { return null; }
    var shown = scene(view) === "calibration" ? "bets" : scene(view);
    var list = view.phase === "night" ? ["night"].concat(TABS) : TABS;
    return make("nav", { "class": "tabs", "aria-label": say("tabs.label") }, list.map(function (name) {
      var number = TABS.indexOf(name) + 1;
      return make("button", {
        type: "button", "aria-current": shown === name ? "true" : null, click: function () { go(name); }
      }, [make("span", { "class": "digit number", "aria-hidden": "true" }, [number]), say("tabs." + name)]);
    }));
  }
  function go(name) { page.tab = name; redraw(); }

  /* ---- what is always there ---- */
  function header(view) {
    var seconds = page.left ? page.left() : null, people = (view.lobby || {}).count;
    var decided = view.decided || {}, round = view.phase === "deciding" || view.phase === "computed";
    return make("header", { "class": "panel top" }, [
      box("brand", [
        make("span", { "class": "badge" }, [Board.icon("heart")]),
        box("titles", [
          Board.line("title", [view.title || say("name")]),
          Board.line("below", [say("phase." + view.phase), round && view.rounds ? " · " + say("round", { round: view.round, rounds: view.rounds }) : ""])
        ])
      ]),
      round && view.clock ? fact(say(view.campaign ? "days" : "clock"), view.clock.replace("-", "–")) : null,
      view.phase === "deciding" && decided.of !== undefined
        ? fact(say("decided"), [decided.count, make("span", { "class": "of" }, [" / " + decided.of])], "check")
        : Stroll.none(people) || view.phase === "lobby" ? null : fact(say("joined"), people, "people"),
      view.phase === "deciding" && seconds !== null ? box("fact countdown", [
        Board.icon("clock"), make("b", { "class": "number", role: "timer", "aria-label": say("left") }, [Stroll.minutesSeconds(seconds)])
      ]) : null,
      box("tools", [
        Stroll.languageSwitch(),
        make("button", { type: "button", "class": "tool", "aria-label": say("full"), title: say("full"), click: fullScreen }, [Board.icon("full")])
      ])
    ]);
  }
  function fact(name, value, sign) {
    return box("fact", [Board.line("below", [name]), Board.line("figure number", [sign ? Board.icon(sign) : null, make("b", null, [value])])]);
  }
  function footer(view) {
    var lobby = view.lobby || {};
    return make("footer", { "class": "bottom" }, [
      view.crowd ? Board.panel("crowd", [
        Board.icon("same"),
        make("p", null, [make("b", null, [say("crowd." + (view.mode === "vote" || view.mode === "shared" ? view.mode : "same"))]),
          " ", make("code", null, [view.crowd]), make("br"), say("crowd_why." + (view.mode === "vote" || view.mode === "shared" ? view.mode : "same"))])
      ]) : null,
      view.phase !== "lobby" && view.phase !== "over" && (lobby.url || view.code) ? Board.panel("late", [
        Board.line("below", [say("late"), " ", make("span", { "class": "url" }, [Board.origin(lobby.url)])]), make("b", { "class": "number" }, [view.code || lobby.code])
      ]) : null
    ]);
  }
  function notices(view) {
    return box("notices", [
      page.line === "lost" && view ? notice("lost", "broken", say("lost.title"), say("lost.why")) : null,
      view && view.paused ? notice("eyes", "eye", say("eyes.title"), say("eyes.why")) : null,
      view && view.practice ? notice("practice", "star", say("practice.title"), say("practice.why")) : null
    ], { role: "status" });
  }
  function notice(className, sign, title, why) {
    return box("notice " + className, [Board.icon(sign), make("b", null, [title]), make("span", null, [why])], { key: className });
  }

  function render() {
    var view = page.view;
    if (!view) {
      var key = page.refused ? "refused" : page.line === "lost" ? "unreachable" : "loading";
      return [make("header", { "class": "panel top" }, [
        box("brand", [make("span", { "class": "badge" }, [Board.icon("heart")]), box("titles", [Board.line("title", [say("name")]), Board.line("below", [say("subtitle")])])]),
        box("tools", [Stroll.languageSwitch()])
      ]), box("space"), box("scene middle", [Board.panel("center", [
        make("h1", null, [say(key + ".title")]), Board.line("below", [page.refused && page.refused.text ? page.refused.text : say(key + ".why")]),
        key === "loading" ? box("walking", [box("walker")]) : null
      ], { role: "status" })])];
    }
    return [header(view), box("second", [notices(view), tabs(view)]),
      make("main", { "class": "stage" }, [Board.scenes[scene(view)](view, page)]), footer(view)];
  }

  /* ---- the street behind ---- */
  // Where no class stands on the street yet, six shops with lit windows do.
  var EMPTY = [3, 1, 2, 5, 7, 4].map(function (look) { return { look: look, viewers: 6 + look }; });
  /* After the live nobody is watching any more: who bought stands in the window. What a shop earned
     is told nowhere by its number; places are for those whom the class has agreed to show. */
  function lit(view) {
    var after = Boolean({ night: 1, debrief: 1, over: 1 }[view.phase]);
    // Where streets are shared, neighbours stand beside each other.
    var order = view.shops.slice().sort(function (a, b) { return (a.street || 0) - (b.street || 0) || a.number - b.number; });
    return order.map(function (s) {
      return {
        number: s.number, label: s.label, viewers: after ? s.orders : s.viewers, tactic: s.tactic,
        decided: Boolean(s.decided), quiet: after
      };
    });
  }
  /* The nearest of the six is the shop that everybody will have. */
  function empty(shown) {
    return EMPTY.map(function (shop, n) { return n === 5 && shown === "brief" && page.shop ? Object.assign({ label: page.shop }, shop) : shop; });
  }
  function paintStreet() {
    var view = page.view, shown = view ? scene(view) : null, place = Board.sizes.street;
    var own = view && (view.shops || []).length && (shown === "computing" || shown === "street");
    var open = shown === "street" && own && place;
    street.show({
      shops: own ? lit(view) : empty(shown), gate: (view && AFTER[view.phase]) || (shown === "lobby" && window.innerWidth < 1.5 * window.innerHeight) ? "" : page.street || (view || {}).title || "",
      waits: Boolean(own) && view.phase === "deciding" && shown === "street",
      tactics: ((view || {}).choices || []).map(function (c) { return c.id; }),
      names: Boolean(view && view.names_shown), people: shown === "lobby" ? (view.lobby || {}).count || 0 : shown === "night" ? 0 : 120,
      night: shown === "night", centre: shown === "lobby" ? 0.605 : 0.5,
      top: open ? (place[2] + 6) / window.innerHeight * 720 : 96,
      bottom: open ? (place[2] + place[1]) / window.innerHeight * 720 : 640
    });
    if (shown === "duel" && view.duel) { Board.paintDuel(view); }
  }
  /* Charts are drawn at the size that the page leaves them: measured, and drawn again when it changed. */
  function measure() {
    var changed = false;
    document.querySelectorAll("[data-chart]").forEach(function (node) {
      var rect = node.getBoundingClientRect(), name = node.dataset.chart, is = [Math.round(rect.width), Math.round(rect.height), Math.round(rect.top)];
      if (String(Board.sizes[name]) !== String(is)) { Board.sizes[name] = is; changed = true; }
    });
    paintStreet();
    if (changed) { redraw(); }
  }

  /* Names that are told before the live only stay on the street as long as their language does. */
  function remember(view, before) {
    var same = before && before.language === view.language, brief = view.brief || {};
    page.street = brief.street || (same ? page.street : null);
    page.shop = brief.shop || (same ? page.shop : null);
  }

  function fullScreen() {
    if (document.fullscreenElement) { document.exitFullscreen(); } else if (document.documentElement.requestFullscreen) {
      document.documentElement.requestFullscreen().catch(function () { return undefined; });
    }
  }
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) { return; }
    var view = page.view, key = event.key;
    if (key === "f" || key === "F") { fullScreen(); return; }
    if (key === "l" || key === "L") { Stroll.setLanguage(Stroll.page.language === "zh" ? "en" : "zh"); return; }
    if (!view || !AFTER[view.phase]) { return; }
    if (/^[1-6]$/.test(key)) { go(TABS[Number(key) - 1]); return; }
    if (key === "0" && view.phase === "night") { go("night"); return; }
    var step = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10, Home: -1e6, End: 1e6 }[key];
    if (step && scene(view) === "duel" && view.duel) {
      var last = Board.duelLength(view) - 1, at = page.minute === null ? last : page.minute;
      page.scrub(Math.max(0, Math.min(last, at + step)));
      event.preventDefault();
    }
  });

  var street = new ClassStreet(document.getElementById("street"));
  var redraw = Stroll.mount(document.getElementById("board"), render, function () {
    document.title = (page.view && page.view.title ? page.view.title + " · " : "") + say("name");
    measure();
  });
  var options = {
    path: "/ws/board?key=" + encodeURIComponent(query.get("key") || ""),
    hello: function () { return { type: "language", language: Stroll.page.language }; },
    message: function (data) {
      if (data.type === "view" && data.view) {
        var before = page.view;
        page.view = data.view; page.refused = null;
        remember(data.view, before);
        page.left = Stroll.countdown(data.view.seconds_left);
        // The console leads; a number pressed here holds until the console chooses anew.
        if (!before || before.scene !== data.view.scene || before.phase !== data.view.phase) { page.tab = null; }
        redraw();
      } else if (data.type === "refused") { page.refused = data; redraw(); }
    },
    state: function (name) { page.line = name; redraw(); }
  };
  var line = Stroll.connect(options);
  Stroll.page.listeners.push(function () {
    line.send("language", { language: Stroll.page.language });
    redraw();
  });
  window.addEventListener("resize", redraw);
  window.setInterval(function () { if (page.left && page.left() !== null) { redraw(); } }, 500);
  if (query.has("scene")) { page.tab = query.get("scene"); }
}());
