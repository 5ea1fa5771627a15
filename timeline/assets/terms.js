/* Words that explain themselves: the glossary's meaning beside a word, for a pointer that rests, a touch, and the focus. */
"use strict";

(() => {
  const timeline = (window.timeline = window.timeline || {});
  const LEAVE = 200; // ms in which a pointer may cross from a word to its meaning

  timeline.terms = () => {
    const note = document.createElement("div");
    note.id = "ui_term";
    note.role = "tooltip";
    note.hidden = true;
    document.querySelector("main").append(note);
    let shown = null, leaving;

    const hide = () => {
      clearTimeout(leaving);
      note.hidden = true;
      shown?.removeAttribute("aria-describedby");
      shown = null;
    };

    const show = (link) => {
      clearTimeout(leaving);
      if (link === shown) return;
      hide();
      const name = document.getElementById(link.getAttribute("href").slice(1));
      if (!name) return;
      const head = document.createElement("b"), meaning = document.createElement("span");
      head.textContent = name.textContent;
      meaning.textContent = name.nextElementSibling.firstChild.textContent;
      note.replaceChildren(head, meaning);
      note.hidden = false;
      shown = link;
      link.setAttribute("aria-describedby", note.id);
      const word = link.getClientRects()[0], box = note.getBoundingClientRect();
      const below = word.bottom + 6, above = word.top - box.height - 6;
      note.style.left = `${Math.max(8, Math.min(word.left, document.documentElement.clientWidth - box.width - 8))}px`;
      note.style.top = `${below + box.height > innerHeight && above > 0 ? above : below}px`;
    };

    const termOf = (event) => event.target.closest?.("a.term");
    document.addEventListener("pointerover", (event) => {
      if (event.pointerType === "touch") return;
      if (termOf(event)) show(termOf(event));
      else if (note.contains(event.target)) clearTimeout(leaving);
      else if (shown && shown !== document.activeElement) { clearTimeout(leaving); leaving = setTimeout(hide, LEAVE); }
    });
    document.addEventListener("focusin", (event) => (termOf(event) ? show(termOf(event)) : hide()));
    // A click or a tap explains; Enter on the focused word, whose meaning is in sight, goes on to the list of words.
    document.addEventListener("click", (event) => {
      if (termOf(event) && event.detail > 0) { event.preventDefault(); show(termOf(event)); }
      else if (!note.contains(event.target)) hide();
    }, { capture: true });
    addEventListener("scroll", () => { if (shown) hide(); }, { capture: true, passive: true });
    addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !shown) return;
      event.stopPropagation();
      hide();
    }, { capture: true });
  };
})();
