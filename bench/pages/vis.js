/* vis-timeline, as its documentation has it: groups for themes, shown and hidden, and the window's height. */
"use strict";

(() => {
  const { period, themes, events, cluster } = window.data;
  const chart = document.getElementById("chart");
  let drawn = false;
  const items = new vis.DataSet(events.map(({ id, title, text, theme, start, end }) => (
    { id, content: title, title: text, group: theme, start, ...(end === null ? { type: "point" } : { end, type: "range" }) }
  )));
  const groups = new vis.DataSet(themes.map((content, id) => ({ id, content })));
  const options = {
    height: "780px", verticalScroll: true, zoomKey: "ctrlKey", onInitialDrawComplete: () => { drawn = true; },
  };
  // Told its start and end at once, it waits for a second before it draws; its clusters need their groups from the start.
  const timeline = cluster
    ? new vis.Timeline(chart, items, groups, { ...options, cluster: {} })
    : new vis.Timeline(chart, items, options);
  if (cluster) timeline.setWindow(period[0], period[1], { animation: false });
  else {
    timeline.setOptions({ start: period[0], end: period[1] });
    timeline.setGroups(groups);
  }
  const at = (share) => period[0] + share * (period[1] - period[0]);

  window.peer = {
    drawn: () => drawn,
    filter: (theme) => {
      const changed = window.bench.changed(chart);
      groups.update(themes.map((_, id) => ({ id, visible: theme === null || id === theme })));
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
