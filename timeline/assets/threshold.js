/* The rule from rows to thresholds: timeline/threshold.py has it for all events, this file for those that pass a filter.
   tests/placement-cases.json holds both to the same numbers. Zooms are in px per day; Infinity is never. Pure. */
"use strict";

(() => {
  const timeline = (window.timeline = window.timeline || {});

  const MARK = 24;
  const GAP = 4;
  const PAD = 14;

  // Zoom at which so many days are so many px wide.
  const ratio = (px, days) => (days > 0 ? px / days : days === 0 && px === 0 ? 0 : Infinity);

  // Zoom from which so many px lie between two drawn extents, which are never narrower than a mark.
  const clear = (before, after, px) =>
    Math.max(
      ratio(px + MARK, after.middle - before.middle),
      ratio(px + MARK / 2, after.middle - before.last),
      ratio(px + MARK / 2, after.first - before.middle),
      ratio(px, after.first - before.last),
    );

  // Zoom from which two neighbours are apart with the labels that stand between them, of one seat and perhaps another.
  const apart = (before, after, seat, other) => {
    const outer = (before === seat || before === other) && !before.left ? before.need : 0;
    const inner = (after === seat || after === other) && after.left ? after.need : 0;
    let zoom = clear(before, after, outer + inner);
    if (outer && before.inside < zoom) zoom = Math.min(zoom, Math.max(before.inside, clear(before, after, inner)));
    if (inner && after.inside < zoom) zoom = Math.min(zoom, Math.max(after.inside, clear(before, after, outer)));
    const both = Math.max(before.inside, after.inside);
    if (outer && inner && both < zoom) zoom = Math.max(both, clear(before, after, 0));
    return zoom;
  };

  // Zoom from which a label stands between the period's ends.
  const within = (seat, [start, end]) => {
    const px = seat.need - PAD;
    const [fromMiddle, fromEnd] = seat.left
      ? [seat.middle - start, seat.first - start]
      : [end - seat.middle, end - seat.last];
    return Math.min(seat.inside, Math.max(ratio(px + MARK / 2, fromMiddle), ratio(px, fromEnd)));
  };

  // How many of the seats, which stand by rising position, stand before a moment.
  const position = (seats, middle) => {
    let low = 0;
    let high = seats.length;
    while (low < high) {
      const at = (low + high) >> 1;
      if (seats[at].middle < middle) low = at + 1;
      else high = at;
    }
    return low;
  };

  const setMark = (seat, drawn) => {
    const index = position(drawn, seat.middle);
    seat.mark = 0;
    for (const step of [1, -1]) {
      for (let at = step > 0 ? index : index - 1; at >= 0 && at < drawn.length; at += step) {
        const other = drawn[at];
        const zoom = step > 0 ? clear(seat, other, 0) : clear(other, seat, 0);
        if (zoom <= seat.mark) break; // those farther out are clear of it even sooner
        if (zoom > other.mark) seat.mark = zoom;
      }
    }
    if (seat.mark < Infinity) drawn.splice(index, 0, seat);
  };

  const setLabel = (seat, drawn, widest, period) => {
    if (!seat.need || seat.mark === Infinity) return;
    let label = Math.max(seat.mark, within(seat, period));
    const step = seat.left ? -1 : 1;
    for (let at = position(drawn, seat.middle) + step; at >= 0 && at < drawn.length; at += step) {
      const other = drawn[at];
      const [before, after] = seat.left ? [other, seat] : [seat, other];
      if (clear(before, after, seat.need + widest) <= label) break; // so is all that stands farther out
      const mark = apart(before, after, seat);
      if (mark > Math.max(label, other.mark)) label = mark;
      if (other.left !== seat.left && other.label < Infinity) {
        const both = apart(before, after, seat, other);
        if (both > Math.max(label, other.label)) label = both;
      }
    }
    seat.label = label;
  };

  const seatOf = ({ start, end, point, width, left }, index) => {
    const middle = (start[index] + end[index]) / 2;
    const [first, last] = point[index] ? [middle, middle] : [start[index], end[index]];
    const need = width[index] > 0 ? GAP + width[index] + PAD : 0;
    const inside = need && !point[index] ? ratio(width[index] + 2 * GAP, last - first) : Infinity;
    return { index, first, middle, last, need, inside, left: Boolean(left[index]), mark: Infinity, label: Infinity };
  };

  /**
   * The thresholds when only some events are drawn; rows and sides stay.
   *
   * columns: arrays lane, row, start, end (day numbers), point, width (px), left, each with a value an event.
   * order: indices of the events that pass, by falling priority. period: [start, end] in day numbers.
   * Returns {mark, label}, Float64Arrays by event; Infinity for what is never drawn or is not in the order.
   */
  timeline.thresholds = (columns, order, period) => {
    const mark = new Float64Array(columns.start.length).fill(Infinity);
    const label = mark.slice();
    const rows = new Map();
    for (const index of order) {
      const row = columns.lane[index] * 65536 + columns.row[index];
      if (!rows.has(row)) rows.set(row, []);
      rows.get(row).push(seatOf(columns, index));
    }
    for (const seats of rows.values()) {
      const drawn = [];
      for (const seat of seats) setMark(seat, drawn);
      const widest = (left) => drawn.reduce((most, seat) => (seat.left === left ? Math.max(most, seat.need) : most), 0);
      const facing = { true: widest(false), false: widest(true) };
      for (const seat of seats) {
        setLabel(seat, drawn, facing[seat.left], period);
        mark[seat.index] = seat.mark;
        label[seat.index] = seat.label;
      }
    }
    return { mark, label };
  };
})();
