/* The states of Dash's controls: set at once, since what goes through Dash comes frames late, and told to Dash at rest. */
"use strict";

(() => {
  const timeline = (window.timeline = window.timeline || {});
  const $ = (id) => document.getElementById(id);

  /** Show what a view makes of the controls. `act` is the page's. */
  timeline.states = (act) => {
    const { plan } = act;
    let told = {}; // by id, as JSON, what Dash knows

    /** By id, the one property that depends on the view. */
    const of = (now, here) => {
      const { selected } = now, complaint = act.complaint(), counts = act.counts(now);
      const hidden = selected !== null && !here.includes(selected) ? act.say("chosen_hidden") : "";
      const outside = selected !== null && plan.events.row[selected] < 0 ? act.say("chosen_outside") : "";
      const anyFilter = complaint || now.themes.length || Object.values(timeline.fieldTexts(now, plan)).some(Boolean);
      const last = (step) => (selected === null ? !here.length : timeline.neighbour(here, selected, step) === selected);
      return {
        ui_count: { children: [act.counted(here), hidden || outside, complaint].filter(Boolean).join(". ") },
        ui_clear: { hidden: !anyFilter },
        ui_none: { hidden: here.length > 0 || !plan.events.id.length },
        ui_close: { hidden: selected === null },
        ui_cite_button: { hidden: selected === null },
        ui_earlier: { disabled: last(-1) },
        ui_later: { disabled: last(1) },
        ...Object.fromEntries(plan.lanes.flatMap((_, theme) => [
          [`ui_theme_${theme}`, { "aria-pressed": String(now.themes.includes(theme)) }],
          [`ui_theme_${theme}_count`, { children: timeline.counted(counts[theme]) }],
        ])),
      };
    };

    const set = (states) => {
      for (const [id, props] of Object.entries(states)) {
        const [[name, value]] = Object.entries(props), element = $(id);
        if (name === "children") element.textContent = value;
        else if (name === "aria-pressed") element.setAttribute(name, value);
        else element[name] = value;
      }
    };

    return {
      turn: (now, before, present) => set(of(now, present)),
      rest: (now, present) => {
        const states = of(now, present);
        set(states);
        for (const [id, props] of Object.entries(states)) {
          if (told[id] === JSON.stringify(props)) continue;
          told[id] = JSON.stringify(props);
          act.set(id, props);
        }
      },
    };
  };
})();
