/* Where each shop of a class stands: two blocks left and right of the road, read row by row. */
(function () {
  "use strict";

  /** A box for each of `count` shops between two heights, as large as they can be. */
  function plots(count, map, top, bottom) {
    var best = null;
    for (var rows = 1; rows <= Math.min(14, count); rows++) {
      var plan = planned(count, map, top, bottom, rows);
      if (!best || plan.size > best.size) best = plan;
    }
    return best ? best.boxes : [];
  }

  function planned(count, map, top, bottom, rows) {
    var total = 0, weights = [], boxes = [], least = 1e9, y = top, number = 0, odd = false;
    var full = Math.ceil(count / rows), each = Math.ceil(full / 2);
    for (var r = 0; r < rows; r++) {
      weights.push(1 + (rows > 1 ? 0.36 * r / (rows - 1) : 0)); total += weights[r];
    }
    for (r = 0; r < rows; r++) {
      var share = (bottom - top) * weights[r] / total, tall = Math.min(share, count < 3 ? 310 : 240);
      y += rows < 3 ? share * 0.96 : share;
      var wide = Math.min((map.roadside(y) - 16) / each, tall * 1.72);
      least = Math.min(least, Math.sqrt(wide * Math.min(tall, wide)));
      // Rows hold as many shops each as can be, shared out between both sides of the road.
      var here = Math.floor(count / rows) + (r < count % rows ? 1 : 0), left = Math.ceil(here / 2);
      odd = odd || here % 2 > 0;
      for (var i = 0; i < here; i++, number++) {
        var side = i < left ? -1 : 1, place = i - left;
        boxes.push({
          x: map.centre + side * map.edge(y) + wide * (place + 0.03), y: y - tall * 0.06,
          w: wide * 0.94, h: Math.min(tall * 0.92, wide * 1.02), row: r, side: side
        });
      }
    }
    // Room that stays empty counts against a plan, so that few shops still fill the street.
    var filled = Math.pow(count / (2 * each * rows), 0.8);
    return { boxes: boxes, size: least * filled * (odd && count < 13 ? 0.8 : 1) };
  }

  window.StreetPlots = plots;
})();
