/** What Explore shows: filters and view of the address, a brush that is being drawn, and the event looked at. */
import { Listed } from "../../lib/listed.svelte";
import { location } from "../../lib/location.svelte";
import { addressOf, filtersOf, NO_FILTERS, queryOf, viewOf, type Filters, type View } from "../../lib/query";
import { get } from "../../lib/api";
import { watch } from "../../lib/news.svelte";
import type { EventRow, SearchResult } from "../../lib/types";

// Rows that come at once; more come as the list is scrolled.
const PAGE = 100;

export class Exploring {
  readonly rows = new Listed<EventRow>(PAGE);
  /** Filters and view as the address has them. */
  readonly told = $derived(filtersOf(location.query));
  readonly view = $derived(viewOf(location.query));
  /** The days under a brush that is still moving; they count, but stand in no address yet. */
  brushed = $state.raw<[string, string] | null>(null);
  readonly filters = $derived<Filters>(
    this.brushed ? { ...this.told, since: this.brushed[0], until: this.brushed[1] } : this.told,
  );
  /** The event looked at, once it is known. */
  looked = $state.raw<EventRow>();
  /** Grows when everything is to be asked for again, since the record has changed. */
  round = $state(0);
  #seen = $state(watch.changes);
  /** The event under the pointer. */
  pointed = $state("");

  // Queries as text: equal ones are not asked for again.
  readonly listQuery = $derived(queryOf(this.filters).toString());
  readonly facetQuery = $derived(queryOf({ ...this.filters, sort: NO_FILTERS.sort }).toString());
  readonly timeQuery = $derived(
    queryOf({
      ...this.told,
      sort: NO_FILTERS.sort,
      undated: false,
      since: this.view.axis?.[0] ?? "",
      until: this.view.axis?.[1] ?? "",
    }).toString(),
  );

  /** True where events have changed since these were asked for. */
  get outdated(): boolean {
    return watch.changes > this.#seen;
  }

  refresh(): void {
    this.#seen = watch.changes;
    this.round += 1;
  }

  /** Change filters: a step that the back button takes back. */
  set(change: Partial<Filters>): void {
    this.brushed = null;
    location.go(addressOf({ ...this.told, ...change }, { ...this.view, event: "" }));
  }

  /** Change the view, in place. */
  look(change: Partial<View>): void {
    location.go(addressOf(this.told, { ...this.view, ...change }), { replace: true });
  }

  /** Look at an event. */
  choose(event: EventRow | undefined): void {
    this.looked = event;
    this.look({ event: event?.id ?? "" });
  }

  /** The row of an event by its id, from the list or from the server; none where it is gone. */
  async rowOf(id: string): Promise<EventRow | undefined> {
    return this.rows.items.find((row) => row.id === id) ?? (await this.#asked(id));
  }

  /** Get the event that the address names, to look at it. */
  async lookUp(id: string): Promise<void> {
    const row = await this.rowOf(id).catch(() => undefined);
    if (row && this.view.event === id) this.looked = row;
  }

  async #asked(id: string): Promise<EventRow | undefined> {
    const found = await get<SearchResult>(`/search?${new URLSearchParams({ q: id })}`);
    return found.events.find((row) => row.id === id);
  }

  /** Take all filters off; the order of the list stays. */
  clear(): void {
    this.set({ ...NO_FILTERS, sort: this.told.sort });
  }
}
