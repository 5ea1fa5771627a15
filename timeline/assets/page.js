/* The page: one view, everything that asks for another, and the frame in which it is shown. */
"use strict";

(() => {
  const timeline = (window.timeline = window.timeline || {});
  const PAUSE = 150; // ms without change after which fields and address are written: browsers allow few addresses a second
  const REST = 700; // ms without change after which the count is spoken
  const TRAVEL = 450; // ms that the window takes to where a link or a step of a tour leads
  const OWN = 2000; // events that pass, up to which thresholds are worked out among them alone
  const SHEET = "(37.5em <= width < 62.5em)"; // the details stand on the chart's lower part
  const $ = (id) => document.getElementById(id);
  const set = (id, props) => window.dash_clientside.set_props(id, props);

  let plan, texts, room, shapes, fields;
  let parts = []; // what shows a view beside the chart: each takes the view, the one before, and the events present
  let filtered = { key: null }; // the events that pass, with their thresholds, for the themes and search of `key`
  let shown = {}; // what the page shows now: the last view, and the key of its list
  let view = null; // the view asked for last, which the page may not show yet
  let waiting = false; // whether it waits for the next frame
  let journey = 0; // number of the last change of view: a window under way stops for a newer one
  let found = {}; // the view that the browser's Back, Forward or an address last led to, that address, and its place
  let written = null; // the view that the address was last written of
  let left = {}; // the view from which the reader went on to the next step, and how far the page was scrolled
  let followed = false; // whether the page has scrolled to the mark of the event last chosen on the chart
  let pointer = null; // where the pointer is on the plot, in px from its left

  const say = (word, values) => timeline.say(plan.words, word, values);
  const speak = (text) => { $("ui_spoken").textContent = text; };

  /** The text of a block of the page: gzip, base64. */
  const unpack = async (id) => {
    const bytes = Uint8Array.from(atob($(id).textContent.trim()), (char) => char.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
  };

  const start = async () => {
    const [planText, documentText] = await Promise.all([unpack("timeline-plan"), unpack("timeline-document")]);
    plan = JSON.parse(planText);
    const record = JSON.parse(documentText);
    const events = new Map((record.events || []).map((event) => [event.id, event]));
    const measures = Object.fromEntries(plan.measures.map(({ id, label }) => [id, label]));
    texts = plan.events.id.map((id, i) => timeline.searchable(events.get(id), plan.events.words[i], measures));
    return record;
  };

  /** Make the page's parts, once Dash has put its controls where they belong. */
  const furnish = (record) => {
    timeline.nameSources(plan, record);
    const restoring = () => found.view === view && found.y !== undefined;
    const act = { plan, view: () => view, present: () => present(view), room: () => room, lead, restoring, say, set, show, speak };
    fields = timeline.fields(act);
    parts = ["sections", "articles", "tours", "table", "controls", "overview"].map((part) => timeline[part](act));
    timeline.terms();
    timeline.share(act, record, () => unpack("timeline-bibliography"));
    listen();
  };

  /** Keep in the history how far the page is scrolled: sections have heights of their own, so the browser cannot. */
  const keepPlace = () => {
    try { history.scrollRestoration = "manual"; } catch { return; }
    let keeping;
    addEventListener("scrollend", () => {
      clearTimeout(keeping);
      keeping = setTimeout(() => { try { history.replaceState({ y: scrollY }, ""); } catch { /* no history here */ } }, PAUSE);
    });
  };

  /** Bring the page back to its place; articles get their true heights only as they come near, so look again. */
  const restore = (y, looks = 5) => {
    scrollTo({ top: y, behavior: "instant" });
    if (looks) requestAnimationFrame(() => { if (found.view === view) restore(y, looks - 1); });
  };

  const listen = () => {
    keepPlace();
    addEventListener("popstate", ({ state }) => {
      const asked = addressed(view);
      show({ ...asked, style: asked.style || view.style });
      followed = state?.y !== undefined;
      found = { view, address: location.href, y: state?.y };
    });
    addEventListener("keydown", (event) => {
      const { key, target } = event;
      if (/INPUT|TEXTAREA|SELECT/.test(target.tagName) || document.querySelector("dialog[open]")) return;
      if (key === "/" && $("ui_q").offsetParent) {
        event.preventDefault();
        $("ui_q").focus();
      }
      if (key === "Escape" && view && view.selected !== null && !target.closest("#ui_chart")) show({ ...view, selected: null, current: null });
    });
    // On paper the page is light, all that is folded is open, and the view says what it is.
    let folded = [];
    addEventListener("beforeprint", () => {
      folded = [...document.querySelectorAll("main > :not([hidden]) details:not([open])")];
      for (const fold of folded) fold.open = true;
      $("ui_printed").textContent = timeline.cited(view, plan, present(view).length, timeline.today(), "");
      document.documentElement.style.colorScheme = "light";
      const { figure } = timeline.figure(plan, filter(view).passing, filter(view).limits, view, { ...room, style: "light" });
      window.Plotly?.react($("ui_graph").querySelector(".js-plotly-plot"), figure.data, figure.layout);
    });
    addEventListener("afterprint", () => {
      for (const fold of folded) fold.open = false;
      show(view);
    });
    for (const query of ["(prefers-color-scheme: dark)", timeline.PHONE]) matchMedia(query).addEventListener("change", () => show(view));
  };
  const ready = start();

  /** The view of the address: one that is written in it, or the one that a link to a place within the page leads to. */
  const addressed = (now) => {
    const { hash } = location;
    return (hash.length > 1 && timeline.led(hash.slice(1), now, plan)) || timeline.viewOf(hash, plan);
  };

  /** Show a view in the next frame; `own` is the number of the change that it goes on with. */
  const show = (next, own) => {
    journey = own ?? journey + 1;
    if (view && isStep(view, next)) left = { view, y: scrollY };
    const window_ = timeline.clamp(next.window, plan.period);
    const framed = own !== undefined || (next.rows && next.rows.join() === window_.join());
    view = { ...next, window: window_, rows: framed ? next.rows : null };
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; set("ui_view", { data: view }); });
  };

  /** Go to a view that a link or a tour leads to; the window travels there, so that a reader sees where it lies. */
  const lead = (asked) => {
    followed = false;
    const onPhone = matchMedia(timeline.PHONE).matches && asked.selected !== null && asked.selected !== view.selected;
    const next = { ...asked, style: view.style, ...(onPhone ? { section: "timeline", at: "" } : {}) };
    const [from, to] = [view.window, timeline.clamp(next.window, plan.period)];
    const seen = next.section === "timeline" && view.section === "timeline" && $("ui_chart").clientWidth;
    const travels = seen && from.join() !== to.join() && !matchMedia("(prefers-reduced-motion: reduce)").matches;
    show(travels ? { ...next, window: from } : next);
    if (!travels) return;
    const own = journey, began = performance.now();
    const go = (time) => {
      if (journey !== own) return;
      const share = Math.min(Math.max((time - began) / TRAVEL, 0), 1), eased = share * share * (3 - 2 * share);
      show({ ...view, window: share === 1 ? to : from.map((end, n) => end + (to[n] - end) * eased) }, own);
      if (share < 1) requestAnimationFrame(go);
    };
    requestAnimationFrame(go);
  };

  /** The chart's room: the plot's width in px, and the reader's font against the metrics. */
  const measure = () => {
    if (!$("ui_chart").clientWidth && room) return; // another section is shown
    const context = document.createElement("canvas").getContext("2d");
    context.font = `${plan.sizes.label}px ${plan.font}`;
    context.fontKerning = "none";
    const drawn = context.measureText(plan.reference.text).width;
    const next = {
      plot: Math.max(plan.room.least, $("ui_chart").clientWidth - plan.room.left - plan.room.right),
      font: Math.max(1, drawn / plan.reference.width),
    };
    const changed = next.plot !== room?.plot || next.font !== room?.font;
    room = { ...room, ...next };
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

  /** The events that a view shows, in time order. */
  const present = (now) => filter(now).passing.filter((i) => timeline.meets(plan, i, now.window));

  const sentence = (i) => {
    const { words, title, themes } = plan.events;
    return `${words[i]}: ${title[i]}. ${themes[i].map((theme) => plan.lanes[theme].label).join(", ")}.`;
  };

  const walk = (name) => {
    const drawn = present(view).filter((i) => plan.events.row[i] !== null);
    const change = timeline.walked(name, view, drawn, plan);
    if (!change) return false;
    followed = false;
    if (change.current != null && change.current !== view.current) speak(sentence(change.current));
    show({ ...view, ...change });
    return true;
  };

  const plot = () => {
    const { left, top } = $("ui_chart").getBoundingClientRect();
    return { left: left + plan.room.left, top: top + plan.room.top, width: room.plot };
  };

  const cross = () => {
    const mark = pointer === null && view.current !== null ? shapes.marks.find(({ i }) => i === view.current) : null;
    timeline.crosshair(mark ? (mark.left + mark.right) / 2 : pointer, { plan, laid: shapes, view, style: room.style, end: lowest(view) });
  };

  const attach = () => {
    const chart = $("ui_chart");
    timeline.gestures(chart, plan.period, {
      window: () => view.window,
      show: (window) => show({ ...view, window }),
      plot,
      hit: (x, y) => (shapes ? timeline.hit(shapes, x, y) : null),
      hover: (current, x = null) => {
        pointer = x;
        chart.classList.toggle("over", current !== null);
        if (current !== view.current) show({ ...view, current });
        else if (shapes) cross();
      },
      choose: (selected) => { followed = false; show({ ...view, selected, current: null }); },
      key: walk,
    });
    new ResizeObserver(measure).observe(chart);
  };

  /* What Dash's controls do: each gives the next view. */
  const CONTROLS = {
    ui_zoom_in: (now) => ({ ...now, window: timeline.zoomed(now.window, 1.6) }),
    ui_zoom_out: (now) => ({ ...now, window: timeline.zoomed(now.window, 1 / 1.6) }),
    ui_fit: (now) => ({ ...now, window: plan.period }),
    ui_clear: (now) => { fields.clear(); $("ui_q").focus(); return { ...now, themes: [], q: "", window: plan.period }; },
    ui_earlier: (now) => ({ ...now, selected: timeline.neighbour(present(now), now.selected, -1), current: null }),
    ui_later: (now) => ({ ...now, selected: timeline.neighbour(present(now), now.selected, 1), current: null }),
    ui_close: (now) => ({ ...now, selected: null, current: null }),
  };

  /** The view after a button was pressed. */
  const change = (id) => {
    if (id === "ui_earlier" || id === "ui_later") followed = false;
    if (CONTROLS[id]) return CONTROLS[id](view);
    const theme = Number(id.replace("ui_theme_", ""));
    const { themes } = view;
    return { ...view, themes: themes.includes(theme) ? themes.filter((one) => one !== theme) : [...themes, theme].sort() };
  };

  /** The view of the address, once the chart has its room. */
  const open = (record) => {
    measure();
    furnish(record);
    attach();
    view = addressed(timeline.plainView(plan));
    written = view;
    if (history.state?.y !== undefined) found = { view, address: location.href, y: history.state.y };
    return view;
  };

  const isStep = (before, now) =>
    ["selected", "themes", "section", "at", "tour"].some((key) => JSON.stringify(before[key]) !== JSON.stringify(now[key]));

  /** Write the view into fields and address: choosing an event, a theme, a section or a step adds one to Back, the rest none. */
  const write = () => {
    const now = view, before = written;
    fields.write(now);
    if (found.view === now && found.address !== location.href) return; // Back or Forward has gone on meanwhile
    const address = (one) => (timeline.hash(one, plan) ? `#${timeline.hash(one, plan)}` : location.pathname + location.search);
    written = now;
    if (location.hash.slice(1) === timeline.hash(now, plan)) return;
    try {
      if (found.view !== now && isStep(before, now)) {
        if (left.view) history.replaceState({ y: left.y }, "", address(left.view)); // with what was written there last
        history.pushState(null, "", address(now));
      } else history.replaceState(history.state, "", address(now));
    } catch { /* a srcdoc frame has no address to write */ }
  };

  /** Down to where the chart is in sight, in px of the window. */
  const lowest = (now) =>
    innerHeight - (matchMedia(SHEET).matches && now.selected !== null ? $("ui_details").offsetHeight : 0);

  /** Scroll so far that the chosen event's mark is in sight, under a tour's caption and above the details; and, where a
      step of a tour speaks of a figure, that rather. */
  const follow = (now) => {
    const mark = shapes.marks.find(({ i }) => i === (now.current ?? now.selected));
    if (followed || !mark || now.section !== "timeline" || !$("ui_chart").clientWidth) return;
    followed = true;
    const y = plot().top + mark.y;
    const first = (now.tour ? $("ui_tour").offsetHeight : 0) + plan.room.top;
    const end = lowest(now);
    if (now.tour && now.measures) { // the figure has the event's extent in it, if not its mark
      const top = plot().top + shapes.height, over = top + plan.room.axis + plan.room.panelHead + plan.room.panel + 16 - end;
      if (over > 0 || top < first) scrollBy({ top: over });
    } else if (y < first + 40 || y > end - 40) scrollBy({ top: y - (first + end) / 2 });
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

  let resting, writing;
  const rest = (now, changed, count) => {
    clearTimeout(resting);
    const stepped = shown.view && JSON.stringify(shown.view.tour) !== JSON.stringify(now.tour); // its text is spoken
    if (shown.view && changed && !stepped) {
      resting = setTimeout(() => speak(count), REST);
    }
    clearTimeout(writing);
    if (!shown.view || isStep(shown.view, now)) setTimeout(write);
    else writing = setTimeout(write, PAUSE);
  };

  /** Everything that Dash shows for a view, and, beside it, the page's other parts, the fields and the address. */
  const render = (now) => {
    const { passing, limits } = filter(now);
    room = { ...room, style: timeline.pageStyle(now.style) };
    const drawn = timeline.figure(plan, passing, limits, now, room);
    shapes = drawn.shapes;
    $("ui_chart").style.minHeight = `${drawn.figure.layout.height}px`; // Plotly draws later; what stands below must not move
    const here = present(now), listed = here.join();
    if (shown.view && now.selected !== null && now.selected !== shown.view.selected) speak(sentence(now.selected));
    for (const part of parts) part(now, shown.view, here, passing);
    const count = say("events_shown", { shown: here.length, total: plan.events.id.length });
    const hidden = now.selected !== null && !here.includes(now.selected) ? say("chosen_hidden") : "";
    const outside = now.selected !== null && plan.events.row[now.selected] === null ? say("chosen_outside") : "";
    rest(now, shown.listed !== listed, here.length ? count : say("none"));
    shown = { view: now, listed };
    tip(now);
    timeline.years(plan, shapes);
    cross();
    document.body.classList.add("live");
    if (found.view === now && found.y !== undefined) restore(found.y);
    else follow(now);
    const complaint = fields.complaint();
    const anyFilter = complaint || now.themes.length || Object.values(timeline.fieldTexts(now, plan)).some(Boolean);
    return [
      drawn.figure, [count, hidden || outside, complaint].filter(Boolean).join(". "), !anyFilter,
      here.length > 0 || !plan.events.id.length, now.selected === null, now.selected === null,
      ...[-1, 1].map((step) => (now.selected === null ? !here.length : timeline.neighbour(here, now.selected, step) === now.selected)),
      ...plan.lanes.map((_, theme) => String(now.themes.includes(theme))),
      ...timeline.counts(plan, texts, now).map(String),
    ];
  };

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.timeline = {
    /** Controls → view. */
    change: async () => {
      const { triggered } = window.dash_clientside.callback_context; // Dash takes it away at the first await
      const record = await ready;
      if (!view) return open(record);
      for (const { prop_id: prop } of triggered) show(change(prop.split(".")[0]));
      return window.dash_clientside.no_update;
    },
    /** View → figure, count and states of the controls. */
    render: (now) => (now ? render(now) : window.dash_clientside.no_update),
  };
})();
