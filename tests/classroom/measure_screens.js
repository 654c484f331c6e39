/* What the tests ask of the large screens beside measure.js: texts that lie on each other, leave
   their panel, are too small for the back row, or stand faint in a chart. */
window.measureScreens = {
  seen(node) {
    const style = getComputedStyle(node);
    const shut = node.closest('details:not([open])');
    if (shut && !node.closest('summary')) return false;
    return style.visibility !== 'hidden' && !node.closest('.hidden, option, [hidden]');
  },

  /* The part of a box that no scrolling or clipping box around it hides. */
  clipped(box, node) {
    let { left, top, right, bottom } = box;
    for (let around = node; around && around !== document.body; around = around.parentElement) {
      const style = getComputedStyle(around);
      if (!/hidden|auto|scroll|clip/.test(style.overflowX + style.overflowY)) continue;
      const frame = around.getBoundingClientRect();
      left = Math.max(left, frame.left); right = Math.min(right, frame.right);
      top = Math.max(top, frame.top); bottom = Math.min(bottom, frame.bottom);
    }
    return { left, top, right, bottom };
  },

  texts() {
    const found = [];
    // a question lies on everything else, which then counts no more
    const walker = document.createTreeWalker(document.querySelector('.veil') || document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode, node = text.parentElement;
      if (!text.nodeValue.trim() || /SCRIPT|STYLE/.test(node.tagName) || !this.seen(node)) continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      for (const box of range.getClientRects()) {
        const part = this.clipped(box, node);
        if (part.right - part.left < 1 || part.bottom - part.top < 1) continue;
        found.push({ node, box: part, whole: box, words: text.nodeValue.trim().slice(0, 30) });
      }
    }
    return found;
  },

  all(least) {
    const wrong = new Set(), texts = this.texts();
    const high = window.innerHeight, wide = window.innerWidth;
    for (const { node, box, whole, words } of texts) {
      const size = parseFloat(getComputedStyle(node).fontSize);
      if (least && size < least * high - 0.05) wrong.add(`small ${size} of ${high}: ${words}`);
      if (least && (whole.left < 0 || whole.right > wide || whole.top < 0 || whole.bottom > high))
        wrong.add(`off the screen: ${words}`);
      const panel = node.closest('.panel, .card');
      if (panel && !node.closest('.table-holder')) {
        const frame = panel.getBoundingClientRect();
        if (whole.left < frame.left - 1 || whole.right > frame.right + 1 ||
            whole.top < frame.top - 1 || whole.bottom > frame.bottom + 1)
          wrong.add(`out of its panel: ${words}`);
      }
      if (node.tagName === 'text') this.chart(node, words, wrong);
    }
    this.collisions(texts, wrong);
    if (least) this.panels(wrong);
    return [...wrong];
  },

  /* Texts on each other. A line's box is taller than its letters, which stand in its middle. */
  collisions(texts, wrong) {
    for (const text of texts) {
      const size = parseFloat(getComputedStyle(text.node).fontSize);
      const middle = (text.whole.top + text.whole.bottom) / 2;
      text.box.top = Math.max(text.box.top, middle - size / 2);
      text.box.bottom = Math.min(text.box.bottom, middle + size / 2);
    }
    texts.sort((one, other) => one.box.top - other.box.top);
    for (let i = 0; i < texts.length; i++) {
      for (let k = i + 1; k < texts.length && texts[k].box.top < texts[i].box.bottom; k++) {
        const a = texts[i].box, b = texts[k].box;
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        const low = Math.min(a.bottom - a.top, b.bottom - b.top);
        const heads = [texts[i].node, texts[k].node].filter(node => node.closest('thead')).length;
        if (heads !== 1 && across > 2 && down > low * 0.1)
          wrong.add(`on each other: ${texts[i].words} | ${texts[k].words}`);
      }
    }
  },

  /* Words in a chart against the panel that they stand on, white ones in dots of their own. */
  chart(node, words, wrong) {
    const ink = node.getAttribute('fill');
    if (ink === '#FFFFFF') return;
    const parts = ink.match(/\w\w/g).map(part => parseInt(part, 16));
    const lights = [measure.light(parts), measure.light(measure.behind(node.closest('.panel')))];
    const ratio = (Math.max(...lights) + 0.05) / (Math.min(...lights) + 0.05);
    if (ratio < 4.5) wrong.add(`faint ${ratio.toFixed(1)}: ${words}`);
  },

  /* Panels within the screen and beside each other. */
  panels(wrong) {
    const panels = [...document.querySelectorAll('.panel, .tabs button, .notice')];
    const boxes = panels.map(node => node.getBoundingClientRect());
    const told = node => `${node.className} ${node.textContent.trim().slice(0, 20)}`;
    boxes.forEach((box, n) => {
      if (box.left < -1 || box.top < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1)
        wrong.add(`panel off the screen: ${told(panels[n])}`);
      boxes.forEach((other, k) => {
        if (k <= n || panels[n].contains(panels[k])) return;
        const across = Math.min(box.right, other.right) - Math.max(box.left, other.left);
        const down = Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top);
        if (across > 1 && down > 1) wrong.add(`panels on each other: ${told(panels[n])} | ${told(panels[k])}`);
      });
    });
  },

  unnamed() {
    const wrong = [];
    for (const node of document.querySelectorAll('button, input, select, a[href], summary, [role=img], [role=progressbar]')) {
      if (!node.getBoundingClientRect().width) continue;
      const label = node.closest('label') || (node.id && document.querySelector(`label[for="${node.id}"]`));
      const by = node.getAttribute('aria-labelledby');
      const name = node.getAttribute('aria-label') || (by && document.getElementById(by)?.textContent)
        || node.textContent || (label && label.textContent) || '';
      if (!name.trim() || /class_(board|console)\./.test(name)) wrong.push(node.outerHTML.slice(0, 100));
    }
    // a key where its words should be is a text that somebody forgot to write
    const missing = document.body.innerText.match(/\bclass_[a-z]+(\.[a-z_]+)+/g);
    return wrong.concat(missing || []);
  }
};
