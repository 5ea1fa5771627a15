/* The chart: plan, filter, window and room in; the figure's traces and layout out. Pure; Python's twin is chart.py, and a
   test holds the two to the same figure. */
"use strict";

(() => {
  const timeline = (window.timeline = window.timeline || {});
  const SMALLEST_WINDOW = 1; // day
  const RING = 9; // px that a ring stands off a symbol, and off a row's middle
  const EDGE = 2; // px that it stands off an extent's ends

  /** A count with its thousands parted; a text as it is. */
  timeline.counted = (value) => (typeof value === "number" ? value.toLocaleString("en-GB") : value);

  /** A text so that, in a sentence, it does not turn the direction of what stands around it; words.py says how. */
  const TURNING = /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
  timeline.isolated = (text) => {
    if (!TURNING.test(text)) return text;
    let depth = 0, least = 0;
    for (const [sign] of text.matchAll(/[\u2066-\u2069]/g)) {
      depth += sign === "\u2069" ? -1 : 1;
      least = Math.min(least, depth);
    }
    return "\u2068".repeat(1 - least) + text + "\u2069".repeat(1 + depth - least);
  };

  /** A text with its {names} filled in. */
  const fill = (text, values, as = timeline.counted) => text.replace(/\{(\w+)\}/g, (_, name) => as(values[name]));

  /** A word of the interface, its {names} filled in. */
  timeline.say = (words, key, values = {}) => fill(words[key], values, (value) => timeline.isolated(String(timeline.counted(value))));

  /** Text that Plotly draws verbatim: it reads a little HTML otherwise. */
  timeline.plain = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

  /** Window of day numbers [t0, t1], kept inside the period and no shorter than a day. */
  timeline.clamp = ([t0, t1], period) => {
    const most = period[1] - period[0];
    const days = Math.min(Math.max(t1 - t0, Math.min(SMALLEST_WINDOW, most)), most);
    const start = Math.min(Math.max((t0 + t1 - days) / 2, period[0]), period[1] - days);
    return [start, start + days];
  };

  /** The figure, and its shapes. `room` is {plot, font, style}: plot width in px, font factor, "light" or "dark"; `sight`
      is what of the plot is filled, [top, bottom] in px: a chart that moves is not drawn where nobody sees it. */
  timeline.figure = (plan, passing, limits, view, room, sight = [-Infinity, Infinity]) => {
    const shapes = timeline.shapes(plan, passing, limits, view, room);
    const below = timeline.panels(plan, view.measures, room.style);
    const seen = { ...shapes, marks: shapes.marks.filter(({ y }) => y > sight[0] && y < sight[1]) };
    const { axis, panelHead, panel } = plan.room;
    const open = below.map((_, n) => {
      const start = shapes.height + axis + n * (panelHead + panel);
      return start < sight[1] && start + panelHead + panel > sight[0];
    });
    const data = [
      ...timeline.traces(plan, seen, room.style),
      ...below.flatMap(({ traces }, n) => (open[n] ? traces.map((trace) => ({ ...trace, yaxis: `y${n + 2}` })) : [])),
    ];
    return { figure: { data, layout: layoutOf(plan, shapes, below, open, view, room.style) }, shapes };
  };

  /** The layout of a window: lane bands and heads, rings, the axes, and the panels stacked below them. */
  const layoutOf = (plan, laid, below, open, view, style) => {
    const { room: { left, right, top, bottom, axis, panelHead, panel }, template: { layout, annotations } } = plan;
    const whole = laid.height + axis + below.length * (panelHead + panel);
    const ticks = timeline.ticks(plan, laid.window, laid.width);
    const years = {
      ...layout.xaxis, range: laid.window.map((day) => day * timeline.DAY),
      tickvals: ticks.map(([day]) => day * timeline.DAY), ticktext: ticks.map(([, label]) => label),
    };
    const axes = {
      xaxis: years,
      xaxis2: { ...years, ...layout.xaxis2 },
      yaxis: { ...layout.yaxis, range: [laid.height, 0], domain: [1 - laid.height / whole, 1] },
    };
    const heads = laid.lanes.map((lane) => laneHead(plan, lane));
    below.forEach((one, number) => {
      const start = laid.height + axis + number * (panelHead + panel);
      const domain = [Math.max(1 - (start + panelHead + panel) / whole, 0), 1 - (start + panelHead) / whole];
      axes[`yaxis${number + 2}`] = { ...one.axis, domain };
      if (!open[number]) return;
      heads.push({ ...one.head, y: 1 - start / whole });
      for (const label of timeline.lineLabels(plan, one, laid.window, laid.width, laid.font)) heads.push({
        ...annotations.line, x: label.x / laid.width, y: label.value, yref: `y${number + 2}`, yshift: -label.down,
        text: one.lines[label.line].text, bgcolor: one.veil,
      });
    });
    const { ink, paper } = plan.pages[style];
    const forced = laid.ringed.filter(({ label }) => label && label.forced).map(({ i, y, label }) => ({
      ...annotations.label, x: label.x / laid.width, y, bgcolor: paper, text: timeline.plain(plan.events.short[i]),
    }));
    const rings = laid.ringed.map((shape) => ring(plan, shape, laid.width, { color: ink, width: shape.i === view.selected ? 2 : 1 }));
    const chosen = laid.ringed.find(({ i }) => i === view.selected);
    const linked = view.selected === null ? [] : laid.marks
      .filter(({ i }) => plan.events.linked[view.selected].includes(i) && !laid.ringed.some((shape) => shape.i === i))
      .map((shape) => ring(plan, shape, laid.width, { color: ink, width: 1, dash: "2px,2px" }));
    const extents = chosen ? below.map((_, number) => extent(plan, chosen, laid.width, number, ink)) : [];
    return {
      ...layout,
      ...axes,
      shapes: [...laid.lanes.map((lane) => band(plan, lane, laid, style)), ...extents, ...linked, ...rings],
      annotations: [...heads, ...forced],
      width: laid.width + left + right,
      height: whole + top + bottom,
      font: { ...layout.font, color: ink },
    };
  };

  const band = ({ room, lanes, template }, { index, top, bottom }, laid, style) => ({
    ...template.rectangles.lane,
    x0: -room.band / laid.width,
    x1: 1 + room.right / laid.width,
    y0: top,
    y1: bottom,
    fillcolor: lanes[index][style].band,
  });

  /** The chosen event's extent in a panel. */
  const extent = ({ template }, { left, right }, plot, number, color) => ({
    ...template.rectangles.extent,
    yref: `y${number + 2} domain`,
    x0: Math.max(left, 0) / plot,
    x1: Math.min(right, plot) / plot,
    fillcolor: color,
    line: { color, width: left === right ? 1 : 0 },
  });

  /** The ring round an event that the reader has chosen or points at, or that the chosen one is linked with. */
  const ring = ({ template }, { left, right, y }, plot, line) => {
    const off = left === right ? RING : EDGE;
    return {
      ...template.rectangles.ring,
      x0: Math.max(left - off, -RING) / plot,
      x1: Math.min(right + off, plot + RING) / plot,
      y0: y - RING - 0.5,
      y1: y + RING + 0.5,
      line,
    };
  };

  /** A lane's name, and under it how many events it has here, is drawn with, and has beyond the period. */
  const laneHead = ({ words, lanes, template }, { index, top, drawn, total, before, after }) => {
    const counts = drawn < total
      ? [timeline.say(words, "drawn", { drawn, total }), timeline.say(words, "zoom_for_rest"), timeline.say(words, "list_for_rest")]
      : [timeline.say(words, total === 1 ? "events_one" : "events", { total })];
    if (before) counts.push(timeline.say(words, "before_period", { count: before }));
    if (after) counts.push(timeline.say(words, "after_period", { count: after }));
    const { lane } = template.annotations;
    const text = fill(lane.text, {
      label: timeline.plain(lanes[index].head).replace("\n", "<br>"), counts: counts.map(timeline.plain).join("<br>"),
    });
    return { ...lane, y: top, text };
  };
})();
