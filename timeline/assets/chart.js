/* The chart: plan, filter, window and room in; the figure's traces and layout out. Pure; Python's twin is chart.py. */
"use strict";

(() => {
  const timeline = (window.timeline = window.timeline || {});
  const DAY = 864e5; // milliseconds, the unit of Plotly's date axis
  const LANE = { pad: 7, gap: 6, least: 50 };
  const LEAST = 7; // px, the least drawn width of an extent
  const SMALLEST_WINDOW = 7; // days

  /** A word of the interface, its {names} filled in. */
  timeline.say = (words, key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);

  /** Text that Plotly draws verbatim: it reads a little HTML otherwise. */
  timeline.plain = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

  /** Window of day numbers [t0, t1], kept inside the period and no shorter than a week. */
  timeline.clamp = ([t0, t1], period) => {
    const most = period[1] - period[0];
    const days = Math.min(Math.max(t1 - t0, Math.min(SMALLEST_WINDOW, most)), most);
    const start = Math.min(Math.max((t0 + t1 - days) / 2, period[0]), period[1] - days);
    return [start, start + days];
  };

  /** Whether an event's extent meets the window; one that shows an end of the period shows all that lies beyond it. */
  timeline.meets = ({ events, period }, i, [t0, t1]) =>
    (events.first[i] === null || events.first[i] < t1 || t1 >= period[1]) &&
    (events.last[i] === null || events.last[i] > t0 || t0 <= period[0]);

  /** Lanes and rows from the top, in px; those without a passing event have no place. */
  timeline.rows = (plan, passing) => {
    const height = plan.sizes.mark;
    const used = plan.lanes.map(() => new Set());
    const without = new Set(); // lanes of events outside the period, which have no row
    for (const i of passing) {
      if (plan.events.row[i] === null) without.add(plan.events.lane[i]);
      else used[plan.events.lane[i]].add(plan.events.row[i]);
    }
    const lanes = [];
    let top = 0;
    plan.lanes.forEach((lane, index) => {
      if (!used[index].size && !without.has(index)) return;
      const middles = new Map();
      [...used[index]].sort((a, b) => a - b).forEach((row, order) => middles.set(row, top + LANE.pad + height * (order + 0.5)));
      const bottom = top + Math.max(LANE.least, 2 * LANE.pad + height * middles.size);
      lanes.push({ index, top, bottom, middles });
      top = bottom + LANE.gap;
    });
    return { lanes, height: Math.max(top - LANE.gap, LANE.least) };
  };

  /** Everything drawn in a window: marks, bars, soft extents and labels, with their boxes in px. */
  timeline.shapes = (plan, passing, limits, view, room) => {
    const { events, sizes } = plan;
    const [t0, t1] = view.window;
    const k = room.plot / (t1 - t0);
    const scale = k / room.font;
    const { lanes, height } = timeline.rows(plan, passing);
    const middle = new Map(lanes.map((lane) => [lane.index, lane.middles]));
    const px = (t) => (t - t0) * k;
    const marks = [];
    const counts = new Map(lanes.map((lane) => [lane.index, { drawn: 0, total: 0, before: 0, after: 0 }]));

    const mark = (i) => {
      const open = [events.first[i] === null, events.last[i] === null];
      const start = events.start[i], end = events.end[i];
      const y = middle.get(events.lane[i]).get(events.row[i]);
      const centre = px((start + end) / 2);
      const half = events.point[i] ? 0 : Math.max(px(end) - px(start), LEAST) / 2;
      const claim = Math.max(half, sizes.mark / 2);
      return { i, y, open, left: centre - half, right: centre + half, claim: [centre - claim, centre + claim], start, end, label: null };
    };

    const label = (shape) => {
      const width = events.width[shape.i] * room.font;
      const inside = (events.inside[shape.i] ?? Infinity) <= scale;
      const x = inside
        ? Math.max(shape.left, 0) + sizes.gap
        : events.left[shape.i] ? shape.claim[0] - sizes.gap - width : shape.claim[1] + sizes.gap;
      const whole = x >= 0 && x + width <= (inside ? Math.min(shape.right, room.plot) : room.plot + plan.room.right);
      return whole ? { x, width, inside } : null;
    };

    for (const i of passing) {
      if (!timeline.meets(plan, i, view.window)) continue;
      const count = counts.get(events.lane[i]);
      if (events.row[i] === null) {
        count[events.first[i] < plan.period[0] ? "before" : "after"] += 1;
        continue;
      }
      count.total += 1;
      const forced = i === view.selected || i === view.current;
      if (!forced && !((limits.mark[i] ?? Infinity) <= scale)) continue;
      const shape = mark(i);
      if (events.point[i] && (shape.left < 0 || shape.left > room.plot)) continue;
      count.drawn += 1;
      if ((limits.label[i] ?? Infinity) <= scale) shape.label = label(shape);
      marks.push(shape);
    }
    const chosen = marks.find((shape) => shape.i === view.selected);
    if (chosen && !chosen.label) force(chosen, marks, plan, room);
    const ringed = marks.filter((shape) => shape.i === view.selected || shape.i === view.current);
    return { k, px, lanes, height, marks, counts, ringed };
  };

  /** Label the chosen event beside its mark, on top, where it has no room; the labels that it would touch give way. */
  const force = (shape, marks, plan, room) => {
    const { events, sizes } = plan;
    const width = events.width[shape.i] * room.font;
    const right = Math.min(shape.claim[1], room.plot) + sizes.gap;
    const left = Math.max(shape.claim[0], 0) - sizes.gap - width;
    const last = room.plot + plan.room.right - width;
    const x = right <= last ? right : left >= 0 ? left : Math.max(0, Math.min(last, right));
    shape.label = { x, width, inside: false, forced: true };
    for (const other of marks) {
      if (other === shape || other.y !== shape.y || !other.label) continue;
      if (other.label.x < x + width + sizes.pad && x < other.label.x + other.label.width + sizes.pad) other.label = null;
    }
  };

  /** The stops of one gradient along all soft extents of a row: a colour scale from the first's start to the last's end. */
  const gradient = (bars, colors) => {
    const first = bars[0].a, length = bars[bars.length - 1].b - first;
    const at = (x) => Math.min(Math.max((x - first) / length, 0), 1);
    const stops = [];
    for (const { a, b, fadeA, fadeB } of bars) {
      const firmA = Math.min(a + fadeA, b), firmB = Math.max(b - fadeB, firmA);
      stops.push([at(a), fadeA > 0 ? colors.clear : colors.soft], [at(firmA), colors.soft],
        [at(firmB), colors.soft], [at(b), fadeB > 0 ? colors.clear : colors.soft]);
    }
    stops[0][0] = 0;
    stops[stops.length - 1][0] = 1;
    for (let n = 1; n < stops.length; n++) stops[n][0] = Math.max(stops[n][0], stops[n - 1][0]);
    return stops;
  };

  /** A bar cut to a window's width beyond the window: Plotly cuts longer paths itself, and then misplaces the gradient. */
  const cut = (shape, events, { k, px }, room) => {
    const [low, high] = [-room.plot, 2 * room.plot];
    const a = Math.max(shape.left, low), b = Math.min(shape.right, high);
    const stretch = (shape.right - shape.left) / Math.max(px(shape.end) - px(shape.start), 1e-9);
    const fade = (days) => days * k * stretch;
    return {
      a, b,
      fadeA: Math.max(0, fade(events.fadeStart[shape.i]) - (a - shape.left)),
      fadeB: Math.max(0, fade(events.fadeEnd[shape.i]) - (shape.right - b)),
    };
  };

  /** The arrays of every trace, in the order of the template that Python made. */
  timeline.traces = (plan, shapes, view, room) => {
    const { events, lanes } = plan;
    const time = (x) => (view.window[0] + x / shapes.k) * DAY;
    const firm = { base: [], x: [], y: [], fill: [], line: [] };
    const soft = new Map();
    const symbols = { x: [], y: [], symbol: [], color: [] };
    const texts = { x: [], y: [], text: [] };
    for (const shape of shapes.marks) {
      const lane = lanes[events.lane[shape.i]], colors = lane[room.style];
      const dot = (x, symbol) => {
        symbols.x.push(time(x)); symbols.y.push(shape.y); symbols.symbol.push(symbol); symbols.color.push(colors.mark);
      };
      if (events.point[shape.i]) dot(shape.left, plan.symbols[lane.symbol]);
      else {
        const bar = cut(shape, events, shapes, room);
        if (bar.fadeA || bar.fadeB || events.fadeStart[shape.i] || events.fadeEnd[shape.i]) {
          const row = plan.firstRow[events.lane[shape.i]] + events.row[shape.i];
          if (!soft.has(row)) soft.set(row, { y: shape.y, colors, bars: [] });
          soft.get(row).bars.push(bar);
        } else {
          firm.base.push(time(bar.a)); firm.x.push(time(bar.b) - time(bar.a)); firm.y.push(shape.y);
          firm.fill.push(colors.bar); firm.line.push(colors.mark);
        }
        if (shape.open[0]) dot(Math.max(shape.left, 0) + plan.sizes.gap, "triangle-left");
        if (shape.open[1]) dot(Math.min(shape.right, room.plot) - plan.sizes.gap, "triangle-right");
      }
      if (shape.label && !shape.label.forced) {
        texts.x.push(time(shape.label.x)); texts.y.push(shape.y); texts.text.push(timeline.plain(events.short[shape.i]));
      }
    }
    const rows = Array.from({ length: plan.allRows }, (_, row) => {
      const { y, colors, bars } = soft.get(row) || { bars: [] };
      if (!bars.length) return { x: [], y: [] };
      bars.sort((one, other) => one.a - other.a);
      const [top, bottom] = [y - plan.room.bar / 2, y + plan.room.bar / 2];
      return {
        x: bars.flatMap(({ a, b }) => [a, b, b, a, a, null]).map((x) => (x === null ? null : time(x))),
        y: bars.flatMap(() => [top, top, bottom, bottom, top, null]),
        fillgradient: { type: "horizontal", colorscale: gradient(bars, colors) },
      };
    });
    return [
      { base: firm.base, x: firm.x, y: firm.y, marker: { color: firm.fill, line: { color: firm.line } } },
      ...rows,
      { x: symbols.x, y: symbols.y, marker: { symbol: symbols.symbol, color: symbols.color } },
      { x: texts.x, y: texts.y, text: texts.text },
    ];
  };

  /** Rings round the events that the reader has chosen or points at. */
  const rings = (shapes, view, room, ink) => shapes.ringed.map((shape) => ({
    type: "rect", xref: "paper", yref: "y", layer: "above", fillcolor: "rgba(0,0,0,0)",
    x0: Math.max(shape.left - (shape.left === shape.right ? 9 : 2), -9) / room.plot,
    x1: Math.min(shape.right + (shape.left === shape.right ? 9 : 2), room.plot + 9) / room.plot,
    y0: shape.y - 9.5, y1: shape.y + 9.5,
    line: { color: ink, width: shape.i === view.selected ? 2 : 1 },
  }));

  /** What stands under a lane's name: how many events it has here, how many of them are drawn, and how many lie beyond. */
  timeline.counted = ({ words }, { drawn, total, before, after }) => [
    ...(drawn < total ? [timeline.say(words, "drawn", { drawn, total }), timeline.say(words, "zoom_for_rest")]
      : [timeline.say(words, total === 1 ? "events_one" : "events", { total })]),
    ...(before ? [timeline.say(words, "before_period", { count: before })] : []),
    ...(after ? [timeline.say(words, "after_period", { count: after })] : []),
  ];

  /** Lane bands and heads, rings, and the labels that stand on top. */
  const layers = (plan, shapes, view, room) => {
    const page = plan.pages[room.style];
    const bands = shapes.lanes.map(({ index, top, bottom }) => ({
      type: "rect", xref: "paper", yref: "y", layer: "below", line: { width: 0 },
      x0: -(plan.room.left - 6) / room.plot, x1: 1 + plan.room.right / room.plot, y0: top, y1: bottom,
      fillcolor: plan.lanes[index][room.style].band,
    }));
    const heads = shapes.lanes.map(({ index, top }) => {
      const lines = timeline.counted(plan, shapes.counts.get(index)).map(timeline.plain).join("<br>");
      return {
        xref: "paper", yref: "y", x: 0, y: top + 5, xanchor: "left", yanchor: "top", align: "left", showarrow: false,
        xshift: 14 - plan.room.left, width: plan.room.left - 18,
        text: `<b>${timeline.plain(plan.lanes[index].label)}</b><br><span style="font-size:11px">${lines}</span>`,
        font: { size: 13, color: page.ink },
      };
    });
    const notes = shapes.ringed.filter((shape) => shape.label && shape.label.forced).map((shape) => ({
      xref: "paper", yref: "y", x: shape.label.x / room.plot, y: shape.y, xanchor: "left", yanchor: "middle",
      showarrow: false, borderpad: 1, bgcolor: page.paper, text: timeline.plain(plan.events.short[shape.i]),
      font: { size: plan.sizes.label, color: page.ink },
    }));
    return { shapes: [...bands, ...rings(shapes, view, room, page.ink)], annotations: [...heads, ...notes] };
  };

  /** The whole figure. ``room`` is {plot, font, style}: plot width in px, font factor, "light" or "dark". */
  timeline.figure = (plan, passing, limits, view, room) => {
    const shapes = timeline.shapes(plan, passing, limits, view, room);
    const page = plan.pages[room.style];
    const { template } = plan;
    const data = timeline.traces(plan, shapes, view, room).map((arrays, n) => merge(template.data[n], arrays));
    const { head, height } = plan.panelSizes;
    const below = plan.panels[room.style];
    const whole = shapes.height + plan.room.axis + below.length * (head + height);
    const { shapes: drawn, annotations } = layers(plan, shapes, view, room);
    const ticks = Math.max(3, Math.round(room.plot / 75));
    const years = { ...template.layout.xaxis, range: view.window.map((t) => t * DAY), nticks: ticks };
    const layout = {
      ...template.layout,
      shapes: drawn, annotations,
      width: room.plot + plan.room.left + plan.room.right,
      height: whole + plan.room.top + plan.room.bottom,
      font: { ...template.layout.font, color: page.ink },
      xaxis: years,
      xaxis2: { ...years, ...template.layout.xaxis2 },
      yaxis: { ...template.layout.yaxis, range: [shapes.height, 0], domain: [1 - shapes.height / whole, 1] },
    };
    below.forEach((panel, n) => {
      const top = shapes.height + plan.room.axis + n * (head + height);
      layout[`yaxis${n + 2}`] = { ...panel.axis, domain: [Math.max(1 - (top + head + height) / whole, 0), 1 - (top + head) / whole] };
      annotations.push({ ...panel.head, y: 1 - (top + 10) / whole });
    });
    data.push(...plan.panelTraces[room.style]);
    return { figure: { data, layout }, shapes };
  };

  /** The template's trace with its arrays; markers have parts of both. */
  const merge = (trace, arrays) => {
    if (!arrays.marker) return { ...trace, ...arrays };
    const line = { ...trace.marker.line, ...arrays.marker.line };
    return { ...trace, ...arrays, marker: { ...trace.marker, ...arrays.marker, line } };
  };

  /** The event whose mark or label is at a place in the plot, in px; the nearest mark within a touch target, or null. */
  timeline.hit = (shapes, x, y, reach = 12) => {
    let best = null, least = Infinity;
    for (const shape of shapes.marks) {
      if (Math.abs(shape.y - y) > reach) continue;
      const inLabel = shape.label && x >= shape.label.x - 2 && x <= shape.label.x + shape.label.width + 2;
      const away = inLabel ? 0 : Math.max(shape.left - x, x - shape.right, 0);
      if (away <= reach && away < least) [best, least] = [shape.i, away];
    }
    return best;
  };
})();
