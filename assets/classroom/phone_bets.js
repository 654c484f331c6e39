/* The bets before the live, and what became of them. */
(function () {
  "use strict";

  var make = Stroll.make;
  var phone = Stroll.phone;
  var parts = Stroll.parts;
  var word = phone.word;

  /* A step that is fine enough to say what one means and coarse enough for a thumb. */
  function stepOf(question) {
    var raw = ((question.high - question.low) || 1) / 100;
    var ten = Math.pow(10, Math.floor(Math.log(raw) / Math.LN10 + 1e-9));
    var times = raw / ten;
    return ten * (times > 5 ? 10 : times > 2 ? 5 : times > 1 ? 2 : 1);
  }

  function value(question, number) {
    if (question.unit === "share") {
      return Stroll.number(number * 100) + "%";
    }
    if (question.unit === "yuan") {
      return Stroll.yuan(number);
    }
    if (question.unit === "minutes") {
      return word("bets.minutes", { count: Stroll.number(number) });
    }
    if (question.unit === "level") {
      return Stroll.number(number * 100);
    }
    return Stroll.number(number, question.high - question.low < 20 ? 1 : 0);
  }

  function chance(question, bet) {
    var one = question.one;
    var other = question.other;
    var probability = bet ? bet.probability : 0.5;
    var likely = probability >= 0.5 ? one : other;
    var sure = Math.max(probability, 1 - probability);
    var said = Math.abs(probability - 0.5) < 0.005 ? word("bets.half")
      : sure > 0.995 ? word("bets.certain", { name: likely })
      : word("bets.sure", { share: Math.round(sure * 100) + "%", name: likely });
    return [
      make("div", { "class": "ends" }, [make("span", {}, other), make("span", {}, one)]),
      Stroll.slider({
        low: 0, high: 1, step: 0.05, values: [probability], touched: Boolean(bet),
        labels: [question.text + " " + word("bets.slider", { one: one, other: other })],
        texts: [bet ? said : word("bets.untouched")],
        changed: function (values) {
          phone.bet(question.number, { number: question.number, probability: values[0] });
        }
      }),
      made(question, bet, said)
    ];
  }

  function range(question, bet) {
    var low = bet ? bet.low : question.low;
    var high = bet ? bet.high : question.high;
    return [
      make("div", { "class": "ends" }, [make("span", {}, value(question, question.low)), make("span", {}, value(question, question.high))]),
      Stroll.slider({
        low: question.low, high: question.high, step: stepOf(question), values: [low, high], touched: Boolean(bet),
        labels: [question.text + " " + word("bets.low"), question.text + " " + word("bets.high")],
        texts: [value(question, low), value(question, high)],
        changed: function (values) {
          phone.bet(question.number, { number: question.number, low: values[0], high: values[1] });
        }
      }),
      made(question, bet, word("bets.range", { low: value(question, low), high: value(question, high) }))
    ];
  }

  function made(question, bet, said) {
    return make("div", { "class": "said" }, [
      make("p", { "class": bet ? "said-words" : "said-words soft", "aria-live": "polite" }, bet ? said : word("bets.untouched")),
      bet ? make("button", {
        type: "button", "class": "link", "aria-label": word("bets.clear") + " " + question.text,
        click: function () {
          phone.bet(question.number, null);
        }
      }, word("bets.clear")) : null
    ]);
  }

  phone.screens.bets = function () {
    var asked = phone.part("bets").questions || [];
    var mine = phone.betsNow();
    var count = asked.filter(function (question) {
      return mine[question.number];
    }).length;
    var kept = phone.saved("bets");
    var changed = phone.state.betsTouched;
    return {
      body: [
        parts.title(word("bets.heading")),
        make("p", { "class": "soft" }, word("bets.note")),
        parts.seatNotes(phone.state.view),
        asked.map(function (question, n) {
          return make("section", { "class": "card bet", key: "bet-" + question.number }, [
            make("p", { "class": "soft" }, word("bets.number", { number: n + 1 })),
            make("h2", {}, question.text),
            question.kind === "probability" ? chance(question, mine[question.number]) : range(question, mine[question.number])
          ]);
        })
      ],
      foot: [
        !changed && kept !== "none" ? parts.savedLine(kept, word("bets.done")) : null,
        parts.button(
          changed || kept === "none"
            ? count || kept !== "none" ? word(kept === "none" ? "bets.hand_in" : "bets.again", { count: count }) : word("bets.hand_in_none")
            : word("bets.wait"),
          phone.submitBets, { "class": "main", disabled: !changed || (!count && kept === "none") }
        )
      ]
    };
  };

  /* How each bet came out; told by a sign and a word, not by colour alone. */
  parts.betsScored = function (bets) {
    if (!bets || !bets.length) {
      return make("p", { "class": "card" }, word("scored.none"));
    }
    return [
      make("p", { "class": "soft" }, word("scored.note")),
      bets.map(function (bet, n) {
        var how = bet.hit === true ? "hit" : bet.hit === false ? "missed" : "open";
        return make("section", { "class": "card scored " + how, key: "scored-" + n }, [
          make("h3", {}, bet.text),
          make("dl", {}, [
            make("dt", {}, word("scored.said")), make("dd", {}, bet.said),
            make("dt", {}, word("scored.came")), make("dd", {}, bet.outcome)
          ]),
          make("p", { "class": "verdict" }, [
            make("strong", {}, word("scored." + how)), " ",
            Stroll.none(bet.score) ? null : make("span", { "class": "number" }, word("scored.score", {
              score: Stroll.number(bet.score <= 1 && bet.score >= -3 ? bet.score * 100 : bet.score)
            }))
          ])
        ]);
      })
    ];
  };
}());
