/* The instructor's own page. It shows names and everything that can be done, so it is not for the
   projector; the board is. What is done here is undone here, except what asks first. */
(function () {
  "use strict";

  var make = Stroll.make, say = Desk.say, box = Desk.box, pin = "", sending = false, left = null;

  /* ---- the way in ---- */
  function login() {
    return make("main", { "class": "login" }, [make("form", { "class": "card", submit: enter }, [
      make("h1", null, [say("login.title")]),
      make("p", null, [say("login.why")]),
      make("label", { "class": "field" }, [make("span", null, [say("login.pin")]), make("input", Stroll.typing({
        type: "password", inputmode: "numeric", autocomplete: "current-password", value: pin, required: "", "aria-describedby": Desk.wrong ? "wrong" : null,
        key: "pin", name: "pin"
      }, function (text) { pin = text; Desk.redraw(); }))]),
      Desk.wrong ? make("p", { id: "wrong", "class": "wrong", role: "alert" }, [Desk.wrong]) : null,
      make("button", { type: "submit", "class": "act main", disabled: sending || !pin.trim() }, [sending ? say("login.wait") : say("login.go")])
    ])]);
  }
  function enter(event) {
    event.preventDefault();
    sending = true; Desk.wrong = null; Desk.redraw();
    fetch("/console/login?language=" + Stroll.page.language, {
      method: "POST", credentials: "same-origin", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ pin: pin.trim() })
    }).then(function (answer) {
      if (answer.ok) { pin = ""; Desk.login = false; Desk.socket.restart(); return null; }
      return answer.json().then(function (body) { Desk.wrong = body.text || say("login.wrong"); }, function () { Desk.wrong = say("login.wrong"); });
    }, function () { Desk.wrong = say("login.no_line"); }).then(function () { sending = false; Desk.redraw(); });
  }

  /* ---- what comes next ---- */
  function next(view) {
    var now = view.next, people = view.people || {}, deciding = view.phase === "deciding", seconds = left ? left() : null;
    var waiting = view.phase === "bets" ? [people.bets || 0, people.joined || 0] : [people.decided || 0, people.joined || 0];
    return make("section", { "class": "card next", "aria-labelledby": "next-title" }, [
      box("row", [
        make("h2", { id: "next-title" }, [say("phase." + view.phase), deciding || view.phase === "computed" ? " · " + say("round", { round: view.round, rounds: view.rounds }) : ""]),
        seconds === null ? null : make("p", { "class": "clock number" }, [Desk.icon("clock"), Stroll.minutesSeconds(seconds)])
      ]),
      view.computing ? box("working", [make("p", { role: "status" }, [say("computing", { done: view.computing.done, total: view.computing.total })]), bar(view.computing.done, view.computing.total, say("computing_short"))])
        : deciding || view.phase === "bets" ? box("working", [make("p", { "class": "number" }, [
          say(deciding ? "decided" : "placed", { count: waiting[0], of: waiting[1] })
        ]), bar(waiting[0], waiting[1], say("progress"))])
          : make("p", { "class": "number" }, [say("present", { count: people.present || 0, of: people.joined || 0 })]),
      now ? Desk.button(now.text, function () {
        Desk.act("next", { "do": "next", phase: now.phase, round: now.round });
      }, { kind: "main big", slot: "next", icon: "next", disabled: Boolean(view.computing) })
        : make("p", { "class": "hint" }, [say(view.practice ? "next.practice" : "next.none")]),
      box("acts", [
        Desk.button(say(view.paused ? "pause.off" : "pause.on"), function () {
          Desk.act("pause", { "do": "pause", on: !view.paused });
        }, { slot: "pause", icon: view.paused ? "play" : "pause", below: say(view.paused ? "pause.off_why" : "pause.on_why"), kind: view.paused ? "warm" : "" }),
        Desk.button(say("repeat"), function () { Desk.act("repeat", { "do": "repeat_round" }); }, { slot: "repeat", icon: "repeat", below: say("repeat_why"), disabled: !view.can_repeat }),
        Desk.button(say("undo"), function () {
          Desk.act("undo", { "do": "undo", target: view.undo_target });
        }, { slot: "undo", icon: "undo", below: view.undo_text || say("undo_none"), disabled: !view.can_undo }),
        Desk.button(say("redo"), function () {
          Desk.act("redo", { "do": "redo", target: view.redo_target });
        }, { slot: "redo", icon: "redo", below: view.redo_text || say("redo_none"), disabled: !view.can_redo })
      ])
    ]);
  }
  function bar(done, total, words) {
    return box("progress", [box("", null, { style: { width: (total ? 100 * Math.min(1, done / total) : 0).toFixed(1) + "%" } })], {
      role: "progressbar", "aria-label": words, "aria-valuemin": 0, "aria-valuemax": total, "aria-valuenow": done
    });
  }

  function header(view) {
    return make("header", { "class": "head" }, [
      box("head-words", [make("h1", null, [view ? view.title : say("name")]), make("p", null, [say("name"), view ? [" · ", say("code"), " ", make("b", { "class": "number" }, [view.code])] : ""])]),
      make("p", { "class": "private" }, [Desk.icon("hidden"), make("b", null, [say("private")]), " ", make("span", null, [say("private_why")])]),
      Stroll.languageSwitch()
    ]);
  }
  function notices(view) {
    return box("notices", [
      Desk.line === "lost" ? make("p", { "class": "notice bad" }, [Desk.icon("warn"), say(view || Desk.login ? "lost.title" : "lost.first")]) : null,
      view && view.problem ? make("p", { "class": "notice bad" }, [Desk.icon("warn"), view.problem]) : null,
      view && view.practice ? make("p", { "class": "notice calm" }, [say("practice.on")]) : null,
      Desk.notice ? make("p", { "class": "notice " + (Desk.notice.bad ? "bad" : "calm") }, [Desk.notice.bad ? Desk.icon("warn") : null, make("span", null, [Desk.notice.text]), make("button", {
        type: "button", "class": "close", "aria-label": say("close"), click: function () { Desk.notice = null; Desk.redraw(); }
      }, ["×"])]) : null
    ], { role: "status" });
  }

  function render() {
    var view = Desk.view;
    if (Desk.gone) {
      return [header(null), make("main", { "class": "login" }, [box("card", [make("h1", null, [say("gone.title")]), make("p", null, [say("gone.why")])], { role: "status" })])];
    }
    if (Desk.login) { return [header(null), notices(null), login()]; }
    if (!view) {
      return [header(null), notices(null), make("main", { "class": "login" }, [box("card", [make("h1", null, [say("loading")]), box("progress", [box("moving")])], { role: "status" })])];
    }
    return [header(view), notices(view), make("main", { "class": "desk" }, [
      box("left", [next(view), Desk.projector(view)]),
      box("right", [Desk.seats(view), Desk.settings(view), Desk.practice(view), Desk.preview(view), Desk.joining(view), Desk.downloads(view), Desk.log(view), Desk.remove(view)])
    ]), Desk.dialog()];
  }

  Desk.redraw = Stroll.mount(document.getElementById("console"), render, function () {
    document.title = say("name") + (Desk.view ? " · " + Desk.view.title : "");
  });
  Desk.socket = Stroll.connect({
    path: "/ws/console",
    hello: function () { return { type: "language", language: Stroll.page.language }; },
    message: function (data) {
      if (data.type === "view" || data.type === "refused") { Desk.picked = {}; }
      if (data.type === "view") {
        Desk.view = data.view; Desk.login = false; left = Stroll.countdown(data.view.seconds_left);
      } else if (data.type === "refused" && data.key === "login") {
        Desk.login = true; Desk.view = null; Desk.line = "open";
      } else if (data.type === "refused" || data.type === "ack") {
        if (data.type === "ack" && Desk.busy["delete"] === data.id) { Desk.gone = true; }
        Desk.settled(data.id);
        if (data.type === "refused") { Desk.notice = { text: data.text || data.key, bad: true }; }
      }
      Desk.redraw();
    },
    state: function (name) {
      Desk.line = name;
      if (name === "lost") { Desk.busy = {}; }
      Desk.redraw();
    }
  });
  Stroll.page.listeners.push(function () {
    Desk.socket.send("language", { language: Stroll.page.language });
    Desk.redraw();
  });
  window.setInterval(function () { if (left && left() !== null) { Desk.redraw(); } }, 500);
}());
