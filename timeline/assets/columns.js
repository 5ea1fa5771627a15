/* The document and its plan, unpacked: the events as entries in time order, and their columns, one value an event. Pure.
   timeline/columnar.py and timeline/compact.py wrote them. */
"use strict";

(() => {
  const timeline = (window.timeline = window.timeline || {});
  const DAY = 864e5;
  const [STEPS, LEAST, NEVER] = [2000, -16, 65535]; // how zooms are written
  const NONE = Object.freeze([]);

  /** The entries of a table {count, columns}. */
  timeline.rows = ({ count, columns }) => {
    const found = Array.from({ length: count }, () => ({}));
    for (const [key, column] of Object.entries(columns)) {
      const values = valuesOf(column);
      for (let i = 0; i < count; i += 1) if (values[i] !== null) found[i][key] = values[i];
    }
    return found;
  };

  const valuesOf = (column) => {
    if (Array.isArray(column)) return column;
    const inner = timeline.rows(column.of);
    let at = 0;
    if (column.here) return column.here.map((here) => here && inner[at++]);
    return column.each.map((count) => count && inner.slice(at, (at += count)));
  };

  /** A document as the page holds it, with its events as entries in time order. */
  timeline.unfolded = (text) => {
    const record = JSON.parse(text);
    return { ...record, events: timeline.rows(record.events) };
  };

  /** A document as it was written: its events in their own order. */
  timeline.original = ({ order, events, ...rest }) => {
    const own = new Array(events.length);
    events.forEach((event, i) => { own[order[i]] = event; });
    return { ...rest, events: own };
  };

  /** The bytes that a text in base64 stands for; by a call for each of its letters it takes five times as long. */
  timeline.bytes = (text) => {
    if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
    const raw = atob(text), found = new Uint8Array(raw.length);
    for (let at = 0; at < raw.length; at += 1) found[at] = raw.charCodeAt(at);
    return found;
  };
  const array = (text, Kind) => new Kind(timeline.bytes(text).buffer);
  const zooms = (text) => Float64Array.from(array(text, Uint16Array), (code) =>
    (code === NEVER ? Infinity : code && 2 ** ((code - 1) / STEPS + LEAST)));

  /** What a written date says: {words, start, end, fadeStart, fadeEnd, point}; the plan tells of all but plain days. */
  timeline.dates = (plan) => {
    const found = new Map(Object.entries(plan.dates).map(([text, [words, start, end, fadeStart = 0, fadeEnd = 0, point = 0]]) =>
      [text, { words, start: start ?? -Infinity, end: end ?? Infinity, fadeStart, fadeEnd, point }]));
    return (text) => {
      if (!found.has(text)) {
        const [year, month, day] = text.split("-").map(Number);
        const start = Date.UTC(year, month - 1, day) / DAY;
        found.set(text, { words: `${day} ${plan.months[month - 1]} ${year}`, start, end: start + 1, fadeStart: 0, fadeEnd: 0, point: 1 });
      }
      return found.get(text);
    };
  };

  /** An event's words on the chart: its label, or its title, cut at a word. */
  const short = ({ label, title }, most) => {
    if (label || title.length <= most) return label || title;
    const letters = [...title];
    if (letters.length <= most) return title;
    const start = letters.slice(0, most), space = start.lastIndexOf(" ");
    return `${start.slice(0, space > 0 ? space : most - 1).join("").replace(/[ ,;:–]+$/, "")}…`;
  };

  /** The columns of a plan's events: what the plan gives of them, and what follows from the document. */
  timeline.columns = (plan, { events }) => {
    const count = events.length, { period, sizes, longest } = plan, dateOf = timeline.dates(plan);
    const number = () => new Float64Array(count);
    const columns = {
      written: events, id: [], title: [], short: [], words: [], linked: new Array(count).fill(NONE),
      themes: [], themeSet: new Uint16Array(count), themeSets: [], lane: new Uint16Array(count), importance: new Uint8Array(count),
      first: number(), last: number(), fadeStart: number(), fadeEnd: number(), start: number(), end: number(), inside: number(),
      point: new Uint8Array(count),
      row: array(plan.columns.row, Int16Array), left: array(plan.columns.left, Uint8Array),
      tier: array(plan.columns.tier, Uint8Array),
      width: Float64Array.from(array(plan.columns.width, Uint32Array), (width) => width / 100),
      mark: zooms(plan.columns.mark), label: zooms(plan.columns.label),
    };
    const lanes = new Map(plan.lanes.map(({ id }, lane) => [id, lane])), sets = new Map();
    events.forEach((event, i) => {
      const date = dateOf(event.date), themes = event.themes.join();
      if (!sets.has(themes)) sets.set(themes, columns.themeSets.push(event.themes.map((theme) => lanes.get(theme))) - 1);
      const set = sets.get(themes);
      columns.id.push(event.id);
      columns.title.push(event.title);
      columns.short.push(short(event, longest));
      columns.words.push(date.words);
      columns.themes.push(columns.themeSets[set]);
      columns.themeSet[i] = set;
      columns.lane[i] = columns.themeSets[set][0];
      columns.importance[i] = event.importance ?? 3;
      columns.first[i] = date.start;
      columns.last[i] = date.end;
      columns.fadeStart[i] = date.fadeStart;
      columns.fadeEnd[i] = date.fadeEnd;
      columns.point[i] = date.point;
      columns.start[i] = Math.max(date.start, period[0]);
      columns.end[i] = Math.max(columns.start[i], Math.min(date.end, period[1]));
      const days = columns.end[i] - columns.start[i];
      columns.inside[i] = !date.point && columns.row[i] >= 0 && columns.width[i] && days > 0
        ? (columns.width[i] + 2 * sizes.gap) / days : Infinity;
    });
    link(columns);
    return columns;
  };

  /** Note for each event those that it is linked with, in either direction. */
  const link = ({ written, id, linked }) => {
    const at = new Map();
    const add = (one, other) => {
      if (linked[one] === NONE) linked[one] = [];
      if (!linked[one].includes(other)) linked[one].push(other);
    };
    written.forEach(({ links = NONE }, i) => {
      if (links.length && !at.size) id.forEach((name, n) => at.set(name, n));
      for (const { to } of links) {
        add(i, at.get(to));
        add(at.get(to), i);
      }
    });
    for (const others of linked) if (others.length > 1) others.sort((one, other) => one - other);
  };

  const CRC = Uint32Array.from({ length: 256 }, (_, n) => {
    for (let bit = 0; bit < 8; bit += 1) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
    return n;
  });
  const crc32 = (text) => { // an id has letters, digits and hyphens alone
    let sum = -1;
    for (let i = 0; i < text.length; i += 1) sum = (sum >>> 8) ^ CRC[(sum ^ text.charCodeAt(i)) & 255];
    return ~sum >>> 0;
  };

  /** Events that have a row, by rising tier and falling importance; ties in the order of placement.py. */
  timeline.byPriority = ({ id, importance, row, tier }, events) => {
    const ties = new Map(events.map((i) => [i, crc32(id[i])]));
    return events.filter((i) => row[i] >= 0)
      .sort((one, other) => tier[one] - tier[other] || importance[other] - importance[one] || ties.get(one) - ties.get(other) || (id[one] < id[other] ? -1 : 1));
  };
})();
