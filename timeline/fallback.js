// What a frozen page does that cannot start: it says so, and is what it is without scripts. Written for browsers of any
// age, since snapshot.js, which follows, may be beyond this one.
(function () {
  var begun = false;

  function fail(reason) {
    var sentences = document.querySelectorAll("[data-start-failed]"), parts = document.querySelectorAll("noscript");
    var root = document.getElementById("react-entry-point"), n;
    begun = true;
    while (root && root.firstChild) root.removeChild(root.firstChild); // controls that nothing will answer
    for (n = 0; n < sentences.length; n += 1) sentences[n].removeAttribute("hidden");
    for (n = 0; n < parts.length; n += 1) parts[n].outerHTML = parts[n].textContent; // it has to do
    console.error("This page could not start: " + reason);
  }

  window.frozenPage = { begin: function () { begun = true; }, fail: fail };
  window.addEventListener("load", function () { if (!begun) fail("the browser cannot run its scripts"); });
})();
