/* An event's article, for those that the list of a very long document leaves out: as templates/article.html writes it, from
   the document and the plan. A test holds the two to the same HTML. */
"use strict";

(() => {
  const timeline = (window.timeline = window.timeline || {});
  const DAY = 864e5;

  /** An element with attributes and children; what is null or false is left out. */
  const make = (name, attributes, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) if (value !== null) element.setAttribute(key, value);
    element.append(...children.flat(Infinity).filter((child) => child !== null && child !== false && child !== ""));
    return element;
  };
  const list = (kind, children) => make("ul", { class: kind, role: "list" }, children);
  const byId = (entries = []) => new Map(entries.map((one) => [one.id, one]));

  /** A number with so many digits at the most, as Python's "g" writes it. */
  const general = (number, digits) => {
    if (!number) return "0";
    const [mantissa, exponent] = number.toExponential(digits - 1).split("e"), power = Number(exponent);
    const short = (text) => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);
    if (power >= -4 && power < digits) return short(Number(`${mantissa}e${power}`).toFixed(digits - 1 - power));
    return `${short(mantissa)}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
  };

  /** A number as it is written: with commas, a true minus, and no more digits than it has. */
  timeline.plainNumber = (number) =>
    general(number, 15).replace(/^(-?)(\d+)/, (_, sign, whole) => sign + whole.replace(/\B(?=(\d{3})+$)/g, ",")).replace(/-/g, "−");

  /** The name of a theme with its symbol, as two nodes. */
  timeline.themeName = ({ lanes }, theme) =>
    [make("i", { class: `symbol ${lanes[theme].symbol}`, "aria-hidden": "true" }), lanes[theme].label];

  /** The colours of a theme for a style attribute. */
  timeline.themeStyle = ({ lanes }, theme) => `--light:${lanes[theme].light.mark};--dark:${lanes[theme].dark.mark}`;

  /** How a document tells of its events: a function from an event's index to its article. */
  timeline.article = (plan, record) => {
    const { events, telling, period } = plan, dateOf = timeline.dates(plan);
    const say = (word, values) => timeline.say(plan.words, word, values);
    const sources = byId(record.sources), measures = byId(record.measures);
    let back; // to each event the links that lead there, once they are asked for
    const linksTo = (to) => {
      if (!back) {
        back = new Map();
        events.written.forEach(({ links = [] }, i) => {
          for (const link of links) back.set(link.to, [...(back.get(link.to) || []), [i, link]]);
        });
      }
      return back.get(to) || [];
    };
    const forms = telling.forms.length
      ? new RegExp(`(?<![\\p{L}\\p{N}_])(?:${telling.forms.map(([form]) => `(${form})`).join("|")})(?![\\p{L}\\p{N}_])`, "gu") : null;

    /** A text in which each word of the glossary that has not been seen is a link to its meaning. */
    const explained = (text, seen) => {
      const parts = [];
      let last = 0;
      for (const match of forms ? text.matchAll(forms) : []) {
        const [, term] = telling.forms[match.slice(1).findIndex((found) => found !== undefined)];
        if (seen.has(term)) continue;
        seen.add(term);
        parts.push(text.slice(last, match.index), make("a", { class: "term", href: `#term_${term}` }, match[0]));
        last = match.index + match[0].length;
      }
      return [...parts, text.slice(last)];
    };

    const partOf = ({ source, at: place }) => place && sources.get(source).outline.find(({ id }) => id === place);
    const origin = (cite) => cite.repeats || partOf(cite)?.repeats || sources.get(cite.source).repeats;

    /** The places cited; under the heading of a source, only what says more than that. */
    const locators = (cites, within = null) => {
      const told = cites.length !== 1 || cites[0].source !== within || cites[0].at || origin(cites[0]);
      return Boolean(told) && list("cites", cites.map((cite) => {
        const title = plan.sources[cite.source], part = partOf(cite)?.title;
        const words = part && cite.source === within ? part : part ? say("location", { title, part }) : title;
        const from = origin(cite);
        return make("li", {}, make("a", { href: `#source_${cite.source}` }, words),
          from ? [" ", make("span", { class: "repeats" }, `(${say("repeats", { title: plan.sources[from] })})`)] : null);
      }));
    };

    const worded = ({ value, low, high }) => {
      const number = timeline.plainNumber;
      const extent = low !== undefined && high !== undefined ? `${number(low)}–${number(high)}`
        : low !== undefined ? say("at_least", { number: number(low) })
          : high !== undefined ? say("up_to", { number: number(high) }) : "";
      return value === undefined ? extent : extent ? `${number(value)} (${extent})` : number(value);
    };

    /** Figures, but for those of the measures that stand side by side already. */
    const quantities = (figures = [], beside) => {
      const rest = figures.filter(({ series }) => !beside.includes(series.split("/")[0]));
      return rest.length > 0 && list("figures", rest.map((figure) => {
        const [name, own] = figure.series.split("/"), measure = measures.get(name);
        const base = `${measure.label}: ${measure.series.find(({ id }) => id === own).label}, ${dateOf(figure.date).words}`;
        return make("li", {}, make("span", { class: "number" }, worded(figure)), ` ${measure.unit} `,
          make("span", { class: "base" }, figure.unsure ? `${base}; ${say("unsure")}` : base));
      }));
    };

    const told = ({ by, says, figures, cites, correction }, seen, beside, source) => make("li", {},
      make("p", {}, by ? [make("b", { class: "by" }, say("attributed", { by })), " "] : null, explained(says, seen)),
      quantities(figures, beside), locators(cites, source),
      correction && make("div", { class: "correction" },
        make("p", {}, make("b", {}, say("correction")), " ", explained(correction.says, seen)),
        quantities(correction.figures, beside), locators(correction.cites)) || null);

    /** Claims under the sources that they cite first, and answers under their questions. */
    const said = (claims, seen, beside) => {
      const [under, asked] = [new Map(), new Map()];
      for (const claim of claims) {
        const [groups, key] = claim.question ? [asked, claim.question] : [under, claim.cites[0].source];
        groups.set(key, [...(groups.get(key) || []), claim]);
      }
      const section = (head, own, source) =>
        make("section", { class: "said" }, make("h5", {}, head), list("claims", own.map((claim) => told(claim, seen, beside, source))));
      const link = (to, text) => make("a", { href: `#${to}` }, text);
      return [
        ...[...under].map(([source, own]) => section(link(`source_${source}`, plan.sources[source]), own, source)),
        ...[...asked].map(([question, own]) =>
          section(question in telling.questions ? link(telling.questions[question], question) : question, own, null)),
      ];
    };

    const connections = (i) => [
      ...(events.written[i].links || []).map((link) => [link.kind, events.id.indexOf(link.to), link]),
      ...linksTo(events.id[i]).map(([other, link]) => [`from ${link.kind}`, other, link]),
    ];

    /** The event's extent on the axis of the period, for lists. */
    const when = (i) => {
      const [first, last] = period, share = (day) => ((Math.min(Math.max(day, first), last) - first) / (last - first)) * 100;
      if (events.last[i] <= first || events.first[i] >= last) return null;
      const kinds = ["when", events.point[i] ? "point" : "", events.fadeStart[i] || events.fadeEnd[i] ? "soft" : ""];
      const [from, to] = [events.first[i], events.last[i]].map((day) => `${general(share(day), 4)}%`);
      return make("span", { class: kinds.filter(Boolean).join(" "), "aria-hidden": "true" }, make("i", { style: `--from:${from};--to:${to}` }));
    };

    const year = (i) => {
      const start = events.first[i] + (events.written[i].date.slice(1, 3) === ".." ? events.fadeStart[i] : 0);
      return Math.abs(start) < Infinity ? String(new Date(Math.floor(start) * DAY).getUTCFullYear()) : "";
    };

    return (i) => {
      const { id, title, summary, place, context, claims = [] } = events.written[i];
      const seen = new Set(), links = connections(i), [rivals, beside] = telling.rivals[i] || ["", []];
      const own = { href: `#${id}` }, fragment = document.createElement("template");
      fragment.innerHTML = rivals; // of the same macro as the articles that Python wrote
      return make("article",
        { id, "data-year": year(i), "aria-labelledby": `title_${id}`, style: timeline.themeStyle(plan, events.lane[i]) },
        make("p", { class: "date" }, events.words[i]),
        when(i),
        make("h3", { id: `title_${id}` }, make("a", own, title)),
        list("themes", events.themes[i].map((theme) => make("li", { style: timeline.themeStyle(plan, theme) }, timeline.themeName(plan, theme)))),
        summary ? make("p", { class: "summary" }, explained(summary, seen)) : null,
        place ? make("p", { class: "place" }, say("place", { place })) : null,
        context ? make("p", { class: "context" }, say("context")) : null,
        claims.length || links.length
          ? make("p", { class: "opens" }, make("a", own, say("open_article", { count: timeline.cites(events.written[i]).length }))) : null,
        make("div", { class: "more" },
          fragment.content,
          claims.length ? [make("h4", {}, say("who_says_so")), said(claims, seen, beside)] : null,
          links.length ? [make("h4", {}, say("connections")), list("links", links.map(([kind, other, { because, cites }]) => make("li", {},
            make("span", { class: "kind" }, say(kind)), " ", make("a", { href: `#${events.id[other]}` }, events.title[other]),
            `, ${events.words[other]}. `, make("span", { class: "because" }, because), cites ? locators(cites) : null)))] : null,
          make("p", { class: "shuts" }, make("button", { type: "button", "data-opens": "ui_cite" }, say("cite")), " ",
            make("a", { href: "#ui_events" }, say("shut_article")))));
    };
  };
})();
