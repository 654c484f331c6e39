/* Pieces of the instructor's page, and the line on which the instructor acts. */
var Desk = (function () {
  "use strict";

  var make = Stroll.make;
  var desk = {
    view: null, line: "connecting", login: false, wrong: null, busy: {}, notice: null, asking: null, picked: {},
    redraw: function () { return undefined; }
  };

  function say(key, values) { return Stroll.say("class_console." + key, values); }
  function box(className, kids, more) { return make("div", Object.assign({ "class": className }, more), kids); }

  var ICONS = {
    next: "M3 3l9 9-9 9zM12 3l9 9-9 9z", pause: "M5 3h5v18H5zM14 3h5v18h-5z", play: "M5 3l15 9-15 9z",
    undo: "M10 4v5c7 0 11 3 12 11-2.500-4-6-5.600-12-5.600V20L1.500 12z",
    redo: "M14 4v5C7 9 3 12 2 20c2.500-4 6-5.600 12-5.600V20l8.500-8z",
    repeat: "M4 11a8 8 0 0 1 13.500-5.800L20 2.800V10h-7.200l2.600-2.600A5 5 0 0 0 7 11zM20 13a8 8 0 0 1-13.500 5.800L4"
      + " 21.200V14h7.200l-2.600 2.600A5 5 0 0 0 17 13z",
    hidden: "M3 2l19 19-1.700 1.700-4-4C15 19.200 13.500 19.500 12 19.500 6.500 19.500 2.500 15.500 1 12c.8-1.900 2.300-3.900"
      + " 4.300-5.300L1.300 3.700zM12 4.500c5.500 0 9.500 4 11 7.500-.6 1.500-1.700 3.100-3.100 4.400L9 5c1-.3 2-.5 3-.5z",
    screen: "M2 3h20v14H2zM4 5v10h16V5zM8 19h8v2H8z", check: "M9.500 18.500L2.500 11.600 5 9l4.500 4.300L19 4l2.500 2.600z",
    clock: "M12 1.500a10.500 10.500 0 1 0 0 21 10.500 10.500 0 0 0 0-21zm1.500 5v5l3.800 3.600-2 2L10.600 13V6.500z",
    warn: "M12 1.500L23.500 22H.5zM10.800 9v6h2.400V9zM10.800 17v2.400h2.400V17z"
  };
  function icon(name) {
    return make("svg", { viewBox: "0 0 24 24", "class": "icon", "aria-hidden": "true", focusable: "false" },
      [make("path", { d: ICONS[name], fill: "currentColor", "fill-rule": "evenodd" })]);
  }

  /* A button; while its act is on its way it waits. */
  function button(text, act, more) {
    var options = more || {}, waiting = options.slot && desk.busy[options.slot];
    return make("button", {
      type: options.type || "button", "class": "act " + (options.kind || ""), click: act,
      disabled: Boolean(options.disabled || waiting || desk.line !== "open"), "aria-pressed": options.pressed,
      "aria-label": options.label, title: options.title, key: options.key
    }, [options.icon ? icon(options.icon) : null, box("act-words", [make("span", { "class": "act-text" }, [text]),
      options.below ? make("span", { "class": "act-below" }, [options.below]) : null])]);
  }

  /* One act, sent once: after a break the instructor sees how things stand and decides anew. */
  function act(slot, body) {
    var id = desk.socket && desk.socket.send("act", body);
    if (!id) { tell(say("lost.not_sent"), true); return; }
    desk.busy[slot] = id;
    desk.notice = null;
    desk.redraw();
  }
  function settled(id) {
    Object.keys(desk.busy).forEach(function (slot) {
      if (desk.busy[slot] === id) { delete desk.busy[slot]; }
    });
  }
  function tell(text, bad) { desk.notice = { text: text, bad: bad }; desk.redraw(); }

  /* Asks before what cannot be taken back. typed: what has to be written to go on. */
  function ask(question) {
    desk.asking = Object.assign({ from: document.activeElement, written: "" }, question);
    desk.redraw();
  }
  function answered(yes) {
    var asked = desk.asking;
    desk.asking = null;
    desk.redraw();
    if (yes) { asked.yes(asked.written); }
    window.setTimeout(function () { if (asked.from && asked.from.isConnected) { asked.from.focus(); } }, 60);
  }
  function dialog() {
    var asked = desk.asking;
    if (!asked) { return null; }
    function right() { return !asked.typed || asked.written.trim().toUpperCase() === asked.typed.toUpperCase(); }
    return box("veil", [make("form", {
      "class": "card dialog", role: "alertdialog", "aria-modal": "true", "aria-labelledby": "asked", "aria-describedby": "why",
      submit: function (event) { event.preventDefault(); if (right()) { answered(true); } },
      keydown: function (event) {
        if (event.key === "Escape") { answered(false); }
        if (event.key === "Tab") { stay(event); }
      }
    }, [
      make("h2", { id: "asked" }, [asked.title]),
      make("p", { id: "why" }, [asked.why]),
      asked.typed ? make("label", { "class": "field" }, [asked.label, make("input", Stroll.typing({
        type: "text", autocomplete: "off", value: asked.written
      }, function (text) { asked.written = text; desk.redraw(); }))]) : null,
      box("row", [
        make("button", { type: "button", "class": "act", click: function () { answered(false); }, born: function (node) {
          window.setTimeout(function () { node.focus(); }, 0);
        } }, [say("ask.no")]),
        make("button", { type: "submit", "class": "act danger", disabled: !right() }, [asked.go])
      ])
    ])], { key: "veil" });
  }
  function stay(event) {
    var list = event.currentTarget.querySelectorAll("button:not(:disabled), input");
    var first = list[0], last = list[list.length - 1];
    if (event.shiftKey && document.activeElement === first) { last.focus(); event.preventDefault(); }
    if (!event.shiftKey && document.activeElement === last) { first.focus(); event.preventDefault(); }
  }

  /* A few choices of which one holds. */
  function choice(name, label, options, now, pick, hint) {
    // What was picked shows at once; the next view or a refusal says how it stands.
    var shown = desk.picked[name] === undefined ? now : desk.picked[name];
    return make("fieldset", { "class": "choice", key: name }, [
      make("legend", null, [label]),
      box("options", options.map(function (option) {
        return make("label", { "class": "option" }, [
          make("input", {
            type: "radio", name: name, value: option[0], checked: shown === option[0], disabled: desk.line !== "open",
            change: function () { desk.picked[name] = option[0]; pick(option[0]); }
          }), make("span", null, [option[1]])
        ]);
      })),
      hint ? make("p", { "class": "hint" }, [hint]) : null
    ]);
  }
  function section(key, title, kids, open) {
    return make("details", { "class": "card section", key: key + (open ? " open" : ""), "data-section": key,
      // Open at first where it matters now; afterwards it is the reader's to open and close.
      born: function (node) { node.open = Boolean(open); } }, [
      make("summary", null, [make("h2", null, [title])]), box("inside", kids)
    ]);
  }

  Object.assign(desk, {
    say: say, box: box, icon: icon, button: button, act: act, settled: settled, tell: tell, ask: ask,
    dialog: dialog, choice: choice, section: section
  });
  return desk;
}());
