/* The years above the chart, which stay in sight while it scrolls, and the cross-hair: a line at a moment through lanes
   and panels, with what the panels say there. Drawn over the chart, so that neither draws it again. */
"use strict";

(() => {
  const timeline = (window.timeline = window.timeline || {});
  const TELLS = 5; // px that a month or a day must have before one can point at it
  const $ = (id) => document.getElementById(id);

  /** A moment in words, no finer than a scale of so many px a day lets one point at it. */
  timeline.momentWords = (day, scale) => {
    const date = new Date(Math.floor(day) * timeline.DAY);
    const month = scale * 30 < TELLS ? {} : { month: "long" }, number = scale < TELLS ? {} : { day: "numeric" };
    return date.toLocaleDateString("en-GB", { timeZone: "UTC", year: "numeric", ...month, ...number });
  };

  const element = (name, className, text = "") => Object.assign(document.createElement(name), { className, textContent: text });

  /** Draw the years of a window above the chart. */
  timeline.years = (plan, laid) => {
    const [t0, t1] = laid.window;
    $("ui_years").replaceChildren(...timeline.ticks(plan, laid.window, laid.width).map(([day, label]) => {
      const tick = element("span", "", label);
      tick.style.left = `${plan.room.left + ((day - t0) / (t1 - t0)) * laid.width}px`;
      return tick;
    }));
  };

  /** What a panel says at a day, as an element; null where it says nothing. */
  const reading = (panel, day, name = "") => {
    const read = timeline.readings(panel, day);
    if (!read.length) return null;
    const line = element("p", "reading");
    if (name) line.append(element("span", "", `${name}: `));
    read.forEach(([label, words], n) => {
      const value = element("b", "", words);
      line.append(n ? "; " : "", value, ` ${label}`);
    });
    return line;
  };

  /** Draw the cross-hair at `x` px of the plot; with null there is none. `chart` is {plan, laid, view, style, end}; the
      panels below `end`, in px of the window, say what they say there. */
  timeline.crosshair = (x, { plan, laid, view, style, end }) => {
    const cross = $("ui_cross"), { room } = plan, moment = $("ui_moment");
    cross.hidden = moment.hidden = x === null || x < 0 || x > laid.width;
    for (const tick of $("ui_years").children) tick.hidden = false;
    if (cross.hidden) return;
    const [t0, t1] = laid.window, day = t0 + (x / laid.width) * (t1 - t0);
    const start = room.top + laid.height + room.axis;
    const panels = timeline.panels(plan, view.measures, style);
    const line = element("i", "");
    line.style.left = `${room.left + x}px`;
    line.style.top = `${room.top}px`;
    line.style.height = `${start - room.top + panels.length * (room.panelHead + room.panel)}px`;
    moment.textContent = timeline.momentWords(day, laid.width / (t1 - t0));
    moment.style.left = `${room.left + x}px`;
    for (const tick of $("ui_years").children) // what the moment would half cover gives way to it
      tick.hidden = Math.abs(parseFloat(tick.style.left) - room.left - x) < (tick.offsetWidth + moment.offsetWidth) / 2;
    const top = $("ui_chart").getBoundingClientRect().top;
    const dock = element("div", "dock"), parts = [line];
    panels.forEach((panel, number) => {
      const at = start + number * (room.panelHead + room.panel);
      const below = top + at + room.panelHead > end;
      const said = reading(panel, day, below ? plan.measures[panel.measure].label : "");
      if (!said) return;
      if (below) return dock.append(said);
      said.style.top = `${at + 2}px`;
      parts.push(said);
    });
    if (dock.childElementCount) {
      dock.style.bottom = `${$("ui_chart").offsetHeight - (end - top)}px`;
      parts.push(dock);
    }
    cross.replaceChildren(...parts);
  };
})();
