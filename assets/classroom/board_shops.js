/* The shops of the class, from one to two hundred: the larger they are, the more is drawn in them. */
(function () {
  "use strict";

  var art = window.StreetArt, people = window.StreetPeople, shade = art.shade;
  var WALLS = ["#F9E3CE", "#FBE7D6", "#F6DCCB", "#FAE9D2", "#F3DDD2"];
  var PLAIN = ["#3E9C93", "#86B58F", "#F0A3A0", "#7FB7D0", "#F4B646", "#F2705B"];
  var FONT = '"Noto Sans SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",'
    + '"Noto Sans CJK SC","Segoe UI",sans-serif';
  var SMALLEST = 16.6; // the least that the back row can read, in design units

  // One shape a tactic, in a box of 20; beside the colour, so that it can be told without it.
  var MARKS = [
    "M10 2a8 8 0 1 1 0 16a8 8 0 1 1 0-16z",
    "M10 1L19 10L10 19L1 10z",
    "M10 1.5L19 18H1z",
    "M3 3H17V17H3z",
    "M10 1l2.7 5.9 6.4.7-4.8 4.3 1.4 6.3L10 15l-5.7 3.2 1.4-6.3L.9 7.6l6.4-.7z",
    "M7 2h6v5h5v6h-5v5H7v-5H2V7h5z",
    "M1 3H19L10 18.5z",
    "M5.5 2.5h9L19 10l-4.500 7.500h-9L1 10z",
    "M3 3h5v14H3zM12 3h5v14h-5z"
  ];
  var paths = {};

  function mark(p, index, x, y, size, colour) {
    var shape = index % MARKS.length;
    paths[shape] = paths[shape] || new Path2D(MARKS[shape]);
    p.c.save();
    p.c.translate(x - size / 2, y - size / 2); p.c.scale(size / 20, size / 20);
    p.c.fillStyle = colour; p.c.fill(paths[shape]);
    p.c.restore();
  }

  function text(p, words, x, y, size, colour, anchor, weight) {
    p.c.font = (weight || 700) + " " + size + "px " + FONT;
    p.c.textAlign = anchor || "center"; p.c.textBaseline = "middle";
    p.c.fillStyle = colour; p.c.fillText(words, x, y);
  }
  function fitted(p, words, size, room) {
    p.c.font = "700 " + size + "px " + FONT;
    if (p.c.measureText(words).width <= room) return words;
    var letters = Array.from(words);
    while (letters.length > 1) {
      letters.pop();
      if (p.c.measureText(letters.join("") + "…").width <= room) return letters.join("") + "…";
    }
    return "";
  }

  function awning(p, w, y, h, colour) {
    var n = w > 120 ? 11 : w > 70 ? 7 : 5, each = w / n;
    p.blob(w * 0.04, y + h * 0.9, w * 0.92, h * 0.7, 0.36);
    for (var i = 0; i < n; i++) {
      var tone = i % 2 ? "#FFF8EE" : colour, low = art.mix(tone, "#8a4a3a", 0.22);
      p.poly([[3 + (w - 6) * i / n, y], [3 + (w - 6) * (i + 1) / n, y],
        [each * (i + 1), y + h], [each * i, y + h]], [[0, shade(tone, 0.22)], [1, tone]]);
      p.rect(each * i, y + h - 0.6, each + 0.2, h * 0.38, [[0, art.mix(tone, low, 0.35)], [1, low]],
        [0, 0, each / 2, each / 2]);
    }
    p.rect(2.5, y - h * 0.12, w - 5, h * 0.2, shade(colour, -0.25), 2);
  }

  function lit(p, box, w, shop, heads) {
    var x = box[0], y = box[1], wide = box[2], tall = box[3], c = p.c;
    p.rect(x - 3, y - 3, wide + 6, tall + 6, "#6A3550", 6);
    c.save(); p.box(x, y, wide, tall, 4); c.clip();
    p.rect(x, y, wide, tall, [[0, "#FF9E7D"], [0.55, "#FFC79A"], [1, "#FFE2BD"]]);
    if (wide > 74) {
      shelves(p, x, y, wide, tall, shop.number || shop.look || 0);
      var lamp = tall * 0.34;
      p.glow(x + wide * (wide < 190 ? 0.36 : 0.5), y + tall * 0.46, tall * 0.8, "#FFC98A", 0.5);
      p.arc(x + wide * (wide < 190 ? 0.36 : 0.5), y + tall * 0.46, lamp, 0, 7, "rgba(255,255,255,.5)", tall * 0.1);
      p.arc(x + wide * (wide < 190 ? 0.36 : 0.5), y + tall * 0.46, lamp, 0, 7, "#FFFFFF", tall * 0.05);
      var k = tall / 236;
      // The host steps aside where the number of viewers would stand on the face.
      p.at(x + wide * (wide < 190 ? 0.36 : 0.5) - 76 * k, y + tall * 0.83 - 190 * k, k, function () {
        people.host(p, shop.number || shop.look || 0);
      });
      p.rect(x, y + tall * 0.8, wide, tall * 0.2, [[0, "#E8895E"], [1, "#C7643F"]]);
      p.rect(x, y + tall * 0.79, wide, tall * 0.03, "#FFD3A6", 2);
    } else {
      p.glow(x + wide / 2, y + tall / 2, wide * 0.6, "#FFE9B8", 0.6);
    }
    audience(p, x, y, wide, tall, heads, shop.number || shop.look || 0);
    p.poly([[x + wide * 0.7, y], [x + wide * 0.82, y], [x + wide * 0.64, y + tall],
      [x + wide * 0.52, y + tall]], "rgba(255,255,255,.13)");
    c.restore();
  }

  function shelves(p, x, y, wide, tall, seed) {
    var dice = new art.Dice(seed + 3), goods = ["#3E9C93", "#FFF6EA", "#F4B646", "#F2705B",
      "#7FB7D0", "#F0A3A0"];
    [x + wide * 0.05, x + wide * 0.72].forEach(function (left) {
      for (var j = 0; j < 2; j++) {
        var level = y + tall * (0.32 + 0.22 * j);
        p.rect(left, level, wide * 0.22, tall * 0.024, "#B56A4C", 1);
        for (var i = 0; i < 4; i++) {
          var h = tall * dice.between(0.07, 0.14), tone = dice.choose(goods);
          p.rect(left + wide * (0.012 + 0.053 * i), level - h, wide * 0.042, h,
            [[0, shade(tone, 0.25)], [1, shade(tone, -0.08)]], 1.5);
        }
      }
    });
  }

  function audience(p, x, y, wide, tall, heads, seed) {
    if (!heads) return;
    var size = Math.max(8, Math.min(wide * 0.11, tall * 0.24, 22));
    var most = Math.max(1, Math.floor(wide / (size * 0.9)) - 1), rows = tall > size * 3.4 ? 2 : 1;
    heads = Math.min(heads, most * rows);
    for (var n = 0; n < heads; n++) {
      var row = n < most ? 0 : 1, across = Math.min(most, heads - row * most), i = n - row * most;
      p.at(x + wide / 2 + (i - (across - 1) / 2) * size * 0.9 - size / 2,
        y + tall - size * (0.92 + 0.5 * row), size / 20, function () {
          people.head(p, seed * 7 + n);
        });
    }
  }

  function door(p, x, w, h, colour) {
    p.rect(x - 3, -h - 4, w + 6, h + 4, shade(colour, -0.28), [6, 6, 0, 0]);
    p.rect(x, -h, w, h, [[0, "#FFE9B8"], [0.5, "#FFCF8A"], [1, "#F2A765"]], [5, 5, 0, 0]);
    p.rect(x, -h, w * 0.44, h, [[0, shade(colour, 0.1)], [1, shade(colour, -0.12)]], [5, 0, 0, 0]);
    p.rect(x + w * 0.08, -h * 0.92, w * 0.26, h * 0.44, [[0, "#FFF3D6"], [1, "#FBD9A2"]], 3);
    for (var i = 0; i < 6; i++) {
      p.rect(x + w * (0.53 + (i % 3) * 0.14), -h * (0.88 - 0.22 * Math.floor(i / 3)), w * 0.1, h * 0.1,
        ["#F2705B", "#3E9C93", "#F4B646"][(i * 2) % 3], 1);
    }
    p.ellipse(x - w * 0.14, -4, w * 1.28, 9, shade(colour, 0.25));
  }

  /** A shop among very many: its number, the mark of its tactic, and whether it has decided. */
  function tiny(p, w, h, shop, colour, index, wall, options) {
    var sign = Math.max(20, Math.min(h * 0.42, 26)), dark = options.waits && !shop.decided;
    var tall = h - sign * 0.3, awn = Math.max(7, h * 0.16), roof = -h + sign * 0.72;
    p.blob(-w * 0.03, -h * 0.06, w * 1.06, h * 0.14, 0.45);
    p.rect(0, -tall, w, tall, [[0, shade(wall, 0.3)], [1, wall]], 3);
    var y = roof + awn, pane = [w * 0.05, y, w * 0.9, -2.5 - y];
    var light = 0.35 + 0.65 * Math.min(1, (shop.viewers || 0) / options.most);
    p.rect(pane[0], pane[1], pane[2], pane[3], dark ? "#5B3F5F"
      : [[0, art.mix("#E9A27C", "#FFDF9A", light)], [1, art.mix("#F3C39B", "#FFF6D2", light)]], 3);
    p.frame(pane[0], pane[1], pane[2], pane[3], "#6A3550", 3, 1.6);
    var middle = pane[1] + pane[3] * 0.56, size = Math.min(pane[3] * 0.72, w * 0.3);
    if (index >= 0) {
      mark(p, index, w * (options.waits ? 0.28 : 0.5), middle, size,
        dark ? "#FFE9C9" : shade(colour, -0.3));
    }
    if (options.waits && shop.decided) {
      tick(p, w * 0.71, middle, Math.min(pane[3] * 0.46, w * 0.19));
    } else if (dark) {
      for (var i = -1; i <= 1; i++) p.circle(w * 0.71 + i * w * 0.1, middle, w * 0.034, "#FFF6EA");
    }
    var n = 7, step = w / n;
    for (i = 0; i < n; i++) {
      var tone = i % 2 ? "#FFF8EE" : colour;
      p.rect(step * i, roof, step + 0.2, awn, [[0, shade(tone, 0.2)], [1, tone]],
        [0, 0, step / 2, step / 2]);
    }
    if (!dark) p.glow(w / 2, middle, w * 0.55, "#FFB060", 0.1 + 0.2 * light);
    plate(p, w, -h, sign, shop, colour, { waits: false });
  }

  function tick(p, x, y, r) {
    p.circle(x, y, r, "#1F6F67");
    p.stroke([[x - r * 0.42, y + r * 0.04], [x - r * 0.1, y + r * 0.36], [x + r * 0.46, y - r * 0.32]],
      "#FFFFFF", r * 0.24);
  }

  /** One shop with its bottom left at the origin.
      options: waits (draw who has decided), tactics (ids in order), most (viewers of the fullest),
      names (labels are names of people), room (width of the narrowest; what has no room there
      is left out everywhere; 0 for no figures at all) */
  function draw(p, box, shop, options) {
    var w = box.w, h = box.h, index = options.tactics.indexOf(shop.tactic);
    var number = shop.number || shop.look || 0, sign = Math.max(23, Math.min(h * 0.16, 36));
    var colour = index >= 0 ? art.TACTICS[index % art.TACTICS.length] : PLAIN[number % PLAIN.length];
    var tall = h - sign * 0.4, wall = WALLS[number % WALLS.length], large = w > 150;
    var deep = large ? w * 0.045 : 0;
    if (w < 84) { tiny(p, w, h, shop, colour, index, wall, options); return; }
    p.blob(-w * 0.03, -h * 0.05, w * 1.06, h * 0.1, 0.45);
    if (large) {
      p.poly([[w - 1, 0], [w + deep, -deep * 1.4], [w + deep, -tall - deep * 0.8], [w - 1, -tall]],
        [[0, shade(wall, -0.34)], [1, shade(wall, -0.16)]]);
      p.poly([[2, -tall + 1], [w, -tall + 1], [w + deep, -tall - deep * 0.8],
        [deep, -tall - deep * 0.8]], shade(colour, -0.1));
    }
    p.rect(0, -tall, w, tall, [[0, shade(wall, 0.3)], [0.55, wall], [1, shade(wall, -0.08)]],
      [4, 4, 1, 1]);
    p.rect(0, -tall * 0.05, w, tall * 0.05, shade(wall, -0.22));
    var awn = tall * (large ? 0.11 : 0.15), roof = -tall + sign * 0.62;
    var pane = [w * 0.06, roof + awn * 1.25, w * (large ? 0.7 : 0.88), 0];
    pane[3] = -tall * 0.08 - pane[1];
    if (large) door(p, w * 0.81, w * 0.15, tall * 0.56, colour);
    var seats = Math.ceil((shop.viewers || 0) / Math.max(1, options.most) * (large ? 18 : 8));
    lit(p, pane, w, shop, seats);
    var dark = options.waits && !shop.decided;
    if (dark) {
      // Not decided yet: the light is down and three dots wait.
      p.rect(pane[0], pane[1], pane[2], pane[3], "rgba(70,44,76,.74)", 4);
      var dot = Math.max(2.4, Math.min(pane[2], pane[3]) * 0.05);
      for (var i = -1; i <= 1; i++) {
        p.circle(pane[0] + pane[2] / 2 + i * dot * 3.6, pane[1] + pane[3] * 0.55, dot, "#FFF6EA");
      }
    } else {
      p.glow(pane[0] + pane[2] / 2, pane[1] + pane[3] * 0.6, w * 0.6, "#FFB060", 0.26);
    }
    awning(p, w, roof, awn, colour);
    plate(p, w, -h, sign, shop, colour, options);
    if (index >= 0) {
      var round = Math.max(9.5, sign * 0.42);
      p.circle(pane[0] + round + 4, pane[1] + round + 4, round, "#FFF8EE");
      mark(p, index, pane[0] + round + 4, pane[1] + round + 4, round * 1.25, shade(colour, -0.25));
    }
    if (large) plants(p, w, number);
    if (options.room > 104 && shop.number && shop.viewers && !dark && !shop.quiet) {
      viewers(p, pane, shop.viewers, Math.max(SMALLEST, sign * 0.56));
    }
  }

  function plate(p, w, y, sign, shop, colour, options) {
    if (!shop.number && !shop.label) {
      p.rect(w * 0.3, y, w * 0.4, sign, [[0, shade(colour, 0.1)], [1, shade(colour, -0.14)]], sign / 2);
      p.heart(w / 2, y + sign * 0.5, sign * 0.3, "#FFF8EC");
      return;
    }
    var size = Math.max(SMALLEST, sign * 0.62), label = w < 84 ? String(shop.number) : shop.label || String(shop.number);
    var badge = options.waits && shop.decided ? sign * 0.98 : 0;
    var words = fitted(p, String(label || shop.number), size, w - badge - 8);
    // Of "Shop 12" the number says more than the beginning; of a name, the beginning.
    if (shop.number && words !== String(label) && (!options.names || words.length < 4)) words = String(shop.number);
    p.c.font = "700 " + size + "px " + FONT;
    var wide = Math.min(w + 4, Math.max(w * 0.5, p.c.measureText(words).width + badge + 20));
    p.soft(0.32, 5, 2, function () {
      p.rect(w / 2 - wide / 2, y, wide, sign, [[0, "#FFFDF8"], [1, "#FBE9D3"]], sign / 2);
    });
    p.frame(w / 2 - wide / 2 + 1, y + 1, wide - 2, sign - 2, shade(colour, -0.12), sign / 2, 1.6);
    text(p, words, w / 2 - badge * 0.42, y + sign * 0.53, size, art.COLOURS.ink);
    if (badge) {
      tick(p, w / 2 + wide / 2 - sign * 0.5, y + sign / 2, sign * 0.47);
    }
  }

  /** How many are watching, at the top of a window. */
  function viewers(p, pane, count, size) {
    var words = String(count);
    p.c.font = "700 " + size + "px " + FONT;
    var wide = p.c.measureText(words).width + size * 1.9, x = pane[0] + pane[2] - wide - 3;
    var y = pane[1] + 5;
    if (wide > pane[2]) return;
    p.rect(x, y, wide, size * 1.3, "rgba(66,32,48,.86)", size);
    p.c.strokeStyle = "#FFF6EA"; p.c.lineWidth = size * 0.1;
    p.c.beginPath();
    p.c.ellipse(x + size * 0.85, y + size * 0.65, size * 0.42, size * 0.26, 0, 0, 7); p.c.stroke();
    p.circle(x + size * 0.85, y + size * 0.65, size * 0.15, "#FFF6EA");
    text(p, words, x + size * 1.45, y + size * 0.7, size, "#FFFFFF", "left");
  }

  /** Two flower pots before a large shop. */
  function plants(p, w, seed) {
    [w * 0.02, w * 0.775].forEach(function (x, n) {
      var r = Math.min(9, w * 0.032), dice = new art.Dice(seed * 2 + n + 40);
      p.rect(x - r * 0.62, 3 - r * 0.9, r * 1.24, r * 0.95, [[0, "#E79A6D"], [1, "#B9633F"]], r * 0.2);
      for (var i = 0; i < 14; i++) {
        var angle = dice.between(3.3, 6.1), reach = dice.between(0.3, 1) * r;
        p.circle(x + Math.cos(angle) * reach, 3 - r * 1.05 + Math.sin(angle) * reach * 1.1,
          r * dice.between(0.28, 0.42), art.mix("#4F8A66", "#A8CF8E", dice.fraction()));
      }
      for (i = 0; i < 4; i++) {
        p.circle(x + dice.between(-0.8, 0.8) * r, 3 - r * dice.between(1.2, 2), r * 0.15,
          dice.choose(["#FFD2C4", "#FFE08A", "#FFFFFF"]));
      }
    });
  }

  window.StreetShops = { draw: draw, MARKS: MARKS, FONT: FONT, text: text };
})();
