/* Tours: a caption that goes from step to step, each in the view in which it is read. */
"use strict";

(() => {
  const timeline = (window.timeline = window.timeline || {});
  const $ = (id) => document.getElementById(id);

  /** Play a tour: show the caption of a view's step, and go on from it. `act` is the page's. */
  timeline.tours = (act) => {
    const { plan } = act;
    if (!plan.tours.length) return {};
    const panel = $("ui_tour"), back = $("ui_tour_back"), next = $("ui_tour_next"), leave = $("ui_tour_leave");

    const under = () => document.documentElement.style.setProperty("--caption", panel.hidden || matchMedia(timeline.PHONE).matches
      ? "0px" : `${panel.offsetHeight}px`);
    new ResizeObserver(under).observe(panel);

    /** Go on by a number of steps; before the first and after the last there is none. */
    const go = (by) => {
      const { tour, step } = act.view().tour;
      if (plan.tours[tour].steps[step + by]) act.lead(timeline.stepView(plan, tour, step + by));
    };
    const end = () => {
      const tour = plan.tours[act.view().tour.tour];
      act.lead({ ...act.view(), tour: null });
      setTimeout(() => document.querySelector(`.views a[data-view="tours"]`)?.focus(), 50);
      act.speak(act.say("tour_left", { title: tour.title }));
    };
    back.addEventListener("click", () => go(-1));
    next.addEventListener("click", () => go(1));
    leave.addEventListener("click", end);
    addEventListener("keydown", (event) => {
      if (!act.view()?.tour || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      const within = panel.contains(event.target);
      if (event.key === "Escape" && within) { event.stopPropagation(); end(); }
      const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!by || !(within || event.target === document.body)) return;
      event.preventDefault();
      go(by);
    }, { capture: true });

    return { turn: (now, before) => {
      const key = JSON.stringify(now.tour);
      if (before && JSON.stringify(before.tour) === key) return;
      panel.hidden = !now.tour;
      document.body.classList.toggle("touring", Boolean(now.tour));
      under();
      if (!now.tour) return;
      const { tour, step } = now.tour, { title, steps } = plan.tours[tour];
      const place = act.say("tour_place", { title, step: step + 1, steps: steps.length });
      $("ui_tour_title").textContent = place;
      $("ui_tour_text").textContent = steps[step].text;
      back.setAttribute("aria-disabled", String(step === 0)); // and not disabled: a button that is loses the focus
      next.setAttribute("aria-disabled", String(step === steps.length - 1));
      if (!before?.tour) panel.focus({ preventScroll: true });
      else act.speak(`${place}. ${steps[step].text}`);
    } };
  };
})();
