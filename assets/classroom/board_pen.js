/* The painter's kit of the board: colours, dice and soft shapes on a canvas. Everything is laid out
   in design units and painted at the real pixel size, so a 4K projector gets sharp edges; every
   random-looking detail comes from fixed dice, so it never flickers. */
(function () {
  "use strict";

  var COLOURS = {
    ink: "#43303B", cream: "#FFF6EA", paper: "#FFFCF6", coral: "#F2705B", brick: "#C94F3A",
    mustard: "#F4B646", teal: "#3E9C93", sage: "#86B58F", sky: "#7FB7D0", plum: "#7A4B6B",
    rose: "#F0A3A0", shadow: "#5B2C2C"
  };
  // The order of the tactics' keys everywhere in the game; each goes with a mark, never alone.
  var TACTICS = ["#3E9C93", "#44809E", "#F2705B", "#D9952B", "#7A4B6B", "#5E9466", "#3C7F8C",
    "#A8623A", "#5E7CA8"];

  function rgb(colour) {
    return [1, 3, 5].map(function (i) { return parseInt(colour.slice(i, i + 2), 16); });
  }
  function mix(one, other, share) {
    var a = rgb(one), b = rgb(other);
    return "#" + a.map(function (v, i) {
      return Math.round(v + (b[i] - v) * share).toString(16).padStart(2, "0");
    }).join("");
  }
  function faded(colour, alpha) { return "rgba(" + rgb(colour).join(",") + "," + alpha + ")"; }
  // Darker leans to plum and lighter to warm white, never to grey.
  function shade(colour, amount) {
    return amount < 0 ? mix(colour, "#4a2438", -amount) : mix(colour, "#fff8ec", amount);
  }

  /** A fixed sequence of fractions for one drawing. */
  function Dice(seed) { this.state = (seed * 2654435761) >>> 0 || 1; }
  Dice.prototype.fraction = function () {
    this.state = (this.state + 0x6D2B79F5) >>> 0;
    var t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  Dice.prototype.between = function (low, high) { return low + (high - low) * this.fraction(); };
  Dice.prototype.choose = function (options) {
    return options[Math.floor(this.fraction() * options.length)];
  };

  /** Draws in design units; `at` moves the origin and the scale. */
  function Pen(context) { this.c = context; }
  Pen.prototype.at = function (x, y, scale, paint, mirrored) {
    this.c.save();
    this.c.translate(x, y);
    this.c.scale((mirrored ? -1 : 1) * (scale || 1), scale || 1);
    paint(this);
    this.c.restore();
  };
  Pen.prototype.fill = function (colour, y0, y1) {
    if (typeof colour === "string") { this.c.fillStyle = colour; return; }
    var ramp = this.c.createLinearGradient(0, y0, 0, y1);
    colour.forEach(function (stop) { ramp.addColorStop(stop[0], stop[1]); });
    this.c.fillStyle = ramp;
  };
  Pen.prototype.path = function (points, open) {
    this.c.beginPath();
    for (var i = 0; i < points.length; i++) this.c.lineTo(points[i][0], points[i][1]);
    if (!open) this.c.closePath();
  };
  Pen.prototype.box = function (x, y, w, h, r) {
    var c = this.c, all = Array.isArray(r) ? r : [r || 0, r || 0, r || 0, r || 0];
    var most = Math.min(w, h) / 2;
    all = all.map(function (v) { return Math.max(0, Math.min(v, most)); });
    c.beginPath();
    c.moveTo(x + all[0], y);
    c.arcTo(x + w, y, x + w, y + h, all[1]);
    c.arcTo(x + w, y + h, x, y + h, all[2]);
    c.arcTo(x, y + h, x, y, all[3]);
    c.arcTo(x, y, x + w, y, all[0]);
    c.closePath();
  };
  Pen.prototype.rect = function (x, y, w, h, colour, r) {
    this.fill(colour, y, y + h); this.box(x, y, w, h, r); this.c.fill();
  };
  Pen.prototype.frame = function (x, y, w, h, colour, r, width) {
    this.c.strokeStyle = colour; this.c.lineWidth = width; this.box(x, y, w, h, r); this.c.stroke();
  };
  Pen.prototype.poly = function (points, colour) {
    var ys = points.map(function (p) { return p[1]; });
    this.fill(colour, Math.min.apply(null, ys), Math.max.apply(null, ys));
    this.path(points); this.c.fill();
  };
  Pen.prototype.circle = function (x, y, r, colour) {
    this.fill(colour, y - r, y + r);
    this.c.beginPath(); this.c.arc(x, y, Math.max(r, 0), 0, Math.PI * 2); this.c.fill();
  };
  Pen.prototype.ellipse = function (x, y, w, h, colour) {
    this.fill(colour, y, y + h);
    this.c.beginPath();
    this.c.ellipse(x + w / 2, y + h / 2, w / 2, h / 2, 0, 0, Math.PI * 2); this.c.fill();
  };
  Pen.prototype.stroke = function (points, colour, width) {
    this.c.strokeStyle = colour; this.c.lineWidth = width;
    this.c.lineCap = "round"; this.c.lineJoin = "round";
    this.path(points, true); this.c.stroke();
  };
  Pen.prototype.arc = function (x, y, r, from, to, colour, width) {
    this.c.strokeStyle = colour; this.c.lineWidth = width; this.c.lineCap = "round";
    this.c.beginPath(); this.c.arc(x, y, r, from, to); this.c.stroke();
  };
  Pen.prototype.blob = function (x, y, w, h, alpha) {
    var c = this.c;
    c.save(); c.translate(x + w / 2, y + h / 2); c.scale(1, h / w);
    var soft = c.createRadialGradient(0, 0, 0, 0, 0, w * 0.62);
    soft.addColorStop(0, faded(COLOURS.shadow, alpha));
    soft.addColorStop(0.55, faded(COLOURS.shadow, alpha * 0.62));
    soft.addColorStop(1, faded(COLOURS.shadow, 0));
    c.fillStyle = soft; c.beginPath(); c.arc(0, 0, w * 0.62, 0, 7); c.fill(); c.restore();
  };
  Pen.prototype.glow = function (x, y, r, colour, strength) {
    var c = this.c, soft = c.createRadialGradient(x, y, 0, x, y, r);
    soft.addColorStop(0, faded(colour, strength));
    soft.addColorStop(0.4, faded(colour, strength * 0.42));
    soft.addColorStop(1, faded(colour, 0));
    c.save(); c.globalCompositeOperation = "lighter";
    c.fillStyle = soft; c.fillRect(x - r, y - r, 2 * r, 2 * r); c.restore();
  };
  Pen.prototype.soft = function (alpha, blur, down, paint) {
    // Shadow sizes are device pixels, whatever the transform.
    var c = this.c, k = c.getTransform().d;
    c.save();
    c.shadowColor = faded(COLOURS.shadow, alpha);
    c.shadowBlur = blur * k; c.shadowOffsetY = down * k;
    paint(); c.restore();
  };
  Pen.prototype.heart = function (x, y, r, colour) {
    var points = [];
    for (var i = 0; i < 40; i++) {
      var t = i / 40 * 2 * Math.PI;
      points.push([x + r * 0.062 * 16 * Math.pow(Math.sin(t), 3),
        y - r * 0.062 * (13 * Math.cos(t) - 5 * Math.cos(2 * t) - 2 * Math.cos(3 * t)
          - Math.cos(4 * t))]);
    }
    this.poly(points, colour);
  };

  window.StreetArt = {
    COLOURS: COLOURS, TACTICS: TACTICS, mix: mix, shade: shade, faded: faded, Dice: Dice, Pen: Pen
  };
})();
