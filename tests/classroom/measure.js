/* What the tests ask of a page in a browser; each answers with a list of what is wrong. */
window.measure = {
  told(node) {
    return (node.className || node.tagName) + ': ' + node.textContent.trim().slice(0, 40);
  },

  hasWords(node) {
    return [...node.childNodes].some(kid => kid.nodeType === 3 && kid.nodeValue.trim());
  },

  /* Text that is cut off, or runs out of the page or of the box it stands in. */
  overflow() {
    const wrong = [];
    const wide = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > wide) wrong.push('the page scrolls sideways');
    for (const node of document.querySelectorAll('body *')) {
      const style = getComputedStyle(node);
      const box = node.getBoundingClientRect();
      if (!box.width || style.visibility === 'hidden') continue;
      if (node.closest('svg, .hidden, .slider')) continue;
      const told = this.told(node);
      const holds = /block|flex/.test(style.display);
      if (holds && node.clientWidth && node.scrollWidth > node.clientWidth + 1)
        wrong.push('runs out of its box: ' + told);
      if (!this.hasWords(node) && !['INPUT', 'BUTTON'].includes(node.tagName)) continue;
      if (box.left < -0.5 || box.right > wide + 0.5) wrong.push('outside: ' + told);
      const clips = style.overflow !== 'visible' && node.tagName !== 'INPUT';
      if (holds && clips && node.scrollHeight > node.clientHeight + 1)
        wrong.push('cut off: ' + told);
      for (let around = node.parentElement; around; around = around.parentElement) {
        if (around === document.body) break;
        const frame = around.getBoundingClientRect();
        const hides = ['hidden', 'clip'].includes(getComputedStyle(around).overflowX);
        if (hides && (box.right > frame.right + 1 || box.bottom > frame.bottom + 1))
          wrong.push('cut off by what is around it: ' + told);
      }
    }
    return [...new Set(wrong)];
  },

  numbers(text) {
    return (text.match(/[\d.]+/g) || []).map(Number);
  },

  light(colour) {
    const [red, green, blue] = colour.slice(0, 3).map(part => {
      part /= 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  },

  /* What is painted behind a text; of a gradient the plain colour given beside it counts. */
  behind(node) {
    const layers = [];
    for (; node; node = node.parentElement) {
      const style = getComputedStyle(node);
      const colour = this.numbers(style.backgroundColor);
      const stops = style.backgroundImage.match(/rgba?\([^)]*\)/g);
      if (stops) {
        layers.push([this.numbers(stops[stops.length - 1]), 1]);
        break;
      }
      const alpha = colour.length > 3 ? colour[3] : 1;
      if (alpha > 0) layers.push([colour, alpha]);
      if (alpha >= 1) break;
    }
    let paint = [255, 255, 255];
    for (const [colour, alpha] of layers.reverse())
      paint = paint.map((part, n) => part * (1 - alpha) + colour[n] * alpha);
    return paint;
  },

  /* Texts whose contrast with what lies behind them is below `least` : 1. */
  faint(least) {
    const wrong = [];
    for (const node of document.querySelectorAll('body *')) {
      if (!node.getBoundingClientRect().width || node.closest('svg, .hidden')) continue;
      if (!this.hasWords(node) && node.tagName !== 'INPUT') continue;
      const ink = this.light(this.numbers(getComputedStyle(node).color));
      const paint = this.light(this.behind(node));
      const ratio = (Math.max(ink, paint) + 0.05) / (Math.min(ink, paint) + 0.05);
      if (ratio < least) wrong.push(ratio.toFixed(2) + ' ' + this.told(node));
    }
    return [...new Set(wrong)];
  },

  /* Controls that nobody can name, or smaller than `least` pixels either way. */
  controls(least) {
    const wrong = [];
    for (const node of document.querySelectorAll('button, input, [role=slider], a[href]')) {
      const box = node.getBoundingClientRect();
      if (!box.width) continue;
      const label = node.id && document.querySelector('label[for="' + node.id + '"]');
      const name = node.getAttribute('aria-label') || (label || node).textContent;
      if (!name.trim()) wrong.push('no name: ' + node.outerHTML.slice(0, 80));
      if (Math.min(box.height, box.width) < least - 0.5)
        wrong.push(Math.round(box.width) + ' x ' + Math.round(box.height) + ' ' + name.trim());
    }
    return wrong;
  }
};
