/* The page that is measured: driven through its own controls and gestures, as a reader's hand would. */
"use strict";

(() => {
  const $ = (id) => document.getElementById(id);
  const range = () => $("ui_years").innerHTML;

  /** Whether the chart has been drawn again since, and something else is so. */
  const redrawn = (also) => {
    const drawn = window.bench.changed($("ui_chart"));
    return () => drawn() && also();
  };

  const press = (theme, pressed) => {
    const button = $(`ui_theme_${theme}`);
    button.click();
    return redrawn(() => button.getAttribute("aria-pressed") === String(pressed));
  };

  let filtered = null;
  const filter = (theme) => {
    const there = theme === null ? press(filtered, false) : press(theme, true);
    filtered = theme;
    return there;
  };

  const search = (word) => {
    const field = $("ui_q"), before = $("ui_count").textContent;
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(field, word);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    return redrawn(() => $("ui_count").textContent !== before);
  };

  /** Press the middle of a mark in sight. */
  const select = (n) => {
    const inSight = [...document.querySelectorAll(".sketched .marks path, #ui_chart:not(.sketched) #ui_graph path.point")].map((mark) => mark.getBoundingClientRect())
      .filter(({ top, bottom, left, right }) => top > 0 && bottom < innerHeight && left > 0 && right < innerWidth);
    const { left, right, top, bottom } = inSight[Math.floor((inSight.length * (n + 1)) / 4)];
    const where = { clientX: (left + right) / 2, clientY: (top + bottom) / 2, pointerId: 1, bubbles: true };
    const before = $("ui_article").textContent, chart = $("ui_chart");
    chart.setPointerCapture = () => {}; // there is no such pointer
    chart.dispatchEvent(new PointerEvent("pointerdown", where));
    chart.dispatchEvent(new PointerEvent("pointerup", where));
    return redrawn(() => $("ui_article").textContent !== before);
  };
  /** Before another is chosen: the first closes, and the page is where it was. */
  select.done = async () => {
    $("ui_close").click();
    await window.bench.rest(300);
    scrollTo(0, 0);
    await window.bench.rest(200);
  };

  let now = [0, 1];
  const zoom = ([t0, t1]) => {
    const { left, width } = $("ui_overview").querySelector("svg").getBoundingClientRect();
    const before = range(), days = now[1] - now[0], factor = days / (t1 - t0);
    const wheel = Math.abs(factor - 1) > 1e-6
      ? { ctrlKey: true, deltaY: -240 * Math.log(factor), clientX: left + width * 0.4 }
      : { deltaX: ((t0 - now[0]) / days) * width, clientX: left + width * 0.4 };
    now = [t0, t1];
    $("ui_chart").dispatchEvent(new WheelEvent("wheel", { ...wheel, clientY: 500, bubbles: true, cancelable: true }));
    return redrawn(() => range() !== before);
  };

  /** Whether the still picture is in the page, with what follows it. */
  const still = () => {
    const picture = document.querySelector(".still");
    return Boolean(picture?.nextElementSibling && picture.querySelector("svg"));
  };
  const drawn = () => document.body?.classList.contains("live") && $("ui_sketch")?.querySelector(".marks, .texts");
  /** Whether all is there that comes after the page is live. */
  const settled = () => $("ui_chart").matches(".plotted:not(.sketched)");
  const titles = () => window.bench.boxes(document.querySelectorAll(".sketched .texts text, #ui_chart:not(.sketched) #ui_graph .textpoint text"));

  window.peer = { drawn, settled, still, filter, search, select, zoom, titles };
})();
