/* The phone page of a class: what it knows, what it sends, and what comes back.
   The screens themselves are in the files phone_*.js that follow; each describes itself out of this
   state and calls these functions. The page keeps no truth: a view of the server says everything,
   and here stays only what a thumb has chosen and the server has not acknowledged yet. */
Stroll.phone = (function () {
  "use strict";

  var state = {
    code: "", codeTyped: "", gate: null, welcome: null, seat: null, view: null, left: null,
    line: "connecting", join: { name: "", pin: "", back: false, problem: null, busy: null, tried: "" },
    draft: null, bets: {}, betsTouched: false, notice: null, open: {}, tab: "result",
    branch: { round: null, hand: {}, busy: null, ahead: null, result: null, problem: null },
    ways: {}, diary: null, copied: null, elsewhere: false
  };
  var phone = { state: state, screens: {}, refresh: function () { return undefined; } };
  var link = null;
  var hello = null;

  function word(key, values) {
    return Stroll.say("class_phone." + key, values);
  }

  /* A phase's part of the view, whether the server nests it under its name or not. */
  function part(name) {
    var view = state.view || {};
    var inner = view[name];
    return inner && typeof inner === "object" && !(inner instanceof Array) ? inner : view;
  }

  /* ---- coming in ---- */
  function codeOfPage() {
    var found = /^\/j\/([^\/?#]{1,32})\/?$/.exec(window.location.pathname);
    try {
      return found ? decodeURIComponent(found[1]) : "";
    } catch (error) {
      return "";
    }
  }

  function begin() {
    state.code = codeOfPage();
    if (state.code) {
      enter();
    }
  }

  function enter() {
    var mine = Stroll.kept("seat." + state.code) || {};
    var left = Stroll.kept("draft." + state.code) || {};
    state.gate = null;
    state.join.name = state.join.name || mine.name || left.name || "";
    state.ways = Stroll.kept("ways." + state.code) || {};
    state.draft = left.hand || null;
    state.bets = left.bets || {};
    state.betsTouched = Boolean(left.betsTouched);
    if (link) {
      link.close();
    }
    link = Stroll.connect({
      path: "/ws/phone", keep: "unsent." + state.code, message: receive,
      hello: function () {
        var token = (Stroll.kept("seat." + state.code) || {}).token;
        hello = { type: "hello", code: state.code, language: Stroll.page.language };
        if (token) {
          hello.token = token;
        }
        return hello;
      },
      state: function (name) {
        state.line = name;
        if (name === "lost") {
          dropped();
        }
        phone.refresh();
      }
    });
    phone.flush();
  }

  function submitCode() {
    var code = state.codeTyped.replace(/\s+/g, "");
    if (code) {
      state.code = code;
      try {
        window.history.replaceState(null, "", "/j/" + encodeURIComponent(code));
      } catch (error) {
        state.gate = null; // the address stays; the code is known all the same
      }
      enter();
      phone.refresh();
    }
  }

  function otherCode() {
    if (link) {
      link.close();
      link = null;
    }
    state.codeTyped = state.code;
    state.code = "";
    phone.refresh();
  }

  function submitJoin() {
    var join = state.join;
    var name = join.name.replace(/^\s+|\s+$/g, "");
    if (!name) {
      join.problem = { key: "name_empty" };
    } else if (!/^[0-9]{4}$/.test(join.pin)) {
      join.problem = { key: "bad_pin" };
    } else {
      join.problem = null;
      join.busy = sendJoin(join.back);
      if (join.busy === null) {
        join.problem = { key: "again" };
      }
    }
    phone.refresh();
  }

  function sendJoin(back) {
    var name = state.join.name.replace(/^\s+|\s+$/g, "");
    phone.keepDraft();
    return link.send(back ? "resume" : "join", { name: name, pin: state.join.pin, language: Stroll.page.language });
  }

  function dropped() {
    if (state.join.busy !== null) {
      // The seat may have been given before the line broke: see refusedJoin.
      state.join.tried = state.join.name;
      state.join.busy = null;
      state.join.problem = { key: "again" };
    }
    if (state.branch.busy !== null) {
      state.branch.busy = null;
      state.branch.problem = word("whatif.lost");
    }
    if (state.diary && state.diary.busy !== null) {
      state.diary = null;
    }
  }

  function refusedJoin(data) {
    var join = state.join;
    join.busy = null;
    if (data.key === "name_taken" && !join.back && join.tried === join.name) {
      join.tried = "";
      join.busy = sendJoin(true); // it is this phone's own seat, asked for before the line broke
      return;
    }
    var taken = data.key === "wrong_pin" && !join.back; // the name was somebody else's after all
    join.problem = { key: taken ? "name_taken" : data.key, text: taken ? null : data.text };
  }

  /* ---- what comes from the server ---- */
  function receive(data, slot, sent) {
    var handle = handlers[data.type];
    if (handle) {
      handle(data, slot, sent);
      phone.refresh();
    }
  }

  var handlers = {
    welcome: function (data) {
      state.welcome = data;
      state.gate = null;
      if (Stroll.none(data.seat)) {
        var had = Stroll.kept("seat." + state.code) || {};
        if (had.token) {
          Stroll.keep("seat." + state.code, { name: had.name });
          state.join.back = true;
          state.join.problem = { key: "expired" };
        }
        state.seat = null;
        state.view = null;
      } else {
        state.seat = data.seat;
      }
    },
    joined: function (data) {
      state.seat = data.seat;
      state.elsewhere = false;
      Stroll.keep("seat." + state.code, { token: data.token, name: state.join.name });
      state.join.busy = null;
      state.join.problem = null;
      state.join.pin = "";
      state.join.tried = "";
    },
    view: function (data) {
      takeView(data.view || {});
    },
    ack: function (data, slot, sent) {
      state.notice = null;
      if (slot === "bets") {
        part("bets").mine = sent.bets; // until the next view says so
      }
    },
    refused: function (data, slot) {
      if (hello && data.id === hello.id) {
        refusedHello(data);
      } else if (state.join.busy !== null && data.id === state.join.busy) {
        refusedJoin(data);
      } else if (state.branch.busy !== null && data.id === state.branch.busy) {
        state.branch.busy = null;
        state.branch.problem = refusal(data);
      } else if (state.diary && data.id === state.diary.busy) {
        state.diary = null;
        state.branch.problem = refusal(data);
      } else if (data.key === "elsewhere") {
        state.elsewhere = true;
        link.close();
      } else if (data.key !== "slow_down" && data.key !== "computing") {
        if (slot === "choose") {
          state.draft = null; // what the server holds counts again
          phone.keepDraft();
        }
        state.notice = refusal(data);
      }
    },
    working: function (data) {
      if (data.id === state.branch.busy) {
        state.branch.ahead = data.ahead;
      }
    },
    branch: function (data) {
      if (state.branch.busy !== null && (data.id === undefined || data.id === state.branch.busy)) {
        state.branch.busy = null;
        state.branch.result = data.result || data.branch || data;
      }
    },
    diary: function (data) {
      if (state.diary && (data.id === undefined || data.id === state.diary.busy)) {
        state.diary.busy = null;
        state.diary.result = data.result || data.diary || data;
      }
    }
  };

  function refusedHello(data) {
    if (data.key === "slow_down") {
      window.setTimeout(link.restart, 6000);
      return;
    }
    state.gate = { key: data.key, text: data.text };
    state.codeTyped = state.code;
    link.close();
  }

  function refusal(data) {
    var key = "class_phone.refused." + data.key;
    return Stroll.known(key) ? Stroll.say(key) : data.text || word("refused.other");
  }

  function takeView(view) {
    var before = state.view;
    state.view = view;
    state.left = Stroll.none(view.seconds_left) ? null : Stroll.countdown(view.seconds_left);
    if (view.me && !Stroll.none(view.me.seat)) {
      state.seat = view.me.seat;
    }
    if (view.language && view.language !== Stroll.page.language) {
      link.send("language", { language: Stroll.page.language });
    }
    if (state.draft && !state.draft.dirty && !link.waiting("choose")) {
      state.draft = null; // it is in this view, or its time is over
      phone.keepDraft();
    }
    keepWays(view);
    if (!before || before.phase !== view.phase || before.round !== view.round) {
      state.open = {};
      state.notice = null;
    }
  }

  /* What could be chosen is asked for again in the debrief, whose view need not hold it. */
  function keepWays(view) {
    var deciding = view.deciding;
    if (deciding && !state.ways[view.language]) {
      state.ways[view.language] = { choices: deciding.choices, policies: deciding.policies, acts: deciding.acts };
      Stroll.keep("ways." + state.code, state.ways);
    }
  }

  function ways() {
    var debrief = part("debrief");
    var other = Stroll.page.language === "zh" ? "en" : "zh";
    var seen = state.ways[Stroll.page.language] || state.ways[other] || {};
    if (debrief.final && !debrief.choices && !debrief.policies && !seen.choices) {
      return waysOfOthers(debrief);
    }
    return {
      choices: debrief.choices || seen.choices || [], policies: debrief.policies || seen.policies || [],
      acts: debrief.acts || seen.acts || []
    };
  }

  /* A phone that was taken up in the debrief knows only what somebody in the class has done. */
  function waysOfOthers(debrief) {
    var list = [];
    ((debrief.distribution || {}).groups || []).forEach(function (group) {
      if (group.key !== "mixed") {
        list.push({ id: group.key, title: group.title });
      }
    });
    (debrief.rounds || []).forEach(function (round) {
      var id = (round.hand || {}).tactic || (round.hand || {}).policy;
      var known = list.some(function (one) {
        return one.id === id;
      });
      if (id && !known) {
        list.push({ id: id, title: round.title });
      }
    });
    var days = Boolean(state.view.campaign);
    return { choices: days ? [] : list, policies: days ? list : [], acts: [], partly: true };
  }

  function roundNow() {
    return (state.view && state.view.round || 1) - 1;
  }

  Stroll.page.listeners.push(function (language) {
    if (link && state.seat !== null) {
      link.send("language", { language: language });
    }
    phone.askAgain();
    phone.refresh();
  });
  window.addEventListener("pagehide", function () {
    phone.flush();
  });

  phone.word = word;
  phone.part = part;
  phone.ways = ways;
  phone.roundNow = roundNow;
  phone.begin = begin;
  phone.submitCode = submitCode;
  phone.otherCode = otherCode;
  phone.submitJoin = submitJoin;
  phone.refusal = refusal;
  phone.link = function () {
    return link;
  };
  phone.retry = function () {
    link.retry();
  };
  phone.here = function () {
    state.elsewhere = false;
    enter();
    phone.refresh();
  };
  return phone;
}());
