/* plotly.express.timeline: a bar an event, the title on the axis; a filter is its legend's. */
"use strict";

(() => {
  const { period, figure } = window.data;
  const chart = document.getElementById("chart");
  let drawn = false;
  Plotly.newPlot(chart, figure.data, { ...figure.layout, height: 780, width: 1260 }).then(() => { drawn = true; });
  const at = (share) => period[0] + share * (period[1] - period[0]);

  /** Whether Plotly says that it is done. */
  const finished = (promise) => {
    let done = false;
    promise.then(() => { done = true; });
    return () => done;
  };

  window.peer = {
    drawn: () => drawn,
    filter: (theme) => finished(Plotly.restyle(chart, {
      visible: figure.data.map((_, n) => (theme === null || n === theme ? true : "legendonly")),
    })),
    zoom: ([t0, t1]) => finished(Plotly.relayout(chart, { "xaxis.range": [at(t0), at(t1)] })),
    titles: () => window.bench.boxes(chart.querySelectorAll(".ytick text")),
  };
})();
