/** The filters that are set, each in words and with what takes it off. */
import type { Facets } from "../../lib/types";
import { NO_FILTERS, type Filters } from "../../lib/query";

export interface Chip {
  key: string;
  words: string;
  off: Partial<Filters>;
}

const BOX = /^-?[\d.]+(,-?[\d.]+){3}$/;

/** What a filter's value is called: a facet's label where it has one. */
function labelOf(value: string, facets: { value: string; label: string }[][]): string {
  const wanted = value.toLowerCase();
  const found = facets.flat().find((facet) => facet.value.toLowerCase() === wanted);
  if (found) return found.label;
  const [country, area] = value.split("/");
  return area ? `${area}, ${country}` : value.replaceAll("_", " ");
}

/** Chips for `filters`; `facets` give the labels. */
export function chipsOf(filters: Filters, facets: Facets | undefined): Chip[] {
  const chips: Chip[] = [];
  const add = (name: keyof Filters, words: string, off?: Partial<Filters>): void => {
    chips.push({ key: name + words, words, off: off ?? { [name]: NO_FILTERS[name] } });
  };
  if (filters.search) add("search", `texts with ${filters.search}`);
  for (const value of filters.where) {
    const words = BOX.test(value) ? "a part of the map" : labelOf(value, [facets?.country ?? [], facets?.admin1 ?? []]);
    add("where", words, { where: filters.where.filter((each) => each !== value) });
  }
  if (filters.since || filters.until) add("since", timeWords(filters), { since: "", until: "", undated: false });
  for (const value of filters.type) {
    const words = labelOf(value, [facets?.family ?? [], facets?.type ?? []]);
    add("type", words, { type: filters.type.filter((each) => each !== value) });
  }
  if (filters.status) add("status", labelOf(filters.status, [facets?.status ?? []]));
  if (filters.actor) add("actor", labelOf(filters.actor, [facets?.actor ?? []]).replace(/^"(.*)"$/, "$1"));
  if (filters.outlet) add("outlet", filters.outlet);
  if (filters.article) add("article", "of one article");
  if (filters.min_origins) add("min_origins", `${filters.min_origins} or more origins`);
  if (filters.disputed !== null) add("disputed", filters.disputed ? "disputed" : "not disputed");
  if (filters.unresolved !== null) add("unresolved", filters.unresolved ? "on no map" : "on the map");
  return chips;
}

function timeWords({ since, until, undated }: Filters): string {
  const span = since && until ? (since === until ? since : `${since} to ${until}`) : since ? `from ${since}` : `until ${until}`;
  return undated ? `${span}, or undated` : span;
}
