/* Two trainees side by side on the same crowd, minute by minute: one slider moves both. */
(function () {
  "use strict";

  var make = Stroll.make, box = Board.box, say = Board.say, round = Stroll.draw.round;
  var SERIES = ["viewers", "orders", "net"];
  var COLOURS = { viewers: "#2E6F8E", orders: "#A8561C", net: "#17554F" };
  var picture = {};

  function series(side, name) { return (side.series || {})[name] || []; }
  function told(name, value) { return name === "net" ? Stroll.yuan(value) : Stroll.number(value); }
  function marks(duel) { return duel.marks || series(duel.one, "viewers").length; }
  function clockAt(duel, at) {
    if (duel.unit === "day") { return say("duel.day", { day: at + 1 }); }
    var start = /^(\d+):(\d+)/.exec((duel.clock || [])[0] || "");
    if (!start) { return say("duel.minute", { minute: at }); }
    var minute = Number(start[1]) * 60 + Number(start[2]) + at;
    return Math.floor(minute / 60) % 24 + ":" + String(minute % 60).padStart(2, "0");
  }

  /* One trainee's three curves, the cursor through all of them, and the tactics below. */
  function curves(view, side, other, at, width, height) {
    var u = Board.unit(), kids = [], bands = side.bands || [], last = Math.max(1, marks(view.duel) - 1);
    var rows = SERIES.filter(function (name) { return series(side, name).length; });
    var strip = bands.length ? 6.4 * u : 0, gap = 1.4 * u, each = (height - strip) / Math.max(1, rows.length);
    var left = 2 * u, right = width - 2 * u;
    function x(n) { return left + n / last * (right - left); }
    rows.forEach(function (name, row) {
      var list = series(side, name), top = row * each + 4.4 * u, low = (row + 1) * each - gap;
      var most = Stroll.draw.most([list, series(other, name)]) || 1;
      function y(v) { return low - Math.max(0, v || 0) / most * (low - top); }
      var points = list.map(function (v, n) { return [round(x(n)), round(y(v))]; });
      kids.push(make("rect", { x: left, y: top - 0.4 * u, width: right - left, height: low - top + 0.4 * u, rx: 0.8 * u, fill: "#FBEEDD" }));
      kids.push(make("path", { d: Stroll.draw.line(points) + "L" + round(x(list.length - 1)) + " " + low + "L" + left + " " + low + "Z", fill: COLOURS[name], "fill-opacity": 0.16 }));
      kids.push(make("path", { d: Stroll.draw.line(points), fill: "none", stroke: COLOURS[name], "stroke-width": 0.5 * u, "stroke-linejoin": "round" }));
      kids.push(Board.words(left, top - 1.3 * u, 2.5 * u, say("duel." + name), { fill: "#5B3A50" }));
      kids.push(Board.words(right, top - 1.2 * u, 3.2 * u, told(name, list[Math.min(at, list.length - 1)]), { fill: COLOURS[name], "text-anchor": "end", "font-weight": 700 }));
      var value = list[Math.min(at, list.length - 1)];
      kids.push(make("circle", { cx: round(x(at)), cy: round(y(value)), r: u, fill: COLOURS[name], stroke: "#FFFBF4", "stroke-width": 0.35 * u }));
    });
    if (strip) { kids.push(tactics(view, bands, last, x, height - strip + 0.6 * u, strip - 1.2 * u, u)); }
    rows.map(function (_, row) { return [row * each + 4 * u, (row + 1) * each - gap]; }).concat(strip ? [[height - strip, height]] : []).forEach(function (span) {
      kids.push(make("line", { x1: round(x(at)), x2: round(x(at)), y1: round(span[0]), y2: round(span[1]), stroke: "#43303B", "stroke-width": 0.25 * u, "stroke-dasharray": 0.8 * u + " " + 0.5 * u }));
    });
    return Board.picture(width, height, say("duel.told", {
      label: side.label, time: clockAt(view.duel, at), viewers: told("viewers", series(side, "viewers")[at]),
      orders: told("orders", series(side, "orders")[at]), net: told("net", series(side, "net")[at])
    }), kids);
  }

  function tactics(view, bands, last, x, top, tall, u) {
    return bands.map(function (band) {
      var from = x(Math.min(last, band.from)), to = x(Math.min(last, band.to)), index = Board.tacticIndex(view, band.key);
      var title = String(band.title || ""), size = 2.4 * u, room = to - from - 4.4 * u;
      var fits = Board.wide(title, size, 700) <= room;
      return make("g", null, [
        make("rect", { x: round(from), y: round(top), width: Math.max(1, round(to - from - 0.3 * u)), height: round(tall), rx: 0.8 * u, fill: "#FFFDF9", stroke: Board.tacticColour(index), "stroke-width": 0.5 * u }),
        to - from > 2.6 * u ? Board.mark(index, fits ? from + 2 * u : (from + to) / 2, top + tall / 2, 2.4 * u) : null,
        fits ? Board.words(from + 3.8 * u, top + tall / 2 + 0.85 * u, size, title, { fill: "#43303B", "font-weight": 700 }) : null
      ]);
    });
  }

  /* The lit shop of one of the two, as full as its room was at that minute. */
  function shop(view, side, name, at, most) {
    var list = series(side, "viewers"), now = bandAt(side, at);
    return make("canvas", {
      "class": "shop-window", "aria-hidden": "true", key: name, born: function (node) { picture[name] = { node: node }; },
      "data-shop": JSON.stringify([list[at] || 0, most, now, side.seat || side.number || (name === "one" ? 1 : 2)])
    });
  }
  function bandAt(side, minute) {
    var found = (side.bands || []).filter(function (b) { return b.from <= minute && minute < b.to; })[0];
    return found ? found.key : null;
  }
  function current(view, side, at) {
    var band = (side.bands || []).filter(function (b) { return b.from <= at && at <= b.to; }).pop();
    return band ? Board.line("doing", [Board.markIcon(Board.tacticIndex(view, band.key)), make("span", null, [band.title])]) : null;
  }
  Board.paintDuel = function (view) {
    Object.keys(picture).forEach(function (name) {
      var one = picture[name], node = one.node, shown = node.dataset.shop, w = node.clientWidth, h = node.clientHeight;
      var key = shown + w + "x" + h;
      if (!node.isConnected || !w || one.key === key) { return; }
      one.key = key;
      var data = JSON.parse(shown), ratio = Math.min(window.devicePixelRatio || 1, 3), side = view.duel[name];
      node.width = Math.round(w * ratio); node.height = Math.round(h * ratio);
      var context = node.getContext("2d"), k = h / 200;
      context.scale(ratio * k, ratio * k);
      var p = new StreetArt.Pen(context), plot = { w: Math.min(310, w / k * 0.9), h: 190 };
      p.at((w / k - plot.w * 1.05) / 2, 196, 1, function () {
        StreetShops.draw(p, plot, { look: data[3], viewers: data[0], tactic: data[2] }, {
          waits: false, room: 0, most: data[1], tactics: (view.choices || []).map(function (c) { return c.id; })
        });
      });
    });
  };

  Board.scenes.duel = function (view, page) {
    var duel = view.duel;
    if (!duel || !duel.one || !duel.other) { return Board.waiting(say("duel.none"), say("duel.none_why")); }
    var last = marks(duel) - 1, at = Math.max(0, Math.min(last, page.minute === null ? last : page.minute));
    var most = Stroll.draw.most([series(duel.one, "viewers"), series(duel.other, "viewers")]);
    return box("scene duel", [
      box("sides", ["one", "other"].map(function (name) {
        var side = duel[name], opposite = duel[name === "one" ? "other" : "one"];
        return Board.panel("side", [
          box("who-is", [
            box("now", [make("h2", null, [side.label]), current(view, side, at)]),
            shop(view, side, name, at, most)
          ]),
          Board.canvas("duel-" + name, function (w, h) { return curves(view, side, opposite, at, w, h); })
        ], { key: name });
      })),
      Board.panel("scrub", [
        make("b", { "class": "number", "aria-hidden": "true" }, [clockAt(duel, at)]),
        make("input", {
          type: "range", min: 0, max: last, step: 1, value: at, "aria-label": say("duel.scrub"),
          "aria-valuetext": clockAt(duel, at), input: function (event) { page.scrub(Number(event.target.value)); }
        }),
        make("span", { "class": "below" }, [say("duel.keys")])
      ])
    ]);
  };
  Board.duelLength = function (view) { return view.duel && view.duel.one ? marks(view.duel) : 0; };
}());
