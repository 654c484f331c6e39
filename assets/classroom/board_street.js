/* Puts the street together on three canvases, each painted no oftener than it must be: the street
   itself when the window changes, the shops when a shop changes, the people as they walk. */
(function () {
  "use strict";

  var art = window.StreetArt, shops = window.StreetShops;
  var TALL = 720, FRAME = 1000 / 20;

  function Street(holder) {
    var self = this;
    this.layers = ["back", "shops", "people", "lights"].map(function (name) {
      var canvas = document.createElement("canvas");
      canvas.className = "street " + name;
      canvas.setAttribute("aria-hidden", "true");
      holder.appendChild(canvas);
      return canvas;
    });
    this.holder = holder; this.crowd = new window.StreetPeople.Crowd();
    this.shown = { shops: [], waits: false, tactics: [], people: 0, night: false, centre: 0.5, names: false, gate: "", top: 92, bottom: 640 };
    this.last = 0; this.begun = performance.now();
    this.calm = window.matchMedia("(prefers-reduced-motion: reduce)");
    window.addEventListener("resize", function () { self.resize(); });
    this.resize();
    requestAnimationFrame(function again(now) {
      self.frame(now); requestAnimationFrame(again);
    });
  }

  Street.prototype.resize = function () {
    var ratio = Math.min(window.devicePixelRatio || 1, 3);
    var width = this.holder.clientWidth, height = this.holder.clientHeight;
    if (!width || !height) return;
    this.unit = height * ratio / TALL;
    this.map = new art.StreetMap(width * ratio / this.unit, TALL);
    this.layers.forEach(function (canvas) {
      canvas.width = Math.round(width * ratio); canvas.height = Math.round(height * ratio);
    });
    this.crowd.pictures = {};
    this.ground(); this.paintBack(); this.paintShops();
    this.last = 0;
  };

  Street.prototype.pen = function (layer) {
    var canvas = this.layers[layer], context = canvas.getContext("2d");
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.setTransform(this.unit, 0, 0, this.unit, 0, 0);
    return new art.Pen(context);
  };

  Street.prototype.paintBack = function () {
    var p = this.pen(0), map = this.map;
    // Lamps and bulbs hang before the people and never change, so they have a canvas of their own.
    art.lamps(this.pen(3), map);
    art.backdrop(p, map);
    [[0.0, 716, 0.3], [0.72, 716, 0.3]].forEach(function (h, n) {
      art.hedge(p, map.width * h[0], h[1] + 10, map.width * h[2], 34, n + 30, true);
    });
    if (this.shown.night) {
      p.c.globalCompositeOperation = "multiply";
      p.rect(0, 0, map.width, TALL, "#7062A0");
      p.c.globalCompositeOperation = "source-over";
    }
  };

  /** What the street shows; called as often as you like, paints only what is new.
      shops, waits, tactics: see StreetShops.draw; people: how many walk; night; centre: where the
      road lies across the window; top, bottom: between which heights shops stand */
  Street.prototype.show = function (what) {
    var before = JSON.stringify(this.shown), ground = this.ground();
    this.shown = Object.assign({}, this.shown, what);
    if (JSON.stringify(this.shown) !== before) {
      if (this.ground() !== ground) this.paintBack();
      this.paintShops();
      this.last = 0;
    }
    this.crowd.set(Math.min(150, this.shown.people));
  };
  /* What the road and the light depend on. A very large class needs room for its shops. */
  Street.prototype.ground = function () {
    var many = Math.min(1, Math.max(0, (this.shown.shops.length - 50) / 80)), map = this.map;
    map.centre = map.width * this.shown.centre;
    map.narrow = 58 - 18 * many; map.widen = 84 - 42 * many;
    return [many, this.shown.night, this.shown.centre].join();
  };

  Street.prototype.paintShops = function () {
    var p = this.pen(1), shown = this.shown, boxes, most = 1;
    this.boxes = boxes = window.StreetPlots(shown.shops.length, this.map, shown.top, shown.bottom);
    shown.shops.forEach(function (shop) { most = Math.max(most, shop.viewers || 0); });
    var options = { waits: shown.waits, tactics: shown.tactics, most: most, names: shown.names,
      room: boxes.reduce(function (least, box) { return Math.min(least, box.w); }, 1e9) };
    this.aprons(p);
    this.trees(p);
    this.gateName(p);
    shown.shops.forEach(function (shop, n) {
      var box = boxes[n];
      p.at(box.x, box.y, 1, function () { shops.draw(p, box, shop, options); });
    });
    if (shown.night) {
      p.c.globalCompositeOperation = "source-atop";
      p.rect(0, 0, this.map.width, TALL, "rgba(66,48,110,.55)");
      p.c.globalCompositeOperation = "source-over";
    }
  };

  /** The pavement before each row of shops, down to the road. */
  Street.prototype.aprons = function (p) {
    var map = this.map, rows = {};
    this.boxes.forEach(function (box) {
      var key = box.row + "," + box.side, row = rows[key] = rows[key] || { y: box.y, far: 0, h: box.h };
      row.side = box.side;
      row.far = Math.max(row.far, box.side < 0 ? map.centre - box.x : box.x + box.w - map.centre);
    });
    Object.keys(rows).forEach(function (key) {
      var row = rows[key], deep = Math.max(5, row.h * 0.09), top = row.y - deep * 0.5, low = row.y + deep;
      function at(distance, y) { return [map.centre + row.side * distance, y]; }
      p.poly([at(map.edge(top) - 3, top), at(row.far + deep, top), at(row.far + deep * 2.2, low), at(map.edge(low) - 3, low)],
        [[0, "#EFD2A8"], [1, "#FBEBCF"]]);
      p.stroke([at(map.edge(low) - 3, low), at(row.far + deep * 2.2, low)], "rgba(190,140,96,.45)", 1.2);
    });
  };

  Street.prototype.gateName = function (p) {
    var words = this.shown.gate, place = this.map.gateName(), size = 17;
    if (!words) return;
    p.c.font = "700 " + size + "px " + shops.FONT;
    if (p.c.measureText(words).width > place.width) return;
    shops.text(p, words, place.x, place.y + 0.5, size, "#FFF8EC");
  };

  /** Trees wherever the shops leave room for one. */
  Street.prototype.trees = function (p) {
    var map = this.map, boxes = this.boxes;
    [[0.04, 300, 27], [0.96, 310, 29], [0.2, 268, 23], [0.8, 262, 22], [0.1, 420, 34],
      [0.9, 432, 34], [0.31, 400, 30], [0.7, 410, 30], [0.03, 588, 44], [0.97, 596, 46],
      [0.22, 560, 40], [0.79, 566, 40]].forEach(function (t, n) {
      var x = map.width * t[0], y = t[1], r = t[2];
      var free = boxes.every(function (box) {
        return x + r * 1.3 < box.x || x - r * 1.3 > box.x + box.w * 1.06
          || y < box.y - box.h - 8 || y - r * 2.9 > box.y;
      });
      if (free && Math.abs(x - map.centre) > map.edge(y) + r) art.tree(p, x, y, r, n + 3);
    });
  };

  Street.prototype.frame = function (now) {
    if (document.hidden || now - this.last < FRAME) return;
    if (this.calm.matches && this.last && this.drawn === this.crowd.people.length) return;
    this.last = now; this.drawn = this.crowd.people.length;
    var p = this.pen(2), context = p.c;
    context.setTransform(1, 0, 0, 1, 0, 0);
    this.crowd.paint(context, this.map, this.unit, (now - this.begun) / 1000, this.calm.matches);
  };

  window.ClassStreet = Street;
})();
