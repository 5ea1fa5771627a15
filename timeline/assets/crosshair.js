/* The cross-hair: a line at a moment through lanes and panels, with what the panels say there. Drawn over the chart, so
   that it follows the pointer without drawing the chart again. */
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

  const element = (name, text) => Object.assign(document.createElement("p"), { className: name, textContent: text });

  /** Draw the cross-hair at `x` px of the plot; with null there is none. `chart` is {plan, laid, view, style}. */
  timeline.crosshair = (x, { plan, laid, view, style }) => {
    const cross = $("ui_cross");
    cross.hidden = x === null || x < 0 || x > laid.width;
    if (cross.hidden) return;
    const { room } = plan;
    const [t0, t1] = laid.window, day = t0 + (x / laid.width) * (t1 - t0);
    const start = room.top + laid.height + room.axis;
    const panels = timeline.panels(plan, view.measures, style);
    cross.style.left = `${room.left + x}px`;
    cross.style.top = `${room.top}px`;
    cross.style.height = `${start - room.top + panels.length * (room.panelHead + room.panel)}px`;
    const away = x > laid.width / 2 ? "before" : "after";
    const moment = element(`moment ${away}`, timeline.momentWords(day, laid.width / (t1 - t0)));
    const readings = panels.flatMap((panel, number) => {
      const read = timeline.readings(panel, day);
      if (!read.length) return [];
      const box = element(`reading ${away}`, "");
      for (const [label, words] of read) {
        const line = document.createElement("span"), value = document.createElement("b");
        value.textContent = words;
        line.append(value, ` ${label}`);
        box.append(line);
      }
      box.style.top = `${start - room.top + number * (room.panelHead + room.panel) + room.panelHead}px`;
      return [box];
    });
    cross.replaceChildren(moment, ...readings);
  };
})();
