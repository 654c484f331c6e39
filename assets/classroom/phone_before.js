/* Screens before the live: the code, coming in, the lobby, the brief. */
(function () {
  "use strict";

  var make = Stroll.make;
  var phone = Stroll.phone;
  var parts = Stroll.parts;
  var word = phone.word;
  var state = phone.state;

  function problem(found) {
    if (!found) {
      return null;
    }
    var text = found.key === "again" || found.key === "expired" ? word("join." + found.key) : phone.refusal(found);
    return make("p", { "class": "problem", role: "alert", id: "problem", key: "problem" }, text);
  }

  function enter(action) {
    return function (event) {
      // Enter that ends a half-typed Chinese word belongs to the keyboard, not to the page.
      if ((event.key === "Enter" || event.keyCode === 13) && !event.isComposing && !event.target.strollComposing && event.keyCode !== 229) {
        event.preventDefault();
        action();
      }
    };
  }

  phone.screens.code = function () {
    var gate = state.gate;
    var text = gate ? (gate.key === "wrong_code" ? word("code.wrong") : phone.refusal(gate)) : null;
    return {
      art: Stroll.art.street(),
      body: [
        parts.title(word("code.heading")),
        text ? make("p", { "class": "problem", role: "alert", key: "problem" }, text) : null,
        make("label", { "for": "code" }, word("code.label")),
        make("input", Stroll.typing({
          id: "code", type: "text", value: state.codeTyped, autocomplete: "off", autocapitalize: "characters",
          spellcheck: "false", maxlength: 32, keydown: enter(phone.submitCode)
        }, function (value) {
          state.codeTyped = value;
          phone.refresh();
        }))
      ],
      foot: parts.button(word("code.next"), phone.submitCode, { "class": "main", disabled: !state.codeTyped.replace(/\s/g, "") })
    };
  };

  phone.screens.gate = function () {
    return {
      art: Stroll.art.street(), size: "tall",
      body: [parts.title(phone.refusal(state.gate))],
      foot: parts.button(word("code.other"), phone.otherCode)
    };
  };

  phone.screens.connecting = function () {
    return {
      art: Stroll.art.street(), size: "tall",
      body: [
        parts.title(word("app.name")), parts.waiting(word("line.connecting")),
        state.line === "lost" ? make("p", { "class": "soft" }, word("line.wifi")) : null
      ],
      foot: state.line === "lost" ? parts.button(word("line.retry"), phone.retry) : null
    };
  };

  /* The scenario's title: one text, or one for each language. */
  function sceneTitle() {
    var title = state.welcome && state.welcome.title;
    return title && typeof title === "object" ? title[Stroll.page.language] : title;
  }

  phone.screens.join = function () {
    var join = state.join;
    var about = join.problem ? "problem" : null;
    return {
      art: Stroll.art.street(), size: "short",
      body: [
        parts.title(sceneTitle() || word("join.heading")),
        make("p", { "class": "soft code-line" }, [
          word("join.code", { code: state.code }), " ",
          make("button", { type: "button", "class": "link", click: phone.otherCode }, word("code.other"))
        ]),
        parts.radios(word("join.heading"), "segments", [
          { id: "new", kids: word("join.new") }, { id: "back", kids: word("join.back") }
        ], join.back ? "back" : "new", function (id) {
          join.back = id === "back";
          join.problem = null;
          phone.refresh();
        }),
        problem(join.problem),
        make("label", { "for": "name" }, word("join.name")),
        make("input", Stroll.typing({
          id: "name", type: "text", value: join.name, autocomplete: "off", spellcheck: "false",
          "aria-describedby": "name-hint" + (about ? " problem" : ""), keydown: enter(function () {
            document.getElementById("pin").focus();
          })
        }, function (value) {
          join.name = value;
        })),
        make("p", { "class": "soft hint", id: "name-hint" }, word("join.name_hint")),
        make("label", { "for": "pin" }, word("join.pin")),
        make("input", Stroll.typing({
          id: "pin", type: "tel", value: join.pin, inputmode: "numeric", pattern: "[0-9]*", maxlength: 4,
          autocomplete: "off", "class": "pin", "aria-describedby": "pin-hint" + (about ? " problem" : ""),
          keydown: enter(phone.submitJoin)
        }, function (value) {
          // Chinese keyboards may give full-width digits.
          join.pin = value.replace(/[０-９]/g, function (digit) {
            return String.fromCharCode(digit.charCodeAt(0) - 65248);
          }).replace(/[^0-9]/g, "").slice(0, 4);
          phone.refresh();
        })),
        make("p", { "class": "soft hint", id: "pin-hint" }, word(join.back ? "join.pin_back" : "join.pin_new"))
      ],
      foot: parts.button(
        join.busy !== null ? word("join.busy") : word(join.back ? "join.go_back" : "join.go_new"),
        phone.submitJoin, { "class": "main", disabled: join.busy !== null }
      )
    };
  };

  function crowd(view) {
    var mode = { shared: 1, vote: 1 }[view.mode] ? view.mode : "same";
    return make("div", { "class": "card crowd" }, [
      make("p", {}, [
        make("span", { "class": "soft" }, word("lobby.crowd")), " ",
        make("strong", { "class": "digest" }, view.crowd || "–")
      ]),
      make("p", { "class": "soft" }, word("lobby.crowd_" + mode))
    ]);
  }

  function seatNotes(view) {
    var me = view.me || {};
    var notes = [];
    if (me.late && me.late.rounds) {
      notes.push(word(me.late.by === "bot" ? "seat.late_bot" : "seat.late_fresh", { rounds: me.late.rounds }));
    } else if (me.stand_in) {
      notes.push(word("seat.stand_in"));
    }
    if (view.catching_up) {
      notes.push(word("seat.catching_up", { count: view.catching_up }));
    }
    return notes.map(function (text, n) {
      return make("p", { "class": "note", key: "seat-note-" + n }, text);
    });
  }
  parts.seatNotes = seatNotes;

  phone.screens.lobby = function () {
    var view = state.view;
    var me = view.me || {};
    return {
      art: Stroll.art.street(),
      body: [
        parts.title(word("lobby.heading")),
        make("p", { "class": "large user" }, word("seat.you", { name: me.name, seat: me.seat })),
        seatNotes(view),
        make("div", { "class": "card" }, [
          make("p", { "class": "large" }, word("lobby.people", { joined: (view.people || {}).joined || 1 })),
          me.street ? make("p", { "class": "large" }, word("lobby.street", { street: me.street })) : null,
          make("p", { "class": "soft" }, word("lobby.wait_note"))
        ]),
        crowd(view)
      ],
      foot: parts.waiting(word("lobby.wait"))
    };
  };

  phone.screens.brief = function () {
    var brief = phone.part("brief");
    var goal = Stroll.known("metrics." + brief.goal + ".name") ? Stroll.say("metrics." + brief.goal + ".name") : brief.goal;
    return {
      art: Stroll.art.street(),
      body: [
        parts.title(state.view.title || word("brief.heading")),
        seatNotes(state.view),
        make("ol", { "class": "lines card" }, (brief.lines || []).map(function (line, n) {
          return make("li", { key: "line-" + n }, [
            make("span", { "class": "bead", "aria-hidden": "true" }, n + 1), make("span", { "class": "line-text" }, line)
          ]);
        })),
        goal ? make("p", { "class": "goal" }, [make("span", { "class": "goal-label" }, word("brief.goal")), " ", goal]) : null,
        (brief.goods || []).length ? [
          make("h2", {}, word("brief.goods")),
          make("ul", { "class": "goods card" }, brief.goods.map(function (one) {
            return make("li", { key: "good-" + one.id }, [
              make("span", { "class": "good-name" }, one.name), make("span", { "class": "price number" }, Stroll.yuan(one.price))
            ]);
          }))
        ] : null,
        brief.street || brief.culture ? [
          make("h2", {}, word("brief.street")),
          make("p", { "class": "card" }, [brief.street ? make("strong", {}, brief.street) : null, " ", brief.culture])
        ] : null,
        crowd(state.view)
      ],
      foot: parts.waiting(word("brief.wait"))
    };
  };

  phone.screens.removed = function () {
    return {
      art: Stroll.art.street(), size: "tall",
      body: [parts.title(word("removed.heading")), make("p", {}, word("removed.note"))]
    };
  };

  phone.screens.elsewhere = function () {
    return {
      art: Stroll.art.street(), size: "tall",
      body: [parts.title(word("elsewhere.heading")), make("p", {}, word("elsewhere.note"))],
      foot: parts.button(word("elsewhere.here"), phone.here, { "class": "main" })
    };
  };
}());
