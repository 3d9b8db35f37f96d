/** The list of events, page after page as it is scrolled. */
import { get, Problem } from "../../lib/api";
import type { EventRow, Page } from "../../lib/types";

const PAGE = 100;

export class Rows {
  items = $state.raw<EventRow[]>([]);
  total = $state(0);
  revision = $state(0);
  waiting = $state(false);
  problem = $state.raw<Problem>();
  /** The query that the rows answer; it lags behind while another one is asked for. */
  shown = $state("");
  #query = "";
  #next: string | null = null;
  #asking: AbortController | undefined;
  #timer = 0;

  get complete(): boolean {
    return this.#next === null;
  }

  /** Begin anew with `query`; the old rows stay until the new ones come. */
  start(query: string, after = 0): void {
    this.#query = query;
    this.#giveUp();
    this.waiting = true;
    this.#timer = window.setTimeout(() => void this.#ask(null), after);
  }

  again(): void {
    this.start(this.#query);
  }

  /** Get the next page, unless one is on its way or there is none. */
  more(): void {
    if (!this.waiting && this.#next !== null && !this.problem) void this.#ask(this.#next);
  }

  stop(): void {
    this.#giveUp();
  }

  #giveUp(): void {
    window.clearTimeout(this.#timer);
    this.#asking?.abort();
    this.waiting = false;
  }

  async #ask(cursor: string | null): Promise<void> {
    const asking = new AbortController();
    this.#asking = asking;
    this.waiting = true;
    const query = new URLSearchParams(this.#query);
    query.set("limit", String(PAGE));
    if (cursor) query.set("cursor", cursor);
    try {
      const page = await get<Page<EventRow>>(`/events?${query}`, asking.signal);
      if (asking.signal.aborted) return;
      this.items = cursor ? [...this.items, ...page.items] : page.items;
      this.total = page.total;
      this.revision = page.revision;
      this.#next = page.next;
      this.shown = this.#query;
      this.problem = undefined;
    } catch (error) {
      if (asking.signal.aborted) return;
      this.problem = error instanceof Problem ? error : new Problem(0, "Unreadable", String(error));
    }
    this.waiting = false;
  }
}
