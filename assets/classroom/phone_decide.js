/* Deciding a round: the tactic as a big card, and for who wants it a product, one act, questions. */
(function () {
  "use strict";

  var make = Stroll.make;
  var phone = Stroll.phone;
  var parts = Stroll.parts;
  var word = phone.word;
  var MOST_ANSWERS = 5;
  // Each doubt has a shape of its own beside its word.
  var SIGNS = { fit: "◫", material: "▦", price: "¥", use: "✦", trust: "♡" };

  function cards(list, chosen, current, name) {
    return parts.radios(word(name), "tactics", list.map(function (one) {
      var on = one.id === chosen;
      return {
        id: one.id,
        kids: [
          make("span", { "class": "tactic-mark", "aria-hidden": "true" }, on ? "✓" : ""),
          make("span", { "class": "tactic-words" }, [
            make("span", { "class": "tactic-title" }, [
              one.title, one.id === current ? make("span", { "class": "tag" }, word("decide.now")) : null
            ]),
            make("span", { "class": "tactic-summary" }, one.summary)
          ])
        ]
      };
    }), chosen, function (id) {
      phone.choose(name === "decide.policies" ? { policy: id } : { tactic: id });
    });
  }

  function product(deciding, hand) {
    var goods = deciding.products || [];
    if (!goods.length) {
      return null;
    }
    return parts.fold("product", word("decide.product"), hand.product ? parts.titleOf(goods, hand.product) : word("decide.as_before"), function () {
      return parts.radios(word("decide.product"), "options", [
        { id: "", kids: make("span", {}, word("decide.product_as_planned")) }
      ].concat(goods.map(function (one) {
        return {
          id: one.id,
          kids: [
            make("span", { "class": "option-name" }, [
              one.name, one.shown ? make("span", { "class": "tag" }, word("decide.product_on_show")) : null
            ]),
            make("span", { "class": "option-more number" }, [
              Stroll.yuan(one.price), Stroll.none(one.stock) ? null : " · " + word("decide.stock", { count: Stroll.number(one.stock) })
            ])
          ]
        };
      })), hand.product || "", function (id) {
        phone.choose({ product: id || null });
      });
    });
  }

  function act(deciding, hand) {
    var acts = deciding.acts || [];
    if (!acts.length) {
      return null;
    }
    var chosen = null;
    acts.forEach(function (one) {
      if (one.id === hand.act) {
        chosen = one;
      }
    });
    var summary = chosen ? chosen.title + " " + word("decide.minutes", { count: (hand.seconds || 60) / 60 }) : word("decide.act_none");
    return parts.fold("act", word("decide.act"), summary, function () {
      return [
        chosen ? make("div", { "class": "minutes", key: "minutes" }, [
          make("p", { "class": "soft" }, word("decide.act_minutes")),
          parts.radios(word("decide.act_minutes"), "segments", (chosen.seconds || [60, 120, 180]).map(function (seconds) {
            return { id: seconds, kids: word("decide.minutes", { count: seconds / 60 }) };
          }), hand.seconds || 60, function (seconds) {
            phone.choose({ seconds: seconds });
          })
        ]) : null,
        parts.radios(word("decide.act"), "options pairs", [
          { id: "", kids: make("span", {}, word("decide.act_none")) }
        ].concat(acts.map(function (one) {
          return { id: one.id, kids: make("span", { "class": "option-name" }, one.title) };
        })), hand.act || "", function (id) {
          phone.choose(id ? { act: id, seconds: hand.seconds || 60 } : { act: null, seconds: null });
        })
      ];
    });
  }

  function answers(deciding, hand) {
    var asked = deciding.questions;
    if (!asked || deciding.policies && deciding.policies.length) {
      return null;
    }
    var picked = (hand.answers || []).slice();
    var full = picked.length >= MOST_ANSWERS;
    var summary = picked.length ? word("decide.some", { count: picked.length }) : word("decide.as_before");
    return parts.fold("answers", word("decide.questions"), summary, function () {
      if (!asked.length) {
        return make("p", { "class": "soft" }, word("decide.questions_none"));
      }
      return [
        make("p", { "class": "soft", "aria-live": "polite" }, full ? word("decide.questions_full", { most: MOST_ANSWERS }) : word("decide.questions_note", { most: MOST_ANSWERS })),
        make("ul", { "class": "asked" }, asked.map(function (one) {
          var place = picked.indexOf(one.shopper);
          var on = place >= 0;
          return make("li", { key: "asked-" + one.shopper }, make("button", {
            type: "button", role: "checkbox", "aria-checked": on ? "true" : "false", "class": "option" + (on ? " on" : ""),
            disabled: full && !on,
            click: function () {
              var next = picked.slice();
              if (on) {
                next.splice(place, 1);
              } else {
                next.push(one.shopper);
              }
              phone.choose({ answers: next.length ? next : null });
            }
          }, [
            make("span", { "class": "asked-sign lack-" + one.lack, "aria-hidden": "true" }, on ? place + 1 : SIGNS[one.lack] || "?"),
            make("span", { "class": "asked-words" }, [
              make("span", { "class": "asked-text" }, one.text),
              make("span", { "class": "asked-more" }, [
                Stroll.known("class_phone.lack." + one.lack) ? word("lack." + one.lack) : null, " · ",
                word("decide.waited", { time: Stroll.minutesSeconds(one.waited || 0) }),
                on ? " · " + word("decide.picked", { place: place + 1 }) : null
              ])
            ])
          ]));
        }))
      ];
    });
  }

  function willHappen(view) {
    var pacing = view.pacing || (!Stroll.none(view.seconds_left) ? "timer" : "instructor");
    return word({ timer: "decide.will_timer", ready: "decide.will_ready" }[pacing] || "decide.will_instructor");
  }

  phone.screens.deciding = function () {
    var view = phone.state.view;
    var deciding = phone.part("deciding");
    var hand = phone.hand();
    var ready = phone.ready();
    var campaign = Boolean(deciding.policies && deciding.policies.length);
    var list = campaign ? deciding.policies : deciding.choices || [];
    var chosen = campaign ? hand.policy || deciding.current : hand.mix ? null : hand.tactic || deciding.current;
    var room = deciding.room || {};
    var people = view.people || {};
    var kept = phone.saved("choose");
    phone.state.tactic = chosen; // for the picture of the round that follows
    return {
      strip: parts.strip(view),
      body: [
        parts.title(word(campaign ? "decide.heading_policy" : view.mode === "vote" ? "decide.heading_vote" : "decide.heading"), "decide-" + view.round),
        parts.seatNotes(view),
        campaign ? parts.chips(room) : parts.glance(room, chosen, parts.titleOf(list, chosen)),
        parts.fold("room", word(deciding.last ? "last.heading" : "room.heading"), lastLine(deciding.last), function () {
          return [
            deciding.last ? parts.last(deciding.last, false) : null,
            campaign ? null : [parts.chips(room), make("h3", {}, word("room.funnel")), parts.funnel(room)]
          ];
        }),
        cards(list, chosen, deciding.current, campaign ? "decide.policies" : "decide.tactics"),
        campaign ? null : [
          make("h2", { "class": "section" }, word("decide.more")),
          product(deciding, hand), act(deciding, hand), answers(deciding, hand)
        ]
      ],
      foot: [
        make("div", { "class": "foot-lines" }, [
          parts.savedLine(kept),
          make("p", { "class": "foot-people number" }, word("round.decided", { decided: people.decided || 0, joined: people.joined || 1 }))
        ]),
        ready
          ? parts.button(word("decide.change"), function () {
            phone.choose({}, false);
          }, { "class": "done", key: "undecide" })
          : parts.button(chosen ? word("decide.ready") : word(campaign ? "decide.ready_first_policy" : "decide.ready_first"), function () {
            phone.choose({}, true);
          }, { "class": "main", disabled: !chosen, key: "decide" }),
        make("p", { "class": "foot-note" }, view.mode === "vote" ? word("decide.will_vote") : willHappen(view))
      ]
    };
  };

  function lastLine(last) {
    if (!last || !last.before || !last.after || Stroll.none(last.after.net_sales)) {
      return null;
    }
    return word("room.net") + " " + Stroll.change("net_sales", last.after.net_sales - (last.before.net_sales || 0));
  }
}());
