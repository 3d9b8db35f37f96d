"use strict";
(function () {
  const form = document.getElementById("filter");
  const cards = Array.from(document.querySelectorAll("article.event"));
  if (!form || !cards.length) return;
  const text = document.getElementById("filter-text");
  const type = document.getElementById("filter-type");
  const status = document.getElementById("filter-status");
  const disputed = document.getElementById("filter-disputed");
  const warning = document.getElementById("filter-warning");
  const count = document.getElementById("filter-count");
  const plain = (words) => words.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const words = new Map(cards.map((card) => [card, plain(card.textContent)]));
  const links = Array.from(document.querySelectorAll("svg a[href^='#']"));

  function keeps(card, terms) {
    if (type.value && card.dataset.type !== type.value) return false;
    if (status.value && card.dataset.status !== status.value) return false;
    if (disputed.checked && !("disputed" in card.dataset)) return false;
    if (warning.checked && !("warning" in card.dataset)) return false;
    return terms.every((term) => words.get(card).includes(term));
  }

  function apply() {
    const terms = plain(text.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const card of cards) {
      card.hidden = !keeps(card, terms);
      if (!card.hidden) shown += 1;
    }
    for (const link of links) {
      const target = document.getElementById(link.getAttribute("href").slice(1));
      if (link.closest("#timeline")) link.classList.toggle("dim", Boolean(target && target.hidden));
    }
    count.textContent = shown === cards.length ? "" : shown + " of " + cards.length + " events";
  }

  // A link to a card that the filter hides shows it again.
  function reveal() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target || !target.hidden) return;
    form.reset();
    apply();
    target.scrollIntoView();
  }

  // On a narrow screen the map scrolls sideways: begin in its middle, where most events are.
  const map = document.querySelector("#map .scroll");
  if (map) map.scrollLeft = (map.scrollWidth - map.clientWidth) / 2;

  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply, 0));
  window.addEventListener("hashchange", reveal);
  window.addEventListener("beforeprint", () => {
    for (const part of document.querySelectorAll("details")) part.open = true;
  });
  apply();
})();
