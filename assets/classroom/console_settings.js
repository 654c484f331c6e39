/* How the class is run: pace, late joiners, names, ranking, weights. Each change can be undone. */
(function () {
  "use strict";

  var make = Stroll.make, say = Desk.say, box = Desk.box;
  var PARTS = ["goal", "return_rate", "followers", "trust", "bets", "own"];
  var USUAL = { goal: 40, return_rate: 15, followers: 15, trust: 10, bets: 10, own: 10 };
  var written = {}; // numbers that are being typed, until they are sent

  function set(changes) { Desk.act("settings", { "do": "settings", settings: changes }); }
  function choice(view, name, options, hint) {
    return Desk.choice(name, say("settings." + name), options.map(function (value) {
      return [value, say("settings." + name + "_" + value)];
    }), view.settings[name], function (value) { var changes = {}; changes[name] = value; set(changes); }, hint);
  }

  /* A whole number; it counts when it is left or Enter is pressed. */
  function number(name, label, now, low, high, save, unit) {
    var typed = written[name], value = typed === undefined ? now : typed;
    function fits(text) { return /^\d+$/.test(String(text)) && Number(text) >= low && Number(text) <= high; }
    var good = fits(value);
    return make("label", { "class": "field number-field", key: name }, [
      make("span", null, [label]),
      make("input", {
        type: "text", inputmode: "numeric", value: value, disabled: Desk.line !== "open", "aria-invalid": good ? null : "true",
        input: function (event) { written[name] = event.target.value; Desk.redraw(); },
        change: function (event) {
          var last = event.target.value;
          if (fits(last)) { delete written[name]; if (Number(last) !== now) { save(Number(last)); } }
        },
        // What cannot be is not kept: the number that holds comes back.
        blur: function (event) { if (!fits(event.target.value)) { delete written[name]; Desk.redraw(); } }
      }),
      unit ? make("span", { "class": "hint" }, [unit]) : null,
      good ? null : make("span", { "class": "wrong", role: "alert" }, [say("settings.between", { low: low, high: high })])
    ]);
  }

  function weights(view) {
    var now = Object.keys(view.settings.weights || {}).length ? view.settings.weights : USUAL;
    var mine = {}, total = 0;
    PARTS.forEach(function (part) { mine[part] = Number(now[part] || 0); total += mine[part]; });
    return make("fieldset", { "class": "choice" }, [
      make("legend", null, [say("weights.title")]),
      make("p", { "class": "hint" }, [say("weights.why")]),
      box("weights", PARTS.map(function (part) {
        return number("weight_" + part, say("weights." + part), mine[part], 0, 1000, function (value) {
          var changed = Object.assign({}, mine);
          changed[part] = value;
          if (PARTS.every(function (one) { return !changed[one]; })) { Desk.tell(say("weights.none"), true); return; }
          set({ weights: changed });
        }, total ? say("weights.share", { share: Math.round(100 * mine[part] / total) }) : null);
      })),
      now === USUAL ? null : Desk.button(say("weights.usual"), function () { set({ weights: {} }); }, { kind: "small", slot: "settings" })
    ]);
  }

  Desk.settings = function (view) {
    var settings = view.settings;
    return Desk.section("settings", say("settings.title"), [
      choice(view, "pacing", ["instructor", "ready", "timer"]),
      settings.pacing === "timer" ? number("seconds", say("settings.seconds"), settings.seconds, 10, 3600, function (value) { set({ seconds: value }); }, say("settings.seconds_unit")) : null,
      settings.mode === "shared" ? null : choice(view, "late", ["bot", "fresh"]),
      Desk.choice("names_shown", say("settings.names_shown"), [["no", say("settings.names_no")], ["yes", say("settings.names_yes")]],
        settings.names_shown ? "yes" : "no", function (value) { set({ names_shown: value === "yes" }); }),
      choice(view, "ranking", ["off", "private", "top"]),
      settings.ranking === "top" ? number("top", say("settings.top"), settings.top, 1, 10, function (value) { set({ top: value }); }) : null,
      weights(view),
      make("p", { "class": "hint" }, [say("settings.fixed", { mode: say("mode." + settings.mode), rounds: view.rounds })])
    ], false);
  };
}());
