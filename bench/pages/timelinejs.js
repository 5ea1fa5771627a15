/* TimelineJS: it has no filter, so a filter makes the timeline anew; it zooms by its own steps. */
"use strict";

(() => {
  const { themes, events } = window.data;
  const date = (ms) => {
    const day = new Date(ms);
    return { year: day.getUTCFullYear(), month: day.getUTCMonth() + 1, day: day.getUTCDate() };
  };
  const slides = events.map(({ id, title, text, theme, start, end }) => ({
    unique_id: id, group: themes[theme], start_date: date(start), text: { headline: title, text },
    ...(end === null ? {} : { end_date: date(end) }),
  }));
  let timeline, loaded;
  const make = (shown) => {
    loaded = false;
    document.getElementById("chart").replaceChildren();
    timeline = new TL.Timeline("chart", { events: shown }, { font: null, duration: 0, height: 780, script_path: document.baseURI });
    timeline.on("loaded", () => { loaded = true; });
  };
  make(slides);
  let step = 0;

  window.peer = {
    drawn: () => loaded,
    filter: (theme) => {
      make(theme === null ? slides : slides.filter(({ group }) => group === themes[theme]));
      return () => loaded;
    },
    zoom: () => {
      const changed = window.bench.changed(document.getElementById("chart"));
      if (step % 6 < 2) timeline.zoomIn();
      else if (step % 6 < 4) (step % 2 ? timeline.goToPrev() : timeline.goToNext());
      else timeline.zoomOut();
      step += 1;
      return changed;
    },
    titles: () => {
      const whole = ({ clientWidth, clientHeight, scrollWidth, scrollHeight }) => scrollWidth <= clientWidth && scrollHeight <= clientHeight + 1;
      return window.bench.boxes([...document.querySelectorAll(".tl-timemarker-text .tl-headline, .tl-slide .tl-headline")].filter(whole));
    },
  };
})();
