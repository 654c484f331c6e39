/* Puts the screens onto the page: the bar above, what is to be read, what the thumb presses below. */
(function () {
  "use strict";

  var make = Stroll.make;
  var phone = Stroll.phone;
  var state = phone.state;
  var word = phone.word;
  var shown = null;
  var ticking = null;
  var resting = null;
  var still = false;

  function screenName() {
    var view = state.view;
    if (!state.code) {
      return "code";
    }
    if (state.elsewhere) {
      return "elsewhere";
    }
    if (state.gate) {
      return state.gate.key === "wrong_code" || state.gate.key === "not_found" ? "code" : "gate";
    }
    if (!view) {
      return state.welcome && state.seat === null ? "join" : "connecting";
    }
    if (view.me && view.me.removed) {
      return "removed";
    }
    if (view.paused) {
      return "eyes";
    }
    if (working(view)) {
      return "computing";
    }
    if (view.phase === "over") {
      return phone.part("debrief").final ? "debrief" : "over";
    }
    return phone.screens[view.phase] ? view.phase : "lobby";
  }

  /* Whether what belongs to this phase is still being computed for this seat. */
  function working(view) {
    var missing = {
      deciding: !view.deciding, computed: !view.room, night: !view.night, debrief: view.computing && !view.debrief
    }[view.phase];
    return Boolean(missing);
  }

  function banner() {
    // Before anything was seen the screen itself says that it is connecting.
    if (state.line !== "lost" || !state.code || state.gate || state.elsewhere || !(state.view || state.welcome)) {
      return null;
    }
    return make("div", { "class": "banner", role: "status", key: "banner" }, [
      make("p", {}, [make("strong", {}, "⚠ " + word("line.lost"))]),
      make("p", {}, word("line.keeps")),
      make("button", { type: "button", "class": "button small", click: phone.retry }, word("line.retry"))
    ]);
  }

  function render() {
    var name = screenName();
    var screen = phone.screens[name]();
    var view = state.view;
    var me = (view && view.me) || {};
    document.title = state.code ? word("app.in_class", { code: state.code }) : word("app.name");
    document.body.className = (screen.dark ? "dark" : "") + (still ? " still" : "");
    return make("div", { "class": "page", key: "page" }, [
      make("header", { "class": "top" }, [
        view && view.practice ? make("p", { "class": "practice-ribbon" }, word("app.practice")) : null,
        make("div", { "class": "bar" }, [
          make("p", { "class": "bar-name user" }, me.name || word("app.name")), Stroll.languageSwitch()
        ]),
        banner(), screen.strip || null
      ]),
      make("main", { key: "main-" + name }, [
        screen.art ? make("div", { "class": "art " + (screen.size || "") }, screen.art) : null,
        make("div", { "class": "body" }, [
          state.notice ? make("div", { "class": "notice", role: "alert", key: "notice" }, [
            make("p", {}, state.notice),
            make("button", {
              type: "button", "class": "button small",
              click: function () {
                state.notice = null;
                phone.refresh();
              }
            }, word("app.understood"))
          ]) : null,
          view && view.problem ? make("p", { "class": "problem", role: "alert", key: "trouble" }, view.problem) : null,
          screen.body
        ])
      ]),
      make("footer", { "class": "foot" + (screen.foot ? "" : " empty"), key: "foot" }, screen.foot || null)
    ]);
  }

  /* Room under the text for what is fixed below; the heading takes the focus when a screen changes. */
  function settle() {
    var foot = document.querySelector(".foot");
    var main = document.querySelector("main");
    var high = foot.offsetHeight + 16 + "px";
    if (main.style.paddingBottom !== high) {
      main.style.paddingBottom = high;
    }
    var heading = document.getElementById("heading");
    var mark = heading && heading.strollNow.attributes.key + "/" + screenName() + "/" + ((state.view || {}).round || 0);
    if (mark !== shown) {
      var first = shown === null;
      shown = mark;
      move();
      if (!first && heading) {
        window.scrollTo(0, 0);
        if (!/^(INPUT)$/.test((document.activeElement || {}).tagName || "") && !/^tab-/.test((document.activeElement || {}).id || "")) {
          heading.focus();
          window.scrollTo(0, 0);
        }
      }
    }
    tick();
  }

  /* Motion rests when nothing has happened for a while: a phone lies on the table for an hour. */
  function move() {
    window.clearTimeout(resting);
    still = false;
    resting = window.setTimeout(function () {
      still = true;
      phone.refresh();
    }, 20000);
  }

  /* The clock goes on by itself between two messages, and only while somebody can see it. */
  function tick() {
    window.clearTimeout(ticking);
    ticking = null;
    if (state.left && state.left() !== null && !document.hidden && state.view && state.view.phase === "deciding") {
      ticking = window.setTimeout(phone.refresh, ((state.left() * 1000) % 1000) + 20);
    }
  }

  document.addEventListener("touchstart", move, false);
  phone.begin();
  phone.refresh = Stroll.mount(document.getElementById("app"), render, settle);
  document.addEventListener("visibilitychange", function () {
    if (!document.hidden) {
      phone.refresh();
    }
  });
}());
