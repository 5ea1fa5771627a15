/* Which events pass the themes and the search, and how many each theme would show. Every frame of a search asks this of
   all events, so it goes through columns and makes nothing for an event. */
"use strict";

(() => {
  const timeline = (window.timeline = window.timeline || {});
  const BATCH = 100; // events whose texts are made at a time: a few milliseconds
  const BETWEEN = "\uE000"; // stands between texts that are folded together; for private use, so in no text

  /** Letters without case or accents, and with plain quotes and hyphens, so that a search for "cafe" finds "Café". */
  timeline.fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "")
    .replace(/[‘’ʼ]/g, "'").replace(/\p{Pd}/gu, " ").replace(/["“”„«»]/g, " ").toLowerCase()
    .replace(/iz(ation|ations|e|ed|er|ers|es|ing)\b/g, "is$1"); // one spelling for both of English

  /** What a search looks through: an event's title, summary, place, claims, and corrections, its date in words and as it
      is written, and the names of the measures that its figures belong to. Not folded yet. */
  timeline.searchable = (event, words, measures) => {
    const claims = event.claims || [];
    const said = claims.flatMap(({ by, says, correction }) => [by, says, correction?.says]);
    const figures = claims.flatMap(({ figures: own, correction }) => [...(own || []), ...(correction?.figures || [])]);
    const named = [...new Set(figures.map(({ series }) => measures[series.split("/")[0]]))];
    const { title, label, summary, place, date } = event;
    return [title, label, summary, place, words, date, ...said, ...named].filter(Boolean).join("\n");
  };

  /** The folded texts of all events, as a function that gives them: they are made while the browser has nothing else to
      do, and those that are missing when a search first asks for them. */
  timeline.texts = ({ events: { written, words }, measures }) => {
    const names = Object.fromEntries(measures.map(({ id, label }) => [id, label]));
    const found = [];
    const more = (count) => {
      const first = found.length;
      const texts = written.slice(first, first + count)
        .map((event, n) => timeline.searchable(event, words[first + n], names).replaceAll(BETWEEN, " "));
      found.push(...timeline.fold(texts.join(BETWEEN)).split(BETWEEN)); // one by one it takes three times as long
    };
    const soon = window.requestIdleCallback || ((act) => setTimeout(() => act({ timeRemaining: () => 8 }), 20));
    const go = (left) => {
      const live = document.body?.classList.contains("live"); // before that, everything else is more urgent
      while (live && found.length < written.length && left.timeRemaining() > 4) more(BATCH);
      if (found.length < written.length) soon(go);
    };
    soon(go);
    return () => {
      while (found.length < written.length) more(BATCH);
      return found;
    };
  };

  /** Of each set of themes that events have, whether one of the themes is in it (indices; none = all). */
  const held = ({ themeSets }, themes) =>
    themeSets.map((set) => !themes.length || set.some((theme) => themes.includes(theme)));

  /** Indices of the events that pass the themes and contain every word searched for. */
  timeline.passing = (events, texts, themes, q) => {
    const words = timeline.fold(q).split(/\s+/).filter(Boolean), all = words.length ? texts() : null;
    const of = held(events, themes), { themeSet } = events, found = [];
    next: for (let i = 0; i < themeSet.length; i += 1) {
      if (!of[themeSet[i]]) continue;
      for (let n = 0; n < words.length; n += 1) if (!all[i].includes(words[n])) continue next;
      found.push(i);
    }
    return found;
  };

  /** Of some events those that meet a window. */
  timeline.within = ({ events: { first, last }, period }, among, [t0, t1]) => {
    if (t0 <= period[0] && t1 >= period[1]) return among; // with the whole period, all that lies beyond it as well
    const found = [];
    for (let n = 0; n < among.length; n += 1) if (first[among[n]] < t1 && last[among[n]] > t0) found.push(among[n]);
    return found;
  };

  /** How many events of each theme pass the search and meet the window, whatever themes are pressed. */
  timeline.counts = (plan, texts, { q, window: period }) => {
    const { themeSet, themeSets } = plan.events, sets = new Uint32Array(themeSets.length);
    for (const i of timeline.within(plan, timeline.passing(plan.events, texts, [], q), period)) sets[themeSet[i]] += 1;
    const counts = plan.lanes.map(() => 0);
    themeSets.forEach((themes, set) => { for (const theme of themes) counts[theme] += sets[set]; });
    return counts;
  };
})();
