/* The debrief: result with its luck band, the rounds, what if, the bets, and what to take home. */
(function () {
  "use strict";

  var make = Stroll.make;
  var phone = Stroll.phone;
  var parts = Stroll.parts;
  var word = phone.word;
  var state = phone.state;
  var TABS = ["result", "rounds", "whatif", "bets", "keep"];
  var BANDS = ["teal", "coral", "mustard", "sky", "plum", "sage"];

  function goalMetric(debrief) {
    var wished = debrief.metric || (debrief.distribution && debrief.distribution.metric) || "net_sales";
    var figures = debrief.final || {};
    return figures[wished] === undefined && figures.net_sales !== undefined ? "net_sales" : wished;
  }

  function luck(debrief, metric) {
    var band = debrief.own_band;
    var mine = (debrief.final || {})[metric];
    if (!band || band.length < 3 || Stroll.none(mine)) {
      return null;
    }
    var words = word("debrief.band_words", {
      low: Stroll.figure(metric, band[0]), mean: Stroll.figure(metric, band[1]), high: Stroll.figure(metric, band[2]),
      value: Stroll.figure(metric, mine)
    });
    return make("section", { "class": "card" }, [
      make("h2", {}, word("debrief.band")),
      Stroll.draw.picture(300, 64, words, Stroll.draw.band(band[0], band[1], band[2], mine, 300, word("debrief.you")), "band"),
      make("p", { "class": "band-ends", "aria-hidden": "true" }, [
        make("span", {}, word("debrief.band_low")), make("span", {}, word("debrief.band_high"))
      ]),
      make("p", {}, words)
    ]);
  }

  /* Everybody as a dot above the same scale, grouped by what they chose; nobody is named. */
  function classDots(debrief, metric) {
    var found = debrief.distribution;
    if (!found || !found.groups || !found.groups.length) {
      return null;
    }
    var mine = (debrief.final || {})[metric];
    var all = [];
    found.groups.forEach(function (group) {
      all = all.concat(group.values || []);
    });
    all = all.concat([mine, found.best_known]).filter(function (one) {
      return !Stroll.none(one);
    });
    var least = Math.min.apply(null, all);
    var most = Math.max.apply(null, all);
    function at(value) {
      return most > least ? Stroll.draw.round(10 + ((value - least) / (most - least)) * 280) : 150;
    }
    var marked = false;
    function own(group) {
      var here = !marked && !Stroll.none(mine) && (group.values || []).indexOf(mine) >= 0;
      marked = marked || here;
      return here;
    }
    return make("section", { "class": "card" }, [
      make("h2", {}, word("debrief.class")),
      Stroll.none(found.average) ? null : make("p", {}, word(Stroll.none(found.best_known) ? "debrief.class_words_plain" : "debrief.class_words", {
        average: Stroll.figure(metric, found.average), best: Stroll.figure(metric, found.best_known), mine: Stroll.figure(metric, mine)
      })),
      make("ul", { "class": "dots-rows" }, found.groups.map(function (group) {
        return make("li", { key: "group-" + group.key }, [
          make("p", { "class": "dots-title" }, [
            group.title, make("span", { "class": "soft number" }, " · " + word("debrief.average") + " " + Stroll.figure(metric, group.mean))
          ]),
          Stroll.draw.picture(300, 34, null, [
            Stroll.art.rect(4, 16, 292, 2, "#e6c7b0", { rx: 1 }),
            Stroll.none(group.mean) ? null : Stroll.art.rect(at(group.mean) - 1.5, 4, 3, 26, "#43303b", { rx: 1.5 }),
            (group.values || []).map(function (value, n) {
              return Stroll.art.circle(at(value), 17 + ((n % 3) - 1) * 6, 4.5, "#2f8a80", { stroke: "#fffbf4", "stroke-width": 1 });
            }),
            own(group) ? Stroll.art.path("M" + at(mine) + " 7l9 10l-9 10l-9 -10z", "#8a2416", { stroke: "#fffbf4", "stroke-width": 2 }) : null
          ], "dots-picture")
        ]);
      })),
      make("p", { "class": "soft" }, word("debrief.dots"))
    ]);
  }

  function table(figures) {
    return make("table", { "class": "figures all" }, make("tbody", {}, parts.figuresShown(figures).map(function (metric) {
      return make("tr", { key: "final-" + metric }, [
        make("th", { scope: "row" }, parts.metricName(metric)), make("td", { "class": "number" }, Stroll.figure(metric, figures[metric]))
      ]);
    })));
  }

  function result(debrief) {
    var metric = goalMetric(debrief);
    var figures = debrief.final || {};
    return [
      make("div", { "class": "headline card" }, [
        make("p", { "class": "soft" }, parts.metricName(metric)),
        make("p", { "class": "huge number" }, Stroll.figure(metric, figures[metric])),
        debrief.place ? make("p", { "class": "place" }, word("debrief.place", debrief.place)) : null
      ]),
      luck(debrief, metric), classDots(debrief, metric),
      make("section", { "class": "card" }, [make("h2", {}, word("debrief.figures")), table(figures)])
    ];
  }

  function rounds(debrief) {
    var list = debrief.rounds || [];
    if (!list.length) {
      return make("p", { "class": "card" }, word("debrief.no_rounds"));
    }
    var kinds = [];
    return [
      make("p", { "class": "soft" }, word("debrief.rounds_note")),
      make("ol", { "class": "rounds" }, list.map(function (round) {
        var key = (round.hand || {}).tactic || (round.hand || {}).policy || round.title || "";
        if (kinds.indexOf(key) < 0) {
          kinds.push(key);
        }
        var figures = round.figures || {};
        return make("li", { key: "round-" + round.number, "class": "round-row" }, [
          make("span", { "class": "round-band " + BANDS[kinds.indexOf(key) % BANDS.length], "aria-hidden": "true" }, round.number),
          make("div", { "class": "round-words" }, [
            make("p", { "class": "round-title" }, parts.handWords(round.hand || {}, round.title)),
            make("p", { "class": "soft number" }, round.clock),
            figures.orders === undefined ? null : make("p", { "class": "soft number" }, [
              word("room.orders") + " " + Stroll.number(figures.orders),
              Stroll.none(figures.net_sales) ? null : " · " + Stroll.yuan(figures.net_sales)
            ]),
            round.own ? make("p", { "class": "soft" }, word("debrief.own", { hand: parts.handWords(round.own) })) : null,
            round.automatic ? make("p", { "class": "soft" }, word("debrief.automatic")) : null,
            parts.button(word("debrief.try", { round: round.number }), function () {
              parts.startBranch(round);
              open("whatif");
            }, { "class": "small" })
          ])
        ]);
      }))
    ];
  }

  function copyText(text) {
    var field = document.createElement("textarea");
    field.value = text;
    field.setAttribute("readonly", "");
    field.style.position = "fixed";
    field.style.top = "0";
    field.style.opacity = "0";
    document.body.appendChild(field);
    field.select();
    field.setSelectionRange(0, text.length);
    var done = false;
    try {
      done = document.execCommand("copy");
    } catch (error) {
      done = false;
    }
    document.body.removeChild(field);
    state.copied = done ? "copied" : "no_copy";
    phone.refresh();
  }

  function keepsake(debrief) {
    var view = state.view;
    var figures = debrief.final || {};
    var metric = goalMetric(debrief);
    var capsule = debrief.capsule;
    return [
      make("section", { "class": "keepsake" }, [
        Stroll.art.street(),
        make("div", { "class": "keepsake-words" }, [
          make("p", { "class": "keepsake-title" }, view.title || word("app.name")),
          make("p", { "class": "large user" }, (view.me || {}).name),
          make("p", { "class": "huge number" }, Stroll.figure(metric, figures[metric])),
          make("p", {}, parts.metricName(metric)),
          make("p", { "class": "keepsake-figures number" }, ["orders", "return_rate", "followers"].filter(function (one) {
            return figures[one] !== undefined;
          }).map(function (one) {
            return make("span", {}, parts.metricName(one) + " " + Stroll.figure(one, figures[one]));
          })),
          make("p", { "class": "number" }, word("keep.crowd", { crowd: view.crowd || "–" }))
        ])
      ]),
      make("p", { "class": "soft" }, word("keep.card_note")),
      capsule && capsule.text ? make("section", { "class": "card" }, [
        make("h2", {}, word("keep.capsule")),
        make("p", { "class": "soft" }, word("keep.capsule_note")),
        make("p", { "class": "capsule", lang: "en" }, capsule.text),
        parts.button(word("keep.copy"), function () {
          copyText(capsule.text);
        }),
        make("p", { role: "status", "class": "soft" }, state.copied ? word("keep." + state.copied) : null),
        Stroll.draw.shapes(capsule.qr_svg, word("keep.qr"))
      ]) : make("p", { "class": "card" }, word("keep.no_capsule"))
    ];
  }

  function open(tab) {
    state.tab = tab;
    phone.refresh();
    window.scrollTo(0, 0);
  }

  function tabs() {
    return make("div", {
      "class": "tabs", role: "tablist", "aria-label": word("debrief.tabs"),
      keydown: function (event) {
        var step = { ArrowRight: 1, Right: 1, ArrowLeft: -1, Left: -1 }[event.key];
        if (step) {
          event.preventDefault();
          var next = TABS[(TABS.indexOf(state.tab) + step + TABS.length) % TABS.length];
          open(next);
          document.getElementById("tab-" + next).focus();
        }
      }
    }, TABS.map(function (tab) {
      var on = state.tab === tab;
      return make("button", {
        type: "button", role: "tab", id: "tab-" + tab, "aria-selected": on ? "true" : "false", "aria-controls": "page",
        tabindex: on ? "0" : "-1", key: tab, "class": on ? "on" : "",
        click: function () {
          open(tab);
        }
      }, word("debrief." + tab));
    }));
  }

  phone.screens.debrief = function () {
    var debrief = phone.part("debrief");
    if (!debrief.final) {
      return { body: [parts.title(word("over.heading"), "closed"), make("p", {}, word("debrief.closed"))], foot: parts.waiting(word("wait.next")) };
    }
    if (state.diary) {
      return parts.diary();
    }
    var pages = { result: result, rounds: rounds, whatif: parts.whatIf, keep: keepsake };
    var headings = { result: "debrief.heading", rounds: "debrief.rounds", whatif: "whatif.heading", bets: "debrief.bets", keep: "keep.heading" };
    return {
      body: make("div", { id: "page", role: "tabpanel", "aria-labelledby": "tab-" + state.tab, key: "page-" + state.tab }, [
        state.view.phase === "over" ? make("p", { "class": "note" }, word("over.heading") + " · " + word("over.note")) : null,
        parts.title(word(headings[state.tab]), "tab-heading-" + state.tab),
        state.tab === "bets" ? parts.betsScored(debrief.bets) : pages[state.tab](debrief)
      ]),
      foot: [state.tab === "whatif" ? parts.whatIfFoot(debrief) : null, tabs()]
    };
  };

  phone.screens.over = function () {
    return {
      art: Stroll.art.street(), size: "tall",
      body: [parts.title(word("over.heading")), make("p", { "class": "large" }, word("over.note"))]
    };
  };
}());
