/* The table: the events that a view shows, in the order that its reader chose. The rows are the page's own HTML. */
"use strict";

(() => {
  const timeline = (window.timeline = window.timeline || {});

  /** Events in an order: "date", "theme" or "sources", downwards with "-" before it; ties stay in time order. */
  timeline.sorted = (present, sort, { events }) => {
    const sign = sort.startsWith("-") ? -1 : 1;
    const by = sort.replace("-", "");
    const key = by === "theme" ? (i) => events.lane[i] : by === "sources" ? (i) => timeline.cites(events.written[i]).length : (i) => i;
    const keys = new Map(present.map((i) => [i, key(i)]));
    return [...present].sort((one, other) => sign * (keys.get(one) - keys.get(other)) || one - other);
  };

  /** Show the rows of a view. `act` is the page's. */
  timeline.table = (act) => {
    const body = document.querySelector("#ui_table tbody");
    const rows = [...body.rows];
    const heads = [...document.querySelectorAll("#ui_table [data-sort]")];
    for (const head of heads) head.addEventListener("click", () => {
      const { sort } = act.view(), own = head.dataset.sort;
      act.show({ ...act.view(), sort: (sort || "date") === own ? `-${own}` : own === "date" ? "" : own });
    });
    let shown = "";
    return { rest: (now, present) => {
      const key = `${now.sort}:${present.join()}`;
      if (now.section !== "table" || key === shown) return;
      shown = key;
      body.replaceChildren(...timeline.sorted(present, now.sort, act.plan).map((i) => rows[i]));
      const order = now.sort || "date";
      for (const head of heads) {
        const own = order.replace("-", "") === head.dataset.sort;
        head.closest("th").setAttribute("aria-sort", own ? (order.startsWith("-") ? "descending" : "ascending") : "none");
      }
    } };
  };
})();
