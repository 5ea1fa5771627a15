/* The page's views: one section at a time, and links within the page as steps from view to view. */
"use strict";

(() => {
  const timeline = (window.timeline = window.timeline || {});
  const $ = (id) => document.getElementById(id);

  /** The view that a link within the page leads to from `now`, or null. `address` is what stands after its "#". */
  timeline.led = (address, now, plan) => {
    if (address.includes("=")) return timeline.viewOf(address, plan);
    const target = timeline.decoded(address), selected = plan.events.id.indexOf(target);
    if (selected >= 0) return { ...now, selected, current: null };
    if (target === "ui_chart") return { ...now, section: "timeline", at: "" };
    const section = $(target)?.closest("[data-view]");
    if (!section) return null;
    return { ...now, section: section.dataset.view, at: section.id === target ? "" : target };
  };

  /** Show the section of a view, and the place in it. `act` is the page's. */
  timeline.sections = (act) => {
    const links = [...document.querySelectorAll(".views a")], skip = document.querySelector(".skip:not([href='#ui_chart'])");
    const sections = [...document.querySelectorAll("main > [data-view]")];

    document.addEventListener("click", (event) => {
      const link = event.target.closest("a[href^='#']");
      if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const asked = timeline.led(link.getAttribute("href").slice(1), act.view(), act.plan);
      if (!asked) return;
      event.preventDefault();
      const { section, at, selected } = act.view();
      const here = asked.at && asked.at === at && asked.section === section && asked.selected === selected;
      if (here) return reveal($(at)); // its reader has scrolled away
      act.lead(asked);
      if (link.matches(".skip")) setTimeout(() => { $(link.hash.slice(1)).focus(); $(link.hash.slice(1)).scrollIntoView(); }, 50);
    });

    const reveal = (place) => {
      for (let fold = place.querySelector("details") || place.closest("details"); fold; fold = fold.parentElement.closest("details"))
        fold.open = true;
      place.scrollIntoView({ block: "start", behavior: "instant" });
      place.tabIndex = -1;
      place.focus({ preventScroll: true });
    };

    return { turn: (now, before) => {
      if (before && before.section === now.section && before.at === now.at) return;
      document.body.dataset.section = now.section;
      document.title = [now.section === "timeline" ? "" : act.say(`view_${now.section}`), act.plan.title].filter(Boolean).join(" – ");
      for (const section of sections) section.hidden = section.dataset.view !== now.section;
      const own = sections.find((section) => !section.hidden);
      own.tabIndex = -1;
      skip.hash = own.id;
      skip.textContent = now.section === "timeline" ? act.say("skip") : act.say("skip_view", { view: act.say(`view_${now.section}`) });
      for (const link of links) {
        if (link.dataset.view === now.section) link.setAttribute("aria-current", "page");
        else link.removeAttribute("aria-current");
      }
      document.querySelectorAll(".at").forEach((one) => one.classList.remove("at"));
      const place = now.at && sections.some((one) => !one.hidden && one.contains($(now.at))) ? $(now.at) : null;
      if (place) {
        place.classList.add("at");
        reveal(place);
      } else if (before) {
        scrollTo({ top: 0, behavior: "instant" });
        if (!document.activeElement?.offsetParent) links.find((link) => link.hasAttribute("aria-current"))?.focus({ preventScroll: true });
      }
    } };
  };
})();
