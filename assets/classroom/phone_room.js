/* The room as the host sees it: who is there, how far they came, and what the last round did. */
(function () {
  "use strict";

  var make = Stroll.make;
  var phone = Stroll.phone;
  var parts = Stroll.parts;
  var word = phone.word;

  function level(value) {
    var full = Math.round((value || 0) * 10);
    return make("span", { "class": "level", "aria-hidden": "true" }, make("span", {
      "class": "level-fill", style: { width: full * 10 + "%" }
    }));
  }

  parts.host = function (room, name, title) {
    var heads = Math.ceil(Math.sqrt((room && room.viewers) || 0));
    var viewers = Stroll.number((room && room.viewers) || 0);
    return make("div", { "class": "window" }, [
      Stroll.art.host(name, heads, title ? word("room.picture", { tactic: title, viewers: viewers }) : word("room.picture_plain", { viewers: viewers })),
      make("div", { "class": "window-sign" }, [
        make("span", { "class": "live-dot", "aria-hidden": "true" }), word("room.watching", { viewers: viewers })
      ])
    ]);
  };

  parts.chips = function (room) {
    var figures = room.figures || {};
    return make("div", { "class": "chips" }, [
      parts.chip(word("room.trust"), Stroll.none(room.trust) ? "–" : Math.round(room.trust * 100), level(room.trust)),
      parts.chip(word("room.orders"), Stroll.number(figures.orders)),
      parts.chip(word("room.net"), Stroll.yuan(figures.net_sales)),
      parts.chip(word("room.queue"), Stroll.number(room.queue || 0)),
      parts.chip(word("room.followers"), Stroll.number(room.followers)),
      room.members ? parts.chip(word("room.members"), Stroll.number(room.members)) : null,
      Stroll.none(room.offer_in) ? null : make("p", { "class": "offer" }, word("room.offer", { time: Stroll.minutesSeconds(room.offer_in) }))
    ]);
  };

  /* The same in a corner of the screen, so that the choices are near: the window and three figures. */
  parts.glance = function (room, name, title) {
    var figures = room.figures || {};
    function row(label, value, extra) {
      return make("p", { "class": "glance-row" }, [
        make("span", { "class": "glance-label" }, label), " ", make("strong", { "class": "number" }, value), extra
      ]);
    }
    return make("div", { "class": "glance-room" }, [
      parts.host(room, name, title),
      make("div", { "class": "glance-words" }, [
        row(word("room.trust"), Stroll.none(room.trust) ? "–" : Math.round(room.trust * 100), level(room.trust)),
        row(word("room.orders"), Stroll.number(figures.orders)),
        row(word("room.queue"), Stroll.number(room.queue || 0))
      ])
    ]);
  };

  /* Bars by the square root, so that six orders of forty thousand glances can still be seen. */
  parts.funnel = function (room) {
    var list = room.funnel || [];
    var most = 0;
    list.forEach(function (one) {
      most = Math.max(most, one.count || 0);
    });
    if (!most) {
      return make("p", { "class": "soft" }, word("room.funnel_none"));
    }
    return make("ul", { "class": "funnel" }, list.map(function (one) {
      return make("li", { key: "funnel-" + one.key }, [
        make("span", { "class": "funnel-name" }, Stroll.known("class_phone.funnel." + one.key) ? word("funnel." + one.key) : one.key),
        make("span", { "class": "funnel-bar", "aria-hidden": "true" }, make("span", {
          "class": "funnel-fill funnel-" + one.key, style: { width: Math.max(one.count ? 3 : 0, Math.sqrt((one.count || 0) / most) * 100) + "%" }
        })),
        make("span", { "class": "funnel-count number" }, Stroll.number(one.count))
      ]);
    }));
  };

  /* What a round did: its curve, what was heard in it, the figures before and after. */
  parts.last = function (last, all) {
    var minutes = last.minutes || [];
    var viewers = minutes.map(function (one) {
      return one.viewers;
    });
    var orders = 0;
    minutes.forEach(function (one) {
      orders += one.orders || 0;
    });
    var bars = [];
    var most = Stroll.draw.most([minutes.map(function (one) {
      return one.orders;
    })]);
    minutes.forEach(function (one, n) {
      if (one.orders) {
        var high = Math.max(4, (one.orders / most) * 30);
        var wide = 288 / Math.max(1, minutes.length);
        bars.push(make("rect", {
          x: Stroll.draw.round(6 + n * wide + wide * 0.2), y: Stroll.draw.round(92 - high), width: Stroll.draw.round(Math.max(2, wide * 0.6)),
          height: Stroll.draw.round(high), rx: 2, fill: "#c8553f"
        }));
      }
    });
    var known = viewers.filter(function (one) {
      return !Stroll.none(one);
    });
    return [
      known.length > 1 ? make("figure", { "class": "curve" }, [
        Stroll.draw.picture(300, 96, word("last.curve", {
          first: Stroll.number(known[0]), last: Stroll.number(known[known.length - 1]), most: Stroll.number(Stroll.draw.most([known]))
        }) + " " + word("last.curve_orders", { orders: Stroll.number(orders) }), [
          bars, Stroll.draw.curve(viewers, { width: 300, height: 94, colour: "#17554f" })
        ]),
        make("figcaption", { "class": "legend", "aria-hidden": "true" }, [
          make("span", { "class": "key key-line" }), word("last.viewers"), " ",
          make("span", { "class": "key key-bar" }), word("last.orders"), " ",
          make("span", { "class": "legend-minutes" }, word("last.minutes", { from: minutes[0].minute, to: minutes[minutes.length - 1].minute }))
        ])
      ]) : null,
      (last.said || []).length ? make("ul", { "class": "happened" }, last.said.map(function (text, n) {
        return make("li", { key: "said-" + n }, text);
      })) : null,
      parts.sideBySide(last.before, last.after, [word("last.before"), word("last.after"), word("last.change")], all)
    ];
  };

  /* Where we are: round, clock of the live, seconds left. */
  parts.strip = function (view) {
    var left = phone.state.left ? phone.state.left() : null;
    return make("div", { "class": "strip" }, [
      make("div", {}, [
        make("p", { "class": "strip-round" }, word("round.of", { round: view.round, rounds: view.rounds })),
        view.clock ? make("p", { "class": "strip-clock number" }, word("round.clock", { clock: view.clock })) : null
      ]),
      left === null ? null : make("p", {
        "class": "strip-left number" + (left <= 10 ? " soon" : ""), role: "timer", id: "left",
        "aria-label": word("round.left_words", { seconds: Math.ceil(left) })
      }, left > 0 ? word("round.left", { time: Stroll.minutesSeconds(left) }) : word("round.time_up"))
    ]);
  };

  parts.savedLine = function (kept, done) {
    var text = kept === "saved" ? done || word("decide.saved") : kept === "none" ? word("decide.nothing") : word("decide." + kept);
    var sign = { saved: "✓", saving: "↑", unsent: "↻", none: "○" }[kept];
    return make("p", { "class": "saved-line " + kept, "aria-live": "polite", key: "saved-line" }, [
      make("span", { "aria-hidden": "true", "class": "saved-sign" }, sign), " ", text
    ]);
  };
}());
