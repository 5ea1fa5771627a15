/* The overview: how dense each theme's events stand over the whole period, and the window in it, to drag and to step. */
"use strict";

(() => {
  const timeline = (window.timeline = window.timeline || {});
  const SVG = "http://www.w3.org/2000/svg";
  const BINS = 96; // slices of the period
  const GAP = 1 / 12; // share of the period without an entry from which a gap is named
  const ROW = 10; // px of a theme's row
  const LOW = 2; // px of the lowest bar in it
  const $ = (id) => document.getElementById(id);

  /** For each theme its events per slice of the period; an event counts in every slice that its extent meets. */
  timeline.density = ({ events, lanes, period }, passing, bins = BINS) => {
    const counts = lanes.map(() => new Array(bins).fill(0));
    const size = (period[1] - period[0]) / bins;
    for (const i of passing) {
      if (events.row[i] < 0) continue;
      const first = Math.max(0, Math.floor((events.start[i] - period[0]) / size));
      const last = Math.min(bins - 1, Math.max(first, Math.ceil((events.end[i] - period[0]) / size) - 1));
      for (const theme of events.themes[i]) for (let bin = first; bin <= last; bin += 1) counts[theme][bin] += 1;
    }
    return counts;
  };

  /** Stretches of a row, [first, end) in slices, without an entry and long enough to be named. */
  timeline.gaps = (row, least = Math.ceil(row.length * GAP)) => {
    const found = [];
    let start = null;
    [...row, 1].forEach((count, bin) => {
      if (count === 0) start ??= bin;
      else {
        if (start !== null && bin - start >= least) found.push([start, bin]);
        start = null;
      }
    });
    return found;
  };

  /** The outline of bars side by side, of a height each and so many px wide, that stand on a foot; 0 px are no bar. */
  const outline = (tall, step, foot) => {
    let before = 0;
    return [...tall, 0].map((px, bin) => {
      if (px === before) return "";
      const to = before ? `H${bin * step}` : `M${bin * step} ${foot}`;
      before = px;
      return `${to}V${foot - px}`;
    }).join("");
  };

  const draw = (name, values, text) => {
    const node = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(values)) node.setAttribute(key, value);
    if (text) node.textContent = text;
    return node;
  };

  /** Draw the overview and hear what is done to it. `act` is the page's. */
  timeline.overview = (act) => {
    const { plan } = act;
    const host = $("ui_overview");
    const svg = draw("svg", { "aria-hidden": "true" });
    const brush = Object.assign(document.createElement("div"), { className: "window", tabIndex: 0, role: "slider" });
    brush.setAttribute("aria-label", act.say("overview"));
    brush.setAttribute("aria-valuemin", "0");
    brush.setAttribute("aria-valuemax", "100");
    for (const end of ["from", "to"]) brush.append(Object.assign(document.createElement("i"), { className: end }));
    host.append(svg, brush);

    const width = () => act.room().plot;
    const dayAt = (clientX) => {
      const { left } = host.getBoundingClientRect();
      return plan.period[0] + ((clientX - left - plan.room.left) / width()) * (plan.period[1] - plan.period[0]);
    };

    let dragged = null;
    brush.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      const part = event.target.className === "from" || event.target.className === "to" ? event.target.className : "window";
      dragged = { part, from: dayAt(event.clientX), window: act.view().window };
      brush.setPointerCapture(event.pointerId);
      event.stopPropagation();
    });
    brush.addEventListener("pointermove", (event) => {
      if (!dragged) return;
      const by = dayAt(event.clientX) - dragged.from, [t0, t1] = dragged.window;
      const least = 1;
      if (dragged.part === "from") act.show({ ...act.view(), window: [Math.max(plan.period[0], Math.min(t0 + by, t1 - least)), t1] });
      else if (dragged.part === "to") act.show({ ...act.view(), window: [t0, Math.min(plan.period[1], Math.max(t1 + by, t0 + least))] });
      else act.show({ ...act.view(), window: timeline.panned(dragged.window, by / (t1 - t0), plan.period) });
    });
    const release = () => { dragged = null; };
    brush.addEventListener("pointerup", release);
    brush.addEventListener("pointercancel", release);
    host.addEventListener("click", (event) => {
      if (brush.contains(event.target)) return;
      const [t0, t1] = act.view().window, middle = dayAt(event.clientX);
      act.show({ ...act.view(), window: timeline.panned([t0, t1], (middle - (t0 + t1) / 2) / (t1 - t0), plan.period) });
    });
    brush.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const { window: shown } = act.view();
      const next = {
        ArrowLeft: () => timeline.panned(shown, -0.1, plan.period), ArrowRight: () => timeline.panned(shown, 0.1, plan.period),
        PageUp: () => timeline.panned(shown, -1, plan.period), PageDown: () => timeline.panned(shown, 1, plan.period),
        ArrowUp: () => timeline.zoomed(shown, 1.25), ArrowDown: () => timeline.zoomed(shown, 0.8),
        Home: () => timeline.panned(shown, -1e6, plan.period), End: () => timeline.panned(shown, 1e6, plan.period),
      }[event.key];
      if (!next) return;
      event.preventDefault();
      act.show({ ...act.view(), window: next() });
    });

    let drawn = {};
    const rows = (passing, style) => {
      if (drawn.passing === passing && drawn.style === style && drawn.width === width()) return;
      drawn = { passing, style, width: width() };
      const counts = timeline.density(plan, passing), most = Math.max(1, ...counts.flat());
      const step = width() / BINS, high = ROW * counts.length, tall = (count) => (count ? LOW + ((ROW - 2 - LOW) * count) / most : 0);
      for (const [name, value] of Object.entries({ width: width(), height: high, viewBox: `0 0 ${width()} ${high}` })) svg.setAttribute(name, value);
      svg.style.left = `${plan.room.left}px`;
      host.style.height = `${high + 20}px`;
      const parts = counts.flatMap((row, lane) => {
        const fill = plan.lanes[lane][style].mark, y = lane * ROW;
        const bars = draw("path", { d: outline(row.map(tall), step, y + ROW - 1), fill });
        const gaps = timeline.gaps(row).map(([first, end]) => {
          const wide = (end - first) * step;
          const line = draw("line", { x1: first * step + 2, x2: end * step - 2, y1: y + ROW / 2, y2: y + ROW / 2, class: "gap" });
          const words = act.say("no_entries");
          return wide < 70 ? [line] : [line, draw("text", { x: (first * step + end * step) / 2, y: y + ROW - 2, class: "gap" }, words)];
        });
        return [bars, ...gaps.flat()];
      });
      const ground = draw("rect", { x: 0, y: 0, width: width(), height: high, class: "ground" });
      const share = (day) => ((day - plan.period[0]) / (plan.period[1] - plan.period[0])) * width();
      const years = timeline.ticks(plan, plan.period, width() / 2) // half as many as on the axis below
        .map(([day, label]) => draw("text", { x: share(day), y: high + 14, class: "year" }, label));
      svg.replaceChildren(ground, ...parts, ...years);
    };

    return { frame: (now, passing) => {
      if (!act.room().seen) return;
      rows(passing, act.room().style);
      const [first, last] = plan.period, share = (day) => (day - first) / (last - first);
      const [t0, t1] = now.window;
      brush.style.left = `${plan.room.left + share(t0) * width()}px`;
      brush.style.width = `${Math.max((share(t1) - share(t0)) * width(), 8)}px`;
      host.classList.toggle("whole", t0 <= first && t1 >= last);
      brush.setAttribute("aria-valuenow", String(Math.round(share((t0 + t1) / 2) * 100)));
      brush.setAttribute("aria-valuetext", act.say("overview_shows", { from: timeline.dateAt(t0), to: timeline.dateAt(t1, true) }));
    } };
  };
})();
