/* The page: one view (themes, search, window, chosen event, section, tour), what changes it, and the frame that shows it. */
"use strict";

(() => {
  const timeline = (window.timeline = window.timeline || {});
  const PAUSE = 150; // ms without change after which fields and address are written: browsers allow few addresses a second
  const REST = 700; // ms without change after which the count is spoken
  const TRAVEL = 450; // ms that the window takes from one step of a tour to the next
  const OWN = 2000; // events that pass, up to which thresholds are worked out among them alone
  const SHEET = "(600px <= width < 1000px) and (height >= 600px)"; // the details stand on the chart's lower part
  const PHONE = "(max-width: 599px)";
  const $ = (id) => document.getElementById(id);
  const set = (id, props) => window.dash_clientside.set_props(id, props);

  let plan, texts, room, shapes;
  let parts = []; // what shows a view beside the chart: each takes the view, the one before, and the events present
  let journey = 0; // number of the last change of view: a window under way stops for a newer one
  let filtered = { key: null }; // the events that pass, with their thresholds, for the themes and search of `key`
  let shown = {}; // what the page shows now: the last view, and its keys
  let view = null; // the view asked for last, which the page may not show yet
  let waiting = false; // whether it waits for the next frame
  let fields = {}; // what the page last wrote of a view into the fields
  let found = {}; // the view that the browser's Back, Forward or a link last led to, and its address
  let complaint = ""; // what is wrong with what a reader wrote in a field
  let followed = false; // whether the page has scrolled to the mark of the event last chosen on the chart
  const steps = new Set(); // addresses that the page wrote and the browser has yet to report back

  /** The text of a block of the page: gzip, base64. */
  const unpack = async (id) => {
    const bytes = Uint8Array.from(atob($(id).textContent.trim()), (char) => char.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
  };

  const start = async () => {
    const [planText, documentText] = await Promise.all([unpack("timeline-plan"), unpack("timeline-document")]);
    plan = JSON.parse(planText);
    const events = new Map((JSON.parse(documentText).events || []).map((event) => [event.id, event]));
    texts = plan.events.id.map((id) => timeline.searchable(events.get(id)));
    const act = { plan, view: () => view, lead, speak, say };
    parts = [timeline.sections, timeline.articles, timeline.tours].map((part) => part(act));
    timeline.terms();
    addEventListener("hashchange", ({ newURL }) => {
      if (steps.delete(newURL)) return;
      const { hash } = new URL(newURL);
      const asked = hash.length < 2 ? timeline.plainView(plan) : timeline.led(decoded(hash.slice(1)), view, plan);
      if (!asked) return;
      show(asked);
      found = { view, address: newURL };
    });
    addEventListener("keydown", (event) => {
      if (event.key === "/" && !/INPUT|TEXTAREA|SELECT/.test(event.target.tagName)) {
        event.preventDefault();
        $("ui_q").focus();
      }
      if (event.key === "Escape" && view?.selected != null && !event.target.closest("#ui_chart, input")) show({ ...view, selected: null, current: null });
    });
    for (const query of ["(prefers-color-scheme: dark)", PHONE]) matchMedia(query).addEventListener("change", measure);
  };
  const ready = start();

  /** A text of an address; as it stands where its percent signs mean nothing. */
  const decoded = (text) => { try { return decodeURIComponent(text); } catch { return text; } };

  /** Go to a view that a link or a tour leads to; the window travels there, so that a reader sees where it lies. */
  const lead = (next) => {
    followed = false;
    const [from, to] = [view.window, timeline.clamp(next.window, plan.period)];
    const seen = next.section === "timeline" && view.section === "timeline" && $("ui_chart").clientWidth;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches || from.join() === to.join();
    if (matchMedia(PHONE).matches && next.selected !== view.selected) next = { ...next, section: "timeline", at: "" };
    show(still || !seen ? next : { ...next, window: from });
    if (still || !seen) return;
    const own = journey, began = performance.now();
    const go = (time) => {
      if (journey !== own) return;
      const share = Math.min(Math.max((time - began) / TRAVEL, 0), 1);
      const eased = share * share * (3 - 2 * share);
      show({ ...view, window: share === 1 ? to : from.map((end, n) => end + (to[n] - end) * eased) }, own);
      if (share < 1) requestAnimationFrame(go);
    };
    requestAnimationFrame(go);
  };

  /** Show a view in the next frame; `own` is the number of the change that it goes on with. */
  const show = (next, own) => {
    journey = own ?? journey + 1;
    view = { ...next, window: timeline.clamp(next.window, plan.period) };
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; set("ui_view", { data: view }); });
  };

  /** The chart's room: the plot's width in px, the reader's font against the metrics, and the style of the page. */
  const measure = () => {
    const context = document.createElement("canvas").getContext("2d");
    context.font = `${plan.sizes.label}px ${plan.font}`;
    context.fontKerning = "none";
    const drawn = context.measureText(plan.reference.text).width;
    if (!$("ui_chart").clientWidth && room) return; // another section is shown
    const next = {
      plot: Math.max(plan.room.least, $("ui_chart").clientWidth - plan.room.left - plan.room.right),
      font: Math.max(1, drawn / plan.reference.width),
      style: matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light",
    };
    const changed = JSON.stringify(next) !== JSON.stringify(room);
    room = next;
    if (changed && view) show(view);
  };

  /** The events that pass the themes and search; with few enough, thresholds among themselves alone. */
  const filter = ({ themes, q }) => {
    const key = JSON.stringify([themes, q]);
    if (filtered.key === key) return filtered;
    const passing = timeline.passing(plan.events, texts, themes, q);
    const few = passing.length < plan.events.id.length && passing.length <= OWN;
    const among = new Set(passing);
    const limits = few
      ? timeline.thresholds(plan.events, plan.priority.filter((i) => among.has(i)), plan.period)
      : plan.events;
    filtered = { key, passing, limits };
    return filtered;
  };

  const inWindow = ({ window: period, ...rest }) =>
    filter(rest).passing.filter((i) => timeline.meets(plan, i, period));

  /** The event before (-1) or after (1) another among those shown; from none, the last or first. */
  const neighbour = (now, from, step) => {
    const among = inWindow(now);
    if (from === null) return (step > 0 ? among[0] : among[among.length - 1]) ?? null;
    return (step > 0 ? among.find((i) => i > from) : among.filter((i) => i < from).pop()) ?? from;
  };

  /** The nearest event in time in the next lane that has any. */
  const across = (now, from, step) => {
    if (from === null) return neighbour(now, from, 1);
    const among = inWindow(now).filter((i) => (plan.events.lane[i] - plan.events.lane[from]) * step > 0);
    if (!among.length) return from;
    const lanes = among.map((i) => plan.events.lane[i]);
    const lane = step > 0 ? Math.min(...lanes) : Math.max(...lanes);
    return among.filter((i) => plan.events.lane[i] === lane)
      .reduce((best, i) => (Math.abs(i - from) < Math.abs(best - from) ? i : best));
  };

  const KEYS = {
    ArrowRight: (now, at) => ({ current: neighbour(now, at, 1) }),
    ArrowLeft: (now, at) => ({ current: neighbour(now, at, -1) }),
    ArrowDown: (now, at) => ({ current: across(now, at, 1) }),
    ArrowUp: (now, at) => ({ current: across(now, at, -1) }),
    Home: (now) => ({ current: neighbour(now, null, 1) }),
    End: (now) => ({ current: neighbour(now, null, -1) }),
    Enter: (now, at) => ({ selected: at }),
    " ": (now, at) => ({ selected: at }),
    Escape: (now) => (now.current === null ? { selected: null } : { current: null }),
  };

  const key = (name) => {
    if (!Object.hasOwn(KEYS, name)) return false;
    const now = view;
    const next = { ...now, ...KEYS[name](now, now.current ?? now.selected) };
    followed = false;
    show(next);
    if (next.current !== null && next.current !== now.current) speak(sentence(next.current));
    if (next.selected !== null && next.selected !== now.selected) speak(sentence(next.selected));
    return true;
  };

  const sentence = (i) => {
    const { words, title, themes } = plan.events;
    return `${words[i]}: ${title[i]}. ${themes[i].map((theme) => plan.lanes[theme].label).join(", ")}.`;
  };

  const speak = (text) => { $("ui_spoken").textContent = text; };

  const plot = () => {
    const { left, top } = $("ui_chart").getBoundingClientRect();
    return { left: left + plan.room.left, top: top + plan.room.top, width: room.plot };
  };

  const attach = () => {
    const chart = $("ui_chart");
    timeline.gestures(chart, plan.period, {
      window: () => view.window,
      show: (window) => show({ ...view, window }),
      plot,
      hit: (x, y) => (shapes ? timeline.hit(shapes, x, y) : null),
      hover: (current) => {
        chart.classList.toggle("over", current !== null);
        if (current !== view.current) show({ ...view, current });
      },
      choose: (selected) => { followed = false; show({ ...view, selected, current: null }); },
      key,
    });
    new ResizeObserver(measure).observe(chart);
  };

  /* What the controls do: each gives the next view. */
  const CONTROLS = {
    ui_zoom_in: (now) => ({ ...now, window: timeline.zoomed(now.window, 1.6) }),
    ui_zoom_out: (now) => ({ ...now, window: timeline.zoomed(now.window, 1 / 1.6) }),
    ui_fit: (now) => ({ ...now, window: plan.period }),
    ui_clear: (now) => {
      fields = {}; // also what was written there and meant nothing
      complaint = "";
      return { ...now, themes: [], q: "", window: plan.period };
    },
    ui_earlier: (now) => ({ ...now, selected: neighbour(now, now.selected, -1), current: null }),
    ui_later: (now) => ({ ...now, selected: neighbour(now, now.selected, 1), current: null }),
    ui_close: (now) => ({ ...now, selected: null, current: null }),
  };

  /** The view of the address, once the chart has its room. */
  const open = () => {
    measure();
    attach();
    hear();
    view = timeline.viewOf(location.hash, plan);
    return view;
  };

  /** What a reader wrote in a field. Dash reports what the page writes there as well, so the fields are heard directly. */
  const typed = (id, text) => {
    const dated = id === "ui_q" || text === "" ? null : timeline.extent(text);
    const wrong = dated === null ? id !== "ui_q" && text !== "" : dated[0] >= plan.period[1] || dated[1] <= plan.period[0];
    const [first, last] = [timeline.dateAt(plan.period[0]), timeline.dateAt(plan.period[1], true)];
    $(id).setAttribute("aria-invalid", String(wrong));
    complaint = wrong ? say("not_a_date", { text, first, last }) : "";
    if (wrong) return show(view);
    if (text === written(view)[id]) return;
    show(id === "ui_q" ? { ...view, q: text }
      : { ...view, window: timeline.moved(view.window, id.slice(3), text, plan.period) });
  };

  const hear = () => {
    $("ui_q").addEventListener("input", ({ target }) => typed("ui_q", target.value));
    for (const id of ["ui_from", "ui_to"]) {
      $(id).addEventListener("focusout", ({ target }) => typed(id, target.value));
      $(id).addEventListener("keydown", ({ key: name, target }) => { if (name === "Enter") typed(id, target.value); });
    }
  };

  /** The view after a button was pressed. */
  const change = (id) => {
    const now = view;
    if (id === "ui_earlier" || id === "ui_later") followed = false;
    if (CONTROLS[id]) return CONTROLS[id](now);
    const theme = Number(id.replace("ui_theme_", ""));
    const themes = now.themes.includes(theme) ? now.themes.filter((one) => one !== theme) : [...now.themes, theme].sort();
    return { ...now, themes };
  };

  /** Write the view into the fields and the address: choosing an event or a theme adds a step to Back, the rest none. */
  const write = () => {
    const now = view;
    for (const [id, value] of Object.entries(written(now))) {
      // A field whose part of the view has not changed may be one that the reader is writing in.
      if (value === fields[id] || $(id).value === value) continue;
      set(id, { value });
      $(id).removeAttribute("aria-invalid");
    }
    fields = written(now);
    const before = timeline.viewOf(location.hash, plan);
    const hash = timeline.hash(now, plan);
    if (hash === timeline.hash(before, plan) && /=/.test(location.hash) === Boolean(hash)) return;
    try {
      if (found.view === now && found.address !== location.href) return; // Back or Forward has gone on meanwhile
      if (found.view !== now && isStep(before, now)) {
        location.hash = hash;
        steps.add(location.href);
      } else history.replaceState(history.state, "", hash ? `#${hash}` : location.pathname + location.search);
    } catch { /* a srcdoc frame has no address to write */ }
  };

  /** Scroll so far that the chosen event's mark is in sight, and not under the details. */
  const follow = (now) => {
    const mark = shapes.marks.find(({ i }) => i === (now.current ?? now.selected));
    if (followed || !mark || now.section !== "timeline" || !$("ui_chart").clientWidth) return;
    followed = true;
    const y = plot().top + mark.y;
    const start = now.tour ? $("ui_tour").offsetHeight : 0;
    const end = innerHeight - (matchMedia(SHEET).matches && now.selected !== null ? $("ui_details").offsetHeight : 0);
    if (y < start + 40 || y > end - 40) scrollBy({ top: y - (start + end) / 2 });
  };

  const isStep = (before, now) =>
    ["selected", "themes", "section", "at", "tour"].some((key) => JSON.stringify(before[key]) !== JSON.stringify(now[key]));

  let resting, writing;
  const announce = (text) => {
    clearTimeout(resting);
    resting = setTimeout(() => speak(text), REST);
  };

  const tip = (now) => {
    const element = $("ui_tip"), shape = now.current === null ? null : shapes.marks.find(({ i }) => i === now.current);
    element.hidden = !shape;
    if (!shape) return;
    const [date, title] = element.children;
    date.textContent = plan.events.words[shape.i];
    title.textContent = plan.events.title[shape.i];
    const middle = plan.room.left + Math.min(Math.max((shape.left + shape.right) / 2, 0), room.plot);
    const most = $("ui_chart").clientWidth - element.offsetWidth;
    element.style.left = `${Math.max(0, Math.min(middle - 20, most))}px`;
    element.style.top = `${plan.room.top + shape.y + 15}px`;
  };

  /** Everything that Dash shows for a view, and, beside it, the articles, the details and the address. */
  const render = (now) => {
    const { passing, limits } = filter(now);
    const drawn = timeline.figure(plan, passing, limits, now, room);
    shapes = drawn.shapes;
    $("ui_chart").style.minHeight = `${drawn.figure.layout.height}px`; // Plotly draws later; what stands below must not move
    const present = inWindow(now);
    const listed = present.join();
    for (const part of parts) part(now, shown.view, present);
    const count = say("events_shown", { shown: present.length, total: plan.events.id.length });
    const hidden = now.selected !== null && !present.includes(now.selected) ? say("chosen_hidden") : "";
    const outside = now.selected !== null && plan.events.row[now.selected] === null ? say("chosen_outside") : "";
    if (shown.view && shown.listed !== listed) announce(present.length ? count : say("none"));
    clearTimeout(writing);
    if (!shown.view || isStep(shown.view, now)) setTimeout(write);
    else writing = setTimeout(write, PAUSE);
    shown = { ...shown, view: now, listed };
    tip(now);
    follow(now);
    document.body.classList.add("live");
    const anyFilter = complaint || now.themes.length || Object.values(written(now)).some(Boolean);
    const counts = timeline.counts(plan, texts, now);
    return [
      drawn.figure, [count, hidden || outside, complaint].filter(Boolean).join(". "), !anyFilter, present.length > 0 || !plan.events.id.length, now.selected === null,
      ...[-1, 1].map((step) => (now.selected === null ? !present.length : neighbour(now, now.selected, step) === now.selected)),
      ...plan.lanes.map((_, theme) => String(now.themes.includes(theme))),
      ...counts.map(String),
    ];
  };

  /** What the fields say of a view. */
  const written = ({ q, window: period }) => {
    const { from, to } = timeline.written(period, plan.period);
    return { ui_q: q, ui_from: from, ui_to: to };
  };

  const say = (word, values) => timeline.say(plan.words, word, values);

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.timeline = {
    /** Controls → view. */
    change: async (...values) => {
      const { triggered } = window.dash_clientside.callback_context; // Dash takes it away at the first await
      await ready;
      if (!view) return open();
      for (const { prop_id: prop } of triggered) show(change(prop.split(".")[0]));
      return window.dash_clientside.no_update;
    },
    /** View → figure, count and states of the controls. */
    render: (now) => (now ? render(now) : window.dash_clientside.no_update),
  };
})();
