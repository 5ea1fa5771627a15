/* The chart on the page: the room that it has, the frames drawn in it, and what is laid over it. */
"use strict";

(() => {
  const timeline = (window.timeline = window.timeline || {});
  const AHEAD = 120; // px above and below the window that are drawn as well, for a page that scrolls meanwhile
  const SHEET = "(37.5em <= width < 62.5em)"; // the details stand on the chart's lower part
  const SHEET_SHAPE = 0.81; // the width of a sheet of A4 by the height that is left on it below the title
  const NARROWEST = 855; // px of the plot on paper: in seating.py the ordinary one, in which labels are to be read
  const $ = (id) => document.getElementById(id);

  /** Draw on the page and hear what is done there. `act` is the page's. */
  timeline.stage = (act) => {
    const { plan } = act;
    const chart = $("ui_chart"), tip = $("ui_tip");
    $("ui_graph").insertAdjacentHTML("beforebegin", '<svg id="ui_sketch" aria-hidden="true"></svg>');
    let room = null; // the plot's width in px, the reader's font against the metrics, whether it is seen, the page's style
    let shapes = null; // what is drawn
    let pointer = null; // where the pointer is on the plot, in px from its left
    let followed = false; // whether the page has scrolled to the mark of the event last chosen on the chart

    const pen = Object.assign(document.createElement("canvas").getContext("2d"), { font: `${plan.sizes.label}px ${plan.font}`, fontKerning: "none" });
    /** Measure the room; whether it has changed. */
    const measure = () => {
      const seen = chart.clientWidth > 0;
      if (!seen && room) { // another section is shown
        room = { ...room, seen };
        return false;
      }
      const { letterSpacing, wordSpacing } = getComputedStyle($("ui_sketch")); // of a reader's own style sheet
      for (const [name, value] of Object.entries({ letterSpacing, wordSpacing })) pen[name] = value === "normal" ? "0px" : value;
      const drawn = pen.measureText(plan.reference.text).width;
      const next = {
        plot: Math.max(plan.room.least, chart.clientWidth - plan.room.left - plan.room.right),
        font: Math.max(1, drawn / plan.reference.width),
      };
      const changed = next.plot !== room?.plot || next.font !== room?.font;
      room = { ...room, ...next, seen };
      return changed;
    };
    measure();

    const place = () => {
      const { left, top } = chart.getBoundingClientRect();
      return { left: left + plan.room.left, top: top + plan.room.top, width: room.plot };
    };

    /** Down to where the chart is in sight, in px of the window. */
    const lowest = (now) =>
      innerHeight - (matchMedia(SHEET).matches && now.selected !== null ? $("ui_details").offsetHeight : 0);

    const cross = () => {
      const now = act.view();
      const mark = pointer === null && now.current !== null ? shapes.marks.find(({ i }) => i === now.current) : null;
      const x = mark ? (mark.left + mark.right) / 2 : pointer;
      timeline.crosshair(x, { plan, laid: shapes, view: now, style: room.style, end: lowest(now) });
    };

    const point = (now) => {
      const shape = now.current === null ? null : shapes.marks.find(({ i }) => i === now.current);
      tip.hidden = !shape;
      if (!shape) return;
      const [date, title] = tip.children;
      date.textContent = plan.events.words[shape.i];
      title.textContent = plan.events.title[shape.i];
      const middle = plan.room.left + Math.min(Math.max((shape.left + shape.right) / 2, 0), room.plot);
      tip.style.left = `${Math.max(0, Math.min(middle - 20, chart.clientWidth - tip.offsetWidth))}px`;
      tip.style.top = `${plan.room.top + shape.y + 15}px`;
    };

    /** The figure of a view, all of it or what is in sight, for which the chart has its height. */
    const figure = (now, { passing, limits }, page, sight) => {
      const drawn = timeline.figure(plan, passing, limits, now, { ...room, ...page }, sight);
      chart.style.minHeight = `${drawn.figure.layout.height}px`;
      return drawn;
    };

    /** Draw a figure by our own script, before Plotly does. */
    const sketch = (figure) => {
      const { layout: { margin, width, height, font } } = figure, svg = $("ui_sketch");
      const attributes = { width, height, viewBox: `${-margin.l} ${-margin.t} ${width} ${height}` };
      for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
      svg.style.fill = font.color;
      svg.innerHTML = timeline.drawing(figure);
      chart.classList.add("sketched");
    };

    new ResizeObserver(() => { if (measure() && act.view()) act.show(act.view()); }).observe(chart);
    timeline.gestures(chart, plan.period, {
      window: () => act.view().window,
      show: (window) => act.show({ ...act.view(), window }),
      plot: place,
      hit: (x, y) => (shapes ? timeline.hit(shapes, x, y) : null),
      hover: (current, x = null) => {
        pointer = x;
        chart.classList.toggle("over", current !== null);
        if (current !== act.view().current) act.show({ ...act.view(), current });
        else if (shapes) cross();
      },
      choose: (selected) => { followed = false; pointer = null; act.show({ ...act.view(), selected, current: null }); },
      key: act.walk,
    });

    return {
      room: () => room,

      /** Draw what is in sight of a view, and what is laid over the chart. */
      frame: (now, filtered) => {
        measure(); // the details may have come or gone
        room = { ...room, style: timeline.pageStyle(now.style) };
        const { top } = place();
        const drawn = figure(now, filtered, room, [-top - AHEAD, innerHeight - top + AHEAD]);
        shapes = drawn.shapes;
        sketch(drawn.figure);
        timeline.years(plan, shapes);
        point(now);
        cross();
      },

      /** Draw all of a view. */
      whole: (now, filtered) => { sketch(figure(now, filtered, { style: timeline.pageStyle(now.style) }).figure); },

      /** Draw all of a view for a sheet of paper, no wider than lets it stand on one, so that words are as large as can be. */
      paper: (now, filtered) => {
        const { height } = figure(now, filtered, { style: "light" }).figure.layout;
        const plot = Math.max(NARROWEST, Math.round(height * SHEET_SHAPE) - plan.room.left - plan.room.right);
        sketch(figure(now, filtered, { style: "light", plot }).figure);
      },

      /** Let Plotly draw all of a view, in the drawing's place. */
      plot: (now, filtered) => {
        const { data, layout } = figure(now, filtered, room).figure;
        window.Plotly.react($("ui_graph").querySelector(".js-plotly-plot"), data, layout);
        chart.classList.remove("sketched");
        chart.classList.add("plotted");
      },

      /** Forget that the page has scrolled to the chosen event, or that it need not. */
      follows: (again) => { followed = !again; },

      /** Scroll so far that the chosen event's mark is in sight, under a tour's caption and above the details; and, where
          a step of a tour speaks of a figure, that rather. */
      follow: (now) => {
        const mark = shapes.marks.find(({ i }) => i === (now.current ?? now.selected));
        if (followed || !mark || now.section !== "timeline" || !chart.clientWidth) return;
        followed = true;
        const y = place().top + mark.y;
        const first = (now.tour ? $("ui_tour").offsetHeight : 0) + plan.room.top;
        const end = lowest(now);
        if (now.tour && now.measures) { // the figure has the event's extent in it, if not its mark
          const top = place().top + shapes.height, over = top + plan.room.axis + plan.room.panelHead + plan.room.panel + 16 - end;
          if (over > 0 || top < first) scrollBy({ top: over });
        } else if (y < first + 40 || y > end - 40) scrollBy({ top: y - (first + end) / 2 });
      },
    };
  };
})();
