/* The dusk street by itself: sky, town, meadow, road, gate, trees and lamps. */
(function () {
  "use strict";

  var kit = window.StreetArt, mix = kit.mix, Dice = kit.Dice;

  function tree(p, x, y, r, seed) {
    var dice = new Dice(seed + 400);
    p.blob(x - r * 0.7, y - r * 0.14, r * 2.2, r * 0.42, 0.34);
    p.poly([[x - r * 0.1, y - r * 1.2], [x + r * 0.1, y - r * 1.2], [x + r * 0.16, y],
      [x - r * 0.16, y]], [[0, "#A4735A"], [1, "#7C5346"]]);
    p.stroke([[x, y - r * 0.8], [x + r * 0.36, y - r * 1.25]], "#8C6150", r * 0.07);
    [[0, 0.3, 0.16, 16], [0.3, 0.65, 0, 16], [0.65, 1, -0.2, 12]].forEach(function (layer, depth) {
      for (var i = 0; i < layer[3]; i++) {
        var angle = dice.between(0, 2 * Math.PI);
        var reach = Math.pow(dice.fraction(), 0.6) * r * (0.86 - depth * 0.16);
        p.circle(x + Math.cos(angle) * reach + layer[2] * r * 0.6,
          y - r * 1.75 + Math.sin(angle) * reach * 0.86 + layer[2] * r,
          r * dice.between(0.2, 0.34) * (1 - depth * 0.14),
          mix("#5E9A72", "#BBDB9A", dice.between(layer[0], layer[1])));
      }
    });
  }

  function hedge(p, x, y, width, height, seed, flowers, dark, light) {
    var dice = new Dice(seed + 900), count = Math.max(6, Math.floor(width / height * 6));
    p.blob(x, y - height * 0.18, width * 1.06, height * 0.4, 0.3);
    [[0, 0.35, 0.35], [0.3, 0.7, 0.55], [0.65, 1, 0.78]].forEach(function (layer, depth) {
      for (var i = 0; i < count; i++) {
        p.circle(x + width * (i + dice.between(0.1, 0.9)) / count,
          y - height * layer[2] * dice.between(0.75, 1.05),
          height * dice.between(0.3, 0.42) * (1 - depth * 0.18),
          mix(dark || "#5F9468", light || "#B8D68F", dice.between(layer[0], layer[1])));
      }
    });
    for (var i = 0; flowers && i < width / 7; i++) {
      p.circle(x + dice.between(0.04, 0.96) * width, y - height * dice.between(0.25, 1),
        height * 0.085, dice.choose(["#FFE3DA", "#FFD76E", "#FFFFFF", "#F58C7A"]));
    }
  }

  function sky(p, map) {
    var width = map.width, horizon = map.horizon, middle = map.centre;
    p.rect(0, 0, width, horizon + 40,
      [[0, "#EE8C6C"], [0.35, "#FFB98D"], [0.72, "#FFDDB4"], [1, "#FFEFD4"]]);
    p.glow(middle, horizon, 420, "#FFB870", 0.34);
    p.glow(middle, horizon - 40, 130, "#FFE6B0", 0.6);
    p.circle(middle, horizon - 44, 30, "rgba(255,248,224,.92)");
    [[-490, 62, 1.15], [-284, 44, 0.7], [310, 58, 0.95], [510, 46, 0.8]].forEach(function (cloud) {
      var k = cloud[2];
      p.at(middle + cloud[0], horizon - cloud[1], k, function () {
        // One path, so that the puffs do not show through each other.
        p.c.fillStyle = "rgba(255,247,232,.55)"; p.c.beginPath();
        [[-44, 6, 14], [-22, -3, 21], [6, -9, 26], [30, 0, 19], [50, 7, 12]].forEach(function (b) {
          p.c.moveTo(b[0] + b[2], b[1]); p.c.arc(b[0], b[1], b[2], 0, 7);
        });
        p.c.rect(-58, 6, 118, 14); p.c.fill("nonzero");
      });
    });
    town(p, width, horizon);
  }

  function town(p, width, horizon) {
    var dice = new Dice(12);
    [[horizon, "#F5BF9E", 34, 84], [horizon + 8, "#ECA88E", 18, 58]].forEach(function (row) {
      var x = -10;
      while (x < width + 10) {
        var wide = dice.between(34, 74), tall = dice.between(row[2], row[3]);
        tall *= 0.45 + 0.8 * Math.abs(x + wide / 2 - width / 2) / (width / 2);
        p.rect(x, row[0] - tall, wide, tall + 20,
          [[0, mix(row[1], "#FFE9CF", 0.12)], [1, mix(row[1], "#FFE9CF", 0.65)]], 3);
        if (dice.fraction() < 0.5) {
          p.poly([[x - 2, row[0] - tall + 1], [x + wide / 2, row[0] - tall - 13],
            [x + wide + 2, row[0] - tall + 1]], mix(row[1], "#D98A78", 0.35));
        }
        for (var i = 0; i < Math.floor((wide - 8) / 11); i++) {
          for (var j = 0; j < Math.floor((tall - 9) / 13); j++) {
            if (dice.fraction() < 0.5) {
              p.rect(x + 7 + i * 11, row[0] - tall + 9 + j * 13, 4.5, 6,
                dice.fraction() < 0.66 ? "rgba(255,244,208,.84)" : "rgba(217,135,111,.35)", 1);
            }
          }
        }
        x += wide + dice.between(-3, 7);
      }
    });
  }

  function ground(p, map) {
    var dice = new Dice(31), width = map.width, horizon = map.horizon, tall = map.height - horizon;
    p.rect(0, horizon, width, tall + 2, [[0, "#F6E6B6"], [0.22, "#E0E2A4"], [1, "#A9C67E"]]);
    for (var i = 0; i < 700; i++) {
      var y = horizon + 4 + tall * Math.pow(dice.fraction(), 0.8), k = 0.5 + (y - horizon) / 500;
      p.ellipse(dice.between(0, width), y, 16 * k, 3.2 * k,
        dice.fraction() < 0.5 ? "rgba(252,244,196,.28)" : "rgba(150,182,106,.28)");
    }
    function edge(v, beyond, side) {
      var spot = map.point(side, v);
      return [spot.x + side * beyond * spot.scale, spot.y];
    }
    function ribbon(beyond) {
      var left = [], right = [];
      for (var n = 0; n < 34; n++) {
        left.push(edge(n / 30, beyond, -1)); right.unshift(edge(n / 30, beyond, 1));
      }
      return left.concat(right);
    }
    p.poly(ribbon(26), [[0, "#FFF0DA"], [1, "#F3D3AE"]]);
    for (i = 0; i < 28; i++) {
      [-1, 1].forEach(function (side) {
        var v = Math.pow(i / 26, 1.1);
        p.stroke([edge(v, 26, side), edge(v, 0, side)], "#DDB48C", 1);
      });
    }
    p.soft(0.4, 8, 0, function () {
      p.poly(ribbon(0), [[0, "#FBE0C0"], [0.35, "#EFC79F"], [1, "#DDA37B"]]);
    });
    cobbles(p, map);
    var beam = [[-0.3, 0], [0.5, 0], [0.62, 1], [-0.05, 1]].map(function (uv) {
      var spot = map.point(uv[0], uv[1]); return [spot.x, spot.y];
    });
    p.poly(beam, "rgba(255,243,210,.22)");
  }

  function cobbles(p, map) {
    var dice = new Dice(3), rows = 66, across = 15;
    for (var r = 0; r < rows; r++) {
      var v0 = Math.pow(r / (rows - 2), 1.08), v1 = Math.pow((r + 1) / (rows - 2), 1.08);
      for (var i = 0; i < across; i++) {
        var u0 = -1 + 2 * (i + (r % 2 ? 0.5 : 0)) / across, u1 = Math.min(u0 + 2 / across, 1);
        var tone = dice.fraction() * 0.75;
        if (u0 >= 0.99) continue;
        var near = Math.min(1, v0);
        var colour = mix(mix("#FFE9CC", "#F2C79E", near), mix("#F6D4AC", "#CF946F", near), tone);
        var a = map.point(u0 + 0.012, v0), b = map.point(u1 - 0.012, v0);
        var d = map.point(u0 + 0.012, v1), e = map.point(u1 - 0.012, v1), gap = (d.y - a.y) * 0.08;
        p.poly([[a.x, a.y + gap], [b.x, b.y + gap], [e.x, e.y - gap], [d.x, d.y - gap]], colour);
      }
    }
  }

  function gate(p, map) {
    p.at(map.centre, map.horizon + 6, map.gate, function () {
      [-1, 1].forEach(function (side) {
        p.blob(side * 170 - 22, -6, 60, 16, 0.36);
        p.rect(side * 170 - 10, -112, 20, 114, [[0, "#D9694E"], [1, "#A9443C"]], 4);
        p.rect(side * 170 - 7, -108, 4, 104, "rgba(255,214,180,.27)", 2);
        p.rect(side * 170 - 15, -6, 30, 10, "#8C3C3A", 3);
      });
      p.soft(0.3, 8, 5, function () {
        p.rect(-206, -142, 412, 40, [[0, "#E2704F"], [1, "#B84A3E"]], 12);
      });
      p.frame(-200, -137, 400, 30, "rgba(255,236,200,.5)", 9, 2);
      p.poly([[-226, -140], [226, -140], [196, -166], [-196, -166]], "#8C3F4A");
      p.poly([[-226, -140], [226, -140], [222, -147], [-222, -147]], "#B9606A");
      [-120, -60, 60, 120].forEach(function (x) {
        p.stroke([[x, -102], [x, -92]], "#7A3A3A", 2);
        p.glow(x, -80, 44, "#FFB060", 0.55);
        p.circle(x, -80, 12, [[0, "#FFA070"], [1, "#E2493F"]]);
        p.rect(x - 6, -94, 12, 4, "#8C3C3A", 1);
        p.rect(x - 6, -69, 12, 4, "#8C3C3A", 1);
      });
    });
  }

  function lamps(p, map) {
    map.lamps.forEach(function (v) {
      var far = [-1, 1].map(function (side) {
        var spot = map.point(side, v);
        p.at(spot.x + side * 12 * spot.scale, spot.y, spot.scale, lamp);
        return spot.x + side * 12 * spot.scale;
      });
      var spot = map.point(0, v), k = spot.scale, y = spot.y - 108 * k, points = [];
      function hang(t) {
        return [far[0] + (far[1] - far[0]) * t, y + 13 * k * 4 * t * (1 - t)];
      }
      for (var i = 0; i <= 60; i++) points.push(hang(i / 60));
      p.stroke(points, "#6B3F48", k);
      for (i = 1; i < 13; i++) {
        var bulb = hang(i / 13);
        p.stroke([bulb, [bulb[0], bulb[1] + 4 * k]], "#6B3F48", 0.8);
        p.glow(bulb[0], bulb[1] + 8 * k, 15 * k, "#FFB050", 0.55);
        p.circle(bulb[0], bulb[1] + 8 * k, 3.6 * k,
          [[0, "#FFFFFF"], [1, ["#FFF2C0", "#FFD9A0", "#FFE9B0"][i % 3]]]);
      }
    });
  }

  function lamp(p) {
    p.blob(-12, -4, 24, 8, 0.4);
    p.rect(-2.2, -92, 4.4, 94, [[0, "#8A5560"], [1, "#553440"]], 1);
    p.rect(-5.5, -4, 11, 6, "#553440", 2);
    p.glow(0, -100, 46, "#FFB050", 0.5);
    p.rect(-9, -112, 18, 22, "#5A3640", 6);
    p.rect(-6.5, -109, 13, 16, [[0, "#FFFBE6"], [1, "#FFD27A"]], 4);
    p.poly([[-11, -110], [11, -110], [0, -120]], "#5A3640");
  }

  function farHedges(p, map) {
    [-1, 1].forEach(function (side) {
      var x = map.centre + side * 70, i = 0;
      while (Math.abs(x - map.centre) < map.width + 60) {
        var wide = 54 + (i * 37) % 40;
        hedge(p, side > 0 ? x : x - wide, map.horizon + 11 + (i % 3) * 3, wide,
          20 + (i * 13) % 12, 60 + i + (side > 0 ? 20 : 0), false, "#7FA97E", "#D3DDA0");
        x += side * (wide - 8); i += 1;
      }
    });
  }

  /** Where the street lies in a window of this size; v from 0 far to 1 near, u across it. */
  function StreetMap(width, height) {
    this.width = width; this.height = height; this.centre = width / 2;
    this.horizon = 180; this.gate = 0.62; this.lamps = [0.3, 0.66];
    this.far = 152; this.narrow = 58; this.widen = 84;
  }
  StreetMap.prototype.point = function (u, v) {
    var scale = 0.56 + 0.5 * v;
    return {
      x: this.centre + u * (this.narrow + this.widen * v),
      y: this.far + (this.height + 6 - this.far) * Math.sign(v) * Math.pow(Math.abs(v), 1.12),
      scale: scale
    };
  };
  StreetMap.prototype.depth = function (y) {
    return Math.pow(Math.max(0, y - this.far) / (this.height + 6 - this.far), 1 / 1.12);
  };
  StreetMap.prototype.edge = function (y) {
    var v = this.depth(y);
    return this.narrow + this.widen * v + 30 * (0.56 + 0.5 * v);
  };

  /** Where the gate's name stands. */
  StreetMap.prototype.gateName = function () {
    return { x: this.centre, y: this.horizon + 6 - 121.5 * this.gate, width: 388 * this.gate };
  };
  /* The narrower of the two sides, from the window's edge to the pavement. */
  StreetMap.prototype.roadside = function (y) {
    return Math.min(this.centre, this.width - this.centre) - this.edge(y);
  };

  /** The street without shops and people. */
  function backdrop(p, map) {
    sky(p, map);
    ground(p, map);
    farHedges(p, map);
    gate(p, map);
  }

  Object.assign(kit, {
    StreetMap: StreetMap, tree: tree, hedge: hedge, backdrop: backdrop, lamps: lamps
  });
})();
