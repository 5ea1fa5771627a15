/* The rule from rows to thresholds: timeline/threshold.py has it for all events, this file for those that pass a filter.
   tests/placement-cases.json holds both to the same numbers. Zooms are in px per day; Infinity is never. Pure. */
"use strict";

(() => {
  const timeline = (window.timeline = window.timeline || {});

  const MARK = 24;
  const GAP = 4;
  const PAD = 14;
  // Of two events, whose label stands between them.
  const BEFORE = 1;
  const AFTER = 2;

  // Seats are numbers by place in the order; what is known of them stands in arrays, one for each property: with an
  // object for each of 100,000 seats the time goes into memory.
  const seatsOf = ({ start, end, point, width, left, tier }, order) => {
    const numbers = () => new Float64Array(order.length);
    const seats = {
      first: numbers(), middle: numbers(), last: numbers(), need: numbers(), inside: numbers(),
      mark: numbers().fill(Infinity), label: numbers().fill(Infinity),
      left: new Uint8Array(order.length), tier: new Uint8Array(order.length),
    };
    for (let seat = 0; seat < order.length; seat += 1) {
      const index = order[seat];
      const middle = (start[index] + end[index]) / 2;
      const need = width[index] > 0 ? GAP + width[index] + PAD : 0;
      seats.middle[seat] = middle;
      seats.first[seat] = point[index] ? middle : start[index];
      seats.last[seat] = point[index] ? middle : end[index];
      seats.need[seat] = need;
      seats.inside[seat] = need && !point[index] ? ratio(width[index] + 2 * GAP, end[index] - start[index]) : Infinity;
      seats.left[seat] = left[index] ? 1 : 0;
      seats.tier[seat] = tier[index];
    }
    return seats;
  };

  // Zoom at which so many days are so many px wide.
  const ratio = (px, days) => (days > 0 ? px / days : days === 0 && px === 0 ? 0 : Infinity);

  // Zoom from which so many px lie between two drawn extents, which are never narrower than a mark.
  const clear = ({ first, middle, last }, before, after, px) => {
    const middles = middle[after] - middle[before];
    const between = first[after] - last[before];
    if (between === middles) return ratio(px + MARK, middles); // two symbols
    return Math.max(
      ratio(px + MARK, middles),
      ratio(px + MARK / 2, middle[after] - last[before]),
      ratio(px + MARK / 2, first[after] - middle[before]),
      ratio(px, between),
    );
  };

  // Zoom from which two neighbours are apart with the labels of those named (BEFORE, AFTER or both) between them.
  const apart = (seats, before, after, named) => {
    const { need, inside, left } = seats;
    const outer = named & BEFORE && !left[before] ? need[before] : 0;
    const inner = named & AFTER && left[after] ? need[after] : 0;
    let zoom = clear(seats, before, after, outer + inner);
    if (outer && inside[before] < zoom) {
      zoom = Math.min(zoom, Math.max(inside[before], clear(seats, before, after, inner)));
    }
    if (inner && inside[after] < zoom) {
      zoom = Math.min(zoom, Math.max(inside[after], clear(seats, before, after, outer)));
    }
    const both = Math.max(inside[before], inside[after]);
    if (outer && inner && both < zoom) zoom = Math.max(both, clear(seats, before, after, 0));
    return zoom;
  };

  // Zoom from which a label stands between the period's ends.
  const within = ({ first, middle, last, need, inside, left }, seat, [start, end]) => {
    const px = need[seat] - PAD;
    const fromMiddle = left[seat] ? middle[seat] - start : end - middle[seat];
    const fromEnd = left[seat] ? first[seat] - start : end - last[seat];
    return Math.min(inside[seat], Math.max(ratio(px + MARK / 2, fromMiddle), ratio(px, fromEnd)));
  };

  // How many of the seats drawn, which stand by rising position, stand before a seat's moment.
  const position = ({ middle }, drawn, seat) => {
    let low = 0;
    let high = drawn.length;
    while (low < high) {
      const at = (low + high) >> 1;
      if (middle[drawn[at]] < middle[seat]) low = at + 1;
      else high = at;
    }
    return low;
  };

  // A threshold so far, or where two part, if both would be drawn before that.
  const later = (zoom, parted, other) => (parted > zoom && parted > other ? parted : zoom);

  // A scan ends at the first mark that is drawn wherever the seat is: what is beyond it keeps clear of it.
  const setMark = (seats, seat, drawn) => {
    const index = position(seats, drawn, seat);
    let mark = 0;
    for (let at = index; at < drawn.length; at += 1) {
      const other = drawn[at];
      mark = later(mark, clear(seats, seat, other, 0), seats.mark[other]);
      if (seats.left[other] && seats.label[other] < Infinity) {
        mark = later(mark, apart(seats, seat, other, AFTER), seats.label[other]);
      }
      if (seats.mark[other] <= mark) break;
    }
    for (let at = index - 1; at >= 0; at -= 1) {
      const other = drawn[at];
      mark = later(mark, clear(seats, other, seat, 0), seats.mark[other]);
      if (!seats.left[other] && seats.label[other] < Infinity) {
        mark = later(mark, apart(seats, other, seat, BEFORE), seats.label[other]);
      }
      if (seats.mark[other] <= mark) break;
    }
    seats.mark[seat] = mark;
    if (mark < Infinity) drawn.splice(index, 0, seat);
  };

  const setLabel = (seats, seat, drawn, period) => {
    if (!seats.need[seat] || seats.mark[seat] === Infinity) return;
    const left = seats.left[seat];
    const own = left ? AFTER : BEFORE;
    let label = Math.max(seats.mark[seat], within(seats, seat, period));
    const step = left ? -1 : 1;
    for (let at = position(seats, drawn, seat) + step; at >= 0 && at < drawn.length; at += step) {
      const other = drawn[at];
      const before = left ? other : seat;
      const after = left ? seat : other;
      label = later(label, apart(seats, before, after, own), seats.mark[other]);
      if (seats.left[other] !== left && seats.label[other] < Infinity) {
        label = later(label, apart(seats, before, after, BEFORE | AFTER), seats.label[other]);
      }
      if (seats.mark[other] <= label) break;
    }
    seats.label[seat] = label;
  };

  /**
   * The thresholds when only some events are drawn; rows and sides stay.
   *
   * columns: arrays lane, row, tier, start, end (day numbers), point, width (px), left, each with a value an event.
   * order: indices of the events that pass, by rising tier and in it by falling priority.
   * period: [start, end] in day numbers.
   * Returns {mark, label}, Float64Arrays by event; Infinity for what is never drawn or is not in the order.
   */
  timeline.thresholds = (columns, order, period) => {
    const mark = new Float64Array(columns.start.length).fill(Infinity);
    const label = mark.slice();
    const seats = seatsOf(columns, order);
    const rows = new Map();
    for (let seat = 0; seat < order.length; seat += 1) {
      const row = columns.lane[order[seat]] * 65536 + columns.row[order[seat]];
      const members = rows.get(row);
      if (members) members.push(seat);
      else rows.set(row, [seat]);
    }
    for (const members of rows.values()) {
      const drawn = [];
      for (let from = 0, to = 0; from < members.length; from = to) {
        while (to < members.length && seats.tier[members[to]] === seats.tier[members[from]]) to += 1;
        for (let at = from; at < to; at += 1) setMark(seats, members[at], drawn);
        for (let at = from; at < to; at += 1) setLabel(seats, members[at], drawn, period);
      }
    }
    for (let seat = 0; seat < order.length; seat += 1) {
      mark[order[seat]] = seats.mark[seat];
      label[order[seat]] = seats.label[seat];
    }
    return { mark, label };
  };
})();
