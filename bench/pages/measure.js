/* What is measured within a page, the same way in each. A page is driven through `window.peer`, which its own script sets:

     drawn()          whether the page calls itself drawn and answers
     filter(theme)    show one theme alone; null shows all again
     search(word)     likewise, for pages that have it
     select(n)        choose an event that is in sight
     zoom([t0, t1])   show a window; fractions of the period
     titles()         boxes of the titles drawn: {left, top, right, bottom}, client px
     still()          for a page that shows a still picture first: whether all of that is in the document
     settled()        for a page that loads more once it is drawn: whether it has; its heap is measured then

   Each gives a function that tells whether what was asked for is there, or nothing where it is there at once. */
"use strict";

window.bench = (() => {
  const LIMIT = 60000; // ms after which a page is given up
  const LONGEST = 20000; // ms after which an action is
  const frame = () => new Promise(requestAnimationFrame);
  const channel = new MessageChannel();
  /** After the frame that is being made has been painted. */
  const paint = () => new Promise((done) => { channel.port1.onmessage = done; channel.port2.postMessage(null); });

  const say = (what) => (value) => console.debug(`bench ${what} ${JSON.stringify(value)}`);

  /** Said: milliseconds from navigation to the second frame after the page is drawn. */
  (async () => {
    while (!window.peer?.drawn()) {
      await frame();
      if (performance.now() > LIMIT) return null;
    }
    await frame();
    await frame();
    return performance.now();
  })().then(say("live"));

  /** Milliseconds to the frame after the one in which a still picture is there, or null where there is none. */
  const still = (async () => {
    while (!window.peer?.still?.()) {
      await frame();
      if (window.peer && (!window.peer.still || window.peer.drawn())) return null;
    }
    await frame();
    return performance.now();
  })();

  /** Milliseconds from a call to the second frame after it, or to the frame after the one in which it is painted. */
  const painted = async (call) => {
    await frame();
    const began = performance.now();
    const changed = (await call()) || (() => true);
    for (let there = false, frames = 1; ; frames += 1) {
      await frame();
      const passed = performance.now() - began;
      if (there && frames > 1) return passed;
      if (passed > LONGEST) return null;
      await paint();
      there = changed();
    }
  };

  /** Whether something below an element has changed since. */
  const changed = (element) => {
    let seen = false;
    const observer = new MutationObserver(() => { seen = true; observer.disconnect(); });
    observer.observe(element, { subtree: true, childList: true, attributes: true, characterData: true });
    return () => seen;
  };

  const rest = (ms) => new Promise((done) => setTimeout(done, ms));

  /** The windows of thirty steps: ten in about a point, ten to the sides, ten out. */
  const steps = () => {
    const windows = [];
    let [t0, t1] = [0, 1];
    const zoom = (factor) => {
      const centre = t0 + 0.4 * (t1 - t0);
      [t0, t1] = [centre - (centre - t0) / factor, centre + (t1 - centre) / factor];
      windows.push([t0, t1]);
    };
    const pan = (by) => {
      const days = t1 - t0;
      [t0, t1] = [t0 + by * days, t1 + by * days];
      windows.push([t0, t1]);
    };
    for (let n = 0; n < 10; n += 1) zoom(1.25);
    for (let n = 0; n < 10; n += 1) pan(n % 4 < 2 ? 0.15 : -0.15);
    for (let n = 0; n < 10; n += 1) zoom(1 / 1.25);
    return windows;
  };

  /** Said: times of each action, in ms; `again` is how often the short ones are repeated, `most` how long all may take. */
  const actions = async (again, most) => {
    const result = { filter: [], search: [], select: [], zoom: [] };
    const began = performance.now();
    const late = () => performance.now() - began > most;
    const { peer } = window;
    const each = async (name, there, back) => {
      if (!peer[name]) return;
      for (let n = 0; n < again && !(n && late()); n += 1) {
        result[name].push(await painted(() => peer[name](there[n % there.length])));
        if (result[name].at(-1) === null) return;
        if (peer[name].done) await peer[name].done();
        if (back !== undefined) await painted(() => peer[name](back));
        await rest(50);
      }
    };
    await each("filter", [0, 1, 2, 3], null);
    await each("search", ["harvest", "grain", "tractor"], "");
    await each("select", [0, 1, 2]);
    if (peer.zoom) for (const window_ of steps()) {
      if (result.zoom.length && late()) break;
      result.zoom.push(await painted(() => peer.zoom(window_)));
    }
    say("acted")(result);
  };

  /** How many titles stand in the window whole, with no other over them. */
  const whole = () => {
    const boxes = window.peer.titles().filter(({ left, top, right, bottom }) =>
      left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight && right > left);
    const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
      && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4; // boxes are higher than letters
    return boxes.filter((one) => !boxes.some((other) => other !== one && meet(one, other))).length;
  };

  /** Boxes of the elements' texts. */
  const boxes = (elements) => [...elements].map((element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return range.getBoundingClientRect();
  });

  /** Milliseconds to the first paint that shows something, and if there is a still picture, all of that. */
  const sight = async () => {
    const painted = () => performance.getEntriesByName("first-contentful-paint")[0];
    for (let n = 0; n < 40 && !painted(); n += 1) await rest(50); // it is reported later
    return painted() ? Math.max(painted().startTime, (await still) ?? 0) : null;
  };

  return { actions, whole, boxes, changed, sight, rest };
})();
