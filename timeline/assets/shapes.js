/* The shapes of one window: which marks and labels are drawn, and where, in px. Pure; Python's twin is shapes.py, and a
   test holds the two to the same figure. Only the events that a reader has chosen or points at are the browser's alone. */
"use strict";

(() => {
  const timeline = (window.timeline = window.timeline || {});

  /** Whether an event's extent meets the window; with the whole period, all that lies beyond it is shown as well. */
  timeline.meets = ({ events, period }, i, [t0, t1]) =>
    (t0 <= period[0] && t1 >= period[1]) ||
    (events.first[i] < t1 && events.last[i] > t0);

  /** All that is drawn. `limits` are the thresholds {mark, label}; `room` is {plot, font, style}, as of the figure. */
  timeline.shapes = (plan, passing, limits, view, room) => {
    const { events } = plan;
    const scale = room.plot / (view.window[1] - view.window[0]);
    const framed = view.rows ? passing.filter((i) => timeline.meets(plan, i, view.rows)) : passing; // of a tour's step
    const { lanes, height } = lanesOf(plan, framed);
    const laid = { window: view.window, width: room.plot, scale, font: room.font, lanes, height, marks: [] };
    const has = (limit) => limit <= scale / room.font;
    const at = new Map(lanes.map((lane) => [lane.index, lane]));
    for (const i of framed) {
      if (!timeline.meets(plan, i, view.window)) continue;
      const lane = at.get(events.lane[i]);
      if (events.row[i] < 0) {
        lane[events.first[i] < plan.period[0] ? "before" : "after"] += 1;
        continue;
      }
      lane.total += 1;
      const forced = i === view.selected || i === view.current;
      if (!forced && !has(limits.mark[i])) continue;
      const shape = shapeOf(plan, i, laid, lane.middles.get(events.row[i]));
      if (events.point[i] && (shape.left < 0 || shape.left > laid.width)) continue;
      lane.drawn += 1;
      if (has(limits.label[i])) shape.label = labelOf(plan, shape, laid, has(events.inside[i]));
      laid.marks.push(shape);
    }
    const chosen = laid.marks.find((shape) => shape.i === view.selected);
    if (chosen && !chosen.label) force(plan, chosen, laid);
    laid.ringed = laid.marks.filter((shape) => shape.i === view.selected || shape.i === view.current);
    return laid;
  };

  /** Where an extent's shade turns, [px, share of its full shade]: its drawn start, come, going, its drawn end. */
  timeline.shares = ({ events, sizes }, shape, laid) => {
    const { i, left, right } = shape;
    const start = events.start[i], end = events.end[i];
    const centre = (start + end) / 2;
    const scale = Math.max(laid.scale, sizes.least / (end - start));
    const middle = (centre - laid.window[0]) * laid.scale;
    const come = events.fadeStart[i] * scale, gone = events.fadeEnd[i] * scale;
    const rise = come ? middle + (events.first[i] - centre) * scale + come : left;
    const fall = Math.max(rise, gone ? middle + (events.last[i] - centre) * scale - gone : right);
    const share = (x) => Math.max(0, Math.min(1, come ? 1 - (rise - x) / come : 1, gone ? 1 - (x - fall) / gone : 1));
    const turns = [left, ...[rise, fall].map((turn) => Math.min(Math.max(turn, left), right)), right];
    return turns.map((x) => [x, share(x)]);
  };

  /** Lanes and rows from the top; those without a passing event have no place. */
  const lanesOf = ({ events, lanes: all, sizes }, passing) => {
    const used = all.map(() => null);
    for (const i of passing) {
      const rows = (used[events.lane[i]] ??= new Set());
      if (events.row[i] >= 0) rows.add(events.row[i]); // an event outside the period has none
    }
    const lanes = [];
    let top = 0;
    used.forEach((rows, index) => {
      if (!rows) return;
      const middles = new Map([...rows].sort((one, other) => one - other)
        .map((row, order) => [row, top + sizes.lanePad + sizes.mark * (order + 0.5)]));
      const bottom = top + Math.max(sizes.laneLeast, 2 * sizes.lanePad + sizes.mark * middles.size);
      lanes.push({ index, top, bottom, middles, drawn: 0, total: 0, before: 0, after: 0 });
      top = bottom + sizes.laneGap;
    });
    return { lanes, height: Math.max(top - sizes.laneGap, sizes.laneLeast) };
  };

  const shapeOf = ({ events, sizes }, i, { window: [t0], scale, width }, y) => {
    const start = events.start[i], end = events.end[i];
    const middle = ((start + end) / 2 - t0) * scale;
    const half = events.point[i] ? 0 : Math.max((end - start) * scale, sizes.least) / 2;
    return { i, left: Math.max(middle - half, -width), right: Math.min(middle + half, 2 * width), y, label: null };
  };

  /** A label that has room, or null where the window would cut it. */
  const labelOf = ({ events, sizes, room }, shape, laid, inside) => {
    const width = events.width[shape.i] * laid.font;
    const [left, right] = claim(shape, sizes);
    const last = inside ? Math.min(shape.right, laid.width) : laid.width + room.right;
    const x = inside ? Math.max(shape.left, 0) + sizes.gap
      : events.left[shape.i] ? left - sizes.gap - width : right + sizes.gap;
    return x >= 0 && x + width <= last ? { x, width, forced: false } : null;
  };

  /** What a mark claims: its extent, and no less than a touch target. */
  const claim = ({ left, right }, { mark }) => {
    const middle = (left + right) / 2;
    return [Math.min(left, middle - mark / 2), Math.max(right, middle + mark / 2)];
  };

  /** Label the chosen event beside its mark, on top, where it has no room: on the side where it covers fewer marks, and the
      labels that it would touch give way. */
  const force = ({ events, sizes, room }, shape, laid) => {
    const width = events.width[shape.i] * laid.font;
    const [start, end] = claim(shape, sizes);
    const right = Math.min(end, laid.width) + sizes.gap;
    const left = Math.max(start, 0) - sizes.gap - width;
    const last = laid.width + room.right - width;
    const beside = laid.marks.filter((other) => other !== shape && other.y === shape.y);
    const covered = (x) => beside.map((other) => claim(other, sizes)).filter(([from, to]) => from < x + width && x < to).length;
    const sides = [right, left].filter((x) => x >= 0 && x <= last).sort((one, other) => covered(one) - covered(other));
    const x = sides[0] ?? Math.max(0, Math.min(last, right));
    shape.label = { x, width, forced: true };
    for (const other of beside) {
      if (!other.label) continue;
      if (other.label.x < x + width + sizes.pad && x < other.label.x + other.label.width + sizes.pad) other.label = null;
    }
  };

  /** The event whose mark or label is at a place in the plot, in px; the nearest mark within a touch target, or null. */
  timeline.hit = (laid, x, y, reach = 12) => {
    let best = null, least = Infinity;
    for (const shape of laid.marks) {
      if (Math.abs(shape.y - y) > reach) continue;
      const inLabel = shape.label && x >= shape.label.x - 2 && x <= shape.label.x + shape.label.width + 2;
      const away = inLabel ? 0 : Math.max(shape.left - x, x - shape.right, 0);
      if (away <= reach && away < least) [best, least] = [shape.i, away];
    }
    return best;
  };
})();
