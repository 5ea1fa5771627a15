/* Wheel, drag, swipe, pinch and keys on the chart, as calls of the page: plain wheel and vertical swipes still scroll. */
"use strict";

(() => {
  const timeline = (window.timeline = window.timeline || {});
  const STILL = 5; // px that a press may wander and still be a click
  const STEP = 1.6; // one press of a zoom key

  /** The window zoomed by a factor about a place, given as a fraction of its width. */
  timeline.zoomed = ([t0, t1], factor, at = 0.5) => {
    const centre = t0 + (t1 - t0) * at;
    return [centre - (centre - t0) / factor, centre + (t1 - centre) / factor];
  };

  /** The window moved by a fraction of its width, stopping at the ends of the period. */
  timeline.panned = ([t0, t1], fraction, period) => {
    const by = Math.min(Math.max((t1 - t0) * fraction, period[0] - t0), period[1] - t1);
    return [t0 + by, t1 + by];
  };

  /**
   * Listen on the chart. `act` has window() → [t0, t1], show(window), plot() → {left, top, width} in client px,
   * hit(x, y) → event or null, hover(event, x), choose(event), key(name) → whether it was one of the page's.
   */
  timeline.gestures = (element, period, act) => {
    const pointers = new Map();
    let pressed = null;
    const place = (event) => {
      const plot = act.plot();
      return { x: event.clientX - plot.left, y: event.clientY - plot.top, width: plot.width };
    };

    element.addEventListener("wheel", (event) => {
      const { x, width } = place(event);
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        act.show(timeline.zoomed(act.window(), Math.exp(-event.deltaY / 240), Math.min(Math.max(x / width, 0), 1)));
      } else if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        event.preventDefault();
        act.show(timeline.panned(act.window(), event.deltaX / width, period));
      }
    }, { passive: false });

    element.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      pointers.set(event.pointerId, place(event));
      pressed = pointers.size === 1 ? { ...place(event), moved: false } : null;
      element.setPointerCapture(event.pointerId);
    });

    element.addEventListener("pointermove", (event) => {
      const now = place(event), before = pointers.get(event.pointerId);
      if (!before) {
        if (event.pointerType !== "touch") act.hover(act.hit(now.x, now.y), now.x);
        return;
      }
      if (pointers.size === 2) {
        const other = [...pointers].find(([id]) => id !== event.pointerId)[1];
        const spread = (one) => Math.max(Math.hypot(one.x - other.x, one.y - other.y), 20);
        const moved = timeline.panned(act.window(), (before.x - now.x) / 2 / now.width, period);
        act.show(timeline.zoomed(moved, spread(now) / spread(before), (now.x + other.x) / 2 / now.width));
      } else if (pressed && (pressed.moved || Math.abs(now.x - pressed.x) > STILL)) {
        if (!pressed.moved) act.hover(null);
        act.show(timeline.panned(act.window(), ((pressed.moved ? before.x : pressed.x) - now.x) / now.width, period));
        pressed.moved = true;
      } else return;
      pointers.set(event.pointerId, now);
    });

    const release = (event) => {
      const { x, y } = place(event);
      pointers.delete(event.pointerId);
      if (event.type === "pointerup" && pressed && !pressed.moved && Math.abs(y - pressed.y) <= STILL) {
        const found = act.hit(x, y);
        if (found !== null) act.choose(found);
      }
      pressed = null;
    };
    element.addEventListener("pointerup", release);
    element.addEventListener("pointercancel", release);
    element.addEventListener("pointerleave", () => { if (!pointers.size) act.hover(null); });

    element.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const pan = { ArrowLeft: -0.2, ArrowRight: 0.2 }[event.key];
      if (event.shiftKey && pan) act.show(timeline.panned(act.window(), pan, period));
      else if (event.key === "+" || event.key === "=") act.show(timeline.zoomed(act.window(), STEP));
      else if (event.key === "-") act.show(timeline.zoomed(act.window(), 1 / STEP));
      else if (event.key === "0") act.show(period);
      else if (!act.key(event.key)) return;
      event.preventDefault();
    });
  };
})();
