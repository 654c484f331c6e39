/* The scenes of the board: what the class sees in each phase. Everything is a description of the
   view the server sent; what is missing in it is left out. */
(function () {
  "use strict";

  var make = Stroll.make, box = Board.box, line = Board.line, say = Board.say, scenes = Board.scenes;

  function heading(text, below) {
    return box("heading", [make("h2", null, [text]), below ? line("below", [below]) : null]);
  }
  /* A place for a chart that is drawn at the size which the page leaves for it. */
  function canvas(name, draw) {
    var size = Board.sizes[name];
    return box("canvas", [size ? draw(size[0], size[1]) : null], { "data-chart": name, key: name });
  }
  function legend(view) {
    var choices = view.choices || [];
    return choices.length ? box("legend", choices.map(function (choice, n) {
      return box("tactic", [Board.markIcon(n), make("span", null, [choice.title])]);
    })) : null;
  }

  /* ---- before the live ---- */
  scenes.lobby = function (view) {
    var lobby = view.lobby || {}, names = Array.isArray(lobby.joined) ? lobby.joined : [];
    var count = Stroll.none(lobby.count) ? names.length : lobby.count;
    var steps = [
      [say("lobby.wifi"), lobby.wifi ? box("strong", [lobby.wifi]) : null],
      [say("lobby.open"), lobby.url ? box("address", [Board.origin(lobby.url)]) : null],
      [say("lobby.code"), box("code", [view.code || lobby.code || "–"])]
    ];
    return box("scene lobby", [
      Board.panel("join", [
        make("h1", null, [say("lobby.title")]),
        make("ol", { "class": "steps" }, steps.map(function (step, n) {
          return make("li", null, [
            make("span", { "class": "count", "aria-hidden": "true" }, [n + 1]), box("step", step)
          ]);
        })),
        line("help", [make("b", null, [say("lobby.trouble")]), " ", say("lobby.trouble_how")])
      ]),
      box("aside", [
        Board.panel("scan", [
          lobby.qr_svg ? Stroll.draw.shapes(lobby.qr_svg, say("lobby.qr")) : null,
          line("strong", [lobby.qr_svg ? say("lobby.scan") : say("lobby.no_qr")])
        ]),
        Board.panel("joined", [
          Board.icon("people"),
          box("joined-words", [
            line("big number", [count]),
            line("", [count ? say("lobby.joined") : say("lobby.nobody")])
          ]),
          names.length ? make("ul", { "class": "names", "aria-label": say("lobby.names") },
            names.slice(-6).map(function (name) { return make("li", null, [name]); })) : null
        ], { "aria-live": "polite" })
      ])
    ]);
  };

  scenes.brief = function (view) {
    var brief = view.brief || {};
    return box("scene two", [
      Board.panel("wide", [
        heading(say("brief.title")),
        make("ul", { "class": "lines" }, (brief.lines || []).map(function (text) {
          return make("li", null, [text]);
        })),
        brief.goal ? box("goal", [Board.icon("star"), make("p", null, [make("b", null, [say("brief.goal")]), " ", brief.goal])]) : null
      ]),
      box("aside", [
        brief.street || brief.culture ? Board.panel("", [heading(brief.street || say("brief.street")), line("", [brief.culture])]) : null,
        (brief.goods || []).length ? Board.panel("", [
          heading(say("brief.goods")),
          make("ul", { "class": "goods" }, brief.goods.map(function (thing) {
            return make("li", null, [make("span", null, [thing.name]), make("b", { "class": "number" }, [
              typeof thing.price === "number" ? Stroll.yuan(thing.price) : thing.price
            ])]);
          }))
        ]) : null
      ])
    ]);
  };

  scenes.bets = function (view) {
    var bets = view.bets || {}, of = (view.decided && view.decided.of) || bets.of || (view.lobby || {}).count || 0;
    return box("scene middle", [
      Board.panel("center", [
        make("h1", null, [say("bets.title")]),
        line("below", [say("bets.why")]),
        (bets.questions || []).length ? make("ol", { "class": "questions" }, bets.questions.map(function (q) {
          return make("li", null, [q.text]);
        })) : null,
        box("tally", [line("huge number", [bets.count || 0, of ? make("span", { "class": "of" }, [" / " + of]) : null]), line("", [say("bets.placed")])]),
        of ? Board.progress(bets.count || 0, of, say("bets.placed")) : null
      ])
    ]);
  };

  /* ---- the street of the class ---- */
  scenes.street = function (view) {
    var shops = view.shops || [];
    if (!shops.length) {
      return box("scene middle", [Board.panel("center", [heading(say("street.empty"), say("street.empty_why"))])]);
    }
    return box("scene street-scene", [
      box("open", null, {
        "data-chart": "street", key: "street", role: "img", "aria-label": say("street.told", {
          count: shops.length, decided: shops.filter(function (s) { return s.decided; }).length,
          viewers: shops.reduce(function (sum, s) { return sum + (s.viewers || 0); }, 0)
        })
      }),
      legend(view)
    ]);
  };

  scenes.computing = function (view) {
    var work = view.computing || {};
    return box("scene middle", [
      Board.panel("center", [
        make("h1", null, [say("computing.title")]),
        line("below", [say("computing.why")]),
        Board.progress(work.done || 0, work.total || 1, say("computing.title")),
        line("number", [say("computing.done", { done: work.done || 0, total: work.total || "–" })])
      ], { "aria-live": "polite" })
    ]);
  };

  scenes.night = function (view) {
    var days = (view.night || {}).days || [];
    var kept = days.reduce(function (sum, d) { return sum + (d.kept || 0); }, 0);
    var back = days.reduce(function (sum, d) { return sum + (d.returned || 0); }, 0);
    return box("scene middle", [
      Board.panel(days.length ? "chart-panel nightly" : "center nightly", [
        heading(say("night.title"), say("night.why")),
        days.length ? [
          box("key", [
            box("tactic", [make("span", { "class": "kept" }, [Board.icon("parcel")]), make("span", null, [say("night.kept", { count: Stroll.number(kept) })])]),
            box("tactic", [make("span", { "class": "returned" }, [Board.icon("back")]), make("span", null, [say("night.returned", { count: Stroll.number(back) })])])
          ]),
          canvas("night", function (w, h) { return Board.charts.parcels(days, w, h); })
        ] : box("parcels", [0, 1, 2, 3, 4].map(function () { return Board.icon("parcel"); }))
      ])
    ]);
  };

  /* ---- what came of it ---- */
  scenes.results = function (view) {
    var results = view.results;
    if (!results || !(results.groups || []).length) {
      return waiting(say("results.none"), say("results.none_why"));
    }
    return box("scene middle", [
      Board.panel("chart-panel", [
        heading(say("results.title", { metric: results.title || "" }), say("results.how")),
        canvas("results", function (w, h) { return Board.charts.dots(view, results, w, h); }),
        notes(view, results)
      ])
    ]);
  };

  /* What the figure does not say by itself: before the nights no parcel has come back yet. Left out
     where a notice needs the room. */
  function notes(view, results) {
    var note = view.phase === "computed" ? say("results.not_yet")
      : results.best && results.best.sentence ? say("results.best_note", { sentence: results.best.sentence }) : null;
    var others = view.phase === "computed" ? [] : (results.others || []).slice(0, 3);
    if (view.paused || view.practice || (!note && !others.length)) { return null; }
    return box("key others", [
      others.length ? make("span", { "class": "below" }, [say("results.others")]) : null,
      others.map(function (other) {
        return box("tactic", [make("span", null, [other.title]), make("b", { "class": "number" }, [other.average_text])]);
      }),
      note ? Board.line("note", [note]) : null
    ]);
  }

  scenes.luck = function (view) {
    var results = view.results || {}, list = results.bands || [], ties = told(view, results).slice(0, 3);
    if (!list.length) { return waiting(say("luck.none"), say("luck.none_why")); }
    var crowds = results.luck && results.luck.crowds;
    return box("scene middle", [
      Board.panel("chart-panel", [
        heading(say("luck.title", { metric: results.title || "" }),
          crowds ? say("luck.how", { crowds: crowds }) : say("luck.how_any")),
        box("key", [
          box("tactic", [make("span", { "class": "band-sign" }), make("span", null, [say("luck.band")])]),
          box("tactic", [make("span", { "class": "mean-sign" }), make("span", null, [say("luck.mean")])]),
          box("tactic", [make("span", { "class": "dot-sign" }), make("span", null, [say("luck.here")])])
        ]),
        canvas("luck", function (w, h) {
          var room = (h - 7 * Board.unit()) / (3.7 * Board.unit()), each = shopBands(view, results);
          return Board.charts.bands(view, results, each.length && each.length <= room ? each : list.slice(0, 9), w, h);
        }),
        ties.length ? make("ul", { "class": "ties" }, ties.map(function (tie) {
          return make("li", null, [typeof tie === "string" ? tie : tie.text]);
        })) : null
      ])
    ]);
  };

  /* Ties in words. Where the class is not ranked on the wall, only those between choices: the others
     name the shop that came first. */
  function told(view, results) {
    var verdicts = (view.luck || {}).verdicts;
    if (!verdicts || (view.ranking && view.ranking.length)) { return results.ties || []; }
    return verdicts.filter(function (one) { return one.kind === "tie" || one.kind === "same"; }).map(function (one) { return one.text; });
  }

  /* In a small class every shop has its own band, in a large one every choice. A row says what was
     chosen and never whose it is, or the wall would tell everybody's place. */
  function shopBands(view, results) {
    var keys = {}, titles = {}, sign = results.lower_is_better ? -1 : 1;
    (results.values || []).forEach(function (one) { keys[one.label] = one.group; });
    (results.groups || []).forEach(function (one) { titles[one.key] = one.title; });
    return ((view.luck || {}).shops || []).map(function (shop) {
      var key = keys[shop.label];
      return Object.assign({}, shop, { key: key, title: titles[key] || "–" });
    }).sort(function (a, b) { return sign * ((b.value || 0) - (a.value || 0)); });
  }

  scenes.calibration = function (view) {
    var data = view.calibration;
    if (!data || !(data.groups || []).length) { return waiting(say("bets.none"), say("bets.none_why")); }
    return box("scene two", [
      Board.panel("chart-panel wide", [
        heading(say("bets.right"), say("bets.how")),
        data.groups.some(function (g) { return g.kind === "interval"; }) ? box("key", [
          box("tactic", [make("span", { "class": "dot-sign" }), make("span", null, [say("bets.chance")])]),
          box("tactic", [make("span", { "class": "square-sign" }), make("span", null, [say("bets.range")])])
        ]) : null,
        canvas("bets", function (w, h) { return Board.charts.calibration(data, w, h); })
      ]),
      box("aside", [
        Board.panel("grow", [
          heading(say("bets.class")),
          data.text ? line("strong", [data.text]) : null,
          make("ul", { "class": "goods outcomes" }, (data.questions || []).slice(0, 4).map(function (q) {
            return make("li", null, [
              make("span", null, [q.text]),
              q.said ? make("span", { "class": "below" }, [say("bets.middle", { said: q.said })]) : null,
              q.known ? make("b", null, [say("bets.hits", { hits: q.right, of: q.known })]) : null
            ]);
          }))
        ])
      ])
    ]);
  };

  scenes.ranking = function (view) {
    var list = view.ranking;
    if (!list || !list.length) { return waiting(say("ranking.private"), say("ranking.private_why")); }
    return box("scene middle", [
      Board.panel("center ranking", [
        heading(say("ranking.title"), (view.results || {}).title ? say("ranking.by", { metric: view.results.title }) : null),
        make("ol", { "class": "places" }, list.map(function (one) {
          return make("li", { "class": "place-" + one.place }, [
            make("span", { "class": "medal number", "aria-label": say("ranking.place", { place: one.place }) }, [one.place]),
            make("span", { "class": "who" }, [one.label]),
            make("b", { "class": "number" }, [one.text || Stroll.figure((view.results || {}).metric || "net_sales", one.value)])
          ]);
        })),
        line("below", [say("ranking.same")])
      ])
    ]);
  };

  function waiting(title, why) {
    return box("scene middle", [Board.panel("center", [heading(title, why)])]);
  }
  Board.waiting = waiting;
  Board.heading = heading;
  Board.canvas = canvas;
}());
