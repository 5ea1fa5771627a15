/* A figure as SVG: what Plotly draws of the figures of chart.js, and no more, in a tenth of the time; the chart that moves
   is drawn so, and the one that rests by Plotly. Pure, but that it measures words; Python's twin is drawing.py with
   strokes.py, and a test holds the two to the same elements. */
"use strict";

(() => {
  const timeline = (window.timeline = window.timeline || {});
  const LINE = 1.3; // lines of a text stand so many times its size apart
  const RAISED = 0.25; // a text's baseline is so many times its size below the middle of its mark
  const STEPS = [2, 5, 10]; // a step from tick to tick is one of these times a power of ten
  const SEPARATED = 4; // digits of the longest whole number that is written without a separator
  const LEAST = 3; // px of the thinnest line that dashes are measured by
  const DASHES = { dash: [3, 3], dot: [1, 1], dashdot: [3, 1, 1, 1], longdash: [5, 5], longdashdot: [5, 2, 2, 2] };
  const UNDER = ["bands", "grid", "y", "marks", "texts", "years", "over"]; // layers below the panels, of which each has one
  const OVER = ["rings", "notes"];
  const CRISP = ' fill="none" shape-rendering="crispEdges" ';

  const short = (number) => Math.round(number * 100) / 100 || 0;
  const at = (x, y) => `transform="translate(${short(x)} ${short(y)})"`;

  /** A colour as an attribute, and its opacity as another: browsers round that of rgba() to 255ths. */
  const inks = new Map();
  const ink = (name, color) => {
    const key = name + color;
    if (!inks.has(key)) {
      const [, channels, opacity] = /^rgba\((\d+,\d+,\d+),([\d.]+)\)$/.exec(color) ?? [];
      const hex = channels?.split(",").map((channel) => Number(channel).toString(16).padStart(2, "0")).join("");
      inks.set(key, hex ? `${name}="#${hex}" ${name.replace("-color", "")}-opacity="${opacity}"` : `${name}="${color}"`);
    }
    return inks.get(key);
  };

  const dashes = (name, width) => {
    if (!name || name === "solid") return "";
    const lengths = DASHES[name]?.map((part) => short(part * Math.max(width, LEAST))) ?? name.split(",").map(parseFloat);
    return ` stroke-dasharray="${lengths.join(" ")}"`;
  };

  const tickStep = (least) => {
    const power = 10 ** Math.floor(Math.log10(least));
    return power * STEPS.find((step) => power * step >= least);
  };

  const tickText = (value) => {
    const text = String(Number(Math.abs(value).toPrecision(10))), [whole, part] = text.split(".");
    const parted = whole.length > SEPARATED || part ? whole.replace(/\B(?=(\d{3})+$)/g, ",") : whole;
    return (value < 0 ? "−" : "") + (part ? `${parted}.${part}` : parted);
  };

  const T = 2 / Math.sqrt(3), H = Math.sqrt(3) / 2;
  const STAR = [
    [0.225, -0.309], [0.951, -0.309], [0.363, 0.118], [0.588, 0.809], [0, 0.382],
    [-0.588, 0.809], [-0.363, 0.118], [-0.951, -0.309], [-0.225, -0.309], [0, -1],
  ];
  const CORNERS = { // of the symbols' outlines, in units of half their size
    square: [[1, 1], [-1, 1], [-1, -1], [1, -1]],
    diamond: [[1.3, 0], [0, 1.3], [-1.3, 0], [0, -1.3]],
    "triangle-up": [[-T, 0.5], [T, 0.5], [0, -1]],
    "triangle-down": [[-T, -0.5], [T, -0.5], [0, 1]],
    "triangle-left": [[0.5, -T], [0.5, T], [-1, 0]],
    "triangle-right": [[-0.5, -T], [-0.5, T], [1, 0]],
    cross: [
      [1.2, 0.4], [0.4, 0.4], [0.4, 1.2], [-0.4, 1.2], [-0.4, 0.4], [-1.2, 0.4],
      [-1.2, -0.4], [-0.4, -0.4], [-0.4, -1.2], [0.4, -1.2], [0.4, -0.4], [1.2, -0.4],
    ],
    pentagon: [[0.951, -0.309], [0.588, 0.809], [-0.588, 0.809], [-0.951, -0.309], [0, -1]],
    hexagon: [[H, -0.5], [H, 0.5], [0, 1], [-H, 0.5], [-H, -0.5], [0, -1]],
    star: STAR.map(([x, y]) => [1.4 * x, 1.4 * y]),
  };
  const STROKES = { // of symbols without an area
    "x-thin": [[[1.4, 1.4], [-1.4, -1.4]], [[1.4, -1.4], [-1.4, 1.4]]],
    "line-ew": [[[1.4, 0], [-1.4, 0]]],
    "line-ns": [[[0, 1.4], [0, -1.4]]],
  };
  const outlines = new Map();
  const outline = (symbol, r) => {
    const key = symbol + r, point = ([x, y]) => `${short(x * r)} ${short(y * r)}`;
    if (!outlines.has(key)) {
      const a = short(r);
      outlines.set(key, symbol === "circle" ? `M${a} 0A${a} ${a} 0 1 1 0 ${-a}A${a} ${a} 0 0 1 ${a} 0z`
        : STROKES[symbol]?.map(([one, other]) => `M${point(one)}L${point(other)}`).join("")
          ?? `M${CORNERS[symbol].map(point).join("L")}z`);
    }
    return outlines.get(key);
  };

  const MEANT = { lt: "<", gt: ">", amp: "&" };
  let pen;
  const widths = new Map();
  /** The width in px of a text with the little HTML that Plotly reads. */
  const widthOf = (html, size, family) => {
    const key = `${size} ${html}`;
    if (!widths.has(key)) {
      pen ??= Object.assign(document.createElement("canvas").getContext("2d"), { fontKerning: "none" });
      pen.font = `${size}px ${family}`;
      const text = html.replace(/<[^>]*>/g, "").replace(/&(lt|gt|amp|#\d+);/g, (_, name) => MEANT[name] ?? String.fromCodePoint(name.slice(1)));
      widths.set(key, pen.measureText(text).width);
    }
    return widths.get(key);
  };

  /** A text that has the little HTML which Plotly reads, as lines and runs of an SVG text. */
  const rich = (html, size) => {
    const runs = [], parts = [];
    let line = 0;
    for (const [part] of html.matchAll(/<[^>]*>|[^<]+/g)) {
      if (part[0] !== "<") parts.push(part);
      else if (part === "<br>") { // what is open goes on in the next line
        line += 1;
        parts.push("</tspan>".repeat(runs.length + (line > 1)), `<tspan x="0" y="${short(line * LINE * size)}">`, ...runs);
      } else if (part[1] === "/") {
        runs.pop();
        parts.push("</tspan>");
      } else {
        const [, name, value] = /^<span style="([\w-]+):(.*)">$/.exec(part) ?? [];
        runs.push(name === "color" ? `<tspan ${ink("fill", value)}>`
          : name ? `<tspan font-size="${value.replace("px", "")}">` : '<tspan font-weight="bold">');
        parts.push(runs.at(-1));
      }
    }
    return parts.join("") + (line ? "</tspan>" : "");
  };

  const nth = (value, n) => (Array.isArray(value) ? value[n] : value);

  /** Points parted where one is nowhere. */
  const stretches = (points) => {
    const found = [[]];
    for (const point of points) point === null || point[0] === null ? found.push([]) : found.at(-1).push(point);
    return found.filter(({ length }) => length);
  };

  /** A figure as the markup of what stands in an SVG whose origin is the plot's upper left corner. */
  timeline.drawing = ({ data, layout }) => {
    const { margin, font, xaxis: years } = layout;
    const plot = layout.width - margin.l - margin.r, height = layout.height - margin.t - margin.b;
    const [first, last] = years.range;
    const xOf = (moment) => ((moment - first) / (last - first)) * plot;
    const layers = {};
    const draw = (layer, ...parts) => { (layers[layer] ??= []).push(parts.join("")); };

    const subplots = {};
    for (const name of Object.keys(layout).filter((key) => key.startsWith("yaxis"))) {
      const { range: [low, high], domain: [bottom, top] } = layout[name];
      const one = { name: name.replace("axis", ""), axis: layout[name], low, high, top: (1 - top) * height, height: (top - bottom) * height };
      one.y = (value) => one.top + ((one.high - value) / (one.high - one.low)) * one.height;
      subplots[one.name] = one;
    }

    const text = (layer, x, y, words, size, more = "") => {
      draw(layer, "<text ", at(x, y), size === font.size ? "" : ` font-size="${short(size)}"`, more, ">", words, "</text>");
    };

    const rectangle = (shape) => {
      const [name, share] = shape.yref.split(" "), across = subplots[name];
      const [top, bottom] = [shape.y0, shape.y1].map((y) => (share ? across.top + y * across.height : across.y(y)));
      const { width = 2, color, dash } = shape.line;
      const edge = width ? ` ${ink("stroke", color)} stroke-width="${width}"${dashes(dash, width)}` : "";
      draw(shape.layer === "above" ? "rings" : "bands", `<rect x="${short(shape.x0 * plot)}" width="${short((shape.x1 - shape.x0) * plot)}"`,
        ` y="${short(top)}" height="${short(bottom - top)}"`, shape.opacity ? ` opacity="${shape.opacity}"` : "",
        ` ${ink("fill", shape.fillcolor)}${edge}/>`);
    };

    /** The ticks and labels of the axis of time, below the lanes and above them. */
    const axis = () => {
      const { top, height: tall } = subplots.y, { tickfont: { size }, ticklen: long } = years;
      for (const [layer, edge, way, baseline] of [
        ["years", top + tall, 1, top + tall + long + 1 + 1.2 * size], ["over", top, -1, top - long - 1 - 0.4 * size],
      ]) years.tickvals.forEach((moment, n) => {
        const x = xOf(moment);
        draw(layer, "<path ", at(x, edge), ` d="M0 ${way}v${way * long}"${CRISP}${ink("stroke", years.tickcolor)}/>`);
        text(layer, x, baseline, years.ticktext[n], size, ' text-anchor="middle"');
      });
    };

    /** A subplot's lines at the years, and, for a measure, at its round values, with their labels. */
    const grid = ({ axis: { visible = true, tickfont, nticks, ticksuffix }, low, high, top, height: tall, y }) => {
      for (const moment of years.tickvals) {
        const x = xOf(moment);
        if (x > 1 && x < plot - 1) draw("grid", "<path ", at(x, top), ` d="M0 0v${short(tall)}"${CRISP}${ink("stroke", years.gridcolor)}/>`);
      }
      if (!visible) return;
      const step = tickStep((high - low) / nticks), left = -1 - widthOf(ticksuffix, tickfont.size, font.family);
      for (let count = Math.ceil(low / step); count <= Math.floor(high / step); count += 1) {
        const level = y(count * step);
        text("years", left, level + 0.35 * tickfont.size, tickText(count * step), tickfont.size, ' text-anchor="end"');
        if (level - top > 1 && level - top < tall - 1)
          draw("grid", `<line x1="0" x2="${short(plot)}" y1="${short(level)}" y2="${short(level)}"${CRISP}${ink("stroke", years.gridcolor)}/>`);
      }
    };

    const bars = ({ base, x, y, marker, width: high }, across) => {
      base.forEach((start, n) => {
        const left = xOf(start), right = xOf(start + x[n]);
        draw(across.name, `<rect x="${short(left)}" width="${short(right - left)}" y="${short(across.y(y[n]) - high / 2)}" height="${high}"`,
          ` rx="${marker.cornerradius}" ${ink("fill", marker.color[n])} ${ink("stroke", marker.line.color[n])}/>`);
      });
    };

    const shades = new Map();
    const shade = (stops) => {
      const key = stops.map(([offset, color]) => `<stop offset="${offset}" ${ink("stop-color", color)}/>`).join("");
      if (!shades.has(key)) shades.set(key, `shade_${shades.size}`);
      return `fill="url(#${shades.get(key)})"`;
    };

    /** The rectangles of a path and where they begin, each with its stretch of the gradient along them all. */
    const soft = ({ x, y, fillgradient: { colorscale } }, across) => {
      const boxes = stretches(x.map((moment, n) => [moment, y[n]]));
      const sides = boxes.map((box) => [xOf(Math.min(...box.map(([one]) => one))), xOf(Math.max(...box.map(([one]) => one)))]);
      const start = Math.min(...sides.map(([left]) => left)), end = Math.max(...sides.map(([, right]) => right));
      const turns = colorscale.length / boxes.length;
      return boxes.map((box, n) => {
        const [left, right] = sides[n], own = colorscale.slice(n * turns, (n + 1) * turns);
        const stops = own.map(([place, color], turn) => [
          turn ? turn === turns - 1 ? 1 : Math.round(((start + place * (end - start) - left) / (right - left)) * 1000) / 1000 : 0, color,
        ]);
        const levels = box.map(([, value]) => across.y(value)), top = Math.min(...levels), tall = Math.max(...levels) - top;
        return [top, left, `<rect x="${short(left)}" width="${short(right - left)}" y="${short(top)}" height="${short(tall)}" ${shade(stops)}/>`];
      });
    };

    const lines = ({ line }, layer, points) => {
      for (const stretch of stretches(points)) {
        if (stretch.length < 2) continue;
        draw(layer, `<path d="M${stretch.map(([x, y]) => `${short(x)} ${short(y)}`).join("L")}" fill="none" stroke-width="${line.width}"`,
          ` stroke-miterlimit="2"${dashes(line.dash, line.width)} ${ink("stroke", line.color)}/>`);
      }
    };

    /** The bar of a mark over the range of its values. */
    const range = ({ y, error_y: { array, arrayminus, width: cap, thickness, color } }, across, x, n) => {
      const top = across.y(y[n] + array[n]), bottom = across.y(y[n] - arrayminus[n]);
      if (top !== bottom) draw(across.name, "<path ", at(x, top), ` d="M-${cap} 0h${2 * cap}m-${cap} 0v${short(bottom - top)}m-${cap} 0h${2 * cap}"`,
        ` fill="none" stroke-width="${thickness}" ${ink("stroke", color)}/>`);
    };

    const marks = ({ marker }, layer, points) => {
      const { line: { width = 0 } = {} } = marker;
      points.forEach((point, n) => {
        if (point === null) return;
        const symbol = nth(marker.symbol, n), color = nth(marker.color, n), opacity = nth(marker.opacity, n) ?? 1;
        draw(layer, "<path ", at(...point), ` d="${outline(symbol.replace("-open", ""), marker.size / 2)}"`,
          opacity === 1 ? "" : ` opacity="${short(opacity)}"`, ` ${ink("fill", symbol.endsWith("-open") ? "none" : color)}`,
          width ? ` stroke-width="${width}" ${ink("stroke", color)}` : "", "/>");
      });
    };

    const plotted = (trace) => {
      const across = subplots[trace.yaxis ?? "y"], layer = across.name === "y" ? "marks" : across.name;
      if (trace.type === "bar") return bars(trace, across);
      const points = trace.x.map((moment, n) => (moment === null || trace.y[n] === null ? null : [xOf(moment), across.y(trace.y[n])]));
      if (trace.mode === "text") return points.forEach(([x, y], n) => text("texts", x, y + RAISED * font.size, trace.text[n], font.size));
      if (trace.error_y) points.forEach((point, n) => point && range(trace, across, point[0], n));
      if (trace.mode.includes("lines")) lines(trace, across.name, points);
      marks(trace, layer, points);
    };

    const annotation = (note) => {
      const size = note.font?.size ?? font.size, pad = note.borderpad ?? 1;
      const x = Math.round(note.x * plot + (note.xshift ?? 0));
      const level = note.yref === "paper" ? (1 - note.y) * height : subplots[note.yref].y(note.y);
      const y = level - (note.yshift ?? 0), top = Math.round(note.yanchor === "top" ? y : y - (size + 3) / 2);
      if (note.bgcolor) draw("notes", "<rect ", at(x, top), ` width="${Math.ceil(widthOf(note.text, size, font.family)) + 1}" height="${size + 2}"`,
        ` x="0.5" y="0.5" ${ink("fill", note.bgcolor)}/>`);
      text("notes", x + 1 + pad, top + size + pad, rich(note.text, size), size);
    };

    layout.shapes.forEach(rectangle);
    axis();
    Object.values(subplots).forEach(grid);
    data.filter(({ fill }) => fill === "toself").flatMap((trace) => soft(trace, subplots.y))
      .sort((one, other) => one[0] - other[0] || one[1] - other[1]).forEach(([,, markup]) => draw("y", markup));
    data.filter(({ fill, x }) => fill !== "toself" && x.length).forEach(plotted);
    layout.annotations.forEach(annotation);

    const clips = Object.values(subplots).map(({ name, top, height: tall }) =>
      `<clipPath id="clip_${name}"><rect x="0" width="${short(plot)}" y="${short(top)}" height="${short(tall)}"/></clipPath>`);
    const gradients = [...shades].map(([stops, name]) => `<linearGradient id="${name}">${stops}</linearGradient>`);
    const panels = Object.keys(subplots).filter((name) => name !== "y");
    const body = [...UNDER, ...panels, ...OVER].filter((name) => layers[name]).map((name) => {
      const clip = subplots[name] ? ` clip-path="url(#clip_${name})"` : "";
      return `<g class="${name}"${clip}>${layers[name].join("")}</g>`;
    });
    return `<defs>${clips.join("")}${gradients.join("")}</defs>${body.join("")}`;
  };
})();
