/* The address: a view as a hash, a hash as a view. Pure; a hash is a reader's input, so whatever does not fit is left out. */
"use strict";

(() => {
  const timeline = (window.timeline = window.timeline || {});
  const DAY = 864e5;

  /** Day number of a date in the proleptic Gregorian calendar; months run from 0 and may overflow. */
  const dayNumber = (year, month = 0, day = 1) => {
    const date = new Date(0);
    date.setUTCFullYear(year, month, day);
    return date.getTime() / DAY;
  };

  /** Extent [start, end) in day numbers of YYYY, YYYY-MM or YYYY-MM-DD; null for anything else. */
  timeline.extent = (text) => {
    const match = /^\s*(-?\d{4})(?:-(\d\d)(?:-(\d\d))?)?\s*$/.exec(text || "");
    if (!match) return null;
    const [year, month, day] = match.slice(1).map((part) => (part === undefined ? undefined : Number(part)));
    if (month === undefined) return [dayNumber(year), dayNumber(year + 1)];
    if (month < 1 || month > 12) return null;
    if (day === undefined) return [dayNumber(year, month - 1), dayNumber(year, month)];
    const start = dayNumber(year, month - 1, day);
    return new Date(start * DAY).getUTCDate() === day ? [start, start + 1] : null;
  };

  /** The shortest date that begins (or, for an exclusive end, ends) at a day number: a year, a month or a day. */
  timeline.dateAt = (t, isEnd = false) => {
    const date = new Date(Math.round(t - (isEnd ? 1 : 0)) * DAY);
    const next = new Date(date.getTime() + DAY);
    const edge = isEnd ? next : date;
    const year = date.getUTCFullYear();
    const written = (year < 0 ? "-" : "") + String(Math.abs(year)).padStart(4, "0");
    if (edge.getUTCDate() === 1 && edge.getUTCMonth() === 0) return written;
    const month = String(date.getUTCMonth() + 1).padStart(2, "0");
    if (edge.getUTCDate() === 1) return `${written}-${month}`;
    return `${written}-${month}-${String(date.getUTCDate()).padStart(2, "0")}`;
  };

  /** The window between two written dates, either of which may be missing, within the period. */
  timeline.windowOf = (from, to, period) => {
    const start = timeline.extent(from), end = timeline.extent(to);
    let t0 = start ? start[0] : period[0], t1 = end ? end[1] : period[1];
    if (t0 >= t1) [t0, t1] = period;
    return timeline.clamp([Math.max(t0, period[0]), Math.min(t1, period[1])], period);
  };

  /** The window with one end ("from" or "to") written anew; the other end gives way if it would be passed. */
  timeline.moved = (window_, end, text, period) => {
    const ends = { ...timeline.written(window_, period), [end]: text };
    const [from, to] = [timeline.extent(ends.from), timeline.extent(ends.to)];
    if (from && to && from[0] >= to[1]) ends[end === "from" ? "to" : "from"] = "";
    return timeline.windowOf(ends.from, ends.to, period);
  };

  const same = (one, other) => Math.abs(one - other) < 0.5;

  /** A window's two ends as written dates; an end that is the period's own is "". */
  timeline.written = ([t0, t1], period) => ({
    from: same(t0, period[0]) ? "" : timeline.dateAt(t0),
    to: same(t1, period[1]) ? "" : timeline.dateAt(t1, true),
  });

  /** View → hash, without the "#"; the view of the whole period without filters is "". */
  timeline.hash = (view, plan) => {
    const { from, to } = timeline.written(view.window, plan.period);
    const parts = {
      event: view.selected === null ? "" : plan.events.id[view.selected],
      themes: view.themes.map((theme) => plan.lanes[theme].id).join(","),
      q: view.q, from, to,
    };
    return Object.entries(parts).filter(([, value]) => value)
      .map(([key, value]) => `${key}=${encodeURIComponent(value).replace(/%2C/g, ",").replace(/%20/g, "+")}`).join("&");
  };

  /** Hash → view. A bare event id, as in a link to an article, chooses that event. */
  timeline.viewOf = (hash, plan) => {
    const text = hash.replace(/^#/, "");
    const parts = new URLSearchParams(text.includes("=") ? text : `event=${text}`);
    const selected = plan.events.id.indexOf(parts.get("event") || "");
    const ids = (parts.get("themes") || "").split(",");
    return {
      selected: selected < 0 ? null : selected,
      current: null,
      themes: plan.lanes.map((_, theme) => theme).filter((theme) => ids.includes(plan.lanes[theme].id)),
      q: parts.get("q") || "",
      window: timeline.windowOf(parts.get("from"), parts.get("to"), plan.period),
    };
  };
})();
