/* What if: one hand changed, the figures side by side, whose evening went otherwise, two diaries. */
(function () {
  "use strict";

  var make = Stroll.make;
  var phone = Stroll.phone;
  var parts = Stroll.parts;
  var word = phone.word;
  var branch = phone.state.branch;

  function roundOf(debrief, number) {
    var found = null;
    (debrief.rounds || []).forEach(function (one) {
      if (one.number === number) {
        found = one;
      }
    });
    return found;
  }

  parts.startBranch = function (round) {
    branch.round = round.number - 1;
    branch.hand = parts.copyOf(round.hand || {});
    delete branch.hand.answers;
    branch.result = null;
    branch.problem = null;
  };

  function same(one, other) {
    return ["tactic", "policy", "product", "act"].every(function (name) {
      return (one[name] || null) === (other[name] || null);
    }) && (!one.act || (one.seconds || 60) === (other.seconds || 60));
  }

  function change(name, value) {
    var next = parts.copyOf(branch.hand);
    if (value) {
      next[name] = value;
      if (name === "tactic") {
        delete next.mix;
      }
      if (name === "act") {
        next.seconds = next.seconds || 60;
      }
    } else {
      delete next[name];
      if (name === "act") {
        delete next.seconds;
      }
    }
    branch.hand = next;
    branch.result = null;
    phone.refresh();
  }

  function choosing(debrief, round) {
    var ways = phone.ways();
    var campaign = ways.policies.length > 0;
    var list = campaign ? ways.policies : ways.choices;
    var acts = campaign ? [] : ways.acts;
    var what = campaign ? "policy" : "tactic";
    return [
      make("p", { "class": "soft" }, word("whatif.note")),
      make("h2", {}, word("whatif.round")),
      parts.radios(word("whatif.round"), "segments wrap", debrief.rounds.map(function (one) {
        return { id: one.number, kids: [make("span", { "class": "hidden" }, word("whatif.round_short", { round: one.number })), make("span", { "aria-hidden": "true" }, one.number)] };
      }), round.number, function (number) {
        parts.startBranch(roundOf(debrief, number));
        phone.refresh();
      }),
      make("p", { "class": "was" }, word("whatif.was", { hand: parts.handWords(round.hand || {}, round.title) })),
      make("h2", {}, word("whatif.instead")),
      ways.partly ? make("p", { "class": "soft" }, word("whatif.partly")) : null,
      parts.radios(word("whatif.instead"), "options pairs", list.map(function (one) {
        return { id: one.id, kids: make("span", { "class": "option-name" }, one.title) };
      }), branch.hand[what], function (id) {
        change(what, id);
      }),
      acts.length ? parts.fold("branch-act", word("whatif.act"), parts.titleOf(acts, branch.hand.act) || word("decide.act_none"), function () {
        return parts.radios(word("whatif.act"), "options pairs", [{ id: "", kids: word("decide.act_none") }].concat(acts.map(function (one) {
          return { id: one.id, kids: make("span", { "class": "option-name" }, one.title) };
        })), branch.hand.act || "", function (id) {
          change("act", id);
        });
      }) : null
    ];
  }

  function outcome(result) {
    var changed = result.changed || {};
    var total = changed.total || 0;
    return [
      make("p", { "class": "was" }, [
        word("whatif.round_short", { round: branch.round + 1 }), " · ", word("whatif.changed_to", { hand: parts.handWords(result.hand || branch.hand) })
      ]),
      make("section", { "class": "card" }, parts.sideBySide(result.before, result.after, [word("whatif.mine"), word("whatif.branch"), word("whatif.difference")], true)),
      make("section", { "class": "changes" }, [
        make("h2", {}, total === 0 ? word("whatif.changed_none") : total === 1 ? word("whatif.changed_one") : word("whatif.changed", { total: Stroll.number(total) })),
        changed.bought || changed.not ? make("p", { "class": "number" }, [
          changed.bought ? "＋ " + word("whatif.bought", { count: changed.bought }) : null, changed.bought && changed.not ? "　" : null,
          changed.not ? "－ " + word("whatif.not", { count: changed.not }) : null
        ]) : null,
        (result.people || []).length ? make("p", { "class": "soft" }, word("whatif.people")) : null,
        result.told === false && total ? make("p", { "class": "soft" }, word("whatif.untold")) : null,
        make("ul", { "class": "fates" }, (result.people || []).map(function (one) {
          return make("li", { key: "fate-" + one.shopper }, make("button", {
            type: "button", "class": "option fate",
            click: function () {
              phone.askDiary(one.shopper, one.name);
            }
          }, [
            make("span", { "class": "fate-name" }, one.name),
            one.before || one.after ? make("span", { "class": "fate-turn" }, word("whatif.fate", { before: one.before || "–", after: one.after || "–" })) : null,
            make("span", { "class": "fate-why" }, one.why)
          ]));
        }))
      ])
    ];
  }

  parts.whatIf = function (debrief) {
    var list = debrief.rounds || [];
    if (!list.length) {
      return make("p", { "class": "card" }, word("debrief.no_rounds"));
    }
    var round = branch.round === null ? null : roundOf(debrief, branch.round + 1);
    if (!round) {
      round = list[0];
      parts.startBranch(round);
    }
    return [
      branch.problem ? make("p", { "class": "problem", role: "alert" }, branch.problem) : null,
      branch.busy !== null ? make("div", { "class": "card", role: "status" }, [
        parts.waiting(word("whatif.working")),
        branch.ahead ? make("p", { "class": "soft" }, word("whatif.ahead", { ahead: branch.ahead })) : null
      ]) : branch.result ? outcome(branch.result) : choosing(debrief, round)
    ];
  };

  parts.whatIfFoot = function (debrief) {
    if (!(debrief.rounds || []).length || branch.busy !== null) {
      return null;
    }
    if (branch.result) {
      return parts.button(word("whatif.again"), function () {
        branch.result = null;
        phone.refresh();
        window.scrollTo(0, 0);
      });
    }
    var round = roundOf(debrief, (branch.round || 0) + 1) || debrief.rounds[0];
    var unchanged = same(round.hand || {}, branch.hand);
    return parts.button(unchanged ? word("whatif.same") : word("whatif.go"), function () {
      phone.askBranch();
      window.scrollTo(0, 0);
    }, { "class": "main", disabled: unchanged });
  };

  function page(entries, label, side) {
    return make("div", { "class": "diary-side " + side }, [
      make("h2", { "class": "diary-title" }, label),
      (entries || []).length ? make("ol", {}, entries.map(function (one, n) {
        var how = one.only ? "only" : one.changed ? "changed" : "same";
        return make("li", { key: side + n, "class": "entry-" + how }, [
          make("p", { "class": "diary-when number" }, [
            make("span", { "aria-hidden": "true", "class": "diary-sign" }, { only: "≠", changed: "≈", same: "=" }[how]),
            make("span", { "class": "hidden" }, word("diary." + how)), " ", one.when
          ]),
          make("p", { "class": "diary-text" }, one.text)
        ]);
      })) : make("p", {}, word("diary.nothing"))
    ]);
  }

  parts.diary = function () {
    var diary = phone.state.diary;
    var found = diary.result;
    return {
      body: [
        parts.title(word("diary.heading", { name: (found && found.name) || diary.name || "–" }), "diary"),
        found ? [
          found.branch ? make("p", { "class": "soft" }, word("diary.note")) : null,
          make("div", { "class": found.branch ? "diaries" : "diaries single" }, [
            page(found.entries, word("diary.mine"), "mine"), found.branch ? page(found.branch, word("diary.branch"), "branch") : null
          ])
        ] : parts.waiting(word("diary.loading"))
      ],
      foot: parts.button(word("app.back"), phone.closeDiary)
    };
  };
}());
