/* Small pieces that every scene of the board is put together from. */
var Board = (function () {
  "use strict";

  var make = Stroll.make;

  /* One hundredth of the picture's height, or what a narrow picture allows: the measure of all. */
  function unit() { return Math.min(window.innerHeight / 100, window.innerWidth * 0.0072); }

  function say(key, values) { return Stroll.say("class_board." + key, values); }

  function tag(name, className, kids, more) {
    return make(name, Object.assign({ "class": className }, more), kids);
  }
  function box(className, kids, more) { return tag("div", className, kids, more); }
  function line(className, kids, more) { return tag("p", className, kids, more); }

  var ICONS = {
    heart: "M12 21C4 15 1 11 1 7.200A5.600 5.600 0 0 1 12 5.500 5.600 5.600 0 0 1 23 7.200C23 11 20 15 12 21z",
    people: "M8 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM1 20c0-5 3-7.500 7-7.500s7 2.500 7 7.500zM17 12a3.200 3.200 0 1 0"
      + " 0-6.400 3.200 3.200 0 0 0 0 6.400zM16.600 20H23c0-4-2-6.600-6-6.600-.8 0-1.500.1-2.100.4 1.200 1.500 1.700 3.500 1.700 6.200z",
    check: "M9.500 18.500L2.500 11.600 5 9l4.500 4.300L19 4l2.500 2.600z",
    clock: "M12 1.500a10.500 10.500 0 1 0 0 21 10.500 10.500 0 0 0 0-21zm1.500 5v5l3.800 3.600-2 2L10.600 13V6.500z",
    eye: "M12 4.500C6.500 4.500 2.500 8.500 1 12c1.500 3.500 5.500 7.500 11 7.500S21.500 15.500 23 12C21.500 8.500 17.500 4.500 12"
      + " 4.500zm0 3.300a4.200 4.200 0 1 1 0 8.400 4.200 4.200 0 0 1 0-8.400zm0 2.500a1.700 1.700 0 1 0 0 3.400 1.700 1.700 0 0 0 0-3.400z",
    full: "M2 2h8v3H5v5H2zM14 2h8v8h-3V5h-5zM2 14h3v5h5v3H2zM19 14h3v8h-8v-3h5z",
    same: "M7 3a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM17 3a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM2 20c0-6 1.500-9 5-9s5 3 5"
      + " 9zM13.500 20c0-3.500-.5-6-1.500-7.500 1-1 2.700-1.500 5-1.500 3.500 0 5 3 5 9z",
    broken: "M3 3l18 18-2 2-5-5H5a4 4 0 0 1-1-7.900A6 6 0 0 1 4.600 8.600L1 5zM9 4.500A6.500 6.500 0 0 1 19.500"
      + " 9a4.600 4.600 0 0 1 2.700 7.600L9.600 4z",
    parcel: "M12 1l10 4.500v13L12 23 2 18.500v-13zM12 4L6.500 6.400 12 9l5.500-2.600zM5 9v7.600l5.500 2.500v-7.600zM19 9l-5.500"
      + " 2.500v7.600L19 16.600z",
    back: "M10 4v5c7 0 11 3 12 11-2.500-4-6-5.600-12-5.600V20L1.500 12z",
    star: "M12 1.500l3.200 7 7.600.8-5.700 5.100 1.600 7.500L12 18l-6.700 3.900 1.600-7.500L1.200 9.300l7.600-.8z"
  };

  function icon(name, className) {
    return make("svg", {
      viewBox: "0 0 24 24", "class": "icon " + (className || ""), "aria-hidden": "true",
      focusable: "false"
    }, [make("path", { d: ICONS[name], fill: "currentColor" })]);
  }

  /* The sign of a tactic: its shape in its colour. Someone who sees no colours has the shape. */
  function tacticIndex(view, key) {
    var list = view.choices || [];
    for (var n = 0; n < list.length; n += 1) { if (list[n].id === key) { return n; } }
    return -1;
  }
  function tacticColour(index) {
    return index < 0 ? "#6B5560" : StreetArt.shade(StreetArt.TACTICS[index % 9], -0.12);
  }
  function mark(index, x, y, size) {
    return make("path", {
      d: index < 0 ? "M2 8h16v4H2z" : StreetShops.MARKS[index % StreetShops.MARKS.length],
      transform: "translate(" + (x - size / 2) + " " + (y - size / 2) + ") scale(" + size / 20 + ")",
      fill: tacticColour(index)
    });
  }
  function markIcon(index) {
    return make("svg", { viewBox: "0 0 20 20", "class": "icon", "aria-hidden": "true" },
      [mark(index, 10, 10, 20)]);
  }

  function progress(done, total, words) {
    var share = total > 0 ? Math.min(1, done / total) : 0;
    return box("bar", [box("bar-full", null, {
      style: { width: (100 * share).toFixed(1) + "%" }
    })], {
      role: "progressbar", "aria-label": words, "aria-valuemin": 0, "aria-valuemax": total,
      "aria-valuenow": done
    });
  }

  function panel(className, kids, more) { return tag("section", "panel " + className, kids, more); }

  /* The address without the code, which stands beside it and is easier to type there. */
  function origin(url) { return String(url || "").replace(/\/j\/[^/]*$/, ""); }

  /* A picture of so many pixels, told in one sentence to whoever hears the page. */
  function picture(width, height, words, kids, className) {
    return make("svg", {
      viewBox: "0 0 " + Math.round(width) + " " + Math.round(height), role: "img",
      "aria-label": words, "class": "chart " + (className || ""), focusable: "false",
      width: Math.round(width), height: Math.round(height)
    }, kids);
  }
  function words(x, y, size, text, more) {
    return make("text", Object.assign({
      x: Stroll.draw.round(x), y: Stroll.draw.round(y), "font-size": Stroll.draw.round(size)
    }, more), [text]);
  }

  /* Round steps for an axis from low to high. */
  function ticks(low, high, about) {
    var rough = (high - low) / about || 1, power = Math.pow(10, Math.floor(Math.log10(rough)));
    var step = [1, 2, 2.5, 5, 10].map(function (k) { return k * power; }).filter(function (s) {
      return s >= rough * 0.999;
    })[0] || rough, list = [];
    for (var at = Math.ceil(low / step - 1e-6) * step; at <= high + step * 1e-6; at += step) {
      list.push(Math.abs(at) < step * 1e-6 ? 0 : at);
    }
    return list;
  }

  /* Widths of text, to keep labels apart and inside. */
  var ruler = document.createElement("canvas").getContext("2d");
  function wide(text, size, weight) {
    ruler.font = (weight || 400) + " " + size + "px " + window.getComputedStyle(document.body).fontFamily;
    return ruler.measureText(String(text)).width;
  }

  return {
    unit: unit, say: say, tag: tag, box: box, line: line, icon: icon, mark: mark,
    markIcon: markIcon, tacticIndex: tacticIndex, tacticColour: tacticColour, progress: progress,
    panel: panel, picture: picture, words: words, ticks: ticks, wide: wide, origin: origin, scenes: {}
  };
}());
