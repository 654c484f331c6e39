/* What every page of a class needs: words, figures, storage, and a small way to draw a page again.
   Written for old phone browsers: no newer syntax than ECMAScript 5. Nothing here ever reads text as
   markup, so a name or a comment can do no harm. */
var Stroll = (function () {
  "use strict";

  var LANGUAGES = ["zh", "en"];
  var memory = {}; // stands in where a browser allows no storage
  var Page = { language: "zh", listeners: [] };

  /* ---- storage ---- */
  function kept(name) {
    try {
      var text = window.localStorage.getItem("stroll." + name);
      return text === null ? (memory[name] === undefined ? null : memory[name]) : JSON.parse(text);
    } catch (error) {
      return memory[name] === undefined ? null : memory[name];
    }
  }

  function keep(name, value) {
    memory[name] = value;
    try {
      if (value === null) {
        window.localStorage.removeItem("stroll." + name);
      } else {
        window.localStorage.setItem("stroll." + name, JSON.stringify(value));
      }
    } catch (error) {
      return; // private windows refuse; memory holds it while the page is open
    }
  }

  /* ---- words ---- */
  function start() {
    var wish = kept("language");
    var asked = /[?&]lang=(zh|en)\b/.exec(window.location.search);
    var browser = String(window.navigator.language || "zh").toLowerCase();
    if (asked) {
      wish = asked[1];
    }
    Page.language = LANGUAGES.indexOf(wish) >= 0 ? wish : browser.indexOf("zh") === 0 ? "zh" : "en";
    document.documentElement.setAttribute("lang", Page.language === "zh" ? "zh-CN" : "en");
  }

  function setLanguage(language) {
    if (LANGUAGES.indexOf(language) < 0) {
      return;
    }
    Page.language = language;
    keep("language", language);
    document.documentElement.setAttribute("lang", language === "zh" ? "zh-CN" : "en");
    for (var n = 0; n < Page.listeners.length; n += 1) {
      Page.listeners[n](language);
    }
  }

  function known(key) {
    var words = (window.WORDS || {})[Page.language] || {};
    return Object.prototype.hasOwnProperty.call(words, key);
  }

  /* The text at "file.section.name", its {places} filled with `values`. */
  function say(key, values) {
    var words = (window.WORDS || {})[Page.language] || {};
    if (!known(key)) {
      return key;
    }
    return String(words[key]).replace(/\{([a-z_]+)\}/g, function (whole, name) {
      return values && values[name] !== undefined && values[name] !== null ? String(values[name]) : "–";
    });
  }

  /* ---- figures ---- */
  function none(value) {
    return value === null || value === undefined || value !== value;
  }

  function number(value, places) {
    if (none(value)) {
      return "–";
    }
    var parts = Math.abs(Number(value)).toFixed(places || 0).split(".");
    parts[0] = parts[0].replace(/\B(?=(\d{3})+$)/g, ",");
    return (Number(value) < 0 && Number(parts.join("").replace(/,/g, "")) ? "−" : "") + parts.join(".");
  }

  function yuan(value) {
    if (none(value)) {
      return "–";
    }
    var text = number(Math.abs(value));
    return (value < 0 && text !== "0" ? "−¥" : "¥") + text;
  }

  function share(value) {
    if (none(value)) {
      return "–";
    }
    var percent = value * 100;
    return number(percent, Math.abs(percent) < 9.95 && Math.abs(percent) > 0.04 ? 1 : 0) + "%";
  }

  function minutesSeconds(seconds) {
    var whole = Math.max(0, Math.ceil(seconds));
    var rest = whole % 60;
    return Math.floor(whole / 60) + ":" + (rest < 10 ? "0" : "") + rest;
  }

  /* One figure in the unit that metrics.yaml gives it. */
  function figure(metric, value) {
    var unit = known("metrics." + metric + ".unit") ? say("metrics." + metric + ".unit") : "count";
    if (none(value)) {
      return "–";
    }
    if (unit === "yuan") {
      return yuan(value);
    }
    if (unit === "share") {
      return share(value);
    }
    if (unit === "level") {
      return number(value * 100);
    }
    if (unit === "times") {
      return number(value, 1) + "×";
    }
    return number(value, unit === "minutes" ? 1 : 0);
  }

  /* The same with its sign in front: a difference is told by sign, not by colour alone. */
  function change(metric, value) {
    if (none(value)) {
      return "–";
    }
    var text = figure(metric, Math.abs(value));
    var zero = !/[1-9]/.test(text);
    return (zero ? "±" : value > 0 ? "+" : "−") + text;
  }

  /* ---- a clock that counts down between two messages ---- */
  function now() {
    return window.performance && window.performance.now ? window.performance.now() : new Date().getTime();
  }

  function countdown(seconds) {
    var from = now();
    return function () {
      return none(seconds) ? null : Math.max(0, seconds - (now() - from) / 1000);
    };
  }

  /* ---- drawing a page again ----
     make("button", {"class": "big", click: go}, ["Go"]) is a description; patch() changes the page to
     it and touches nothing that is the same, so focus, composing text and scrolling stay. */
  var SVG = "http://www.w3.org/2000/svg";

  function make(tag, attributes, kids) {
    var list = [];
    flatten(kids, list);
    return { tag: tag, attributes: attributes || {}, kids: list };
  }

  function flatten(kids, list) {
    if (kids === null || kids === undefined || kids === false || kids === true) {
      return;
    }
    if (Object.prototype.toString.call(kids) === "[object Array]") {
      for (var n = 0; n < kids.length; n += 1) {
        flatten(kids[n], list);
      }
    } else {
      list.push(kids.tag ? kids : { text: String(kids) });
    }
  }

  function create(wanted, inside) {
    if (!wanted.tag) {
      return document.createTextNode(wanted.text);
    }
    var svg = wanted.tag === "svg" || inside;
    var node = svg ? document.createElementNS(SVG, wanted.tag) : document.createElement(wanted.tag);
    dress(node, {}, wanted.attributes);
    for (var n = 0; n < wanted.kids.length; n += 1) {
      node.appendChild(create(wanted.kids[n], svg && wanted.tag !== "foreignObject"));
    }
    // A chosen option and a range's place can only be set once everything inside is there.
    if (wanted.attributes.value !== undefined && !svg) {
      setProperty(node, "value", wanted.attributes.value);
    }
    node.strollNow = wanted;
    if (wanted.attributes.born) {
      wanted.attributes.born(node);
    }
    return node;
  }

  function setProperty(node, name, value) {
    if (node[name] !== value) {
      node[name] = value;
    }
  }

  function dress(node, before, after) {
    var name;
    for (name in before) {
      if (!(name in after)) {
        undress(node, name, before[name]);
      }
    }
    for (name in after) {
      var value = after[name];
      if (name === "key" || name === "born") {
        continue;
      } else if (typeof value === "function") {
        node["on" + name] = value;
      } else if (name === "value") {
        if (!node.strollComposing) {
          setProperty(node, "value", String(value));
        }
      } else if (name === "checked" || name === "disabled") {
        setProperty(node, name, Boolean(value));
      } else if (name === "style") {
        for (var part in value) {
          if (node.style[part] !== value[part]) {
            node.style[part] = value[part];
          }
        }
      } else if (value === null || value === undefined || value === false) {
        if (node.hasAttribute(name)) {
          node.removeAttribute(name);
        }
      } else if (node.getAttribute(name) !== String(value)) {
        node.setAttribute(name, String(value));
      }
    }
  }

  function undress(node, name, value) {
    if (typeof value === "function") {
      node["on" + name] = null;
    } else if (name === "checked" || name === "disabled") {
      node[name] = false;
    } else if (name === "style") {
      for (var part in value) {
        node.style[part] = "";
      }
    } else if (name !== "key" && name !== "value" && name !== "born") {
      node.removeAttribute(name);
    }
  }

  function alike(node, wanted) {
    var is = node.strollNow;
    if (!wanted.tag) {
      return !is && node.nodeType === 3;
    }
    return Boolean(is) && is.tag === wanted.tag && is.attributes.key === wanted.attributes.key;
  }

  function patchKids(parent, wanted, svg) {
    var place = parent.firstChild;
    for (var n = 0; n < wanted.length; n += 1) {
      var found = place;
      while (found && !alike(found, wanted[n])) {
        found = found.nextSibling;
      }
      if (found) {
        if (place !== found) {
          // What stands between is wanted later or not at all; the focused one is never moved.
          if (holdsFocus(found)) {
            while (place !== found) {
              place = drop(parent, place);
            }
          } else {
            parent.insertBefore(found, place);
          }
        }
        patch(found, wanted[n], svg);
        place = found.nextSibling;
      } else {
        parent.insertBefore(create(wanted[n], svg), place);
      }
    }
    while (place) {
      place = drop(parent, place);
    }
  }

  function drop(parent, node) {
    var next = node.nextSibling;
    parent.removeChild(node);
    return next;
  }

  function holdsFocus(node) {
    return node.contains && node.contains(document.activeElement);
  }

  function patch(node, wanted, inside) {
    if (!wanted.tag) {
      if (node.nodeValue !== wanted.text) {
        node.nodeValue = wanted.text;
      }
      return;
    }
    var svg = wanted.tag === "svg" || inside;
    dress(node, node.strollNow.attributes, wanted.attributes);
    node.strollNow = wanted;
    patchKids(node, wanted.kids, svg && wanted.tag !== "foreignObject");
  }

  /* Keeps what render() describes inside `root`; the function returned asks for it to be drawn again. */
  function mount(root, render, after) {
    var asked = false;
    function draw() {
      asked = false;
      var list = [];
      flatten(render(), list);
      patchKids(root, list, false);
      if (after) {
        after();
      }
    }
    draw();
    return function () {
      if (!asked) {
        asked = true;
        (window.requestAnimationFrame || window.setTimeout)(draw);
      }
    };
  }

  /* Attributes of a text field whose half-typed Chinese is never written over. */
  function typing(attributes, typed) {
    attributes.input = function (event) {
      typed(event.target.value);
    };
    attributes.born = function (node) {
      node.addEventListener("compositionstart", function () {
        node.strollComposing = true;
      });
      node.addEventListener("compositionend", function () {
        node.strollComposing = false;
        typed(node.value);
      });
    };
    return attributes;
  }

  /* The switch between the two languages; the name of the other one stands in that language. */
  function languageSwitch() {
    return make("div", { "class": "languages", role: "group", "aria-label": "语言 / Language" }, [
      languageButton("zh", "中文"),
      languageButton("en", "EN")
    ]);
  }

  function languageButton(language, text) {
    return make("button", {
      type: "button",
      lang: language === "zh" ? "zh-CN" : "en",
      "aria-label": language === "zh" ? "中文" : "English",
      "aria-pressed": Page.language === language ? "true" : "false",
      click: function () {
        setLanguage(language);
      }
    }, [text]);
  }

  start();
  return {
    page: Page, kept: kept, keep: keep, setLanguage: setLanguage, known: known, say: say,
    none: none, number: number, yuan: yuan, share: share, figure: figure, change: change,
    minutesSeconds: minutesSeconds, now: now, countdown: countdown,
    make: make, mount: mount, typing: typing, languageSwitch: languageSwitch
  };
}());
