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

  /** A day number as YYYY, YYYY-MM and YYYY-MM-DD. */
  timeline.asWritten = (t) => {
    const date = new Date(Math.round(t) * DAY), year = date.getUTCFullYear();
    const padded = (number, digits = 2) => String(number).padStart(digits, "0");
    const parts = [(year < 0 ? "-" : "") + padded(Math.abs(year), 4), padded(date.getUTCMonth() + 1), padded(date.getUTCDate())];
    return [1, 2, 3].map((count) => parts.slice(0, count).join("-"));
  };

  /** The shortest date that begins (or, for an exclusive end, ends) at a day number: a year, a month or a day. */
  timeline.dateAt = (t, isEnd = false) => {
    const edge = new Date(Math.round(t) * DAY), [year, month, day] = timeline.asWritten(t - (isEnd ? 1 : 0));
    if (edge.getUTCDate() !== 1) return day;
    return edge.getUTCMonth() === 0 ? year : month;
  };

  /** The window between two written dates, either of which may be missing, within the period. */
  timeline.windowOf = (from, to, period) => {
    const start = timeline.extent(from), end = timeline.extent(to);
    let t0 = start ? start[0] : period[0], t1 = end ? end[1] : period[1];
    if (t0 >= t1 || t0 >= period[1] || t1 <= period[0]) [t0, t1] = period;
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

  /** The view in which a reader arrives: the whole period, without filters. */
  timeline.plainView = (plan) => ({
    selected: null, current: null, themes: [], q: "", window: plan.period, measures: null, section: "timeline", at: "", tour: null,
    sort: "", style: "", rows: null,
  });

  const SORTS = ["-date", "theme", "-theme", "sources", "-sources"];

  /** A text of an address; as it stands where its percent signs mean nothing. */
  timeline.decoded = (text, decode = decodeURIComponent) => { try { return decode(text); } catch { return text; } };

  /** The view of a step of a tour, both by number. */
  timeline.stepView = (plan, tour, step) => {
    const { event, themes, q, window: period, measure } = plan.tours[tour].steps[step];
    const measures = measure === null ? null : [measure];
    return { ...timeline.plainView(plan), selected: event, themes, q, window: period, measures, tour: { tour, step }, rows: period };
  };

  /** What the address says of a view, by key; "" is what need not be said. */
  const said = (view, plan) => {
    const { from, to } = timeline.written(view.window, plan.period);
    return {
      event: view.selected === null ? "" : plan.events.id[view.selected],
      themes: view.themes.map((theme) => plan.lanes[theme].id).join(","),
      q: view.q, from, to,
      figures: view.measures === null ? "" : view.measures.map((one) => plan.measures[one].id).join(",") || "none",
      view: view.section === "timeline" ? "" : view.section,
      at: view.at,
      sort: view.sort,
      style: view.style,
    };
  };

  /** View → hash, without the "#": what differs from the view in which a reader arrives, or from the tour's step. */
  timeline.hash = (view, plan) => {
    const { tour } = view;
    const base = said(tour ? timeline.stepView(plan, tour.tour, tour.step) : timeline.plainView(plan), plan);
    const place = tour ? [["tour", plan.tours[tour.tour].id], ["step", String(tour.step + 1)]] : [];
    const rest = Object.entries(said(view, plan)).filter(([key, value]) => value !== base[key]);
    return [...place, ...rest]
      .map(([key, value]) => `${key}=${encodeURIComponent(value).replace(/%2C/g, ",").replace(/%20/g, "+")}`).join("&");
  };

  /** Hash → view. A bare event id, as in a link to an article, chooses that event. */
  timeline.viewOf = (hash, plan) => {
    const text = hash.replace(/^#/, "");
    const parts = new URLSearchParams(text.includes("=") ? text : `event=${text}`);
    const tour = plan.tours.findIndex(({ id }) => id === parts.get("tour"));
    const step = tour < 0 ? 0 : Math.min(Math.max(Math.trunc(Number(parts.get("step"))) || 1, 1), plan.tours[tour].steps.length) - 1;
    const base = tour < 0 ? timeline.plainView(plan) : timeline.stepView(plan, tour, step);
    const told = said(base, plan);
    const value = (key) => parts.get(key) ?? told[key];
    const among = (key, all) => all.map((_, n) => n).filter((n) => value(key).split(",").includes(all[n].id));
    const selected = plan.events.id.indexOf(value("event"));
    const measures = among("figures", plan.measures);
    return {
      selected: selected < 0 ? null : selected,
      current: null,
      themes: among("themes", plan.lanes),
      q: value("q"),
      window: parts.has("from") || parts.has("to") ? timeline.windowOf(value("from"), value("to"), plan.period) : base.window,
      measures: value("figures") === "none" ? [] : measures.length ? measures : null,
      section: plan.views.includes(value("view")) ? value("view") : "timeline",
      at: value("at"),
      sort: SORTS.find((one) => one === value("sort")) || "",
      style: ["light", "dark"].find((one) => one === value("style")) || "",
      tour: base.tour,
      rows: base.rows,
    };
  };
})();
