/* The panels below the lanes: which are shown, the labels at their lines, and what is read off them at a moment. Pure;
   Python's twin of the labels is panels.py, and a test holds the two to the same figure. */
"use strict";

(() => {
  const timeline = (window.timeline = window.timeline || {});
  const NEAR = 200; // days from a mark within which it is still read off

  /** The panels of the measures chosen, by number; of the first ones where none are (null). */
  timeline.panels = (plan, measures, style) =>
    plan.panels[style].filter(({ measure }) => (measures ?? plan.firstMeasures).includes(measure));

  const touch = (one, other) => one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];

  /** Where the labels of a panel's lines stand: {line, x (px), value, down (px)}; each at the last mark of its line. */
  timeline.lineLabels = ({ room }, { range, lines, lone }, [t0, t1], width, font) => {
    const { lineHeight: high, lineMark: mark, right, panel } = room;
    const perUnit = panel / (range[1] - range[0]);
    const seen = [...lines.map(({ marks }) => marks), lone].map((marks) => marks
      .map(([day, value]) => [((day - t0) / (t1 - t0)) * width, (range[1] - value) * perUnit, value])
      .filter(([x]) => x >= 0 && x <= width));
    const spots = seen.flatMap((marks) => marks.map(([x, y]) => [x - mark, y - mark, x + mark, y + mark]));
    const boxes = [], placed = [];
    lines.forEach((line, number) => {
      if (!seen[number].length) return;
      const [x, y, value] = seen[number].at(-1), long = line.width * font;
      const after = x + room.lineApart, before = Math.max(0, Math.min(x + mark, width + right) - long);
      const tries = [
        ...[0, -1, 1].map((down) => [after, down * high]), ...[-1, 1, -2, 2, -3, 3].map((down) => [before, down * high]),
      ];
      const free = tries
        .filter(([left, down]) => left + long <= width + right && y + down >= 0 && y + down <= panel)
        .map(([left, down]) => ({ left, down, box: [left, y + down - high / 2, left + long, y + down + high / 2] }))
        .filter(({ box }) => !boxes.some((other) => touch(box, other)));
      const found = free.find(({ box }) => !spots.some((spot) => touch(box, spot))) ?? free[0];
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
