/* The address and the browser's history: views written there and read from there, each with how far the page was scrolled. */
"use strict";

(() => {
  const timeline = (window.timeline = window.timeline || {});
  const PAUSE = 150; // ms after a scroll until its end is kept: browsers allow few changes a second
  const STEPS = ["selected", "themes", "section", "at", "tour"]; // what adds a step to Back; the rest replaces it

  /** Whether two views differ in one of some keys. */
  timeline.differ = (one, other, keys) => keys.some((key) => JSON.stringify(one[key]) !== JSON.stringify(other[key]));

  /** Keep the history. `act` is the page's. */
  timeline.past = (act) => {
    const { plan } = act;
    let found = {}; // the view that Back, Forward or an address last led to, that address, and its place
    let written = null; // the view that the address was last written of
    let left = {}; // the view from which the reader went on to the next step, and how far the page was scrolled

    /** The view of the address: one that is written in it, or the one that a link to a place within the page leads to. */
    const addressed = (now) => {
      const { hash } = location;
      return (hash.length > 1 && timeline.led(hash.slice(1), now, plan)) || timeline.viewOf(hash, plan);
    };

    // Sections have heights of their own, so the browser cannot keep how far the page is scrolled.
    try { history.scrollRestoration = "manual"; } catch { /* no history here */ }
    let keeping;
    addEventListener("scrollend", () => {
      clearTimeout(keeping);
      keeping = setTimeout(() => { try { history.replaceState({ y: scrollY }, ""); } catch { /* nor here */ } }, PAUSE);
    });
    addEventListener("popstate", ({ state }) => {
      const asked = addressed(act.view());
      act.show({ ...asked, style: asked.style || act.view().style });
      act.follows(state?.y === undefined);
      found = { view: act.view(), address: location.href, y: state?.y };
    });

    /** Bring the page back to its place; articles get their true heights only as they come near, so look again. */
    const restore = (y, looks = 5) => {
      scrollTo({ top: y, behavior: "instant" });
      if (looks) requestAnimationFrame(() => { if (found.view === act.view()) restore(y, looks - 1); });
    };

    const isStep = (before, now) => timeline.differ(before, now, STEPS);
    return {
      isStep,

      /** The view that the page opens with. */
      first: () => {
        written = addressed(timeline.plainView(plan));
        if (history.state?.y !== undefined) found = { view: written, address: location.href, y: history.state.y };
        return written;
      },

      /** Note where the page was, should the reader come back to it. */
      leave: (before, next) => { if (isStep(before, next)) left = { view: before, y: scrollY }; },

      /** Whether a view was found again, and the place in it; `restore` leads there. */
      restoring: (now) => found.view === now && found.y !== undefined,
      restore: () => restore(found.y),

      /** Write a view into the address. */
      write: (now) => {
        const before = written;
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
      },
    };
  };
})();
