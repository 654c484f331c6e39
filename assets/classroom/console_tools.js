/* The rest of the desk: what the projector shows, trying the lesson out, taking results home. */
(function () {
  "use strict";

  var make = Stroll.make, say = Desk.say, box = Desk.box;
  var SCENES = ["street", "results", "luck", "duel", "bets", "ranking"];
  var DOWNLOADS = ["report.html", "report.csv", "decisions.csv", "capsules.zip", "class.strollclass"];

  /* ---- the projector ---- */
  Desk.projector = function (view) {
    var after = ["computed", "night", "debrief", "over"].indexOf(view.phase) >= 0;
    var seats = (view.seats || []).filter(function (seat) { return !seat.removed; }), pair = view.duel || [null, null];
    return make("section", { "class": "card projector", "aria-labelledby": "projector-title" }, [
      make("h2", { id: "projector-title" }, [say("projector.title")]),
      after ? Desk.choice("scene", say("projector.scene"), SCENES.map(function (scene) {
        return [scene, say("scene." + scene)];
      }), view.scene, function (scene) { Desk.act("scene", { "do": "scene", scene: scene }); })
        : make("p", { "class": "hint" }, [say("projector.follows")]),
      after && view.scene === "duel" ? duel(seats, pair) : null,
      view.urls && view.urls.board ? make("a", { "class": "act link", href: board(view.urls.board), target: "_blank", rel: "noopener noreferrer" },
        [Desk.icon("screen"), box("act-words", [make("span", { "class": "act-text" }, [say("projector.open")]), make("span", { "class": "act-below" }, [say("projector.how")])])]) : null
    ]);
  };
  /* The board on the address by which this page was reached: that one works from here. */
  function board(url) {
    try { var parsed = new URL(url); return parsed.pathname + parsed.search; } catch (error) { return "/board"; }
  }
  function duel(seats, pair) {
    if (seats.length < 2) { return make("p", { "class": "hint" }, [say("duel.few")]); }
    function chosen(n) { return pair[n] === null ? seats[n].number : pair[n]; }
    function pick(n) {
      return make("label", { "class": "field" }, [make("span", null, [say(n ? "duel.other" : "duel.one")]), make("select", {
        value: String(chosen(n)), disabled: Desk.line !== "open", change: function (event) {
          var both = [chosen(0), chosen(1)];
          both[n] = Number(event.target.value);
          Desk.act("duel", { "do": "scene", scene: "duel", duel: both });
        }
      }, seats.map(function (seat) { return make("option", { value: seat.number }, [seat.number + " " + seat.name]); }))]);
    }
    return box("duel-pick", [pick(0), pick(1), pair[0] === null ? Desk.button(say("duel.show"), function () {
      Desk.act("duel", { "do": "scene", scene: "duel", duel: [chosen(0), chosen(1)] });
    }, { kind: "small", slot: "duel" }) : null]);
  }

  /* ---- before class ---- */
  Desk.preview = function (view) {
    var preview = view.preview, rows = preview && preview.rows || [], working = Boolean(preview) && !rows.length;
    return Desk.section("preview", say("preview.title"), [
      make("p", { "class": "hint" }, [say("preview.why")]),
      Desk.button(working ? say("preview.working") : rows.length ? say("preview.again") : say("preview.start"), function () {
        Desk.act("preview", { "do": "preview" });
      }, { slot: "preview", disabled: working }),
      rows.length ? box("table-holder", [make("table", { "class": "figures" }, [
        make("caption", null, [say("preview.caption", { crowds: preview.crowds })]),
        make("thead", null, [make("tr", null, [make("th", { scope: "col" }, [say("preview.tactic")])].concat(metrics(rows).map(function (metric) {
          return make("th", { scope: "col" }, [Stroll.say("metrics." + metric + ".name")]);
        })))]),
        make("tbody", null, rows.map(function (row) {
          return make("tr", { key: row.id }, [make("th", { scope: "row" }, [row.title || row.id])].concat(metrics(rows).map(function (metric) {
            var band = row[metric] || [];
            return make("td", { "class": "number" }, [make("span", { "class": "narrow" }, [Stroll.say("metrics." + metric + ".name") + " "]), make("b", null, [Stroll.figure(metric, band[0])]), make("span", { "class": "band" }, [
              Stroll.figure(metric, band[1]) + "–" + Stroll.figure(metric, band[2])
            ])]);
          })));
        }))
      ])], { tabindex: 0, role: "region", "aria-label": say("preview.title") }) : null
    ], working || rows.length > 0);
  };
  function metrics(rows) {
    return ["net_sales", "return_rate", "followers", "viewers"].filter(function (metric) { return rows[0][metric]; });
  }

  Desk.practice = function (view) {
    if (!view.practice && !view.can_practice && !view.can_reset) { return null; }
    return Desk.section("practice", say("practice.title"), [
      make("p", { "class": "hint" }, [say("practice.why")]),
      view.practice ? make("p", null, [make("b", null, [say("practice.on")])]) : null,
      box("row", [
        view.can_practice && !view.practice ? Desk.button(say("practice.start"), function () { Desk.act("practice", { "do": "practice" }); }, { slot: "practice" }) : null,
        view.can_reset ? Desk.button(say(view.practice ? "practice.end" : "practice.reset"), function () {
          Desk.ask({
            title: say(view.practice ? "practice.end_ask" : "practice.reset_ask"), why: say("practice.reset_why"), go: say("practice.reset_go"),
            yes: function () { Desk.act("reset", { "do": "reset" }); }
          });
        }, { slot: "reset", kind: view.practice ? "main" : "" }) : null
      ])
    ], Boolean(view.practice));
  };

  /* ---- who cannot get in, and what is taken home ---- */
  Desk.joining = function (view) {
    var url = view.urls && view.urls.join;
    return Desk.section("joining", say("joining.title"), [
      url ? make("p", null, [say("joining.address"), " ", make("b", { "class": "url" }, [url])]) : null,
      make("p", null, [say("joining.code"), " ", make("b", { "class": "number" }, [view.code])]),
      make("h3", null, [say("joining.trouble")]),
      make("ol", { "class": "steps" }, ["same", "http", "data", "firewall", "hotspot", "other"].map(function (step) {
        return make("li", null, [say("joining." + step)]);
      }))
    ], false);
  };
  var named = "yes";
  Desk.downloads = function () {
    // In a window of its own: what cannot be made yet says why there, and the desk stays.
    var query = "?language=" + Stroll.page.language + "&names=" + named;
    return Desk.section("downloads", say("downloads.title"), [
      Desk.choice("with_names", say("downloads.names"), [["yes", say("downloads.names_yes")], ["no", say("downloads.names_no")]], named, function (value) {
        named = value; Desk.picked = {}; Desk.redraw();
      }),
      make("ul", { "class": "links" }, DOWNLOADS.map(function (file) {
        var key = "downloads." + file.replace(".", "_");
        return make("li", null, [
          make("a", { href: "/console/" + file + (file === "class.strollclass" ? "" : query), target: "_blank", rel: "noopener" }, [say(key)]),
          make("span", { "class": "hint" }, [say(key + "_why")])
        ]);
      }))
    ], false);
  };
  Desk.remove = function (view) {
    return Desk.section("delete", say("delete.title"), [
      make("p", null, [say("delete.why")]),
      Desk.button(say("delete.start"), function () {
        Desk.ask({
          title: say("delete.ask"), why: say("delete.ask_why"), go: say("delete.go"), typed: view.code, label: say("delete.type", { code: view.code }),
          yes: function (text) { Desk.act("delete", { "do": "delete", confirm: text.trim() }); }
        });
      }, { kind: "danger", slot: "delete" })
    ], false);
  };
  Desk.log = function (view) {
    var log = view.log || [];
    return Desk.section("log", say("log.title"), [log.length ? make("ol", { "class": "log" }, log.map(function (entry, n) {
      var told = typeof entry === "string" ? { text: entry } : entry;
      return make("li", { key: told.number === undefined ? n : told.number, "class": told.undone ? "undone" : null }, [
        told.at ? make("time", { "class": "number" }, [time(told.at)]) : null,
        make("span", null, [told.text, told.undone ? make("em", null, [" " + say("log.undone")]) : null])
      ]);
    })) : make("p", { "class": "empty" }, [say("log.none")])], false);
  };
  function time(seconds) {
    var at = new Date(seconds * 1000);
    return String(at.getHours()).padStart(2, "0") + ":" + String(at.getMinutes()).padStart(2, "0");
  }
}());
