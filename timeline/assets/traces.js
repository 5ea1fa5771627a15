/* The traces of the lanes: a window's shapes as the arrays of Plotly's traces. Pure; Python's twin is traces.py, and a
   test holds the two to the same figure. */
"use strict";

(() => {
  const timeline = (window.timeline = window.timeline || {});
  timeline.DAY = 864e5; // milliseconds, the unit of Plotly's date axis
  const TOUCH = 0.5; // px by which soft extents in one trace may lie over each other

  /** The traces, in the order of the template that Python made. */
  timeline.traces = (plan, laid, style) => {
    const { events, sizes } = plan;
    const firm = { base: [], x: [], y: [], marker: { color: [], line: { color: [] } } };
    const soft = [];
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
      else if (events.fadeStart[i] || events.fadeEnd[i]) soft.push(shape);
      else addBar(firm, laid, shape, colors);
      if (events.first[i] === -Infinity) dot(Math.max(shape.left, 0) + sizes.gap, y, plan.arrows[0], colors.mark);
      if (events.last[i] === Infinity) dot(Math.min(shape.right, laid.width) - sizes.gap, y, plan.arrows[1], colors.mark);
      if (label && !label.forced) {
        texts.x.push(moment(laid, label.x));
        texts.y.push(y);
        texts.text.push(timeline.plain(events.short[i]));
      }
    }
    const { bars, soft: layer, symbols, labels } = plan.template.traces;
    return [
      merged(bars, firm),
      ...layersOf(soft).map((shapes) => ({ ...layer, ...softLayer(plan, laid, shapes, style) })),
      merged(symbols, dots),
      merged(labels, texts),
    ];
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

  /** Soft extents parted so that in no layer one lies over another; each goes to the first layer that is free there. */
  const layersOf = (soft) => {
    const layers = [];
    for (const shape of soft.sort((one, other) => one.left - other.left)) {
      const layer = layers.find((shapes) => shapes.at(-1).right <= shape.left + TOUCH);
      if (layer) layer.push(shape);
      else layers.push([shape]);
    }
    return layers;
  };

  /** Soft extents as one filled path with one gradient along it. */
  const softLayer = (plan, laid, shapes, style) => {
    const x = shapes.flatMap(({ left, right }) => [...[left, right, right, left, left].map((side) => moment(laid, side)), null]);
    const y = shapes.flatMap((shape) => [...[-1, -1, 1, 1, -1].map((side) => shape.y + (side * plan.room.bar) / 2), null]);
    const turns = shapes.flatMap((shape) => turnsOf(plan, laid, shape, style));
    return { x, y, fillgradient: { type: "horizontal", colorscale: gradient(turns) } };
  };

  /** Where an extent's shade turns, and the shade there. */
  const turnsOf = (plan, laid, shape, style) => {
    const shades = plan.lanes[plan.events.lane[shape.i]][style].soft;
    return timeline.shares(plan, shape, laid).map(([x, share]) => [x, shades[Math.floor(share * (shades.length - 1) + 0.5)]]);
  };

  /** The colour scale along a layer, from its first turn at 0 to its last at 1. */
  const gradient = (turns) => {
    const first = turns[0][0], length = turns.at(-1)[0] - first;
    let place = 0;
    return turns.map(([x, shade], n) => {
      place = n === turns.length - 1 ? 1 : Math.max(place, (x - first) / length);
      return [place, shade];
    });
  };
})();
