/** Walking through the sentences of a page by key: each takes the focus and is brought into view. */

/** The elements that `selector` finds below `root`, in the order of the page. */
function all(root: HTMLElement, selector: string): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>(selector)];
}

/** Where the reader is among `steps`: at the focused one, else before the first that is below the upper edge. */
export function placeIn(steps: { top: number; focused: boolean }[]): number {
  const focused = steps.findIndex((step) => step.focused);
  if (focused >= 0) return focused;
  const below = steps.findIndex((step) => step.top > 0);
  return (below < 0 ? steps.length : below) - 0.5;
}

/** Go `by` steps (1 or -1) from where the reader is; at the ends it stays. */
export function step(root: HTMLElement, selector: string, by: 1 | -1): void {
  const found = all(root, selector);
  const place = placeIn(
    found.map((each) => ({ top: each.getBoundingClientRect().top - 80, focused: each.contains(document.activeElement) })),
  );
  const next = by > 0 ? Math.floor(place) + 1 : Math.ceil(place) - 1;
  show(found[Math.max(0, Math.min(next, found.length - 1))]);
}

/** Bring an element into view and give it the focus. */
export function show(element: HTMLElement | null | undefined): void {
  if (!element) return;
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  element.focus({ preventScroll: true });
}
