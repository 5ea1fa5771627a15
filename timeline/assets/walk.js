/* From event to event by key: earlier and later among those shown, and across to the next lane. Pure. */
"use strict";

(() => {
  const timeline = (window.timeline = window.timeline || {});

  /** The event before (-1) or after (1) another among those present, in time order; from none, the last or first. */
  timeline.neighbour = (present, from, step) => {
    if (from === null) return (step > 0 ? present[0] : present[present.length - 1]) ?? null;
    return (step > 0 ? present.find((i) => i > from) : present.filter((i) => i < from).pop()) ?? from;
  };

  /** The nearest event in time in the next lane that has any. */
  timeline.across = (present, from, step, { events: { lane } }) => {
    if (from === null) return timeline.neighbour(present, from, 1);
    const beyond = present.filter((i) => (lane[i] - lane[from]) * step > 0);
    if (!beyond.length) return from;
    const lanes = beyond.map((i) => lane[i]);
    const next = step > 0 ? Math.min(...lanes) : Math.max(...lanes);
    return beyond.filter((i) => lane[i] === next)
      .reduce((best, i) => (Math.abs(i - from) < Math.abs(best - from) ? i : best));
  };

  /** What a key on the chart changes of a view, or null for a key that is none of its own. */
  timeline.walked = (key, view, present, plan) => {
    const at = view.current ?? view.selected;
    switch (key) {
      case "ArrowRight": return { current: timeline.neighbour(present, at, 1) };
      case "ArrowLeft": return { current: timeline.neighbour(present, at, -1) };
      case "ArrowDown": return { current: timeline.across(present, at, 1, plan) };
      case "ArrowUp": return { current: timeline.across(present, at, -1, plan) };
      case "Home": return { current: timeline.neighbour(present, null, 1) };
      case "End": return { current: timeline.neighbour(present, null, -1) };
      case "Enter":
      case " ": return { selected: at };
      case "Escape": return view.current === null ? { selected: null } : { current: null };
      default: return null;
    }
  };
})();
