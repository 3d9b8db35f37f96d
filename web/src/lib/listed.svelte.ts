/** A list of the API, page after page: what was got stays while more comes. */
import { get, Problem } from "./api";
import type { Page } from "./types";

export class Listed<T> {
  items = $state.raw<T[]>([]);
  total = $state(0);
  revision = $state(0);
  waiting = $state(false);
  problem = $state.raw<Problem>();
  /** The path that the items answer; it lags behind while another one is asked for. */
  shown = $state<string>();
  #next = $state<string | null>(null);
  #path = "";
  #asking: AbortController | undefined;
  #timer = 0;

  constructor(private readonly size: number) {}

  /** True once there was an answer. */
  get known(): boolean {
    return this.shown !== undefined;
  }

  get complete(): boolean {
    return this.#next === null;
  }

  /** Begin anew with `path`, which holds a query; the old items stay until the new ones come. */
  start(path: string, after = 0): void {
    this.#path = path;
    this.stop();
    this.waiting = true;
    this.#timer = window.setTimeout(() => void this.#ask(null), after);
  }

  again(): void {
    this.start(this.#path);
  }

  /** Get the next page, unless one is on its way or there is none. */
  more(): void {
    if (!this.waiting && this.#next !== null && !this.problem) void this.#ask(this.#next);
  }

  /** Give up what is on its way. */
  stop(): void {
    window.clearTimeout(this.#timer);
    this.#asking?.abort();
    this.waiting = false;
  }

  async #ask(cursor: string | null): Promise<void> {
    const asking = new AbortController();
    this.#asking = asking;
    this.waiting = true;
    const [path, query] = this.#path.split("?");
    const asked = new URLSearchParams(query);
    asked.set("limit", String(this.size));
    if (cursor) asked.set("cursor", cursor);
    try {
      const page = await get<Page<T>>(`${path}?${asked}`, asking.signal);
      if (asking.signal.aborted) return;
      this.items = cursor ? [...this.items, ...page.items] : page.items;
      this.total = page.total;
      this.revision = page.revision;
      this.#next = page.next;
      this.shown = this.#path;
      this.problem = undefined;
    } catch (error) {
      if (asking.signal.aborted) return;
      this.problem = error instanceof Problem ? error : new Problem(0, "Unreadable", String(error));
    }
    this.waiting = false;
  }
}
