/* The fields for search and years: what a reader writes in them as a view, and a view written into them. */
"use strict";

(() => {
  const timeline = (window.timeline = window.timeline || {});
  const $ = (id) => document.getElementById(id);

  /** What the fields say of a view. */
  timeline.fieldTexts = ({ q, window: period }, plan) => {
    const { from, to } = timeline.written(period, plan.period);
    return { ui_q: q, ui_from: from, ui_to: to };
  };

  /** Hear the fields. `act` is the page's; gives {write(view), clear(), complaint()}. */
  timeline.fields = (act) => {
    const { plan } = act;
    let last = {}; // what the page last wrote of a view into the fields
    let complaint = ""; // what is wrong with what a reader wrote there

    /** Take what a reader wrote. Dash reports what the page writes as well, so the fields are heard directly. */
    const typed = (id, text) => {
      const [first, end] = plan.period;
      const dated = id === "ui_q" || text === "" ? null : timeline.extent(text);
      const wrong = dated === null ? id !== "ui_q" && text !== "" : dated[0] >= end || dated[1] <= first;
      $(id).setAttribute("aria-invalid", String(wrong));
      const told = complaint;
      const [year, month, day] = timeline.asWritten((first + end) / 2);
      complaint = wrong ? act.say("not_a_date", { text, first: timeline.dateAt(first), last: timeline.dateAt(end, true), year, month, day }) : "";
      const view = act.view();
      if (wrong && complaint !== told) act.speak(complaint);
      if (wrong) return act.show(view);
      if (text === timeline.fieldTexts(view, plan)[id]) return;
      act.show(id === "ui_q" ? { ...view, q: text }
        : { ...view, window: timeline.moved(view.window, id.slice(3), text, plan.period) });
    };
    $("ui_q").addEventListener("input", ({ target }) => typed("ui_q", target.value));
    $("ui_q").addEventListener("keydown", ({ key }) => {
      const [first] = act.present();
      if (key === "Enter" && first !== undefined) act.lead({ ...act.view(), selected: first, current: null });
    });
    for (const id of ["ui_from", "ui_to"]) {
      $(id).setAttribute("aria-describedby", "ui_count");
      $(id).addEventListener("focusout", ({ target }) => typed(id, target.value));
      $(id).addEventListener("keydown", ({ key, target }) => { if (key === "Enter") typed(id, target.value); });
    }

    return {
      /** Write a view into the fields, but for those whose part of it has not changed: a reader may be writing there. */
      write: (view) => {
        const texts = timeline.fieldTexts(view, plan);
        for (const [id, value] of Object.entries(texts)) {
          if (value === last[id] || $(id).value === value) continue;
          act.set(id, { value });
          $(id).removeAttribute("aria-invalid");
        }
        last = texts;
      },
      clear: () => { last = {}; complaint = ""; },
      complaint: () => complaint,
    };
  };
})();
