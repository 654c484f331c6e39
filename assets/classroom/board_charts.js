/* Charts for the back row: every shop a dot, every luck a band, and words beside every colour. */
(function () {
  "use strict";

  var make = Stroll.make, round = Stroll.draw.round, say = Board.say;
  var INK = "#43303B", SOFT = "#5B3A50", LINE = "#E5CFBB", DEEP = "#17554F", BRICK = "#8A2416";

  function known(list) { return list.filter(function (v) { return !Stroll.none(v); }); }

  function scaleOf(values, left, right) {
    var low = Math.min.apply(null, values), high = Math.max.apply(null, values);
    var room = (high - low) * 0.06 || Math.abs(high) * 0.1 || 1;
    // Zero belongs on the axis unless everything lies far from it.
    if (low > 0 && low < high * 0.6) { low = 0; room = high * 0.05; }
    var from = low === 0 ? 0 : low - room, to = high + room;
    return {
      from: from, to: to, at: function (v) { return left + (v - from) / (to - from) * (right - left); }
    };
  }

  function axis(scale, metric, left, right, top, bottom, u) {
    var count = Math.max(3, Math.min(7, Math.floor((right - left) / (17 * u))));
    return Board.ticks(scale.from, scale.to, count).map(function (value) {
      var x = scale.at(value);
      return [
        make("line", { x1: x, x2: x, y1: top, y2: bottom, stroke: LINE, "stroke-width": u * 0.16 }),
        Board.words(Math.max(left, Math.min(right - u * 2, x)), bottom + 3.1 * u, 2.4 * u,
          Stroll.figure(metric, value), { fill: SOFT, "text-anchor": "middle" })
      ];
    });
  }

  /* Dots beside each other where they would lie on each other. */
  function swarm(values, scale, middle, room, r) {
    var placed = [], steps = [0];
    for (var n = 1; n <= Math.floor(room / (r * 1.9)); n += 1) { steps.push(n * r * 1.9, -n * r * 1.9); }
    return values.map(function (value) {
      var x = scale.at(value), found = null;
      for (var s = 0; s < steps.length && found === null; s += 1) {
        var free = placed.every(function (dot) {
          var dx = dot[0] - x, dy = dot[1] - steps[s];
          return dx * dx + dy * dy > 3.6 * r * r;
        });
        if (free) { found = steps[s]; }
      }
      if (found === null) { found = steps[placed.length % steps.length]; }
      placed.push([x, found]);
      return [x, middle + found];
    });
  }

  /* A marker on the whole chart: a line from top to bottom and its words above. */
  function level(x, top, bottom, text, row, left, right, u, colour, dash, shape) {
    var size = 2.6 * u, half = Board.wide(text, size, 700) / 2 + (shape ? 1.6 * u : 0);
    var at = Math.max(left + half, Math.min(right - half, x)), y = top - (row ? 4.6 : 1.2) * u;
    return [
      make("line", {
        x1: x, x2: x, y1: y + 0.5 * u, y2: bottom, stroke: colour, "stroke-width": 0.36 * u,
        "stroke-dasharray": dash ? u + " " + 0.7 * u : null
      }),
      shape ? make("path", {
        d: shape, fill: colour,
        transform: "translate(" + round(at - half) + " " + round(y - 2.3 * u) + ") scale(" + round(u * 11) / 100 + ")"
      }) : null,
      Board.words(at + (shape ? 1.6 * u : 0), y, size, text,
        { fill: colour, "text-anchor": "middle", "font-weight": 700 })
    ];
  }
  var STAR = "M12 1.500l3.200 7 7.600.8-5.700 5.100 1.600 7.500L12 18l-6.700 3.900 1.600-7.500L1.200 9.300l7.600-.8z";

  /* A name in the room there is: a little smaller where that helps, else cut. */
  function name(text, x, y, size, room) {
    var u = Board.unit();
    while (size > 2.45 * u && Board.wide(text, size, 700) > room) { size -= 0.1 * u; }
    var letters = Array.from(String(text)), shown = text;
    while (letters.length > 1 && Board.wide(shown, size, 700) > room) {
      letters.pop(); shown = letters.join("") + "…";
    }
    return Board.words(x, y, size, shown, { fill: INK, "font-weight": 700 });
  }

  /* What each choice brought: a row a choice, a dot a shop, a bar at their mean. */
  function dots(view, results, width, height) {
    var u = Board.unit(), groups = results.groups, label = Math.min(54 * u, width * 0.42);
    var left = label + 3 * u, right = width - 3 * u, top = (Stroll.none(results.best_known) ? 5.6 : 9) * u, first = label - 19 * u, bottom = height - 5 * u;
    var everything = known([].concat.apply([], groups.map(function (g) { return g.values; }))
      .concat([results.average, results.best_known]));
    var scale = scaleOf(everything, left, right), each = (bottom - top) / Math.max(1, groups.length);
    // Three dots on top of each other fit in a row, five where there are very many.
    var r = Math.max(0.5 * u, Math.min(1.45 * u, each * (results.count > 60 ? 0.095 : 0.155)));
    var kids = [axis(scale, results.metric, left, right, top, bottom, u),
      Board.words(4.4 * u, top - 1.4 * u, 2.4 * u, say("results.choice"), { fill: SOFT }),
      Board.words(label - 13 * u, top - 1.4 * u, 2.4 * u, say("results.shops"), { fill: SOFT, "text-anchor": "end" }),
      Board.words(label, top - 1.4 * u, 2.4 * u, say("results.mean"), { fill: SOFT, "text-anchor": "end" })];
    groups.forEach(function (group, n) {
      var y = top + each * (n + 0.5), index = Board.tacticIndex(view, group.key);
      var values = known(group.values), colour = Board.tacticColour(index);
      if (n) { kids.push(make("line", { x1: 0, x2: right, y1: top + each * n, y2: top + each * n, stroke: LINE, "stroke-width": 0.16 * u })); }
      kids.push(Board.mark(index, 1.8 * u, y, 3 * u));
      kids.push(name(group.title, 4.4 * u, y + u, 2.9 * u, first - 4.4 * u));
      kids.push(Board.words(label - 13 * u, y + 0.9 * u, 2.5 * u, String(values.length), { fill: SOFT, "text-anchor": "end" }));
      kids.push(Board.words(label, y + 1.1 * u, 3.2 * u, group.mean_text || Stroll.figure(results.metric, group.mean), { fill: INK, "font-weight": 700, "text-anchor": "end" }));
      // The bar lies under the dots, or a shop by itself would hide behind its own mean.
      if (!Stroll.none(group.mean)) {
        kids.push(make("rect", {
          x: round(scale.at(group.mean) - 0.45 * u), y: round(y - each * 0.4), width: round(0.9 * u),
          height: round(each * 0.8), rx: round(0.45 * u), fill: INK, stroke: "#FFFBF4", "stroke-width": 0.3 * u
        }));
      }
      swarm(values, scale, y, each * 0.47 - r, r).forEach(function (at) {
        kids.push(make("circle", {
          cx: round(at[0]), cy: round(at[1]), r: round(r), fill: colour, "fill-opacity": 0.82,
          stroke: "#FFFBF4", "stroke-width": 0.14 * u
        }));
      });
    });
    if (!Stroll.none(results.average)) {
      kids.push(level(scale.at(results.average), top, bottom, Board.say("results.average", {
        value: results.average_text || Stroll.figure(results.metric, results.average)
      }), 0, left, right, u, INK, true));
    }
    if (!Stroll.none(results.best_known)) {
      kids.push(level(scale.at(results.best_known), top, bottom, Board.say("results.best", {
        value: (results.best && results.best.text) || Stroll.figure(results.metric, results.best_known)
      }), 1, left, right, u, DEEP, false, STAR));
    }
    return Board.picture(width, height, Board.say("results.told", {
      title: results.title || "", groups: groups.map(function (g) {
        return g.title + " " + (g.mean_text || Stroll.figure(results.metric, g.mean));
      }).join("; ")
    }), kids);
  }

  /* How far the same choices reach with other crowds: a band, the mean in it, and what came here. */
  function bands(view, results, list, width, height) {
    var u = Board.unit(), label = Math.min(38 * u, width * 0.3);
    var left = label + 2 * u, right = width - 3 * u, top = 2 * u, bottom = height - 5 * u;
    var scale = scaleOf(known([].concat.apply([], list.map(function (b) {
      return [b.low, b.mean, b.high, b.value];
    }))), left, right);
    var each = Math.min((bottom - top) / Math.max(1, list.length), 13 * u);
    bottom = top + each * list.length;
    var kids = [axis(scale, results.metric, left, right, top, bottom, u)];
    list.forEach(function (band, n) {
      var y = top + each * (n + 0.5), index = Board.tacticIndex(view, band.key);
      var thick = Math.min(3.4 * u, each * 0.46);
      if (index >= 0 || band.key) { kids.push(Board.mark(index, 1.8 * u, y, 3 * u)); }
      kids.push(name(band.title || band.label || "", 4.4 * u, y + u, 2.8 * u, label - 4.4 * u));
      if (Stroll.none(band.low) || Stroll.none(band.high)) { return; }
      kids.push(make("rect", {
        x: round(scale.at(band.low)), y: round(y - thick / 2),
        width: round(Math.max(u, scale.at(band.high) - scale.at(band.low))), height: round(thick),
        rx: round(thick / 2), fill: "#9CCDBF", stroke: DEEP, "stroke-width": 0.25 * u
      }));
      if (!Stroll.none(band.mean)) {
        kids.push(make("rect", {
          x: round(scale.at(band.mean) - 0.3 * u), y: round(y - thick), width: round(0.6 * u),
          height: round(thick * 2), rx: round(0.3 * u), fill: DEEP
        }));
      }
      if (!Stroll.none(band.value)) {
        kids.push(make("circle", {
          cx: round(scale.at(band.value)), cy: round(y), r: round(1.25 * u), fill: BRICK,
          stroke: "#FFFBF4", "stroke-width": 0.4 * u
        }));
      }
    });
    return Board.picture(width, height, Board.say("luck.told", {
      groups: list.map(function (b) {
        return (b.title || b.label) + " " + Stroll.figure(results.metric, b.low) + "–"
          + Stroll.figure(results.metric, b.high);
      }).join("; ")
    }), kids);
  }

  /* How sure the class was, and how often it was right. On the line, confidence was deserved. */
  function calibration(data, width, height) {
    var u = Board.unit(), groups = data.groups || [];
    var left = 11 * u, right = width - 4 * u, top = 6 * u, bottom = height - 9 * u;
    function x(v) { return left + (v - 0.5) / 0.5 * (right - left); }
    function y(v) { return bottom - v * (bottom - top); }
    var most = Math.max.apply(null, [1].concat(groups.map(function (g) { return g.count; })));
    // Two kinds of bets made with the same confidence stand side by side.
    function aside(g) {
      var other = groups.some(function (h) { return h.kind !== g.kind && Math.abs(h.confidence - g.confidence) < 0.04; });
      return other ? (g.kind === "interval" ? 2.8 : -2.8) * u : 0;
    }
    var kids = [Board.words(0, top - 2.8 * u, 2.5 * u, say("bets.came"), { fill: INK, "font-weight": 700 })];
    [0, 0.25, 0.5, 0.75, 1].forEach(function (v) {
      kids.push(make("line", { x1: left, x2: right, y1: y(v), y2: y(v), stroke: LINE, "stroke-width": 0.16 * u }));
      kids.push(Board.words(left - 1.2 * u, y(v) + 0.8 * u, 2.4 * u, v * 100 + "%", { fill: SOFT, "text-anchor": "end" }));
    });
    [0.5, 0.6, 0.7, 0.8, 0.9, 1].forEach(function (v) {
      kids.push(Board.words(x(v), bottom + 3.4 * u, 2.4 * u, Math.round(v * 100) + "%", { fill: SOFT, "text-anchor": "middle" }));
    });
    kids.push(Board.words((left + right) / 2, bottom + 7.2 * u, 2.5 * u, Board.say("bets.said"), { fill: INK, "text-anchor": "middle", "font-weight": 700 }));
    kids.push(make("line", { x1: x(0.5), y1: y(0.5), x2: x(1), y2: y(1), stroke: DEEP, "stroke-width": 0.45 * u, "stroke-dasharray": 1.4 * u + " " + u }));
    groups.forEach(function (g) {
      var r = (1.1 + 2.2 * Math.sqrt(g.count / most)) * u, cx = Math.max(left + r, Math.min(right - r, x(g.confidence) + aside(g)));
      if (!Stroll.none(g.low)) {
        kids.push(make("line", { x1: cx, x2: cx, y1: y(g.low), y2: y(g.high), stroke: SOFT, "stroke-width": 0.3 * u, "stroke-linecap": "round" }));
      }
      kids.push(g.kind === "interval"
        ? make("rect", { x: round(cx - r * 0.9), y: round(y(g.share) - r * 0.9), width: round(r * 1.8), height: round(r * 1.8), rx: 0.5 * u, fill: "#5A2F4C", stroke: "#FFFBF4", "stroke-width": 0.35 * u })
        : make("circle", { cx: round(cx), cy: round(y(g.share)), r: round(r), fill: BRICK, stroke: "#FFFBF4", "stroke-width": 0.35 * u }));
      kids.push(Board.words(cx, y(g.share) + 0.85 * u, 2.4 * u, String(g.count), { fill: "#FFFFFF", "text-anchor": "middle", "font-weight": 700 }));
    });
    return Board.picture(width, height, Board.say("bets.told", {
      groups: groups.map(function (g) {
        return Math.round(g.confidence * 100) + "%: " + Math.round(g.share * 100) + "%";
      }).join("; ")
    }), kids);
  }

  /* A moon and a few stars, which say nothing. */
  function sky(width, height, u) {
    var dice = new StreetArt.Dice(5), list = [];
    for (var n = 0; n < 26; n += 1) {
      list.push(make("circle", {
        cx: round(dice.between(0.3, 1) * width), cy: round(dice.between(-0.16, 0.2) * height), r: round(dice.between(0.12, 0.3) * u),
        fill: "#FFE9B8", opacity: 0.7
      }));
    }
    list.push(make("path", { d: "M6 0a8 8 0 1 0 6.500 12.600A6.600 6.600 0 0 1 6 0z", fill: "#FFE3A0", transform: "translate(" + round(width - 8 * u) + " " + round(-11 * u) + ") scale(" + round(u * 4.4) / 10 + ")" }));
    return list;
  }

  /* Parcels night after night: kept above the line, back below it. */
  function parcels(days, width, height) {
    var u = Board.unit(), left = u, right = width - u, top = 4.4 * u, bottom = height - 9 * u;
    var least = Math.max.apply(null, [0].concat(days.map(function (d) { return d.returned || 0; })));
    var highest = Math.max.apply(null, [0].concat(days.map(function (d) { return d.kept || 0; })));
    // One scale for both ways, or a return would look like less than a parcel kept.
    var scale = (bottom - top - 2 * u) / Math.max(1, highest + least), middle = top + u + highest * scale, each = (right - left) / Math.max(1, days.length);
    var kids = [make("line", { x1: left, x2: right, y1: middle, y2: middle, stroke: "#FFE9C9", "stroke-width": 0.3 * u })].concat(sky(width, height, u));
    days.forEach(function (day, n) {
      var x = left + each * (n + 0.5), w = Math.min(each * 0.56, 7 * u);
      var kept = (day.kept || 0) * scale, back = (day.returned || 0) * scale;
      kids.push(make("rect", { x: x - w / 2, y: middle - kept, width: w, height: kept, rx: Math.min(0.7 * u, kept / 2), fill: "#58B3A4" }));
      kids.push(make("rect", { x: x - w / 2, y: middle, width: w, height: back, rx: Math.min(0.7 * u, back / 2), fill: "#E8735A" }));
      if (day.kept) { kids.push(Board.words(x, middle - kept - 0.8 * u, 2.5 * u, Stroll.number(day.kept), { fill: "#B5EBDD", "text-anchor": "middle", "font-weight": 700 })); }
      if (day.returned) { kids.push(Board.words(x, middle + back + 2.7 * u, 2.5 * u, "−" + Stroll.number(day.returned), { fill: "#FFC4B3", "text-anchor": "middle", "font-weight": 700 })); }
      kids.push(Board.words(x, height - 1.2 * u, 2.4 * u, Board.say("night.day", { day: day.day }), { fill: "#F3DDD0", "text-anchor": "middle" }));
    });
    return Board.picture(width, height, Board.say("night.told", {
      days: days.map(function (d) { return d.day + ": " + (d.kept || 0) + " / " + (d.returned || 0); }).join("; ")
    }), kids);
  }

  Board.charts = { dots: dots, bands: bands, calibration: calibration, parcels: parcels, scaleOf: scaleOf };
}());
