/* The events as HTML: which articles are shown, and the chosen one as the details beside the chart. */
"use strict";

(() => {
  const timeline = (window.timeline = window.timeline || {});
  timeline.PHONE = "(width < 37.5em)"; // where the list is the page, as in the style sheet
  const $ = (id) => document.getElementById(id);

  /** Bring an article to the top; those above it get their true heights only as they come near, so look again. */
  const bring = (article, looks = 5) => {
    article.scrollIntoView({ block: "start", behavior: "instant" });
    if (looks) requestAnimationFrame(() => bring(article, looks - 1));
  };

  /** Show the articles of the events that a view shows, by their indices, and the chosen one's details. */
  timeline.articles = (act) => {
    const { plan } = act;
    $("ui_events").addEventListener("click", (event) => {
      if (!event.target.closest(".shuts a")) return;
      event.preventDefault();
      act.show({ ...act.view(), selected: null, current: null });
    });
    const articles = plan.events.id.map($);
    let listed = null;

    const list = (present) => {
      const open = new Set(present);
      $("ui_events").querySelectorAll(".gap").forEach((gap) => gap.remove());
      // Where the list is the page, the first article of a year carries its number, and years without any are named.
      let year = null, until = Infinity;
      articles.forEach((article, i) => {
        article.hidden = !open.has(i);
        if (article.hidden) return;
        article.toggleAttribute("data-first", article.dataset.year !== year);
        year = article.dataset.year;
        const last = plan.events.last[i], end = last === Infinity ? Infinity : new Date((last - 1) * 864e5).getUTCFullYear();
        if (year && Number(year) > until + 1) {
          const words = Number(year) > until + 2 ? `${until + 1}–${Number(year) - 1}` : String(until + 1);
          article.before(Object.assign(document.createElement("p"), { className: "gap", textContent: act.say("gap", { years: words }) }));
        }
        until = Math.max(until === Infinity && year ? -Infinity : until, end);
      });
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

    const details = (selected) => {
      const article = selected === null ? null : articles[selected], had = document.activeElement || document.body;
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
      if (matchMedia(timeline.PHONE).matches && !act.restoring()) bring(article);
    };

    return {
      turn: (now, before) => { if (!before || before.selected !== now.selected) details(now.selected); },
      rest: (now, present) => {
        if (listed !== present.join()) list(present);
        listed = present.join();
      },
    };
  };
})();
