/* Small drawings for the pages of a class, as descriptions for Stroll.mount: curves, bars, a QR code. */
Stroll.draw = (function () {
  "use strict";

  var make = Stroll.make;
  var ALLOWED_TAGS = { svg: 1, g: 1, path: 1, rect: 1 };
  var ALLOWED_ATTRIBUTES = [
    "viewBox", "width", "height", "d", "x", "y", "transform", "fill", "stroke", "stroke-width", "class"
  ];

  function round(value) {
    return Math.round(value * 10) / 10;
  }

  /* A picture; told in words to whoever hears the page, or hidden from them when it only adorns. */
  function picture(width, height, words, kids, className, fit) {
    var attributes = {
      viewBox: "0 0 " + width + " " + height,
      "class": className || "picture",
      focusable: "false"
    };
    if (fit) {
      attributes.preserveAspectRatio = fit;
    }
    if (words) {
      attributes.role = "img";
      attributes["aria-label"] = words;
    } else {
      attributes["aria-hidden"] = "true";
    }
    return make("svg", attributes, kids);
  }

  function most(lists) {
    var top = 0;
    lists.forEach(function (list) {
      list.forEach(function (value) {
        if (!Stroll.none(value) && value > top) {
          top = value;
        }
      });
    });
    return top;
  }

  /* Points for values spread evenly over a width, zero at the bottom. Gaps are left out. */
  function points(values, width, top, low, high) {
    var list = [];
    var step = values.length > 1 ? width / (values.length - 1) : 0;
    values.forEach(function (value, n) {
      if (!Stroll.none(value)) {
        list.push([round(n * step), round(low - (top ? value / top : 0) * (low - high))]);
      }
    });
    return list;
  }

  function line(list) {
    return list.map(function (point, n) {
      return (n ? "L" : "M") + point[0] + " " + point[1];
    }).join("");
  }

  /* A curve with the area under it filled softly. */
  function curve(values, options) {
    var width = options.width || 300;
    var height = options.height || 80;
    var top = options.top || most([values]) || 1;
    var list = points(values, width - 8, top, height - 4, 8);
    if (!list.length) {
      return null;
    }
    list = list.map(function (point) {
      return [point[0] + 4, point[1]];
    });
    var last = list[list.length - 1];
    return [
      make("path", {
        d: line(list) + "L" + last[0] + " " + (height - 3) + "L" + list[0][0] + " " + (height - 3) + "Z",
        fill: options.colour, opacity: "0.18"
      }),
      make("path", {
        d: line(list), fill: "none", stroke: options.colour, "stroke-width": 3,
        "stroke-linejoin": "round", "stroke-linecap": "round",
        "stroke-dasharray": options.dash || null
      }),
      make("circle", { cx: last[0], cy: last[1], r: 4.5, fill: options.colour })
    ];
  }

  /* One value within a band on a scale of its own: where you stand, and how far luck reaches. */
  function band(low, mean, high, value, width, label) {
    var ends = [low, mean, high, value].filter(function (one) {
      return !Stroll.none(one);
    });
    var least = Math.min.apply(null, ends);
    var greatest = Math.max.apply(null, ends);
    var margin = (greatest - least) * 0.12 || 1;
    function at(one) {
      return round(((one - least + margin) / (greatest - least + 2 * margin)) * (width - 24) + 12);
    }
    var here = at(value);
    return [
      make("text", {
        x: Math.min(width - 16, Math.max(16, here)), y: 15, "text-anchor": "middle", "font-size": 15, "font-weight": 700,
        fill: "#8a2416"
      }, label || ""),
      make("g", { transform: "translate(0 16)" }, [make("rect", { x: 4, y: 25, width: width - 8, height: 4, rx: 2, fill: "#f0d8c2" }),
      make("rect", {
        x: at(low), y: 18, width: Math.max(4, round(at(high) - at(low))), height: 18, rx: 9,
        fill: "#8fc7b9", stroke: "#17554f", "stroke-width": 1.5
      }),
      make("rect", { x: at(mean) - 1.5, y: 14, width: 3, height: 26, rx: 1.5, fill: "#17554f" }),
      make("path", {
        d: "M" + here + " 15l-8 -11h16z", fill: "#8a2416", stroke: "#fffbf4", "stroke-width": 1.5
      }),
      make("circle", { cx: here, cy: 27, r: 6.5, fill: "#8a2416", stroke: "#fffbf4", "stroke-width": 2 })])
    ];
  }

  /* The server's QR picture, read as a picture only: nothing but shapes comes through. */
  function shapes(text, words) {
    if (!text || !window.DOMParser) {
      return null;
    }
    var parsed = new window.DOMParser().parseFromString(String(text), "image/svg+xml");
    var root = parsed.documentElement;
    return root && root.nodeName === "svg" ? shape(root, words) : null;
  }

  function shape(node, words) {
    if (!ALLOWED_TAGS[node.nodeName]) {
      return null;
    }
    var attributes = {};
    ALLOWED_ATTRIBUTES.forEach(function (name) {
      var value = node.getAttribute(name);
      if (value !== null && value.indexOf("url(") < 0) {
        attributes[name] = value;
      }
    });
    var kids = [];
    for (var n = 0; n < node.childNodes.length; n += 1) {
      if (node.childNodes[n].nodeType === 1) {
        kids.push(shape(node.childNodes[n]));
      }
    }
    if (words) {
      if (!attributes.viewBox && attributes.width && attributes.height) {
        attributes.viewBox = "0 0 " + parseFloat(attributes.width) + " " + parseFloat(attributes.height);
      }
      delete attributes.width;
      delete attributes.height;
      attributes.role = "img";
      attributes["aria-label"] = words;
      attributes["class"] = "qr";
    }
    return make(node.nodeName, attributes, kids);
  }

  return {
    round: round, picture: picture, most: most, points: points, line: line, curve: curve, band: band,
    shapes: shapes
  };
}());
