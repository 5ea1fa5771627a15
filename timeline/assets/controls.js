/* Controls beside Dash's: the choice of figures below the lanes, the light or dark page, and the list of keys. */
"use strict";

(() => {
  const timeline = (window.timeline = window.timeline || {});
  const $ = (id) => document.getElementById(id);

  /** The style of the page, "light" or "dark": the reader's choice, or the system's. */
  timeline.pageStyle = (chosen) => chosen || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");

  /** The measures below the lanes after one is pressed; null where they are the first ones again. */
  timeline.chosenMeasures = (measures, one, plan) => {
    const now = measures ?? plan.firstMeasures;
    const next = now.includes(one) ? now.filter((other) => other !== one) : [...now, one].sort((a, b) => a - b);
    return next.join() === plan.firstMeasures.join() ? null : next;
  };

  /** Make the menu of figures and hear the other controls. `act` is the page's. */
  timeline.controls = (act) => {
    const { plan } = act;
    const drawable = plan.panels.map(({ light }) => light.measure);
    const buttons = drawable.map((measure) => {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: plan.measures[measure].label });
      button.addEventListener("click", () =>
        act.show({ ...act.view(), measures: timeline.chosenMeasures(act.view().measures, measure, plan) }));
      return button;
    });
    const menu = document.createElement("details"), summary = document.createElement("summary"), list = document.createElement("div");
    list.append(...buttons);
    menu.append(summary, list);
    if (drawable.length) $("ui_menu").append(menu);
    addEventListener("click", ({ target }) => { if (!menu.contains(target)) menu.open = false; });
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      event.stopPropagation();
      menu.open = false;
      summary.focus();
    });

    $("ui_graph").parentElement.ariaHidden = "true"; // a picture for pointers: keys go through the chart, readers through the list
    $("ui_how").addEventListener("click", () => {
      $("ui_legend").scrollIntoView();
      $("ui_legend").focus({ preventScroll: true });
    });
    $("ui_style").addEventListener("click", () => {
      const other = timeline.pageStyle(act.view().style) === "dark" ? "light" : "dark";
      act.show({ ...act.view(), style: other === timeline.pageStyle("") ? "" : other }); // "" follows the system
    });
    // Who speaks to the page types letters without meaning keys: then these are heard on the chart alone.
    const anywhere = $("ui_anywhere"), heard = () => anywhere.ariaPressed === "true";
    anywhere.addEventListener("click", () => { anywhere.ariaPressed = String(!heard()); });
    addEventListener("keydown", (event) => {
      if (/^[/?]$/.test(event.key) && !heard() && !event.target.closest("#ui_chart")) event.stopImmediatePropagation();
    }, { capture: true });
    addEventListener("keydown", (event) => {
      if (event.key === "?" && !/INPUT|TEXTAREA/.test(event.target.tagName) && !document.querySelector("dialog[open]")) $("ui_keys").showModal();
    });

    return { turn: (now) => {
      const chosen = now.measures ?? plan.firstMeasures;
      drawable.forEach((measure, n) => buttons[n].setAttribute("aria-pressed", String(chosen.includes(measure))));
      summary.textContent = act.say("figures_shown", { shown: chosen.length, total: drawable.length });
      document.documentElement.style.colorScheme = now.style;
      $("ui_style").textContent = timeline.pageStyle(now.style) === "dark" ? act.say("style_light") : act.say("style_dark");
    } };
  };
})();
