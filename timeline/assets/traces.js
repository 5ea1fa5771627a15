/* The traces of the lanes: a window's shapes as the arrays of Plotly's traces. Pure; Python's twin is traces.py, and a
   test holds the two to the same figure. */
"use strict";

(() => {
  const timeline = (window.timeline = window.timeline || {});
  timeline.DAY = 864e5; // milliseconds, the unit of Plotly's date axis

  /** The traces, in the order of the template that Python made. */
  timeline.traces = (plan, laid, style) => {
    const { events, sizes } = plan;
    const firm = { base: [], x: [], y: [], marker: { color: [], line: { color: [] } } };
    const soft = plan.template.data.slice(0, -3).map(() => []);
    const dots = { x: [], y: [], marker: { symbol: [], color: [] } };
    const texts = { x: [], y: [], text: [] };
    const dot = (x, y, symbol, ink) => {
      dots.x.push(moment(laid, x));
      dots.y.push(y);
      dots.marker.symbol.push(symbol);
      dots.marker.color.push(ink);
    };
    for (const shape of laid.marks) {
      const { i, y, label } = shape;
      const lane = events.lane[i], colors = plan.lanes[lane][style];
      if (events.point[i]) dot(shape.left, y, plan.symbols[lane], colors.mark);
      else if (events.fadeStart[i] || events.fadeEnd[i]) soft[plan.firstRow[lane] + events.row[i]].push(shape);
      else addBar(firm, laid, shape, colors);
      if (events.first[i] === null) dot(Math.max(shape.left, 0) + sizes.gap, y, plan.arrows[0], colors.mark);
      if (events.last[i] === null) dot(Math.min(shape.right, laid.width) - sizes.gap, y, plan.arrows[1], colors.mark);
      if (label && !label.forced) {
        texts.x.push(moment(laid, label.x));
        texts.y.push(y);
        texts.text.push(timeline.plain(events.short[i]));
      }
    }
    const arrays = [firm, ...soft.map((row) => softRow(plan, laid, row, style)), dots, texts];
    return plan.template.data.map((trace, n) => merged(trace, arrays[n]));
  };

  /** The moment, in Plotly's milliseconds, of a place in the plot in px. */
  const moment = (laid, x) => (laid.window[0] + x / laid.scale) * timeline.DAY;

  /** A trace with its arrays; of what both have, the parts of both. */
  const merged = (trace, arrays) => {
    const both = { ...trace, ...arrays };
    for (const name of Object.keys(arrays)) if (isParts(trace[name])) both[name] = merged(trace[name], arrays[name]);
    return both;
  };
  const isParts = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

  const addBar = (firm, laid, { left, right, y }, colors) => {
    firm.base.push(moment(laid, left));
    firm.x.push(moment(laid, right) - moment(laid, left));
    firm.y.push(y);
    firm.marker.color.push(colors.bar);
    firm.marker.line.color.push(colors.mark);
  };

  /** A row's soft extents as one filled path with one gradient along it. */
  const softRow = (plan, laid, row, style) => {
    if (!row.length) return { x: [], y: [], visible: false }; // Plotly spends no time on it
    row.sort((one, other) => one.left - other.left);
    const lane = plan.lanes[plan.events.lane[row[0].i]];
    const stops = gradient(row.flatMap((shape) => timeline.shares(plan, shape, laid)), lane[style].soft);
    const x = row.flatMap(({ left, right }) => [...[left, right, right, left, left].map((side) => moment(laid, side)), null]);
    const y = row.flatMap((shape) => [...[-1, -1, 1, 1, -1].map((side) => shape.y + (side * plan.room.bar) / 2), null]);
    return { x, y, fillgradient: { type: "horizontal", colorscale: stops } };
  };

  /** The colour scale along a row, from its first turn at 0 to its last at 1. */
  const gradient = (turns, shades) => {
    const first = turns[0][0];
    const length = Math.max(...turns.map(([x]) => x)) - first;
    let place = 0;
    return turns.map(([x, share], n) => {
      place = n === turns.length - 1 ? 1 : Math.max(place, (x - first) / length);
      return [place, shades[Math.floor(share * (shades.length - 1) + 0.5)]];
    });
  };
})();
