/* The events as HTML: which articles are shown, and the chosen one as the details beside the chart. */
"use strict";

(() => {
  const timeline = (window.timeline = window.timeline || {});
  timeline.PHONE = "(width < 37.5em)"; // where the list is the page, as in the style sheet
  const KEPT = 3000; // articles of a very long document that are kept at hand
  const $ = (id) => document.getElementById(id);

  /** Bring an article to the top; those above it get their true heights only as they come near, so look again. */
  const bring = (article, looks = 5) => {
    article.scrollIntoView({ block: "start", behavior: "instant" });
    if (looks) requestAnimationFrame(() => bring(article, looks - 1));
  };

  /** A part of many events, to which a reader adds 200 at a time: its ends among them, and the buttons that move these. */
  timeline.portion = (act, shown) => {
    const STEP = 200;
    let [from, to] = [0, STEP];
    const button = (textContent, go) => {
      const element = Object.assign(document.createElement("button"), { type: "button", textContent });
      element.addEventListener("click", () => { go(); shown(true); });
      return element;
    };
    const before = document.createElement("p"), after = document.createElement("p"), place = document.createElement("span");
    const earlier = button(act.say("list_before", { count: STEP }), () => { from = Math.max(0, from - STEP); });
    const more = button(act.say("list_more", { count: STEP }), () => { to += STEP; });
    before.className = after.className = "portion";
    before.append(earlier);
    after.append(place, " ", more);
    return {
      before, after, fill: () => shown(false),
      /** Start anew, with the part in which one of the events stands. */
      start: (at = 0) => { from = Math.floor(Math.max(at, 0) / STEP) * STEP; to = from + STEP; },
      of: (all) => {
        const total = all.length;
        before.hidden = from === 0;
        more.hidden = to >= total;
        place.textContent = act.say("list_shows", { first: timeline.plainNumber(from + 1), last: timeline.plainNumber(Math.min(to, total)), total: timeline.plainNumber(total) });
        after.hidden = from === 0 && to >= total;
        return all.slice(from, to);
      },
    };
  };

  /** Show the articles of the events that a view shows, by their indices, and the chosen one's details. */
  timeline.articles = (act) => {
    const { plan } = act, section = $("ui_events");
    section.addEventListener("click", (event) => {
      if (!event.target.closest(".shuts a")) return;
      event.preventDefault();
      act.show({ ...act.view(), selected: null, current: null });
    });
    const written = new Map([...section.querySelectorAll(":scope > article")].map((article) => [article.id, article]));
    const whole = written.size === plan.events.id.length; // else the page holds the first alone, and here are all
    const articleOf = (i) => {
      const id = plan.events.id[i];
      if (!written.has(id)) written.set(id, act.article(i));
      return written.get(id);
    };
    let listed = null;

    /** Where the list is the page, the first article of a year carries its number, and years without any are named. */
    const name = (among) => {
      section.querySelectorAll(".gap").forEach((gap) => gap.remove());
      let year = null, until = Infinity;
      for (const i of among) {
        const article = articleOf(i);
        article.toggleAttribute("data-first", article.dataset.year !== year);
        year = article.dataset.year;
        const last = plan.events.last[i], end = last === Infinity ? Infinity : new Date((last - 1) * 864e5).getUTCFullYear();
        if (year && Number(year) > until + 1) {
          const words = Number(year) > until + 2 ? `${until + 1}–${Number(year) - 1}` : String(until + 1);
          article.before(Object.assign(document.createElement("p"), { className: "gap", textContent: act.say("gap", { years: words }) }));
        }
        until = Math.max(until === Infinity && year ? -Infinity : until, end);
      }
    };

    const portion = timeline.portion(act, (added) => {
      const had = new Set(section.children), part = portion.of(listed);
      section.replaceChildren(section.firstElementChild, portion.before, ...part.map(articleOf), portion.after);
      name(part);
      if (!added) return;
      const first = articleOf(part.find((i) => !had.has(articleOf(i))));
      first.tabIndex = -1;
      first.focus({ preventScroll: true });
    });
    if (!whole) section.replaceChildren(section.firstElementChild);

    const list = (present) => {
      if (whole) {
        const open = new Set(present);
        plan.events.id.forEach((_, i) => { articleOf(i).hidden = !open.has(i); });
        return name(present);
      }
      if (written.size > KEPT) for (const [id, article] of written) if (!article.isConnected) written.delete(id);
      const { selected } = act.view();
      portion.start(matchMedia(timeline.PHONE).matches && selected !== null ? present.indexOf(selected) : 0);
      portion.fill();
    };

    let opened = false; // whether the page has shown its first view
    let opener = null; // what had the focus when the details were opened by key

    /** Move the focus along: it must not be lost with what is replaced or hidden. */
    const refocus = (article, had, inPanel) => {
      const panel = $("ui_details"), listed = had.closest(".events > article");
      if (matchMedia(timeline.PHONE).matches) {
        const target = article || listed, gone = listed && !had.offsetParent;
        const led = article && !listed && had !== document.body && !had.closest("#ui_tour"); // from another view, or a search
        if (target && (gone || led)) { target.tabIndex = -1; target.focus({ preventScroll: true }); }
      } else if (article && (inPanel || had.matches("a:focus-visible"))) {
        if (!inPanel) opener = had;
        panel.focus({ preventScroll: true });
      } else if (!article && inPanel) {
        const among = [opener, $("ui_chart"), document.querySelector(".views [aria-current]")];
        among.find((one) => one?.offsetParent)?.focus({ preventScroll: true });
        opener = null;
      }
    };

    const details = (selected, present) => {
      const article = selected === null ? null : articleOf(selected), had = document.activeElement || document.body;
      const inPanel = article ? $("ui_article").contains(had) || had.id === "ui_details" : $("ui_details").contains(had);
      if (opened) setTimeout(() => refocus(article, had, inPanel));
      opened = true;
      document.querySelectorAll("article.chosen").forEach((one) => one.classList.remove("chosen"));
      document.body.classList.toggle("has-details", Boolean(article));
      if (!article) return $("ui_article").replaceChildren();
      article.classList.add("chosen");
      const copy = article.cloneNode(true);
      copy.hidden = false;
      for (const node of [copy, ...copy.querySelectorAll("[id]")]) node.removeAttribute("id");
      copy.removeAttribute("aria-labelledby");
      $("ui_article").replaceChildren(copy);
      $("ui_details").scrollTop = 0;
      if (!matchMedia(timeline.PHONE).matches || act.restoring()) return;
      const there = whole ? listed === present : article.isConnected;
      if (!there && present.includes(selected)) list((listed = present));
      bring(article);
    };

    return {
      turn: (now, before, present) => { if (!before || before.selected !== now.selected) details(now.selected, present); },
      rest: (now, present) => {
        if (listed && (listed === present || (listed.length === present.length && listed.every((i, n) => i === present[n])))) return;
        listed = present;
        list(present);
      },
    };
  };
})();
