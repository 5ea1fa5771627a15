/* vis-timeline, as its documentation has it: a data view that filters, groups for themes, the window's height.
   It shows all by itself: told its start and end, it waits for a second before it draws. */
"use strict";

(() => {
  const { period, themes, events, cluster } = window.data;
  const chart = document.getElementById("chart");
  let drawn = false, only = null;
  const items = new vis.DataView(new vis.DataSet(events.map(({ id, title, text, theme, start, end }) => (
    { id, content: title, title: text, group: theme, start, ...(end === null ? { type: "point" } : { end, type: "range" }) }
  ))), { filter: ({ group }) => only === null || group === only });
  const groups = new vis.DataSet(themes.map((content, id) => ({ id, content })));
  const timeline = new vis.Timeline(chart, items, groups, {
    height: "780px", verticalScroll: true, zoomKey: "ctrlKey",
    ...(cluster ? { cluster: {} } : {}),
    onInitialDrawComplete: () => { drawn = true; },
  });
  timeline.fit({ animation: false });
  const at = (share) => period[0] + share * (period[1] - period[0]);

  window.peer = {
    drawn: () => drawn,
    filter: (theme) => {
      const changed = window.bench.changed(chart);
      only = theme;
      items.refresh();
      return changed;
    },
    zoom: ([t0, t1]) => {
      const changed = window.bench.changed(chart);
      timeline.setWindow(at(t0), at(t1), { animation: false });
      return changed;
    },
    titles: () => window.bench.boxes(chart.querySelectorAll(".vis-foreground .vis-item:not(.vis-cluster) .vis-item-content")),
  };
})();
