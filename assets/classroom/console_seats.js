/* Everybody in the class: who is there, who has decided, what; sorted and filtered as one likes. */
(function () {
  "use strict";

  var make = Stroll.make, say = Desk.say, box = Desk.box;
  var order = { by: "number", down: false }, filter = { text: "", only: "all" };
  var COLUMNS = ["number", "name", "present", "status", "choice", "hands"];
  var ONLY = ["all", "undecided", "absent", "stand_in", "removed"];

  function status(seat, phase) {
    if (seat.removed) { return "removed"; }
    if (seat.stand_in || seat.bot) { return "stand_in"; }
    if (phase === "bets") { return seat.bets ? "bet" : "no_bet"; }
    if (phase !== "deciding") { return "none"; }
    return seat.ready ? "ready" : seat.decided ? "chosen" : "open";
  }
  function undecided(seat, phase) {
    var is = status(seat, phase);
    return is === "open" || is === "chosen" || is === "no_bet";
  }
  function fits(seat, phase) {
    if (filter.text && (seat.number + " " + seat.name).toLowerCase().indexOf(filter.text.toLowerCase().trim()) < 0) { return false; }
    if (filter.only === "undecided") { return undecided(seat, phase); }
    if (filter.only === "absent") { return !seat.present && !seat.removed; }
    if (filter.only === "stand_in") { return Boolean(seat.stand_in || seat.bot); }
    return filter.only === "removed" ? Boolean(seat.removed) : true;
  }
  var RANK = ["open", "no_bet", "chosen", "ready", "bet", "none", "stand_in", "removed"];
  function worth(seat, phase) {
    if (order.by === "name") { return seat.name || ""; }
    if (order.by === "present") { return seat.present ? 1 : 0; }
    if (order.by === "status") { return RANK.indexOf(status(seat, phase)); }
    if (order.by === "choice") { return seat.choice || ""; }
    return order.by === "hands" ? seat.own_hands || seat.hands || 0 : seat.number;
  }
  function compare(phase) {
    return function (one, other) {
      var a = worth(one, phase), b = worth(other, phase);
      var by = typeof a === "string" ? a.localeCompare(b, Stroll.page.language === "zh" ? "zh-CN" : "en") : a - b;
      return (order.down ? -by : by) || one.number - other.number;
    };
  }

  function head() {
    return make("tr", null, COLUMNS.map(function (name) {
      var here = order.by === name;
      return make("th", { scope: "col", "class": "col-" + name, "aria-sort": here ? (order.down ? "descending" : "ascending") : "none" }, [
        make("button", {
          type: "button", "class": "sort", click: function () {
            order = { by: name, down: here && !order.down };
            Desk.redraw();
          }
        }, [say("seats." + name), make("span", { "class": "arrow", "aria-hidden": "true" }, [here ? (order.down ? "▼" : "▲") : "↕"])])
      ]);
    }).concat([make("th", { scope: "col", "class": "col-acts" }, [make("span", { "class": "hidden" }, [say("seats.acts")])])]));
  }

  function row(seat, phase) {
    var is = status(seat, phase), own = Stroll.none(seat.own_hands) ? seat.hands : seat.own_hands;
    return make("tr", { key: "seat" + seat.number, "class": "is-" + is }, [
      make("td", { "class": "col-number number" }, [seat.number]),
      make("th", { scope: "row", "class": "col-name" }, [seat.name]),
      make("td", { "class": "col-present" }, [make("span", { "class": "dot " + (seat.present ? "in" : "out"), "aria-hidden": "true" }), say(seat.present ? "seats.in" : "seats.out")]),
      make("td", { "class": "col-status" }, [make("span", { "class": "chip chip-" + is }, [is === "ready" || is === "bet" ? Desk.icon("check") : null, say("status." + is)])]),
      make("td", { "class": "col-choice" }, [seat.choice || "–"]),
      make("td", { "class": "col-hands number" }, [make("span", { "class": "narrow" }, [say("seats.hands") + " "]), say("seats.own", { own: own || 0, all: seat.hands || 0 })]),
      make("td", { "class": "col-acts" }, [seat.removed ? small(seat, "readmit", {}) : [
        small(seat, seat.stand_in ? "give_back" : "stand_in", { on: !seat.stand_in }, "stand_in"), small(seat, "remove", {})
      ]])
    ]);
  }
  function small(seat, word, more, does) {
    var name = does || word;
    return Desk.button(say("seats." + word), function () {
      Desk.act(name + seat.number, Object.assign({ "do": name, seat: seat.number }, more));
    }, { kind: "small", slot: name + seat.number, label: say("seats." + word + "_who", { name: seat.name }), key: word });
  }

  Desk.seats = function (view) {
    var all = view.seats || [], phase = view.phase;
    var shown = all.filter(function (seat) { return fits(seat, phase); }).sort(compare(phase));
    return make("section", { "class": "card seats", "aria-labelledby": "seats-title" }, [
      box("row", [
        make("h2", { id: "seats-title" }, [say("seats.title", { count: all.filter(function (s) { return !s.removed; }).length })]),
        make("p", { "class": "hint", role: "status" }, [shown.length === all.length ? "" : say("seats.shown", { count: shown.length })])
      ]),
      all.length ? box("filters", [
        make("label", { "class": "field" }, [make("span", null, [say("seats.find")]), make("input", Stroll.typing({ type: "search", value: filter.text }, function (text) {
          filter.text = text; Desk.redraw();
        }))]),
        make("label", { "class": "field" }, [make("span", null, [say("seats.only")]), make("select", {
          value: filter.only, change: function (event) { filter.only = event.target.value; Desk.redraw(); }
        }, ONLY.map(function (name) {
          var count = all.filter(function (seat) {
            var before = filter; filter = { text: "", only: name };
            var yes = fits(seat, phase); filter = before; return yes;
          }).length;
          return make("option", { value: name }, [say("only." + name, { count: count })]);
        }))]),
        make("label", { "class": "field order" }, [make("span", null, [say("seats.order")]), make("select", {
          value: order.by + (order.down ? " down" : ""), change: function (event) {
            var wish = event.target.value.split(" ");
            order = { by: wish[0], down: wish.length > 1 };
            Desk.redraw();
          }
        }, [].concat.apply([], COLUMNS.map(function (name) {
          return ["order_up", "order_down"].map(function (way) {
            return make("option", { value: name + (way === "order_up" ? "" : " down") }, [say("seats." + way, { by: say("seats." + name) })]);
          });
        })))])
      ]) : make("p", { "class": "empty" }, [say("seats.none")]),
      all.length ? box("table-holder", [make("table", null, [
        make("caption", { "class": "hidden" }, [say("seats.title", { count: all.length })]),
        make("thead", null, [head()]),
        make("tbody", null, shown.length ? shown.map(function (seat) { return row(seat, phase); }) : [
          make("tr", { key: "none" }, [make("td", { colspan: 7, "class": "empty" }, [say("seats.no_match")])])
        ])
      ])], { tabindex: 0, role: "region", "aria-label": say("seats.table") }) : null
    ]);
  };
}());
