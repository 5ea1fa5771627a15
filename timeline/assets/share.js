/* What a reader takes along: a link to the view, a citation of it, and what it shows as files. */
"use strict";

(() => {
  const timeline = (window.timeline = window.timeline || {});
  const $ = (id) => document.getElementById(id);

  /** The address of a view: under the record's own address if it has one; of a file, its name without its folders. */
  timeline.link = (view, plan, { protocol, href, pathname }) => { // of a file, and of this machine alone, no address is cited
    const hash = timeline.hash(view, plan);
    const place = plan.url || (/^https?:$/.test(protocol) ? href.split("#")[0] : timeline.decoded(pathname.split("/").pop(), decodeURI));
    return hash ? `${place}#${hash}` : place;
  };

  /** A view in one sentence: the record, its version, the filters in words, how many events, the day, the address. */
  timeline.cited = (view, plan, shown, today, link) => {
    const { from, to } = timeline.written(view.window, plan.period);
    const say = (word, values) => timeline.say(plan.words, word, values);
    const { tour, section } = view;
    const filters = [
      section === "timeline" ? "" : say(`view_${section}`),
      tour ? say("tour_place", { title: plan.tours[tour.tour].title, step: tour.step + 1, steps: plan.tours[tour.tour].steps.length }) : "",
      view.themes.length ? say("cite_themes", { themes: view.themes.map((theme) => timeline.isolated(plan.lanes[theme].label)).join(", ") }) : "",
      view.q ? say("cite_search", { q: view.q }) : "",
      from || to ? say("cite_years", { from: inWords(from || timeline.dateAt(plan.period[0])), to: inWords(to || timeline.dateAt(plan.period[1], true)) }) : "",
      say("events_shown", { shown, total: plan.events.id.length }),
    ].filter(Boolean).join("; ");
    return `${record(plan)} (${filters}). ${say("cite_read", { today })}${link ? `, ${link}` : ""}.`;
  };

  /** An event in one sentence. */
  timeline.citedEvent = (i, plan, today, link) => {
    const { title, words } = plan.events;
    const place = timeline.say(plan.words, "cite_event", { title: title[i], date: words[i], record: record(plan) });
    return `${place}. ${timeline.say(plan.words, "cite_read", { today })}${link ? `, ${link}` : ""}.`;
  };

  /** YYYY, YYYY-MM or YYYY-MM-DD in words, no more exact than it is. */
  const inWords = (text) => {
    const parts = text.replace(/^-/, "").split("-").length;
    return timeline.momentWords(timeline.extent(text)[0], [0, 0, 1, 9][parts]);
  };

  const record = ({ title, version, editors, words }) => [
    editors.map(timeline.isolated).join(", "), timeline.isolated(title), version ? timeline.say(words, "in_version", { version }) : "",
  ].filter(Boolean).join(", ");

  /** The day on which the page is read, in words. */
  timeline.today = () => new Date().toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });

  /** The ids of the sources that an event cites. */
  timeline.cites = ({ claims = [] }) => [...new Set(claims
    .flatMap(({ cites: own, correction }) => [...own, ...(correction?.cites || [])]).map(({ source }) => source))];

  /** A cell of CSV; a text that a spreadsheet would take for a formula is kept from being one by an apostrophe. */
  const cell = (value) => {
    const text = String(value ?? ""), safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
  };

  /** Events as CSV, with a byte-order mark so that spreadsheets read UTF-8. Dates are as precise as they are known. */
  timeline.csv = (order, plan) => {
    const { id, words, title, themes, written } = plan.events;
    const rows = order.map((i) => {
      const event = written[i];
      return [event.date, words[i], title[i], themes[i].map((theme) => plan.lanes[theme].label).join("; "), event.place,
        event.summary, timeline.cites(event).map((source) => plan.sources[source]).join("; "), id[i]];
    });
    const heads = ["date (EDTF)", "date", "event", "themes", "place", "summary", "sources", "id"];
    return `\uFEFF${[heads, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
  };

  /** The events shown as a document of their own: links to others are left out, and so are the tours. */
  timeline.excerpt = (record_, ids) => {
    const document_ = timeline.original(record_);
    const events = (document_.events || []).filter(({ id }) => ids.has(id))
      .map(({ links, ...event }) => ({ ...event, ...(links ? { links: links.filter(({ to }) => ids.has(to)) } : {}) }));
    const { tours, ...rest } = document_;
    const used = new Set(), text = JSON.stringify(events); // the sources that they cite, and those that these repeat
    const add = (id) => {
      const source = (document_.sources || []).find((one) => one.id === id);
      if (!source || used.has(id)) return;
      used.add(id);
      for (const one of [source, ...(source.outline || [])]) add(one.repeats);
    };
    for (const [, id] of text.matchAll(/"(?:source|repeats)":"([^"]+)"/g)) add(id);
    const measures = (document_.measures || []).filter(({ id }) => text.includes(`"series":"${id}/`));
    for (const [, id] of JSON.stringify(measures).matchAll(/"(?:source|repeats)":"([^"]+)"/g)) add(id);
    for (const [, id] of JSON.stringify(document_.glossary || []).matchAll(/"(?:source|repeats)":"([^"]+)"/g)) add(id);
    const sources = (document_.sources || []).filter(({ id }) => used.has(id));
    return JSON.stringify({ ...rest, sources, events, measures }, null, 2);
  };

  const download = (name, type, text) => {
    const address = URL.createObjectURL(new Blob([text], { type }));
    Object.assign(document.createElement("a"), { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  };

  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch { // a page without leave to write there: as one did before
      const field = Object.assign(document.createElement("textarea"), { value: text });
      (document.querySelector("dialog[open]") || document.body).append(field);
      field.select();
      const done = document.execCommand("copy");
      field.remove();
      return done;
    }
    return true;
  };

  /** Open the dialogs and do what they offer. `act` is the page's; `whole` is the record. */
  timeline.share = (act, whole, bibliography) => {
    const { plan } = act;
    const { today } = timeline;
    const order = () => timeline.sorted(act.present(), act.view().section === "table" ? act.view().sort : "", plan);
    const ids = () => new Set(order().map((i) => plan.events.id[i]));
    const name = (document.title.normalize("NFKD").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").toLowerCase().slice(0, 60)) || "timeline";
    const files = {
      csv: () => [`${name}.csv`, "text/csv", timeline.csv(order(), plan)],
      json: () => [`${name}-excerpt.json`, "application/json", timeline.excerpt(whole, ids())],
      record: () => [`${name}.json`, "application/json", JSON.stringify(timeline.original(whole), null, 2)],
      bibtex: async () => [`${name}.bib`, "text/plain", JSON.parse(await bibliography()).bibtex],
      csl: async () => [`${name}-sources.json`, "application/json", JSON.stringify(JSON.parse(await bibliography()).csl, null, 2)],
    };

    const open = (dialog) => {
      const { selected } = act.view();
      const link = timeline.link(act.view(), plan, location);
      const citable = plan.url || (/^https?:$/.test(location.protocol) && !/^(localhost|127\.|\[::1\])/.test(location.hostname));
      const alone = selected === null || !citable ? "" : timeline.link({ ...timeline.plainView(plan), selected }, plan, location);
      $("ui_cite_view").textContent = timeline.cited(act.view(), plan, act.present().length, today(), citable ? link : "");
      $("ui_cite_link").textContent = link;
      $("ui_cite_event").textContent = selected === null ? "" : timeline.citedEvent(selected, plan, today(), alone);
      $("ui_cite_event").closest("section").hidden = selected === null;
      $("ui_download_shown").textContent = act.say("events_shown", { shown: act.present().length, total: plan.events.id.length });
      dialog.showModal();
    };
    document.addEventListener("click", async ({ target }) => {
      const button = target.closest("button");
      const dialog = target.closest("dialog");
      if (dialog && (target === dialog || button?.dataset.close !== undefined)) dialog.close();
      if (!button) return;
      const { opens, copies, file } = button.dataset;
      if (button.id === "ui_cite_button") open($("ui_cite"));
      if (opens) open($(opens));
      if (copies) {
        const done = await copy(copies === "csv" ? timeline.csv(order(), plan).slice(1) : $(copies).textContent);
        dialog.querySelector(".done").textContent = done ? act.say("copied") : act.say("not_copied");
      }
      if (file) {
        const given = await files[file]();
        download(...given);
        dialog.querySelector(".done").textContent = act.say("saved", { name: given[0] });
      }
    });
    for (const dialog of document.querySelectorAll("dialog"))
      dialog.addEventListener("close", () => { const done = dialog.querySelector(".done"); if (done) done.textContent = ""; });
  };
})();
