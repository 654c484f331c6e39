/* A slider with one or two handles that works by thumb, mouse and keyboard in old browsers too. */
Stroll.slider = function (options) {
  "use strict";

  /* options: low, high, step; values: [one] or [low, high]; labels and texts, one a handle;
     changed(values); touched: whether a bet was made. */
  var make = Stroll.make;
  var span = options.high - options.low || 1;

  function fit(value) {
    var whole = Math.round((value - options.low) / options.step) * options.step + options.low;
    return Math.min(options.high, Math.max(options.low, Number(whole.toFixed(6))));
  }

  function at(value) {
    return ((value - options.low) / span) * 100;
  }

  function put(which, value) {
    var values = options.values.slice();
    values[which] = fit(value);
    if (values.length === 2) {
      if (which === 0) {
        values[0] = Math.min(values[0], values[1]);
      } else {
        values[1] = Math.max(values[0], values[1]);
      }
    }
    options.values = values;
    options.changed(values);
  }

  function nearest(value) {
    if (options.values.length === 1) {
      return 0;
    }
    var low = Math.abs(value - options.values[0]);
    var high = Math.abs(value - options.values[1]);
    return low === high ? (value > options.values[1] ? 1 : 0) : low < high ? 0 : 1;
  }

  function valueAt(track, x) {
    var box = track.getBoundingClientRect();
    return options.low + Math.min(1, Math.max(0, (x - box.left - 24) / Math.max(1, box.width - 48))) * span;
  }

  function grasp(event) {
    var track = event.currentTarget;
    var touch = Boolean(event.touches);
    var point = touch ? event.touches[0] : event;
    var from = point.clientX;
    var top = point.clientY;
    var moving = !touch; // a finger may mean to scroll: it takes hold once it goes sideways
    var which = nearest(valueAt(track, point.clientX));
    function move(next) {
      var now = next.touches ? next.touches[0] : next;
      if (!moving && Math.abs(now.clientY - top) > Math.abs(now.clientX - from)) {
        return end();
      }
      if (!moving && Math.abs(now.clientX - from) < 4) {
        return undefined;
      }
      moving = true;
      if (next.cancelable) {
        next.preventDefault();
      }
      put(which, valueAt(track, now.clientX));
      return undefined;
    }
    // The same object both times: an old browser takes it for "capture", adding and removing alike.
    var how = touch ? { passive: false } : false;
    function end(last) {
      document.removeEventListener(touch ? "touchmove" : "mousemove", move, how);
      document.removeEventListener(touch ? "touchend" : "mouseup", end, false);
      document.removeEventListener("touchcancel", end, false);
      if (last && last.type === "touchend" && !moving) {
        put(which, valueAt(track, from)); // a tap
        if (last.cancelable) {
          last.preventDefault();
        }
      }
    }
    document.addEventListener(touch ? "touchmove" : "mousemove", move, how);
    document.addEventListener(touch ? "touchend" : "mouseup", end, false);
    document.addEventListener("touchcancel", end, false);
    if (!touch) {
      event.preventDefault();
      put(which, valueAt(track, from));
    }
    var handles = track.querySelectorAll("[role=slider]");
    if (handles[which]) {
      handles[which].focus();
    }
  }

  function keys(which) {
    return function (event) {
      var value = options.values[which];
      var steps = {
        ArrowLeft: -1, ArrowDown: -1, Left: -1, Down: -1, ArrowRight: 1, ArrowUp: 1, Right: 1, Up: 1,
        PageDown: -10, PageUp: 10
      };
      if (steps[event.key]) {
        event.preventDefault();
        put(which, value + steps[event.key] * options.step);
      } else if (event.key === "Home") {
        event.preventDefault();
        put(which, options.low);
      } else if (event.key === "End") {
        event.preventDefault();
        put(which, options.high);
      }
    };
  }

  var two = options.values.length === 2;
  var from = two ? at(options.values[0]) : Math.min(50, at(options.values[0]));
  var to = two ? at(options.values[1]) : Math.max(50, at(options.values[0]));
  return make("div", {
    "class": "slider" + (options.touched ? " touched" : ""), mousedown: grasp, touchstart: grasp
  }, [
    make("div", { "class": "slider-track", "aria-hidden": "true" }, [
      make("div", { "class": "slider-fill", style: { left: from + "%", width: to - from + "%" } }),
      two ? null : make("div", { "class": "slider-middle" })
    ]),
    make("div", { "class": "slider-rail" }, options.values.map(function (value, which) {
      return make("div", {
        "class": "slider-handle", role: "slider", tabindex: "0", key: "handle-" + which,
        "aria-label": options.labels[which], "aria-valuemin": options.low, "aria-valuemax": options.high,
        "aria-valuenow": value, "aria-valuetext": options.texts[which],
        style: { left: at(value) + "%" }, keydown: keys(which)
      }, make("span", { "aria-hidden": "true" }, two ? (which ? "◂" : "▸") : "◆"));
    }))
  ]);
};
