/* Which events pass the themes and the search, and how many each theme would show. Pure. */
"use strict";

(() => {
  const timeline = (window.timeline = window.timeline || {});

  /** Letters without case or accents, and with plain quotes and hyphens, so that a search for "cafe" finds "Café". */
  timeline.fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "")
    .replace(/[‘’ʼ]/g, "'").replace(/\p{Pd}/gu, " ").replace(/["“”„«»]/g, " ").toLowerCase()
    .replace(/iz(ation|ations|e|ed|er|ers|es|ing)\b/g, "is$1"); // one spelling for both of English

  /** What a search looks through: an event's title, summary, place, claims, and corrections, its date in words and as it
      is written, and the names of the measures that its figures belong to. */
  timeline.searchable = (event, words, measures) => {
    const claims = event.claims || [];
    const said = claims.flatMap(({ by, says, correction }) => [by, says, correction?.says]);
    const figures = claims.flatMap(({ figures: own, correction }) => [...(own || []), ...(correction?.figures || [])]);
    const named = [...new Set(figures.map(({ series }) => measures[series.split("/")[0]]))];
    const { title, label, summary, place, date } = event;
    return timeline.fold([title, label, summary, place, words, date, ...said, ...named].filter(Boolean).join("\n"));
  };

  /** Whether an event has one of the themes (indices; none = all) . */
  const themed = (events, i, themes) => !themes.length || events.themes[i].some((theme) => themes.includes(theme));

  /** Indices of the events that pass the themes and contain every word searched for. */
  timeline.passing = (events, texts, themes, q) => {
    const words = timeline.fold(q).split(/\s+/).filter(Boolean);
    return events.id.map((_, i) => i)
      .filter((i) => themed(events, i, themes) && words.every((word) => texts[i].includes(word)));
  };

  /** How many events of each theme pass the search and meet the window, whatever themes are pressed. */
  timeline.counts = (plan, texts, { q, window: period }) => {
    const counts = plan.lanes.map(() => 0);
    for (const i of timeline.passing(plan.events, texts, [], q))
      if (timeline.meets(plan, i, period)) for (const theme of plan.events.themes[i]) counts[theme] += 1;
    return counts;
  };
})();
