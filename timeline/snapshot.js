// Starts a frozen page: unpacks its scripts and runs them in order, once the page itself has been seen.
// Scripts are let in by their hashes; nothing here asks the network for anything. fallback.js, which stands before it, says
// so where they cannot start.
(() => {
  "use strict";

  const { styleNonce } = document.currentScript.dataset;

  const bytes = (base64) => {
    if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
    const raw = atob(base64);
    const unpacked = new Uint8Array(raw.length);
    for (let at = 0; at < raw.length; at += 1) unpacked[at] = raw.charCodeAt(at);
    return unpacked;
  };

  const unpack = (block) => {
    const stream = new Blob([bytes(block.textContent)]).stream();
    return new Response(stream.pipeThrough(new DecompressionStream("deflate"))).text();
  };

  // Dash asks its server two questions; the page holds both answers. Any other request is the browser's.
  const answerDash = () => {
    const answers = new Map();
    for (const block of document.querySelectorAll("script[data-answer]")) {
      answers.set(block.dataset.answer, block.textContent);
    }
    const ask = window.fetch;
    window.fetch = (resource, options) => {
      if (!answers.has(resource)) return ask.call(window, resource, options);
      const headers = { "Content-Type": "application/json" };
      return Promise.resolve(new Response(answers.get(resource), { headers }));
    };
  };

  // A script that the page asks for later by its address is here as well.
  const answerScripts = () => {
    const later = new Map([...document.querySelectorAll("script[data-later]")].map((block) => [block.dataset.later, block]));
    const append = Node.prototype.appendChild;
    document.head.appendChild = (node) => {
      const block = node.localName === "script" && later.get(node.getAttribute("src"));
      if (!block) return append.call(document.head, node);
      const told = (moment) => node.dispatchEvent(new Event(moment));
      unpack(block).then((text) => { run(text, block.dataset.later); told("load"); }).catch(() => told("error"));
      return node;
    };
  };

  // Components bring their style sheets as scripts that make <style> elements. Those carry the page's nonce;
  // a <style> that comes in as markup does not.
  const allowStyles = () => {
    const create = document.createElement;
    document.createElement = (...words) => {
      const element = create.apply(document, words);
      if (element.localName === "style") element.setAttribute("nonce", styleNonce);
      return element;
    };
  };

  // Scripts run after the page was parsed, so those that wait for that moment are told when all have run.
  const lateListeners = (target, moment) => {
    const waiting = [];
    const listen = target.addEventListener;
    target.addEventListener = (type, listener, options) => {
      if (type === moment) waiting.push(listener);
      else listen.call(target, type, listener, options);
    };
    return () => {
      delete target.addEventListener;
      for (const listener of waiting) listen.call(target, `late-${moment}`, listener, { once: true });
      target.dispatchEvent(new Event(`late-${moment}`));
    };
  };

  const run = (text, address) => {
    const script = document.createElement("script");
    // webpack reads its public path from the running script's address, which an inlined script does not have.
    if (address) Object.defineProperty(script, "src", { value: address });
    script.textContent = text;
    document.head.append(script);
    script.remove(); // or a saved copy of the page would run it twice
  };

  const start = async () => {
    const faults = [];
    const onError = (event) => faults.push(event.message);
    const onBlocked = (event) => {
      if (event.effectiveDirective.startsWith("script-src")) faults.push(`blocked: ${event.effectiveDirective}`);
    };
    window.addEventListener("error", onError);
    document.addEventListener("securitypolicyviolation", onBlocked);
    const blocks = [...document.querySelectorAll("script[data-script]")];
    const texts = blocks.map(unpack);
    const parsed = lateListeners(document, "DOMContentLoaded");
    const loaded = lateListeners(window, "load");
    for (const [index, block] of blocks.entries()) {
      run(await texts[index], block.dataset.script);
      if (faults.length) throw new Error(`${block.dataset.script || "inline script"}: ${faults[0]}`);
    }
    parsed();
    loaded();
    window.removeEventListener("error", onError);
    document.removeEventListener("securitypolicyviolation", onBlocked);
  };

  const root = document.getElementById("react-entry-point");
  if (root) root.replaceChildren(); // a saved copy of the page has what stood there at the time
  if (!window.DecompressionStream) {
    frozenPage.fail("the browser has no DecompressionStream");
    return;
  }
  answerDash();
  answerScripts();
  allowStyles();
  const begin = () => start().catch((fault) => frozenPage.fail(fault.message));
  if (document.hidden) begin(); // nothing is painted, so there is no frame to wait for
  else requestAnimationFrame(() => setTimeout(begin));
  frozenPage.begin();
})();
