/* The table: the events that a view shows, in the order that its reader chose. The rows are the page's own HTML, or of very
   many events made after its pattern. */
"use strict";

(() => {
  const timeline = (window.timeline = window.timeline || {});
  const $ = (id) => document.getElementById(id);

  /** Events in an order: "date", "theme" or "sources", downwards with "-" before it; ties stay in time order. */
  timeline.sorted = (present, sort, { events }) => {
    const down = sort.startsWith("-"), by = sort.replace("-", "");
    if (by !== "theme" && by !== "sources") return down ? [...present].reverse() : present;
    const keys = new Map(present.map((i) => [i, by === "theme" ? events.lane[i] : timeline.cites(events.written[i]).length]));
    return [...present].sort((one, other) => (down ? -1 : 1) * (keys.get(one) - keys.get(other)) || one - other);
  };

  /** Show the rows of a view. `act` is the page's. */
  timeline.table = (act) => {
    const { plan } = act, { events } = plan;
    const body = document.querySelector("#ui_table tbody");
    const rows = [...body.rows], whole = rows.length === events.id.length;
    const heads = [...document.querySelectorAll("#ui_table [data-sort]")];
    for (const head of heads) {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: head.textContent });
      button.addEventListener("click", () => {
        const { sort } = act.view(), own = head.dataset.sort;
        act.show({ ...act.view(), sort: (sort || "date") === own ? `-${own}` : own === "date" ? "" : own });
      });
      head.replaceChildren(button);
    }

    /** The row of an event, after the pattern of one that the page holds. */
    const row = (i) => {
      const made = rows[0].cloneNode(true), [date, title, themes, sources] = made.cells;
      const [theme] = themes.children, link = title.firstElementChild;
      date.textContent = events.words[i];
      link.textContent = events.title[i];
      link.setAttribute("href", `#${events.id[i]}`);
      themes.replaceChildren(...events.themes[i].flatMap((one) => {
        const named = theme.cloneNode();
        named.setAttribute("style", timeline.themeStyle(plan, one));
        named.replaceChildren(...timeline.themeName(plan, one));
        return [named, " "];
      }));
      sources.textContent = timeline.cites(events.written[i]).length;
      return made;
    };

    let shown = null, sorted = [], order = "";
    const portion = timeline.portion(act, (added) => {
      const had = body.rows.length;
      body.replaceChildren(...portion.of(sorted).map(row));
      if (added) body.rows[had].querySelector("a").focus({ preventScroll: true });
    });
    if (!whole) {
      document.querySelector("#ui_table .part").remove();
      $("ui_table").append(portion.after);
    }
    const show = (now, present) => {
      if (now.section !== "table" || (present === shown && now.sort === order)) return;
      [shown, order] = [present, now.sort];
      sorted = timeline.sorted(present, now.sort, plan);
      if (whole) body.replaceChildren(...sorted.map((i) => rows[i]));
      else {
        portion.start();
        portion.fill();
      }
      for (const head of heads) {
        const own = (order || "date").replace("-", "") === head.dataset.sort;
        head.setAttribute("aria-sort", own ? (order.startsWith("-") ? "descending" : "ascending") : "none");
      }
    };
    return { turn: (now, before, present) => show(now, present), rest: show };
  };
})();
