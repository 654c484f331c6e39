/* The street and the host of the phone page, drawn with plain shapes; motion comes from phone.css. */
Stroll.art = (function () {
  "use strict";

  var make = Stroll.make;
  var SKIN = "#fbd9bd";
  var HAIR = "#43303b";
  var CLOTHES = ["#3e9c93", "#f2705b", "#f4b646", "#7fb7d0", "#86b58f", "#b48ac0"];
  // Which gesture tells of which act; a tactic shows the act that it spends most of its minute on.
  var GESTURES = {
    patient: "show", quiet_explaining: "show", patient_interactive: "ask", interaction: "ask",
    unanswered: "ask", rushed: "hurry", price_games: "price", mark_up: "price", honest_offer: "price",
    hold_back_show: "box", giveaway_show: "gift", storytelling: "heart", community: "wave",
    explain: "show", detail: "show", answer: "ask", prompt: "ask", poll: "ask", hype: "hurry",
    countdown: "hurry", mark_up_then_cut: "price", honest_discount: "price", hold_back: "box",
    giveaway: "gift", story: "heart", invite_group: "wave"
  };

  function rect(x, y, width, height, fill, more) {
    var attributes = more || {};
    attributes.x = x;
    attributes.y = y;
    attributes.width = width;
    attributes.height = height;
    attributes.fill = fill;
    return make("rect", attributes);
  }

  function circle(x, y, radius, fill, more) {
    var attributes = more || {};
    attributes.cx = x;
    attributes.cy = y;
    attributes.r = radius;
    attributes.fill = fill;
    return make("circle", attributes);
  }

  function path(d, fill, more) {
    var attributes = more || {};
    attributes.d = d;
    attributes.fill = fill;
    return make("path", attributes);
  }

  function gradient(id, from, to) {
    return make("linearGradient", { id: id, x1: 0, y1: 0, x2: 0, y2: 1 }, [
      make("stop", { offset: 0, "stop-color": from }),
      make("stop", { offset: 1, "stop-color": to })
    ]);
  }

  function awning(x, y, width, height, colour) {
    var stripes = 7;
    var each = width / stripes;
    var kids = [];
    for (var n = 0; n < stripes; n += 1) {
      var left = x + n * each;
      kids.push(path(
        "M" + left + " " + y + "h" + each + "v" + height + "a" + each / 2 + " " + each / 2 + " 0 0 1 -" +
          each + " 0z", n % 2 ? "#fff6ea" : colour
      ));
    }
    kids.push(rect(x - 2, y - 4, width + 4, 6, colour, { rx: 3 }));
    return kids;
  }

  /* A shopfront at dusk: a sign, an awning, a lit window with its card, a door. */
  function shop(x, y, scale, colour, deep, things, mirrored) {
    return make("g", { transform: "translate(" + x + " " + y + ") scale(" + (mirrored ? -scale : scale) + " " + scale + ")" }, [
      make("ellipse", { cx: 62, cy: 104, rx: 78, ry: 9, fill: "#7a4b6b", opacity: 0.22 }),
      path("M0 20L8 4h112l10 16z", deep),
      rect(4, 18, 122, 84, "#f8e3cc"),
      rect(118, 18, 12, 84, "#e4bfa6"),
      rect(34, 2, 60, 14, deep, { rx: 7 }),
      rect(40, 7, 48, 4, "#fff6ea", { rx: 2, opacity: 0.8 }),
      rect(10, 42, 74, 46, "#a25c4e", { rx: 4 }),
      rect(13, 45, 68, 40, "#fff0c9", { rx: 3 }),
      rect(13, 45, 68, 40, "#ffd98a", { rx: 3, "class": "glow" }),
      rect(18, 50, 26, 30, colour, { rx: 4 }),
      things,
      rect(49, 52, 26, 5, deep, { rx: 2, opacity: 0.75 }),
      rect(49, 61, 20, 4, deep, { rx: 2, opacity: 0.4 }),
      rect(49, 69, 24, 4, deep, { rx: 2, opacity: 0.4 }),
      rect(92, 44, 24, 58, deep, { rx: 4 }),
      rect(96, 49, 16, 26, "#ffe3a3", { rx: 3 }),
      circle(96, 82, 1.8, "#ffe3a3"),
      awning(4, 22, 122, 15, colour)
    ]);
  }

  function walker(x, y, scale, number, away) {
    var colour = CLOTHES[number % CLOTHES.length];
    return make("g", { transform: "translate(" + x + " " + y + ") scale(" + scale + ")" }, [
      make("g", { "class": "walker walker" + (number % 4) }, [
        make("ellipse", {
          cx: 0, cy: 0, rx: 9, ry: 3.6, fill: "none", stroke: number % 3 === 1 ? "#f4b646" : "#2f8a6d",
          "stroke-width": 2, "stroke-dasharray": number % 3 === 1 ? "14 30" : null
        }),
        rect(-4, -8, 3, 8, HAIR, { rx: 1.5 }),
        rect(1, -8, 3, 8, HAIR, { rx: 1.5 }),
        rect(-6, -18, 12, 12, colour, { rx: 4 }),
        circle(0, -23, 6.4, SKIN),
        away
          ? path("M-6.6 -22a6.6 6.9 0 0 1 13.2 0q0 5 -6.6 5t-6.6 -5z", HAIR)
          : path("M-6.6 -22.4a6.6 6.9 0 0 1 13.2 0q-2 -4 -6.6 -4.4t-6.6 4.4z", HAIR),
        away ? null : circle(-2.2, -21.6, 0.8, HAIR),
        away ? null : circle(2.2, -21.6, 0.8, HAIR)
      ])
    ]);
  }

  function bubble(x, y, inside) {
    return make("g", { transform: "translate(" + x + " " + y + ")", "class": "bubble" }, [
      circle(0, 0, 8, "#fffbf4"), path("M-3 6l1 6l5 -5z", "#fffbf4"), inside
    ]);
  }

  function heart(x, y, size, fill) {
    return path(
      "M" + x + " " + y + "c" + -size + " " + -size * 0.9 + " " + -size * 1.7 + " " + size * 0.5 + " 0 " +
        size * 1.7 + "c" + size * 1.7 + " " + -size * 1.2 + " " + size + " " + -size * 2.6 + " 0 " + -size * 1.7 + "z", fill
    );
  }

  /* The street at dusk, 360 by 170: what stands at the top of joining, the lobby and the brief. */
  function street() {
    var lanterns = [60, 110, 150, 210, 250, 300].map(function (x, n) {
      var y = 34 + Math.sin((x / 360) * Math.PI) * 12;
      return make("g", {}, [
        circle(x, y + 5, 9, "#ffd98a", { opacity: 0.35, "class": "glow glow" + (n % 3) }),
        rect(x - 4, y, 8, 10, n % 2 ? "#f2705b" : "#f4a340", { rx: 4 }),
        rect(x - 2, y - 2, 4, 2, "#7a4b6b")
      ]);
    });
    return Stroll.draw.picture(360, 170, null, [
      make("defs", {}, [
        gradient("dusk", "#f08a6a", "#ffe0b5"), gradient("pavement", "#f3c49c", "#f9ddbd")
      ]),
      rect(0, 0, 360, 100, "url(#dusk)"),
      circle(180, 86, 34, "#fff3d4", { opacity: 0.85 }),
      circle(180, 86, 54, "#fff3d4", { opacity: 0.25, "class": "glow" }),
      path("M0 84v-26h22v-12h26v18h18v-24h22v28h30v-12h20v28zM222 84v-18h24v-22h28v14h22v-26h24v20h20v-8h20v40z", "#d9795f", { opacity: 0.45 }),
      path("M0 92q40 -16 90 -6t180 0t90 6v20H0z", "#9cb98d"),
      rect(0, 96, 360, 74, "#b9c98c"),
      path("M150 92h60l92 78H58z", "url(#pavement)"),
      path("M163 100h34M152 109h56M140 120h80M124 133h112M106 148h148M86 164h188M180 92v8M170 100v9M192 100v9M164 109v11M196 109v11M150 120v13M180 120v13M212 120v13M136 133v15M172 133v15M206 133v15M122 148v16M162 148v16M204 148v16M240 148v16", "none", { stroke: "#e3ab83", "stroke-width": 1, opacity: 0.8 }),
      rect(140, 56, 7, 40, "#b5473a"), rect(213, 56, 7, 40, "#b5473a"),
      path("M128 48l10 -10h84l10 10z", "#8f3140"), rect(134, 48, 92, 14, "#d6543f", { rx: 4 }),
      rect(140, 51, 80, 8, "none", { rx: 3, stroke: "#ffd98a", "stroke-width": 1.2 }),
      heart(180, 54.5, 2.4, "#fff6ea"),
      path("M0 26Q180 62 360 26", "none", { stroke: "#7a4b6b", "stroke-width": 1.5 }),
      lanterns,
      walker(172, 104, 0.55, 0, true), walker(188, 108, 0.6, 3, true), walker(164, 117, 0.7, 1, true),
      walker(206, 122, 0.75, 2, false),
      shop(-8, 62, 0.95, "#3e9c93", "#17554f", [circle(31, 66, 7, "#fffbf4"), rect(27, 57, 8, 3, "#fffbf4")]),
      shop(368, 62, 0.95, "#f2705b", "#7a4b6b", [rect(25, 56, 12, 17, "#fffbf4", { rx: 3 })], true),
      walker(146, 144, 1, 4, false), walker(186, 140, 0.95, 5, true), walker(222, 156, 1.15, 0, false),
      bubble(236, 122, make("g", {}, [heart(0, -1, 2.6, "#d6543f")])),
      walker(120, 164, 1.2, 2, true)
    ], "street", "xMidYMid slice");
  }

  function gestureOf(name) {
    return GESTURES[name] || "show";
  }

  function arm(d) {
    return path(d, "none", { stroke: "#2f7d75", "stroke-width": 11, "stroke-linecap": "round", "stroke-linejoin": "round" });
  }

  function arms(gesture) {
    var hand = function (x, y) {
      return circle(x, y, 6.5, SKIN);
    };
    var down = [arm("M84 98Q70 112 76 126"), hand(77, 127)];
    if (gesture === "ask") {
      return [
        down, arm("M124 98Q146 98 148 74"), hand(148, 68),
        path("M160 34h34a8 8 0 0 1 8 8v16a8 8 0 0 1 -8 8h-22l-10 9v-9h-2a8 8 0 0 1 -8 -8v-16a8 8 0 0 1 8 -8z", "#fffbf4"),
        path("M171 46q0 -6 6 -6t6 5q0 4 -6 6v3", "none", { stroke: "#17554f", "stroke-width": 3, "stroke-linecap": "round" }),
        circle(177, 60, 2, "#17554f")
      ];
    }
    if (gesture === "hurry") {
      return [
        arm("M84 98Q58 92 56 66"), hand(56, 60), arm("M124 98Q150 92 152 66"), hand(152, 60),
        circle(178, 44, 17, "#fffbf4", { stroke: "#d6543f", "stroke-width": 4 }),
        path("M178 33v11l7 5", "none", { stroke: "#8a2416", "stroke-width": 3, "stroke-linecap": "round" }),
        path("M34 40l10 6M30 56h11M36 26l7 10", "none", { stroke: "#d6543f", "stroke-width": 3, "stroke-linecap": "round" })
      ];
    }
    if (gesture === "price") {
      return [
        down, arm("M124 98Q146 102 150 84"), hand(150, 78),
        path("M146 36h36l14 14l-14 14h-36a5 5 0 0 1 -5 -5v-18a5 5 0 0 1 5 -5z", "#f4b646"),
        circle(184, 50, 3, "#fffbf4"),
        path("M152 42l6 7l6 -7M158 49v10M152 51h12M152 55h12", "none", { stroke: "#43303b", "stroke-width": 2.4, "stroke-linecap": "round" })
      ];
    }
    if (gesture === "box" || gesture === "gift") {
      return [
        arm("M84 98Q66 108 78 122"), arm("M124 98Q142 108 130 122"),
        rect(80, 104, 48, 30, gesture === "gift" ? "#f2705b" : "#c98d5a", { rx: 4 }),
        gesture === "gift"
          ? path("M104 104v30M80 114h48M104 104q-14 -14 -16 -2q2 4 16 2q14 -14 16 -2q-2 4 -16 2", "none", { stroke: "#fff6ea", "stroke-width": 4 })
          : path("M80 114h48M104 104v12", "none", { stroke: "#7a4b2b", "stroke-width": 3 }),
        hand(80, 122), hand(128, 122)
      ];
    }
    if (gesture === "heart") {
      return [down, arm("M124 98Q136 114 112 112"), hand(110, 111), heart(170, 44, 9, "#e0604c"), heart(190, 66, 5, "#f2a08e")];
    }
    if (gesture === "wave") {
      return [
        down, arm("M124 98Q148 94 154 64"), hand(155, 57),
        path("M168 46q6 8 2 18M176 40q9 12 3 30", "none", { stroke: "#f4b646", "stroke-width": 3, "stroke-linecap": "round" })
      ];
    }
    return [
      down, arm("M124 98Q146 100 154 80"), hand(155, 75),
      rect(148, 42, 16, 32, "#fffbf4", { rx: 4 }), rect(148, 54, 16, 10, "#f2705b"),
      rect(152, 35, 8, 8, "#7fb7d0", { rx: 2 })
    ];
  }

  /* The host in the lit window of the own shop. `name` is a tactic's or an act's. */
  function host(name, heads, words) {
    var shelf = [18, 40, 62].map(function (x, n) {
      return rect(x, 46 - (n % 2) * 4, 14, 18 + (n % 2) * 4, CLOTHES[(n + 1) % 6], { rx: 3 });
    });
    var crowd = [];
    var count = Math.min(9, heads || 0);
    for (var n = 0; n < count; n += 1) {
      var x = 108 + (n - (count - 1) / 2) * 23;
      crowd.push(circle(x, 150, 9, n % 3 === 1 ? "#8a5a3c" : HAIR));
      crowd.push(rect(x - 12, 157, 24, 12, CLOTHES[n % 6], { rx: 6 }));
    }
    return Stroll.draw.picture(216, 164, words, [
      make("defs", {}, [gradient("room", "#f7a27c", "#f5c08f")]),
      rect(0, 0, 216, 164, "#6b3a55", { rx: 16 }),
      rect(6, 6, 204, 152, "url(#room)", { rx: 11 }),
      circle(104, 66, 52, "#fff3d4", { opacity: 0.75 }),
      circle(104, 66, 64, "#fff3d4", { opacity: 0.3, "class": "glow" }),
      rect(12, 64, 72, 4, "#a25c4e", { rx: 2 }), shelf,
      circle(104, 22, 12, HAIR),
      path("M76 66q-4 -42 28 -42t28 42q2 22 -4 26h-48q-6 -4 -4 -26z", HAIR),
      path("M78 134q0 -44 26 -44t26 44z", "#3e9c93"),
      path("M97 84h14v10q-7 6 -14 0z", "#efc3a2"),
      make("ellipse", { cx: 104, cy: 64, rx: 22, ry: 24, fill: SKIN }),
      path("M82 60q4 -20 22 -20t22 20q-10 -2 -16 -10q-8 10 -28 10z", HAIR),
      circle(95, 66, 2.6, HAIR), circle(113, 66, 2.6, HAIR),
      circle(90, 74, 4, "#f5a391", { opacity: 0.7 }), circle(118, 74, 4, "#f5a391", { opacity: 0.7 }),
      path("M98 76q6 6 12 0", "none", { stroke: "#8a2416", "stroke-width": 2.4, "stroke-linecap": "round" }),
      make("g", { "class": "arms", key: gestureOf(name) }, arms(gestureOf(name))),
      rect(6, 132, 204, 26, "#a25c4e"), rect(6, 132, 204, 5, "#c07a5e"),
      crowd
    ], "host");
  }

  return { street: street, host: host, gestureOf: gestureOf, walker: walker, heart: heart, rect: rect, circle: circle, path: path };
}());
