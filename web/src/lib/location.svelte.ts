/** Where the reader is: path and query of the address bar, the only state that can be linked. */
class Location {
  path = $state(window.location.pathname);
  query = $state(window.location.search);

  constructor() {
    window.addEventListener("popstate", () => this.#read());
    document.addEventListener("click", (event) => this.#follow(event));
  }

  /** Go to an address of this host without loading the page anew. */
  go(address: string, { replace = false } = {}): void {
    const from = this.path;
    const way = replace ? "replaceState" : "pushState";
    window.history[way](null, "", address);
    this.#read();
    if (this.path !== from) window.scrollTo(0, 0);
  }

  #read(): void {
    this.path = window.location.pathname;
    this.query = window.location.search;
  }

  #follow(event: MouseEvent): void {
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    const link = (event.target as Element | null)?.closest("a");
    if (!plain || event.defaultPrevented || !link?.href || link.target || link.hasAttribute("download")) return;
    const to = new URL(link.href);
    if (to.origin !== window.location.origin || to.pathname.startsWith("/api/")) return;
    if (to.pathname === window.location.pathname && to.search === window.location.search && to.hash) return;
    event.preventDefault();
    this.go(to.pathname + to.search + to.hash);
  }
}

export const location = new Location();
