/* The page: one view, all that asks for another, the frame in which it is shown, and what follows once it rests. */
"use strict";

(() => {
  const timeline = (window.timeline = window.timeline || {});
  const PAUSE = 150; // ms without change after which a view rests: all of it is drawn, listed and written in the address
  const CALM = 1000; // ms after which Plotly draws it: that takes as long as several frames
  const REST = 700; // ms without change after which the count is spoken
  const TRAVEL = 450; // ms that the window takes to where a link or a step of a tour leads
  const OWN = 2000; // events that pass, up to which thresholds are worked out among them alone
  const TURNS = ["selected", "themes", "q", "measures", "section", "at", "tour", "sort", "style"]; // all but the window
  const $ = (id) => document.getElementById(id);
  const set = (id, props) => window.dash_clientside.set_props(id, props);

  let plan, texts, stage, fields, past;
  let parts = []; // what shows a view beside the chart: in each {frame}, after a {turn} to something else, or at {rest}
  let filtered = { key: null }; // the events that pass, with their thresholds, for the themes and search of `key`
  const presents = new WeakMap(); // the events that are present in a view
  let view = null; // the view asked for last, which the page may not show yet
  let shown = null; // the view that the page shows
  let listed = null; // the events that were present when the count was last spoken
  let waiting = false; // whether a view waits for the next frame
  let journey = 0; // number of the last change of view: a window under way stops for a newer one

  const say = (word, values) => timeline.say(plan.words, word, values);
  const speak = (text) => { $("ui_spoken").textContent = text; };

  /** The text of a block of the page: gzip, base64. */
  const unpack = (id) =>
    new Response(new Blob([timeline.bytes($(id).textContent.trim())]).stream().pipeThrough(new DecompressionStream("gzip"))).text();

  const start = async () => {
    const [planText, documentText] = await Promise.all([unpack("timeline-plan"), unpack("timeline-document")]);
    plan = JSON.parse(planText);
    const record = timeline.unfolded(documentText);
    plan.events = timeline.columns(plan, record);
    texts = timeline.texts(plan);
    return record;
  };

  /** Make the page's parts, once Dash has put its controls where they belong. */
  const furnish = (record) => {
    const act = {
      plan, view: () => view, present: () => present(view), room: () => stage.room(), follows: (again) => stage.follows(again),
      restoring: () => past.restoring(view), counted, complaint: () => fields.complaint(),
      counts: (now) => timeline.counts(plan, texts, now), lead, say, set, show, speak, walk, article: timeline.article(plan, record),
    };
    past = timeline.past(act);
    stage = timeline.stage(act);
    fields = timeline.fields(act);
    parts = ["sections", "articles", "tours", "table", "controls", "states", "overview"].map((part) => timeline[part](act));
    timeline.terms();
    timeline.share(act, record, () => unpack("timeline-bibliography"));
    listen();
  };

  const listen = () => {
    // Heard here and not through Dash, whose callbacks come a frame later.
    document.querySelector(".app").addEventListener("click", ({ target }) => {
      const button = target.closest("button");
      const next = button && changed(button.id);
      if (next) show(next);
    });
    addEventListener("keydown", (event) => {
      const { key, target } = event;
      if (/INPUT|TEXTAREA|SELECT/.test(target.tagName) || document.querySelector("dialog[open]")) return;
      if (key === "/" && $("ui_q").offsetParent) {
        event.preventDefault();
        $("ui_q").focus();
      }
      if (key === "Escape" && view.selected !== null && !target.closest("#ui_chart")) show({ ...view, selected: null, current: null });
    });
    // On paper the page is light, all that is folded is open, and the view says what it is.
    let folded = [];
    addEventListener("beforeprint", () => {
      if (resting) rest();
      folded = [...document.querySelectorAll("main > :not([hidden]) details:not([open])")];
      for (const fold of folded) fold.open = true;
      $("ui_printed").textContent = timeline.cited(view, plan, present(view).length, timeline.today(), "");
      document.documentElement.style.colorScheme = "light";
      stage.paper(view, filter(view));
    });
    addEventListener("afterprint", () => {
      for (const fold of folded) fold.open = false;
      document.documentElement.style.colorScheme = view.style;
      show(view);
    });
    for (const query of ["(prefers-color-scheme: dark)", timeline.PHONE]) matchMedia(query).addEventListener("change", () => show(view));
  };
  const ready = start();
  ready.catch(() => {}); // what is wrong is told once the page begins

  /** Show a view in the next frame; `own` is the number of the change that it goes on with. */
  const show = (next, own) => {
    journey = own ?? journey + 1;
    past.leave(view, next);
    const window_ = timeline.clamp(next.window, plan.period);
    const framed = own !== undefined || (next.rows && next.rows.join() === window_.join());
    view = { ...next, window: window_, rows: framed ? next.rows : null };
    document.body.classList.add("moving");
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(shown ? frame : first);
  };

  /** Go to a view that a link or a tour leads to; the window travels there, so that a reader sees where it lies. */
  const lead = (asked) => {
    stage.follows(true);
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

  /** The events that pass the themes and search; with few enough, thresholds among themselves alone. */
  const filter = ({ themes, q }) => {
    const key = JSON.stringify([themes, q]);
    if (filtered.key === key) return filtered;
    const passing = timeline.passing(plan.events, texts, themes, q);
    const few = passing.length < plan.events.id.length && passing.length <= OWN;
    const limits = few
      ? timeline.thresholds(plan.events, timeline.byPriority(plan.events, passing), plan.period)
      : plan.events;
    filtered = { key, passing, limits };
    return filtered;
  };

  /** The events that a view shows, in time order. */
  const present = (now) => {
    if (!presents.has(now)) presents.set(now, timeline.within(plan, filter(now).passing, now.window));
    return presents.get(now);
  };

  const sentence = (i) => {
    const { words, title, themes } = plan.events;
    return `${words[i]}: ${title[i]}. ${themes[i].map((theme) => plan.lanes[theme].label).join(", ")}.`;
  };

  const walk = (name) => {
    const drawn = present(view).filter((i) => plan.events.row[i] >= 0);
    const change = timeline.walked(name, view, drawn, plan);
    if (!change) return false;
    stage.follows(true);
    if (change.current != null && change.current !== view.current) speak(sentence(change.current));
    show({ ...view, ...change });
    return true;
  };

  /* What the buttons do: each gives the next view. */
  const CONTROLS = {
    ui_zoom_in: (now) => ({ ...now, window: timeline.zoomed(now.window, 1.6) }),
    ui_zoom_out: (now) => ({ ...now, window: timeline.zoomed(now.window, 1 / 1.6) }),
    ui_fit: (now) => ({ ...now, window: plan.period }),
    ui_clear: (now) => { fields.clear(); $("ui_q").focus(); return { ...now, themes: [], q: "", window: plan.period }; },
    ui_earlier: (now) => ({ ...now, selected: timeline.neighbour(present(now), now.selected, -1), current: null }),
    ui_later: (now) => ({ ...now, selected: timeline.neighbour(present(now), now.selected, 1), current: null }),
    ui_close: (now) => ({ ...now, selected: null, current: null }),
  };

  /** The view after a button was pressed, or null where the button is another's. */
  const changed = (id) => {
    if (id === "ui_earlier" || id === "ui_later") stage.follows(true);
    if (CONTROLS[id]) return CONTROLS[id](view);
    const [, number] = /^ui_theme_(\d+)$/.exec(id) || [], theme = Number(number);
    if (!number) return null;
    const { themes } = view;
    return { ...view, themes: themes.includes(theme) ? themes.filter((one) => one !== theme) : [...themes, theme].sort() };
  };

  let resting, calming, speaking, writing;

  /** Show the view: in the frame what moves, after a turn all that it changes; the rest once the view rests. */
  const frame = () => {
    waiting = false;
    const now = view, before = shown, here = present(now);
    const turned = !before || timeline.differ(before, now, TURNS);
    if (before && now.selected !== null && now.selected !== before.selected) speak(sentence(now.selected));
    if (turned) for (const { turn } of parts) turn?.(now, before, here);
    stage.frame(now, filter(now));
    for (const part of parts) part.frame?.(now, filter(now).passing);
    document.body.classList.add("live");
    document.querySelector(".still")?.remove(); // the chart is drawn, in this frame
    shown = now;
    if (past.restoring(now)) past.restore();
    else stage.follow(now);
    clearTimeout(resting);
    resting = setTimeout(rest, PAUSE);
    clearTimeout(calming);
    calming = setTimeout(plot, CALM);
    clearTimeout(speaking);
    if (!before || timeline.differ(before, now, ["tour"])) listed = here; // a step's text is spoken instead
    else speaking = setTimeout(announce, REST, here);
    if (before && past.isStep(before, now)) writing = setTimeout(write);
  };

  /** The first frame: from then on scripts answer, or never. */
  const first = () => {
    try { frame(); } catch (fault) {
      if (shown) throw fault;
      giveUp(fault);
    }
  };

  /** Leave the page as it is without scripts, and say so. */
  const giveUp = (fault) => {
    document.querySelector(".app").remove();
    for (const part of document.querySelectorAll("[data-start-failed], main > [data-view]")) part.hidden = false;
    for (const part of document.querySelectorAll("noscript")) part.outerHTML = part.textContent;
    console.error(`This page could not start: ${fault.message}`);
  };

  const announce = (here) => {
    if (here.length !== listed.length || here.some((i, n) => i !== listed[n])) speak(here.length ? counted(here) : say("none"));
    listed = here;
  };

  /** Draw, list and write what need not be done while the view changes. */
  const rest = () => {
    clearTimeout(resting);
    resting = undefined;
    const now = shown;
    stage.whole(now, filter(now));
    for (const part of parts) part.rest?.(now, present(now));
    write();
    document.body.classList.remove("moving");
  };

  const write = () => {
    clearTimeout(writing);
    fields.write(view);
    past.write(view);
  };

  const counted = (here) => say("events_shown", { shown: here.length, total: plan.events.id.length });

  /** Resolves once an element of the page is there. */
  const there = (selector) => new Promise((done) => {
    const look = () => document.querySelector(selector) && (observer.disconnect(), done());
    const observer = new MutationObserver(look);
    observer.observe(document.body, { childList: true, subtree: true });
    look();
  });

  // Plotly is large: it comes once the page is live, and Dash's graph waits for it. Where it fails, the drawing stays.
  let plotted, graph;
  window.Plotly = new Promise((done) => { plotted = done; });
  const load = async () => {
    for (const { dataset: { later } } of document.querySelectorAll("script[data-later]")) await new Promise((done, fail) =>
      document.head.appendChild(Object.assign(document.createElement("script"), { src: later, onload: done, onerror: fail })));
    if (!window.Plotly.react) throw new Error("it did not run");
    plotted();
    await there("#ui_graph .main-svg");
  };

  /** Let Plotly draw the view, if it has a chart, and nothing has changed meanwhile. */
  const plot = async () => {
    const now = view;
    if (!stage.room().seen) return;
    graph ??= load().then(() => true, () => false); // the browser says what it could not load
    if (await graph && view === now) stage.plot(now, filter(now));
  };

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.timeline = {
    /** Begin, once Dash has laid out the page. */
    begin: async () => {
      try {
        if (getComputedStyle(document.querySelector(".still")).display === "none") throw new Error("the browser lacks styles that it needs");
        const record = await ready;
        await there("#ui_chart");
        furnish(record);
        view = past.first();
        show(view);
      } catch (fault) { giveUp(fault); }
    },
  };
})();
