/* anytimeline, in the page that its save_html writes: it has no filter; what it writes on its canvas is listened to. */
"use strict";

(() => {
  let boxes = [];
  const { clearRect, fillText } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.clearRect = function (...where) {
    boxes = boxes.filter(({ context }) => context !== this);
    clearRect.apply(this, where);
  };
  CanvasRenderingContext2D.prototype.fillText = function (text, x, y, ...more) {
    const width = this.measureText(text).width, { a, d, e, f } = this.getTransform();
    const from = { center: width / 2, right: width, end: width }[this.textAlign] || 0;
    const scale = this.canvas.width / this.canvas.clientWidth;
    boxes.push({ context: this, text, left: ((x - from) * a + e) / scale, width: (width * a) / scale, y: (y * d + f) / scale });
    fillText.call(this, text, x, y, ...more);
  };
  const at = (share) => {
    const [first, last] = window.anytimeline.spec.time.extent;
    return first + share * (last - first);
  };

  window.peer = {
    drawn: () => document.querySelector(".anytimeline-embed")?.dataset.state === "ready",
    zoom: ([t0, t1]) => { window.anytimeline.zoomTo([at(t0), at(t1)]); },
    titles: () => {
      const titles = new Set(window.data.titles);
      return boxes.filter(({ text }) => titles.has(text)).map(({ context, left, width, y }) => {
        const rect = context.canvas.getBoundingClientRect();
        return { left: rect.left + left, right: rect.left + left + width, top: rect.top + y - 6, bottom: rect.top + y + 6 };
      });
    },
  };
})();
