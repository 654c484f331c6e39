/* The people of the street: small figures painted once each, walking up and down between the shops.
   They only show that the street is alive; what a figure counts as is said by the page in words. */
(function () {
  "use strict";

  var art = window.StreetArt, shade = art.shade;
  var SKINS = ["#FFDDC1", "#F6C7A1", "#E8B088", "#FBD3B4", "#D99B72"];
  var HAIRS = ["#3B2A2F", "#5A3A2E", "#2C2A3A", "#7A4A33", "#A8623A", "#463447", "#73584C"];
  var CLOTHES = ["#F2705B", "#F4B646", "#3E9C93", "#7FB7D0", "#86B58F", "#F0A3A0", "#B58BC2",
    "#FFF6EA", "#5E7CA8", "#E8894A", "#D9597B", "#6FA8A0"];
  var TROUSERS = ["#4A4358", "#6B5A54", "#3F5666", "#8A6A58", "#56506E"];
  var LOOKS = 24, WIDE = 28, TALL = 46;

  function pick(options, look, purpose) {
    var mixed = Math.imul(look * 31 + purpose * 97 + 7, 2654435761) >>> 9;
    return options[mixed % options.length];
  }

  /** Somebody 26 wide and 40 tall whose feet stand near (13, 38). */
  function figure(p, look, step, back) {
    var cloth = pick(CLOTHES, look, 1), hair = pick(HAIRS, look, 2), skin = pick(SKINS, look, 3);
    var swing = [0, 1.9, 0, -1.9][step], dress = look % 3 === 0;
    var legs = dress ? skin : pick(TROUSERS, look, 4);
    var ramp = [[0, shade(cloth, 0.16)], [1, shade(cloth, -0.14)]];
    p.blob(4, 33.5, 18, 7, 0.42);
    p.rect(8.7, 28, 3.7, 9.4 - Math.max(0, swing), legs, 1.7);
    p.rect(13.6, 28, 3.7, 9.4 - Math.max(0, -swing), shade(legs, -0.12), 1.7);
    p.ellipse(7.9, 35.6 - Math.max(0, swing), 5.2, 2.9, "#3A2A30");
    p.ellipse(13.2, 35.6 - Math.max(0, -swing), 5.2, 2.9, "#33242B");
    if (dress) {
      p.poly([[8, 19], [18, 19], [21, 32.4], [5, 32.4]], ramp);
      p.rect(7, 17.4, 12, 9, ramp, 4.4);
    } else {
      p.rect(6.6, 17.4, 12.8, 12.8, ramp, 4.6);
    }
    p.rect(7.6, 18.6, 2.2, 9, art.faded(shade(cloth, 0.5), 0.3), 1.1);
    p.rect(4.7, 19, 3.5, 8.8 + swing * 0.5, shade(cloth, -0.08), 1.7);
    p.rect(17.8, 19, 3.5, 8.8 - swing * 0.5, shade(cloth, -0.2), 1.7);
    p.circle(6.4, 28 + swing * 0.5, 1.6, skin);
    p.circle(19.6, 28 - swing * 0.5, 1.6, shade(skin, -0.08));
    if (look % 3 === 0 || look % 8 === 5) {
      p.rect(5.2, 7.5, 15.6, 12.5, [[0, hair], [1, shade(hair, -0.2)]], 4.4);
    }
    p.circle(13, 10.6, 7.7, hair);
    if (back) {
      p.arc(13, 10.6, 6.6, 3.3, 4.9, shade(hair, 0.22), 1.2);
    } else {
      face(p, look, hair, skin);
    }
    if (look % 4 === 3) {
      var hat = pick(CLOTHES, look, 5);
      p.rect(5.5, 2.4, 15, 6.2, [[0, shade(hat, 0.18)], [1, hat]], 3);
      p.rect(4.4, 7.2, 17.2, 2, shade(hat, -0.24), 1);
    } else if (look % 6 === 4) {
      p.circle(13, 2.6, 2.9, [[0, shade(hair, 0.15)], [1, hair]]);
    }
  }

  function face(p, look, hair, skin) {
    p.circle(13, 11.7, 6.5, [[0, shade(skin, 0.18)], [1, skin]]);
    p.poly([[6.1, 10.8], [7.2, 5.6], [13, 3.3], [18.8, 5.6], [19.9, 10.8], [16.8, 7.5]].concat(
      look % 2 ? [[14, 8.6], [10.6, 7.8]] : [[10, 8.4], [8.2, 9.6]]), hair);
    [10.6, 15.4].forEach(function (x) { p.ellipse(x - 0.9, 11.2, 1.8, 2.4, "#3A2830"); });
    [8.8, 17.2].forEach(function (x) {
      p.ellipse(x - 1.3, 13.6, 2.6, 1.5, "rgba(240,120,100,.43)");
    });
    p.arc(13, 14, 1.4, 0.2, 2.9, "#B4543F", 0.6);
  }

  /** Somebody of an audience from behind, 20 wide, head at the top. */
  function head(p, look) {
    var hair = pick(HAIRS, look, 2), cloth = pick(CLOTHES, look, 1);
    p.rect(2, 12.5, 16, 12, [[0, cloth], [1, shade(cloth, -0.2)]], 6);
    p.circle(10, 7.4, 6.8, [[0, shade(hair, 0.16)], [1, hair]]);
    if (look % 6 === 4) p.circle(10, 0.6, 2.6, hair);
  }

  /** The host behind a counter, 150 wide and 190 tall, cut off at the bottom. */
  function host(p, number) {
    var cloth = number ? pick(CLOTHES, number, 9) : art.COLOURS.teal;
    var hair = number ? pick(HAIRS, number, 8) : "#46303A";
    var skin = number ? pick(SKINS, number, 7) : "#FFDCC2";
    if (number % 3 === 0) {
      p.circle(76, 30, 13, [[0, shade(hair, 0.14)], [1, hair]]);
      p.rect(46, 38, 58, 68, [[0, shade(hair, 0.12)], [1, hair]], 26);
    } else {
      p.rect(45, 36, 60, number % 3 === 1 ? 100 : 58,
        [[0, shade(hair, 0.12)], [1, shade(hair, -0.1)]], 26);
    }
    p.poly([[40, 142], [58, 128], [92, 128], [110, 142], [118, 194], [32, 194]],
      [[0, shade(cloth, 0.16)], [1, shade(cloth, -0.14)]]);
    p.rect(66, 112, 18, 24, shade(skin, -0.1), 6);
    p.poly([[58, 128], [92, 128], [75, 152]], "#FFF6EA");
    p.poly([[66, 126], [84, 126], [75, 140]], shade(skin, -0.06));
    p.rect(52, 52, 46, 60, [[0, shade(skin, 0.14)], [1, skin]], 23);
    p.poly([[50, 78], [52, 56], [66, 44], [86, 44], [99, 56], [101, 78], [92, 64], [72, 60]], hair);
    [65, 86].forEach(function (x) {
      p.ellipse(x - 3, 78, 6, 8, "#3A2830"); p.circle(x + 1, 80.5, 1.5, "#FFFFFF");
      if (number % 3 === 2) p.arc(x, 82, 8, 0, 7, "#5A3A46", 1.5);
    });
    [59, 91].forEach(function (x) { p.ellipse(x - 5, 91, 10, 5.6, "rgba(242,120,100,.45)"); });
    p.arc(75.5, 95, 6, 0.25, 2.9, "#B4443F", 2.1);
    p.stroke([[106, 150], [126, 160], [136, 126]], shade(cloth, -0.08), 15);
    p.circle(136, 122, 8.6, skin);
    p.rect(128, 84, 17, 34, [[0, "#FFFFFF"], [1, "#FFD4BF"]], 4);
    p.rect(131, 77, 11, 8, art.COLOURS.mustard, 2);
    p.rect(128, 96, 17, 10, art.COLOURS.coral);
  }

  /* ---- the crowd ---- */
  function Crowd() { this.pictures = {}; this.people = []; this.unit = 0; }

  Crowd.prototype.picture = function (name, unit, wide, tall, paint) {
    var key = name + "@" + unit.toFixed(2), known = this.pictures[key];
    if (!known) {
      known = document.createElement("canvas");
      known.width = Math.ceil(wide * unit); known.height = Math.ceil(tall * unit);
      var context = known.getContext("2d");
      context.scale(unit, unit);
      paint(new art.Pen(context));
      this.pictures[key] = known;
    }
    return known;
  };

  /** As many people as asked, each always with the same look, place and pace. */
  Crowd.prototype.set = function (count) {
    while (this.people.length < count) {
      var dice = new art.Dice(this.people.length * 13 + 5);
      this.people.push({
        look: Math.floor(dice.fraction() * LOOKS), u: dice.between(-0.84, 0.84),
        from: dice.fraction(), pace: dice.between(0.006, 0.013) * (dice.fraction() < 0.5 ? -1 : 1),
        sway: dice.between(0, 6)
      });
    }
    this.people.length = Math.min(this.people.length, count);
  };

  /** Paints everybody as they are `seconds` after the start; `still` for reduced motion. */
  Crowd.prototype.paint = function (context, map, unit, seconds, still) {
    var self = this, placed = this.people.map(function (one) {
      var v = one.from + (still ? 0 : one.pace * seconds);
      v = 0.02 + 0.96 * (v - Math.floor(v));
      return {
        one: one, v: v, u: one.u + (still ? 0 : 0.05 * Math.sin(seconds * 0.35 + one.sway))
      };
    });
    placed.sort(function (a, b) { return a.v - b.v; });
    placed.forEach(function (person) {
      var spot = map.point(person.u, person.v), size = spot.scale * 1.02;
      var step = still ? 0 : Math.floor(seconds * 3.2 + person.one.sway) & 3;
      var back = person.one.pace < 0;
      // A few sizes are enough; a picture is painted large and shrunk by a little.
      var level = Math.ceil(size * 8) / 8;
      var picture = self.picture(["p", person.one.look, step, back, level].join("-"),
        unit * level, WIDE, TALL, function (p) {
          p.at(1, 3, 1, function () { figure(p, person.one.look, step, back); });
        });
      var fade = Math.min(1, person.v * 14, (1 - person.v) * 14);
      context.globalAlpha = Math.max(0, fade);
      context.drawImage(picture, (spot.x - 14 * size) * unit, (spot.y - 40.5 * size) * unit,
        WIDE * size * unit, TALL * size * unit);
    });
    context.globalAlpha = 1;
  };

  window.StreetPeople = { Crowd: Crowd, figure: figure, head: head, host: host };
})();
