/* The panels below the lanes: which are shown, the labels at their lines, and what is read off them at a moment. Pure;
   Python's twin of the labels is panels.py, and a test holds the two to the same figure. */
"use strict";

(() => {
  const timeline = (window.timeline = window.timeline || {});
  const NEAR = 200; // days from a mark within which it is still read off

  /** The panels of the measures chosen, by number; of the first ones where none are (null). */
  timeline.panels = (plan, measures, style) =>
    plan.panels.map((styles) => styles[style]).filter(({ measure }) => (measures ?? plan.firstMeasures).includes(measure));

  const touch = (one, other) => one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];

  /** Whether a straight line from one point to another, cut to the plot, goes through a box. */
  const crosses = (box, one, other, width) => {
    const [[x, y], [toX, toY]] = one[0] < other[0] ? [one, other] : [other, one];
    const left = Math.max(box[0], x, 0), right = Math.min(box[2], toX, width);
    if (left >= right) return false;
    const [first, last] = [left, right].map((px) => y + ((px - x) / (toX - x)) * (toY - y));
    return Math.min(first, last) < box[3] && box[1] < Math.max(first, last);
  };

  /** Where the labels of a panel's lines stand: {line, x (px), value, down (px)}; each at the last mark of its line. */
  timeline.lineLabels = ({ room }, { range, lines, lone }, [t0, t1], width, font) => {
    const { lineHeight: high, lineMark: mark, right, panel } = room;
    const perUnit = panel / (range[1] - range[0]);
    const at = (points) => points.map(([day, value]) => [((day - t0) / (t1 - t0)) * width, (range[1] - value) * perUnit, value]);
    const seen = [...lines.map(({ marks }) => marks), lone].map((marks) => at(marks).filter(([x]) => x >= 0 && x <= width));
    const spots = seen.flatMap((marks) => marks.map(([x, y]) => [x - mark, y - mark, x + mark, y + mark]));
    const strokes = lines.flatMap(({ stretches }) => stretches.flatMap((stretch) => {
      const points = at(stretch);
      return points.slice(1).map((point, n) => [points[n], point]);
    }));
    const cost = (box) => 2 * spots.some((spot) => touch(box, spot))
      + strokes.some(([one, other]) => crosses(box, one, other, width));
    const boxes = [], placed = [];
    lines.forEach((line, number) => {
      if (!seen[number].length) return;
      const [x, y, value] = seen[number].at(-1), long = line.width * font;
      const after = x + room.lineApart, before = Math.max(0, Math.min(x + mark, width + right) - long);
      const tries = [
        ...[0, -0.5, 0.5, -1, 1, -2, 2].map((down) => [after, down * high]),
        ...[-1, 1, -2, 2, -3, 3, -4, 4].map((down) => [before, down * high]),
      ];
      const [found] = tries
        .filter(([left, down]) => left + long <= width + right && y + down >= 0 && y + down <= panel)
        .map(([left, down]) => ({ left, down, box: [left, y + down - high / 2, left + long, y + down + high / 2] }))
        .filter(({ box }) => !boxes.some((other) => touch(box, other)))
        .map((free) => ({ ...free, cost: cost(free.box) }))
        .sort((one, other) => one.cost - other.cost); // the first of the best: the order of equals stays
      if (!found) return;
      boxes.push(found.box);
      placed.push({ line: number, x: found.left, value, down: found.down });
    });
    return placed;
  };

  /** What is read off a panel at a day: [series, words] of what is dated then, or else of the nearest mark. */
  timeline.readings = ({ readings }, day) => readings.flatMap(([label, given]) => {
    const away = ([start, end]) => Math.max(start - day, day - end, 0);
    const least = Math.min(...given.map(away));
    return least > NEAR ? [] : [[label, given.filter((one) => away(one) === least).map(([, , words]) => words).join("; ")]];
  });
})();
