/* Watches the document: asks the server for its state, tells what is wrong with it, and loads the page anew once it has
   changed, with all that its reader had there. Of the served page alone: a frozen one has no server to ask. */
"use strict";

(() => {
  const OFTEN = 1000; // ms between two questions
  const SELDOM = 60000; // ms: a server that is silent is asked ever less often, and from here on not before the reader is back
  const QUIET = 1000; // ms without a key, a touch or a scroll after which the page may be loaded anew
  const KEPT = "timeline-kept"; // until the page is there again
  const FIELDS = ["ui_q", "ui_from", "ui_to"];
  const DEEDS = ["keydown", "input", "wheel", "pointerdown", "pointerup", "touchmove"];
  const $ = (id) => document.getElementById(id);
  const { version } = document.currentScript.dataset; // of this page

  /** Where an element stands: by the nearest one with an id, or the page, and its number among its like in that. */
  const placeOf = (element) => {
    const owner = element.closest("[id]") ?? document.body, like = element.localName;
    return { id: owner.id, like, number: owner === element ? -1 : [...owner.querySelectorAll(like)].indexOf(element) };
  };
  const at = ({ id, like, number }) => {
    const owner = id ? $(id) : document.body;
    return number < 0 ? owner : owner?.querySelectorAll(like)[number];
  };

  /** Keep what the address does not hold of the reader's view, for the page that comes in this one's place. */
  const keep = (next) => {
    const had = document.activeElement || document.body;
    const kept = {
      next, y: scrollY, beside: $("ui_details")?.scrollTop,
      folds: [...document.querySelectorAll("details[open]")].map(placeOf),
      fields: FIELDS.map((id) => $(id)?.value),
      focus: had === document.body ? null : placeOf(had),
      caret: FIELDS.includes(had.id) ? [had.selectionStart, had.selectionEnd] : null,
    };
    try {
      sessionStorage.setItem(KEPT, JSON.stringify(kept));
      history.replaceState({ ...history.state, y: scrollY }, ""); // as the page itself does; it may come too late
    } catch { /* a browser that keeps nothing */ }
  };

  /** Take what was kept, once. */
  const taken = () => {
    try {
      const kept = JSON.parse(sessionStorage.getItem(KEPT));
      sessionStorage.removeItem(KEPT);
      return kept;
    } catch { return null; }
  };

  /** Resolves once the page shows its view and all that follows from it. */
  const rested = () => new Promise((done) => {
    const look = () => document.body.matches(".live:not(.moving)") && (observer.disconnect(), done());
    const observer = new MutationObserver(look);
    observer.observe(document.body, { attributes: true, attributeFilter: ["class"] });
    look();
  });

  /** Give the reader back what was kept, unless the reader is at work already. */
  const restore = ({ y, beside, folds, fields, focus, caret }) => {
    if (acted) return;
    for (const fold of folds.map(at)) if (fold) fold.open = true;
    FIELDS.forEach((id, n) => {
      if (!$(id) || fields[n] === undefined || $(id).value === fields[n]) return;
      window.dash_clientside.set_props(id, { value: fields[n] });
    });
    if (focus) at(focus)?.focus({ preventScroll: true });
    if (caret) setTimeout(() => document.activeElement.setSelectionRange?.(...caret));
    if ($("ui_details")) $("ui_details").scrollTop = beside;
    bring(y);
  };

  /** Bring the page back to its place; what comes near gets its true height only then, so look again. */
  const bring = (y, looks = 5) => {
    scrollTo({ top: y, behavior: "instant" });
    if (looks) requestAnimationFrame(() => { if (!acted) bring(y, looks - 1); });
  };

  let acted = 0, pressed = false; // when the reader last did something, and whether a pointer is still down
  for (const deed of DEEDS) {
    addEventListener(deed, (event) => {
      if (!event.isTrusted) return;
      acted = performance.now();
      if (event.type.startsWith("pointer")) pressed = event.type === "pointerdown";
    }, { capture: true, passive: true });
  }
  addEventListener("pointercancel", () => { pressed = false; });
  let scrolled = 0; // when the page last was, if only by its scripts
  addEventListener("scroll", () => { scrolled = performance.now(); }, { capture: true, passive: true });

  const selecting = () => document.hasFocus() && !getSelection().isCollapsed; // to copy it
  const busy = () => pressed || selecting() || document.querySelector("dialog[open], body.moving")
    || [acted, scrolled].some((time) => time && performance.now() - time < QUIET);

  let told = ""; // what the banner tells, as JSON
  const tell = (said, faults) => {
    if (told === JSON.stringify([said, faults])) return;
    told = JSON.stringify([said, faults]);
    const banner = $("ui_watch"), list = banner.querySelector("ul");
    list.replaceChildren(...faults.map((fault) => Object.assign(document.createElement("li"), { textContent: fault })));
    banner.hidden = !said;
    document.documentElement.style.scrollPaddingBottom = said ? "30vh" : ""; // what has the focus is not below the banner
    setTimeout(() => { banner.querySelector("p").textContent = said; }, 100); // what is filled once it is there is spoken
  };

  const kept = taken();
  const hear = ({ page, said, faults }) => {
    if (page !== version && page !== kept?.next && !busy()) { // a page that was loaded for this one already is not again
      keep(page);
      location.reload();
    } else tell(said, faults);
  };

  let pause = OFTEN, timer, asking = false;
  const ask = async () => {
    if (asking || document.hidden) return;
    asking = true;
    clearTimeout(timer);
    try {
      const answer = await fetch("/_watch", { cache: "no-cache", signal: AbortSignal.timeout(SELDOM) });
      if (!answer.ok) throw new Error(answer.statusText);
      hear(await answer.json());
      pause = OFTEN;
    } catch { pause *= 2; }
    asking = false;
    if (pause < SELDOM) timer = setTimeout(ask, pause);
  };
  const again = () => { pause = OFTEN; ask(); };
  document.addEventListener("visibilitychange", again);
  addEventListener("focus", again);
  ask();
  if (kept) rested().then(() => restore(kept));
})();
