/* What test_access.py measures on a page. */
"use strict";

window.access = (() => {
  const seen = (one) => one.checkVisibility({ visibilityProperty: true });
  const all = (selector) => [...document.querySelectorAll(selector)];
  const frame = () => new Promise(requestAnimationFrame);

  /** Go to an address within the page, and wait until the view rests. */
  const go = async (hash) => {
    document.querySelector("dialog[open]")?.close();
    location.hash = hash;
    do { await frame(); await frame(); } while (document.body.matches(".moving"));
  };

  /** Give the page a reader's own style sheet. */
  const style = (rules) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules);
    document.adoptedStyleSheets = [sheet];
  };

  /** What axe-core finds wrong and what it cannot tell, by some of its rules or by all but some. */
  const ask = async ([only, without]) => {
    const every = axe.getRules().map(({ ruleId }) => ruleId);
    const values = only.length ? only : every.filter((rule) => !without.includes(rule));
    const asked = { runOnly: { type: "rule", values }, resultTypes: ["violations", "incomplete"] };
    const { violations, incomplete } = await axe.run(document, asked);
    const told = (found) => found.flatMap(({ id, nodes }) => nodes.map(({ target, html, any, all: every_, none }) =>
      [id, target.join(" "), html, [...any, ...every_, ...none].map(({ message }) => message).join("; ")]));
    return [told(violations), told(incomplete)];
  };

  // Contrast

  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true }), known = new Map();
  const rgba = (color) => {
    if (!known.has(color)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = color;
      canvas.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
      known.set(color, [r, g, b, a / 255]);
    }
    return known.get(color);
  };
  const over = ([r, g, b, a], under) => [r, g, b].map((part, n) => part * a + under[n] * (1 - a));
  const light = (color) => {
    const [r, g, b] = color.map((part) => (part <= 10.31 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (one, other) => {
    const [dim, bright] = [light(one), light(other)].sort((a, b) => a - b);
    return (bright + 0.05) / (dim + 0.05);
  };
  const paper = (one, white) => {
    if (white || !one) return [255, 255, 255];
    const own = rgba(getComputedStyle(one).backgroundColor);
    return own[3] === 1 ? own.slice(0, 3) : over(own, paper(one.parentElement));
  };

  /** The contrast of each text that is seen, with what it needs and how it begins; on white paper, where that is asked. */
  const words = (white) => {
    const dialog = document.querySelector("dialog[open]"), found = [];
    const look = (text, one, { color, fontSize, fontWeight }) => {
      const large = parseFloat(fontSize) >= (fontWeight >= 700 ? 18.66 : 24), under = paper(one, white);
      const [r, g, b, a] = rgba(color), opacity = Number(getComputedStyle(one).opacity);
      found.push([ratio(over([r, g, b, a * opacity], under), under), large ? 3 : 4.5, text.trim().slice(0, 60)]);
    };
    for (const one of (dialog ?? document.body).querySelectorAll("*")) {
      if (!seen(one) || one.closest("svg, .spoken, .skip, :disabled, [aria-disabled=true], noscript, script, style")) continue;
      for (const node of one.childNodes) if (node.nodeType === 3 && node.data.trim()) look(node.data, one, getComputedStyle(one));
      for (const part of ["::before", "::after"]) {
        const drawn = getComputedStyle(one, part);
        if (/^".*[\p{L}\p{N}↑↓↕]/u.test(drawn.content)) look(drawn.content, one, drawn);
      }
      if (one.placeholder) look(one.placeholder, one, getComputedStyle(one, "::placeholder"));
    }
    return found;
  };

  /** The words drawn on the chart: each with its colour, and its box on the screen. */
  const drawn = () => all("#ui_sketch text").map((text) => {
    const { x, y, width, height } = text.getBoundingClientRect();
    return [text.textContent, getComputedStyle(text).fill, ...[x, y, width, height].map(Math.round)];
  }).filter(([, , x, y, width, height]) => x >= 0 && y >= 0 && y + height < innerHeight && width > 0);

  /** Of a picture of the screen without these words, the contrast of each with nine tenths of what is behind it: the rest
      may be a line that it crosses. */
  const behind = async ([png, texts]) => {
    const image = new Image();
    image.src = `data:image/png;base64,${png}`;
    await image.decode();
    const context = new OffscreenCanvas(image.width, image.height).getContext("2d", { willReadFrequently: true });
    context.drawImage(image, 0, 0);
    return texts.map(([text, fill, x, y, width, height]) => {
      const { data } = context.getImageData(x, y, width, height), own = rgba(fill).slice(0, 3), ratios = [];
      for (let at = 0; at < data.length; at += 4) ratios.push(ratio(own, [...data.slice(at, at + 3)]));
      return [ratios.sort((a, b) => a - b)[Math.floor(ratios.length / 10)], text];
    });
  };

  // Sizes

  const inText = (link) => link.localName === "a" && getComputedStyle(link).display === "inline"
    && [...link.parentElement.childNodes].some((node) => node !== link && /[\p{L}\p{N}]/u.test(node.textContent));

  /** Of what a pointer may press, links in a running text aside, what is lower or narrower than 24 px; and how many there are. */
  const small = () => {
    const targets = all("a[href], button, input, summary, [role=slider] i, [role=application]")
      .filter((one) => seen(one) && !one.disabled && !one.closest("[inert]") && !one.matches(".skip") && !inText(one));
    const sizes = targets.map((one) => [one.outerHTML.slice(0, 90), ...["width", "height"].map((side) => one.getBoundingClientRect()[side])]);
    return [sizes.filter(([, width, height]) => Math.min(width, height) < 23.99), targets.length];
  };

  /** By how many px the page is wider than its window. */
  const wide = () => document.documentElement.scrollWidth - innerWidth;

  /** What is wider than where it stands. */
  const cut = () => all("button, summary, th, td, dd, li, p, h1, h2, h3, input").filter((one) => seen(one) && one.clientWidth
    && !one.closest("svg, .spoken, [aria-hidden=true]") && one.scrollWidth > one.clientWidth + 1).map((one) => one.outerHTML.slice(0, 120));

  /** Labels of the chart that lie over each other, or over a mark that is too small to hold any. */
  const overlaps = () => {
    const marks = all("#ui_sketch :is(.y, .marks) :is(path, rect)").filter((one) => one.getBoundingClientRect().width < 30);
    const boxes = [...all("#ui_sketch .texts > text"), ...marks].map((one) => [one.textContent, one.getBoundingClientRect()]);
    const meet = (one, other) => one.left < other.right - 1 && other.left < one.right - 1
      && one.top < other.bottom - 4 && other.top < one.bottom - 4;
    return boxes.flatMap(([text, one], n) => boxes.slice(n + 1).filter(([, other]) => text && meet(one, other)).map(([other]) => [text, other]));
  };

  // Focus and speech

  /** How many places Tab should come to. */
  const focusable = () => all("a[href], button, input, summary, [tabindex='0']")
    .filter((one) => seen(one) && !one.disabled && !one.closest("[inert]")).length;

  /** What has the focus, null for nothing: whether any of it is seen, and the line around it. */
  const focus = () => {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(one), box = one.getBoundingClientRect();
    const shares = [0.02, 0.25, 0.5, 0.75, 0.98];
    const places = shares.flatMap((x) => shares.map((y) => document.elementFromPoint(box.left + box.width * x, box.top + box.height * y)));
    return {
      name: one.id || `${one.className} ${one.getAttribute("href") ?? one.textContent.slice(0, 40)}`,
      seen: places.some((place) => place && one.contains(place)),
      line: outlineStyle === "solid" ? [parseFloat(outlineWidth), outlineColor] : null,
      inDialog: Boolean(one.closest("dialog[open]")),
    };
  };

  /** Write down from now on what is spoken: what a region holds after each change of it. */
  const listen = () => {
    window.spoken = [];
    for (const region of all("[aria-live], [role=status]")) {
      new MutationObserver(() => { if (region.textContent) window.spoken.push(region.textContent); })
        .observe(region, { childList: true, characterData: true, subtree: true });
    }
  };

  /** Write down from now on where the overview's window is. */
  const watch = () => {
    const brush = document.querySelector("#ui_overview .window");
    window.windows = new Set([brush.style.left]);
    new MutationObserver(() => window.windows.add(brush.style.left)).observe(brush, { attributes: true });
  };

  /** The colours by which states are told. */
  const stated = () => {
    const told = (selector) => {
      const { backgroundColor, color, borderBottomColor } = getComputedStyle(document.querySelector(selector));
      return { background: backgroundColor, color, line: borderBottomColor };
    };
    return {
      pressed: told(".themes [aria-pressed=true]"), other: told(".themes [aria-pressed=false]"),
      here: told(".views a[aria-current]"), elsewhere: told(".views a:not([aria-current])"),
      symbol: told(".themes [aria-pressed=true] .symbol"), body: told("body"), chart: told("#ui_chart"),
    };
  };

  return { go, style, ask, words, drawn, behind, small, wide, cut, overlaps, focusable, focus, listen, watch, stated };
})();
