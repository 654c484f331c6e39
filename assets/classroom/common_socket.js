/* The line to the instructor's laptop. It comes back by itself when it breaks, and what was not
   acknowledged is sent again under the number it had, so that nothing is lost and nothing counts twice. */
Stroll.connect = function (options) {
  "use strict";

  /* options: path; hello() -> the first message; message(data, slot, sent) for everything that comes,
     with what was sent when it settles one of those that are insisted on; state(name) with "connecting" | "open" | "lost"; keep: a name under which unsent messages
     outlive a reload. */
  var socket = null;
  var state = "connecting";
  var tries = 0;
  var timer = null;
  var heard = 0;
  var beat = null;
  var closed = false;
  var welcome = false;
  var lost = null; // when the line broke, for the page to say how long ago
  var waiting = (options.keep && Stroll.kept(options.keep)) || [];
  var FIRST_WAIT = 400;
  var LONGEST_WAIT = 8000;
  var BEAT = 20000;
  var SILENCE = 9000;

  function address() {
    var secure = window.location.protocol === "https:";
    return (secure ? "wss://" : "ws://") + window.location.host + options.path;
  }

  function change(name) {
    if (name === "lost" && lost === null) {
      lost = Stroll.now();
    }
    if (name === "open") {
      lost = null;
    }
    if (state !== name) {
      state = name;
      if (options.state) {
        options.state(name);
      }
    }
  }

  /* Numbers rise on one phone, also over reloads. They begin with the clock, so that a browser that
     forgets does not begin with numbers that it has used. */
  function nextId() {
    var last = Stroll.kept("message") || 0;
    var clock = (Math.floor(new Date().getTime() / 1000) % 2000000) * 1000;
    var id = last >= clock && last < clock + 500000 ? last + 1 : clock + 1;
    Stroll.keep("message", id);
    return id;
  }

  function store() {
    if (options.keep) {
      Stroll.keep(options.keep, waiting.length ? waiting : null);
    }
  }

  function raw(message) {
    if (socket && socket.readyState === 1) {
      try {
        socket.send(JSON.stringify(message));
        return true;
      } catch (error) {
        return false;
      }
    }
    return false;
  }

  /* Sends once; a message that belongs to this moment only (a ping, a question for a diary). */
  function send(type, body) {
    var message = copy(body);
    message.type = type;
    message.id = nextId();
    return raw(message) ? message.id : null;
  }

  /* Sends until it is acknowledged. A later message of the same `slot` takes the place of one that
     still waits: only the last choice counts. */
  function insist(type, body, slot) {
    var message = copy(body);
    message.type = type;
    message.id = nextId();
    waiting = waiting.filter(function (one) {
      return one.slot !== slot;
    });
    waiting.push({ slot: slot, message: message });
    store();
    if (welcome) {
      raw(message);
    }
    return message.id;
  }

  function settle(id) {
    var found = null;
    waiting = waiting.filter(function (one) {
      if (one.message.id === id) {
        found = one;
      }
      return one.message.id !== id;
    });
    if (found) {
      store();
    }
    return found;
  }

  function copy(body) {
    var result = {};
    for (var name in body || {}) {
      result[name] = body[name];
    }
    return result;
  }

  function open() {
    window.clearTimeout(timer);
    if (closed || (socket && socket.readyState < 2)) {
      return;
    }
    welcome = false;
    var mine;
    try {
      mine = new WebSocket(address());
    } catch (error) {
      return again();
    }
    socket = mine;
    mine.onopen = function () {
      if (socket === mine) {
        heard = Stroll.now();
        var first = options.hello ? options.hello() : null;
        if (first) {
          first.id = nextId();
          raw(first);
        } else {
          greeted();
        }
      }
    };
    mine.onmessage = function (event) {
      if (socket === mine) {
        receive(event.data);
      }
    };
    mine.onerror = function () {
      return undefined; // a close always follows
    };
    mine.onclose = function (event) {
      if (socket === mine) {
        socket = null;
        welcome = false;
        change("lost");
        again(event && event.code === 1008);
      }
    };
  }

  function receive(text) {
    var data;
    heard = Stroll.now();
    try {
      data = JSON.parse(text);
    } catch (error) {
      return;
    }
    if (!data || typeof data.type !== "string" || data.type === "pong") {
      return;
    }
    if (data.type === "welcome" || data.type === "view") {
      greeted();
    }
    var settled = null;
    if (data.type === "ack" || data.type === "refused") {
      if (data.key === "slow_down" || data.key === "computing") {
        // Not judged yet: it stays in the list and goes out once more in a while.
        window.setTimeout(resend, 3000);
      } else {
        settled = settle(data.id);
      }
    }
    options.message(data, settled ? settled.slot : null, settled ? settled.message : null);
  }

  function greeted() {
    tries = 0;
    change("open");
    if (!welcome) {
      welcome = true;
      resend();
    }
  }

  function resend() {
    for (var n = 0; n < waiting.length && welcome; n += 1) {
      raw(waiting[n].message);
    }
  }

  function again(slow) {
    window.clearTimeout(timer);
    if (closed) {
      return;
    }
    var wait = Math.min(LONGEST_WAIT, FIRST_WAIT * Math.pow(2, tries));
    tries += 1;
    // A whole class that lost the line at once must not knock at the same moment.
    wait = (slow ? LONGEST_WAIT : wait) * (0.6 + 0.8 * Math.random());
    timer = window.setTimeout(open, wait);
  }

  function drop() {
    var old = socket;
    socket = null;
    welcome = false;
    if (old) {
      old.onclose = null;
      old.onmessage = null;
      try {
        old.close();
      } catch (error) {
        old = null;
      }
    }
    change("lost");
  }

  /* A dead line says nothing: a phone that slept or changed its network finds out by asking. */
  function check() {
    var asked = Stroll.now();
    if (!raw({ type: "ping", id: nextId() })) {
      drop();
      open();
      return;
    }
    window.clearTimeout(beat);
    beat = window.setTimeout(function () {
      if (!closed && heard < asked && state !== "lost") {
        drop();
        open();
      }
    }, SILENCE);
  }

  function awake() {
    if (closed || document.hidden) {
      return;
    }
    if (socket && socket.readyState === 1) {
      check();
    } else {
      tries = 0;
      open();
    }
  }

  window.setInterval(function () {
    if (!document.hidden && !closed && socket && socket.readyState === 1) {
      check();
    }
  }, BEAT);
  document.addEventListener("visibilitychange", awake);
  window.addEventListener("online", awake);
  window.addEventListener("pageshow", awake);
  window.addEventListener("offline", function () {
    if (!closed) {
      drop();
      again();
    }
  });

  open();
  return {
    send: send,
    insist: insist,
    waiting: function (slot) {
      return waiting.some(function (one) {
        return slot === undefined || one.slot === slot;
      });
    },
    held: function (slot) {
      for (var n = 0; n < waiting.length; n += 1) {
        if (waiting[n].slot === slot) {
          return waiting[n].message;
        }
      }
      return null;
    },
    forget: function () {
      waiting = [];
      store();
    },
    state: function () {
      return state;
    },
    lostFor: function () {
      return lost === null ? 0 : (Stroll.now() - lost) / 1000;
    },
    retry: function () {
      tries = 0;
      open();
    },
    restart: function () {
      drop();
      open();
    },
    close: function () {
      closed = true;
      window.clearTimeout(timer);
      drop();
    }
  };
};
