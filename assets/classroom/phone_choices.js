/* What a trainee chooses on the phone: a hand, bets, and questions in the debrief. A choice is shown at
   once, kept on the phone until the server has it on its disk, and only then called saved. */
(function () {
  "use strict";

  var phone = Stroll.phone;
  var state = phone.state;
  var later = null;

  /* ---- deciding ---- */
  /* The hand as the thumb left it: what is chosen here before what the server holds. */
  function hand() {
    if (state.draft && state.draft.round === phone.roundNow()) {
      return state.draft.hand;
    }
    return phone.part("deciding").mine || {};
  }

  function ready() {
    if (state.draft && state.draft.round === phone.roundNow()) {
      return state.draft.ready;
    }
    return Boolean(phone.part("deciding").ready);
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
    state.draft = { round: phone.roundNow(), hand: next, ready: Boolean(isReady), dirty: true };
    keepDraft();
    window.clearTimeout(later);
    // A thumb that goes over the cards sends its last choice, not every one on the way.
    later = window.setTimeout(flush, isReady ? 0 : 250);
    phone.refresh();
  }

  function flush() {
    window.clearTimeout(later);
    if (state.draft && state.draft.dirty && phone.link()) {
      state.draft.dirty = false;
      phone.link().insist("choose", {
        round: state.draft.round, hand: state.draft.hand, ready: state.draft.ready
      }, "choose");
      keepDraft();
      phone.refresh();
    }
  }

  /* "none" | "saved" | "saving" | "unsent" of what was chosen in this round. */
  function saved(slot) {
    var open = phone.link() && phone.link().waiting(slot);
    if (slot === "choose" && state.draft && state.draft.dirty) {
      open = true;
    }
    if (open) {
      return state.line === "open" ? "saving" : "unsent";
    }
    if (slot === "bets") {
      return phone.part("bets").mine ? "saved" : "none";
    }
    return state.draft || phone.part("deciding").mine ? "saved" : "none";
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
      var unsent = phone.link().held("bets");
      (unsent ? unsent.bets : phone.part("bets").mine || []).forEach(function (one) {
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
    (phone.part("bets").questions || []).forEach(function (asked) {
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
    phone.link().insist("bets", { bets: list }, "bets");
    state.betsTouched = false; // what waits to be acknowledged is shown from now on
    keepDraft();
    phone.refresh();
  }

  /* ---- the debrief ---- */
  function askBranch() {
    var branch = state.branch;
    branch.problem = null;
    branch.result = null;
    branch.ahead = null;
    branch.language = Stroll.page.language;
    branch.busy = phone.link().send("branch", { round: branch.round, hand: branch.hand });
    if (branch.busy === null) {
      branch.problem = phone.word("whatif.lost");
    }
    phone.refresh();
  }

  function askDiary(shopper, name) {
    var branch = state.branch.result;
    var id = phone.link().send("diary", {
      shopper: shopper, branch: { round: state.branch.round, hand: (branch && branch.hand) || state.branch.hand }
    });
    state.branch.problem = id === null ? phone.word("whatif.lost") : null;
    state.diary = id === null ? null : {
      shopper: shopper, name: name, busy: id, result: null, language: Stroll.page.language
    };
    phone.refresh();
  }

  function closeDiary() {
    state.diary = null;
    askAgain();
    phone.refresh();
  }

  /* Answers that came in one language are asked for in the other, one question at a time. */
  function askAgain() {
    var diary = state.diary;
    if (diary && diary.busy === null && diary.language !== Stroll.page.language) {
      askDiary(diary.shopper, diary.name);
    } else if (!diary && state.branch.result && state.branch.language !== Stroll.page.language) {
      askBranch();
    }
  }

  phone.hand = hand;
  phone.ready = ready;
  phone.choose = choose;
  phone.flush = flush;
  phone.saved = saved;
  phone.keepDraft = keepDraft;
  phone.bet = bet;
  phone.betsNow = betsNow;
  phone.submitBets = submitBets;
  phone.askBranch = askBranch;
  phone.askDiary = askDiary;
  phone.closeDiary = closeDiary;
  phone.askAgain = askAgain;
}());
