/* Pieces that several screens of the phone page share. */
Stroll.parts = (function () {
  "use strict";

  var make = Stroll.make;
  var phone = Stroll.phone;
  var word = phone.word;
  // The figures of an evening first, then those of campaigns; what a view lacks is left out.
  var ORDER = [
    "net_sales", "profit", "gmv", "orders", "buyers", "return_rate", "conversion", "viewers", "followers",
    "unfollowed", "trust", "fan_share", "members", "repeat_share", "standing"
  ];
  var LOWER = { return_rate: 1, returns: 1, unfollowed: 1 }; // less of these is better
  var SHORT = ["net_sales", "orders", "viewers", "followers", "trust"];

  function metricName(metric) {
    return Stroll.known("metrics." + metric + ".name") ? Stroll.say("metrics." + metric + ".name") : metric;
  }

  function button(text, click, more) {
    var attributes = more || {};
    attributes.type = "button";
    attributes["class"] = "button " + (attributes["class"] || "");
    attributes.click = click;
    return make("button", attributes, text);
  }

  function title(text, key) {
    return make("h1", { id: "heading", tabindex: "-1", key: key || "heading" }, text);
  }

  function waiting(text) {
    return make("p", { "class": "waiting" }, [
      make("span", { "class": "dots", "aria-hidden": "true" }, [make("i"), make("i"), make("i")]), text
    ]);
  }

  function chip(label, value, extra) {
    return make("div", { "class": "chip" }, [
      make("span", { "class": "chip-label" }, label), " ",
      make("span", { "class": "chip-value number" + (String(value).length > 7 ? " long" : "") }, value), extra
    ]);
  }

  /* A part that opens with a tap; what is inside is summed up while it is shut. */
  function fold(name, heading, summary, kids) {
    var open = Boolean(phone.state.open[name]);
    return make("section", { "class": "fold", key: "fold-" + name }, [
      make("button", {
        type: "button", "class": "fold-head", "aria-expanded": open ? "true" : "false",
        "aria-controls": "fold-" + name,
        click: function () {
          phone.state.open[name] = !phone.state.open[name];
          phone.refresh();
        }
      }, [
        make("span", { "class": "fold-title" }, heading),
        summary ? make("span", { "class": "fold-summary" }, summary) : null,
        make("span", { "class": "fold-mark", "aria-hidden": "true" }, open ? "−" : "+")
      ]),
      make("div", { id: "fold-" + name, "class": "fold-body", hidden: open ? null : "hidden" }, open ? kids() : [])
    ]);
  }

  /* A choice of one among several, with the keys that radio buttons have. */
  function radios(label, className, list, chosen, choose) {
    var at = -1;
    list.forEach(function (one, n) {
      if (one.id === chosen) {
        at = n;
      }
    });
    return make("div", {
      "class": className, role: "radiogroup", "aria-label": label,
      keydown: function (event) {
        var step = { ArrowDown: 1, ArrowRight: 1, Down: 1, Right: 1, ArrowUp: -1, ArrowLeft: -1, Up: -1, Left: -1 }[event.key];
        if (step) {
          event.preventDefault();
          var buttons = event.currentTarget.querySelectorAll("[role=radio]");
          var from = Array.prototype.indexOf.call(buttons, document.activeElement);
          var next = buttons[(from + step + buttons.length) % buttons.length];
          next.focus();
          next.click();
        }
      }
    }, list.map(function (one, n) {
      var on = n === at;
      return make("button", {
        type: "button", role: "radio", "aria-checked": on ? "true" : "false", key: "radio-" + one.id,
        tabindex: on || (at < 0 && n === 0) ? "0" : "-1", "class": "option" + (on ? " on" : ""),
        click: function () {
          choose(one.id);
        }
      }, one.kids);
    }));
  }

  function figuresShown(figures) {
    return ORDER.filter(function (metric) {
      return figures && figures[metric] !== undefined;
    });
  }

  /* A difference with its sign; of shares in points, since "+2%" could mean either. */
  function changeWords(metric, change) {
    var text = Stroll.change(metric, change);
    return /%$/.test(text) ? word("last.points", { count: text.replace("%", "") }) : text;
  }

  /* Figures side by side: name, one, other, and the difference told by its sign. */
  function sideBySide(before, after, labels, all) {
    var shown = (all ? figuresShown(after) : SHORT).filter(function (metric) {
      return after && after[metric] !== undefined && before && before[metric] !== undefined;
    });
    if (!shown.length) {
      return null;
    }
    return make("table", { "class": "figures" }, [
      make("thead", {}, make("tr", {}, [
        make("th", { scope: "col" }, labels[0] + " → " + labels[1]), make("th", { scope: "col" }, labels[2])
      ])),
      make("tbody", {}, shown.map(function (metric) {
        var change = Stroll.none(before[metric]) || Stroll.none(after[metric]) ? null : after[metric] - before[metric];
        var text = changeWords(metric, change);
        var better = { "+": !LOWER[metric], "−": Boolean(LOWER[metric]) }[text.charAt(0)];
        return make("tr", { key: "row-" + metric }, [
          make("th", { scope: "row" }, [
            metricName(metric),
            make("span", { "class": "turn number" }, [
              Stroll.figure(metric, before[metric]), make("span", { "aria-hidden": "true" }, " → "), " ", Stroll.figure(metric, after[metric])
            ])
          ]),
          make("td", { "class": "number " + (better === undefined ? "" : better ? "better" : "worse") }, text)
        ]);
      }))
    ]);
  }

  function copyOf(object) {
    var result = {};
    for (var name in object) {
      result[name] = object[name];
    }
    return result;
  }

  function titleOf(list, id) {
    var found = null;
    (list || []).forEach(function (one) {
      if (one.id === id) {
        found = one;
      }
    });
    return found ? found.title || found.name : null;
  }

  /* A hand in a few words, such as "Interaction, Story 2 min". */
  function handWords(hand, titled) {
    var deciding = phone.part("deciding");
    var ways = phone.ways();
    var parts = [];
    if (titled) {
      return titled;
    }
    if (hand.policy) {
      parts.push(titleOf(ways.policies, hand.policy) || hand.policy);
    } else if (hand.tactic) {
      parts.push(titleOf(ways.choices, hand.tactic) || hand.tactic);
    } else if (hand.mix) {
      parts.push(word("decide.unknown"));
    } else {
      parts.push(word("decide.go_on"));
    }
    if (hand.product) {
      parts.push(titleOf(deciding.products, hand.product) || hand.product);
    }
    if (hand.act) {
      parts.push((titleOf(ways.acts, hand.act) || hand.act) + " " + word("decide.minutes", { count: Math.round((hand.seconds || 60) / 60) }));
    }
    if (hand.answers && hand.answers.length) {
      parts.push(word("decide.questions") + " " + hand.answers.length);
    }
    return parts.join(word("decide.joint"));
  }

  return {
    metricName: metricName, button: button, title: title, waiting: waiting, chip: chip, fold: fold,
    radios: radios, sideBySide: sideBySide, figuresShown: figuresShown, handWords: handWords,
    titleOf: titleOf, copyOf: copyOf
  };
}());
