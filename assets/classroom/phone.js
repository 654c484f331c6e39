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
    diary: null, copied: null, elsewhere: false
  };
  var phone = { state: state, screens: {}, refresh: function () { return undefined; } };
  var link = null;
  var hello = null;
  var later = null;

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
    if (state.draft && state.draft.dirty) {
      flush();
    }
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
    keepDraft();
    if (back) {
      return link.send("resume", { name: name, pin: state.join.pin });
    }
    return link.send("join", { name: name, pin: state.join.pin, language: Stroll.page.language });
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
  function receive(data, slot) {
    var handle = handlers[data.type];
    if (handle) {
      handle(data, slot);
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
    ack: function () {
      state.notice = null;
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
          keepDraft();
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
    var round = roundNow();
    if (state.draft && (view.phase !== "deciding" || state.draft.round !== round)) {
      if (view.phase !== "deciding" || !link.waiting("choose")) {
        state.draft = null;
        keepDraft();
      }
    }
    if (!before || before.phase !== view.phase || before.round !== view.round) {
      state.open = {};
      state.notice = null;
    }
  }

  function roundNow() {
    return (state.view && state.view.round || 1) - 1;
  }

  /* ---- deciding ---- */
  /* The hand as the thumb left it: what is chosen here before what the server holds. */
  function hand() {
    if (state.draft && state.draft.round === roundNow()) {
      return state.draft.hand;
    }
    return part("deciding").mine || {};
  }

  function ready() {
    if (state.draft && state.draft.round === roundNow()) {
      return state.draft.ready;
    }
    return Boolean(part("deciding").ready);
  }

  function choose(changes, isReady) {
    var next = {};
    var now = hand();
    var name;
    for (name in now) {
      next[name] = now[name];
    }
    for (name in changes || {}) {
      if (changes[name] === null) {
        delete next[name];
      } else {
        next[name] = changes[name];
      }
    }
    if (next.tactic) {
      delete next.mix;
    }
    if (!next.act) {
      delete next.seconds;
    }
    state.draft = { round: roundNow(), hand: next, ready: Boolean(isReady), dirty: true };
    keepDraft();
    window.clearTimeout(later);
    // A thumb that goes over the cards sends its last choice, not every one on the way.
    later = window.setTimeout(flush, isReady ? 0 : 250);
    phone.refresh();
  }

  function flush() {
    window.clearTimeout(later);
    if (state.draft && state.draft.dirty && link) {
      state.draft.dirty = false;
      link.insist("choose", {
        round: state.draft.round, hand: state.draft.hand, ready: state.draft.ready
      }, "choose");
      keepDraft();
      phone.refresh();
    }
  }

  /* "none" | "saved" | "saving" | "unsent" of what was chosen in this round. */
  function saved(slot) {
    var open = link && link.waiting(slot);
    if (slot === "choose" && state.draft && state.draft.dirty) {
      open = true;
    }
    if (open) {
      return state.line === "open" ? "saving" : "unsent";
    }
    if (slot === "bets") {
      return part("bets").mine ? "saved" : "none";
    }
    return state.draft || part("deciding").mine ? "saved" : "none";
  }

  function keepDraft() {
    if (state.code) {
      Stroll.keep("draft." + state.code, {
        name: state.join.name, hand: state.draft, bets: state.bets, betsTouched: state.betsTouched
      });
    }
  }

  /* ---- bets ---- */
  function bet(number, value) {
    if (value === null) {
      delete state.bets[number];
    } else {
      state.bets[number] = value;
    }
    state.betsTouched = true;
    keepDraft();
    phone.refresh();
  }

  function betsNow() {
    if (!state.betsTouched) {
      var mine = {};
      (part("bets").mine || []).forEach(function (one) {
        var number = one.number === undefined ? numberOf(one) : one.number;
        mine[number] = one.probability === undefined
          ? { number: number, low: one.low, high: one.high } : { number: number, probability: one.probability };
      });
      state.bets = mine;
    }
    return state.bets;
  }

  /* A bet that comes back holds its question whole. */
  function numberOf(bet) {
    var found = -1;
    (part("bets").questions || []).forEach(function (asked) {
      var one = asked.question || {};
      var other = bet.question || {};
      if (one.metric === other.metric && one.one === other.one && one.other === other.other) {
        found = asked.number;
      }
    });
    return found;
  }

  function submitBets() {
    var list = [];
    for (var number in state.bets) {
      list.push(state.bets[number]);
    }
    link.insist("bets", { bets: list }, "bets");
    state.betsTouched = false;
    part("bets").mine = list; // shown at once; it says "saved" only when acknowledged
    keepDraft();
    phone.refresh();
  }

  /* ---- the debrief ---- */
  function askBranch() {
    var branch = state.branch;
    branch.problem = null;
    branch.result = null;
    branch.ahead = null;
    branch.busy = link.send("branch", { round: branch.round, hand: branch.hand });
    if (branch.busy === null) {
      branch.problem = word("whatif.lost");
    }
    phone.refresh();
  }

  function askDiary(shopper, name) {
    var branch = state.branch.result;
    var id = link.send("diary", {
      shopper: shopper, branch: { round: state.branch.round, hand: (branch && branch.hand) || state.branch.hand }
    });
    state.branch.problem = id === null ? word("whatif.lost") : null;
    state.diary = id === null ? null : { shopper: shopper, name: name, busy: id, result: null };
    phone.refresh();
  }

  function closeDiary() {
    state.diary = null;
    phone.refresh();
  }

  Stroll.page.listeners.push(function (language) {
    if (link && state.seat !== null) {
      link.send("language", { language: language });
    }
    phone.refresh();
  });
  window.addEventListener("pagehide", flush);

  phone.word = word;
  phone.part = part;
  phone.begin = begin;
  phone.submitCode = submitCode;
  phone.otherCode = otherCode;
  phone.submitJoin = submitJoin;
  phone.refusal = refusal;
  phone.hand = hand;
  phone.ready = ready;
  phone.choose = choose;
  phone.saved = saved;
  phone.bet = bet;
  phone.betsNow = betsNow;
  phone.submitBets = submitBets;
  phone.askBranch = askBranch;
  phone.askDiary = askDiary;
  phone.closeDiary = closeDiary;
  phone.keepDraft = keepDraft;
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
