/* While a round is computed, when it is, eyes on the front, and the nights of the parcels. */
(function () {
  "use strict";

  var make = Stroll.make;
  var phone = Stroll.phone;
  var parts = Stroll.parts;
  var word = phone.word;

  function progress(done, total) {
    var share = total ? Math.min(100, Math.round((done / total) * 100)) : 0;
    return [
      make("div", {
        "class": "progress", role: "progressbar", "aria-valuemin": 0, "aria-valuemax": total || 1, "aria-valuenow": done || 0,
        "aria-label": word("wait.computing")
      }, make("div", { style: { width: share + "%" } })),
      total ? make("p", { "class": "soft number" }, word("wait.progress", { done: done, total: total })) : null
    ];
  }

  phone.screens.computing = function () {
    var view = phone.state.view;
    return {
      strip: view.phase === "night" ? null : parts.strip(view),
      art: Stroll.art.street(), size: "tall",
      body: [
        parts.title(word("wait.computing"), "computing"),
        make("p", { "class": "soft" }, word("wait.computing_note")),
        progress((view.computing || {}).done, (view.computing || {}).total),
        phone.hand().tactic ? make("p", { "class": "card" }, word("decide.summary", { parts: parts.handWords(phone.hand()) })) : null
      ]
    };
  };

  phone.screens.eyes = function () {
    return {
      body: make("div", { "class": "eyes" }, [
        Stroll.draw.picture(200, 120, null, [
          make("g", { "class": "glance" }, [
            Stroll.art.path("M14 60q36 -44 72 0q-36 44 -72 0zM114 60q36 -44 72 0q-36 44 -72 0z", "#fffbf4", { stroke: "#43303b", "stroke-width": 5 }),
            make("g", { "class": "pupils" }, [
              Stroll.art.circle(50, 54, 15, "#3e9c93"), Stroll.art.circle(150, 54, 15, "#3e9c93"),
              Stroll.art.circle(50, 54, 7, "#2e1d27"), Stroll.art.circle(150, 54, 7, "#2e1d27"),
              Stroll.art.circle(54, 49, 3, "#fffbf4"), Stroll.art.circle(154, 49, 3, "#fffbf4")
            ])
          ])
        ], "eyes-picture"),
        parts.title(word("wait.eyes"), "eyes"),
        make("p", { "class": "large" }, word("wait.eyes_note"))
      ])
    };
  };

  phone.screens.computed = function () {
    var view = phone.state.view;
    var room = view.room || {};
    var last = view.last;
    return {
      strip: parts.strip(view),
      body: [
        parts.title(word("wait.computed"), "computed-" + view.round),
        parts.seatNotes(view),
        view.campaign ? null : parts.host(room, phone.state.tactic, null),
        last ? make("section", { "class": "card" }, [make("h2", {}, word("last.heading_now")), parts.last(last, false)]) : null,
        parts.chips(room),
        view.campaign ? null : make("section", { "class": "card" }, [make("h2", {}, word("room.funnel")), parts.funnel(room)])
      ],
      foot: parts.waiting(word("wait.next"))
    };
  };

  /* ---- nights ---- */
  function parcels(day, most) {
    var kept = day.kept || 0;
    var returned = day.returned || 0;
    var all = Math.max(1, most);
    return Stroll.draw.picture(300, 30, null, [
      Stroll.art.rect(0, 10, 300, 10, "#5a3a5e", { rx: 5 }),
      kept ? Stroll.art.rect(0, 6, Math.max(6, (kept / all) * 300), 18, "#8fc7b9", { rx: 6, "class": "grow" }) : null,
      returned ? Stroll.art.rect((kept / all) * 300 + (kept ? 3 : 0), 6, Math.max(6, (returned / all) * 300 - 3), 18, "#f4b646", { rx: 6, "class": "grow" }) : null,
      returned ? Stroll.art.path("M" + ((kept / all) * 300 + 6 + (kept ? 3 : 0)) + " 15l6 -6v12z", "#3b2440") : null
    ], "parcels");
  }

  /* Days on which nothing came or went stand in one line. */
  function together(days) {
    var list = [];
    days.forEach(function (day) {
      var before = list[list.length - 1];
      var quiet = !day.delivered && !day.kept && !day.returned;
      if (quiet && before && before.last) {
        before.last = day.day;
      } else {
        list.push(quiet ? { day: day.day, last: day.day } : day);
      }
    });
    return list;
  }

  phone.screens.night = function () {
    var night = phone.part("night");
    var days = night.days || [];
    var figures = night.figures || {};
    var most = 0;
    var any = false;
    days.forEach(function (day) {
      most = Math.max(most, (day.kept || 0) + (day.returned || 0));
      any = any || day.delivered || day.returned;
    });
    return {
      dark: true,
      body: [
        parts.title(word("night.heading")),
        make("p", {}, word("night.note")),
        make("div", { "class": "moon", "aria-hidden": "true" }, Stroll.draw.picture(320, 110, null, [
          Stroll.art.path("M276 6a24 24 0 1 0 22 34a19 19 0 1 1 -22 -34z", "#ffe3a3"),
          [[28, 26, 1.6], [84, 44, 1.3], [120, 14, 1.8], [176, 34, 1.4], [222, 12, 1.7]].map(function (star) {
            return Stroll.art.circle(star[0], star[1], star[2], "#fff6ea");
          }),
          make("g", { transform: "translate(0 40)" }, [          Stroll.art.path("M0 70v-18h24v-14l18 -12l18 12v14h20v-8h30v8h16v-20l20 -13l20 13v20h24v-10h34v10h20v-16l18 -12l18 12v16h40v18z", "#2a1830"),
          [[34, 46], [150, 44], [238, 46], [96, 52], [198, 52]].map(function (spot, n) {
            return Stroll.art.rect(spot[0], spot[1], 7, 8, "#ffd98a", { rx: 1, "class": "glow glow" + (n % 3) });
          }),
          make("g", { "class": "parcel-out" }, [Stroll.art.rect(0, 56, 14, 11, "#c98d5a", { rx: 2 }), Stroll.art.path("M7 56v11", "none", { stroke: "#fff6ea", "stroke-width": 2 })])
          ])
        ])),
        days.length && !any ? make("p", { "class": "card" }, word("night.none")) : null,
        make("ol", { "class": "nights" }, together(days).map(function (day) {
          return make("li", { key: "night-" + day.day }, [
            make("p", { "class": "night-day" }, day.last > day.day ? word("night.days", { first: day.day, last: day.last }) : word("night.day", { day: day.day })),
            day.last ? make("p", { "class": "night-words" }, word("night.quiet")) : [
              parcels(day, most),
              make("p", { "class": "night-words number" }, [
                day.delivered ? make("span", {}, "▣ " + word("night.delivered", { count: Stroll.number(day.delivered) })) : null,
                make("span", {}, "✓ " + word("night.kept", { count: Stroll.number(day.kept || 0) })),
                day.returned ? make("span", { "class": "night-back" }, "↩ " + word("night.returned", { count: Stroll.number(day.returned) })) : null,
                day.refunded ? make("span", { "class": "night-back" }, "−" + word("night.refunded", { amount: Stroll.yuan(day.refunded) })) : null
              ])
            ]
          ]);
        })),
        make("div", { "class": "night-net" }, [
          make("p", {}, word("night.net")),
          make("p", { "class": "huge number" }, Stroll.yuan(figures.net_sales)),
          Stroll.none(figures.gmv) ? null : make("p", { "class": "number" }, word("night.ordered", { gross: Stroll.yuan(figures.gmv) }))
        ])
      ],
      foot: parts.waiting(word("night.wait"))
    };
  };
}());
