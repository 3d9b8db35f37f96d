/**
 * The query of an address and the filters that it holds, both ways. The names are those of the command line and
 * of the API, so that a link can be read; what is not set does not stand there.
 */
export const SORTS = ["date", "-date", "origins", "articles", "id"] as const;
export type Sort = (typeof SORTS)[number];
export const TABS = ["list", "map", "timeline"] as const;
export type Tab = (typeof TABS)[number];

/** Which events are asked for. An empty text means that the filter is not set. */
export interface Filters {
  search: string;
  /** Places, areas or boxes; all must hold. */
  where: string[];
  since: string;
  until: string;
  /** Beside since and until, also events without a date. */
  undated: boolean;
  type: string[];
  actor: string;
  status: string;
  outlet: string;
  article: string;
  min_origins: number;
  disputed: boolean | null;
  /** At a place that is on no map, or at one that is. */
  unresolved: boolean | null;
  sort: Sort;
}

/** How they are looked at: what a link brings back beside the filters. */
export interface View {
  tab: Tab;
  /** The event that is looked at. */
  event: string;
  /** The map's camera: longitude, latitude, zoom. */
  map: [number, number, number] | null;
  /** The stretch of time that the timeline shows; all of it where not set. */
  axis: [string, string] | null;
}

export const NO_FILTERS: Filters = {
  search: "",
  where: [],
  since: "",
  until: "",
  undated: false,
  type: [],
  actor: "",
  status: "",
  outlet: "",
  article: "",
  min_origins: 0,
  disputed: null,
  unresolved: null,
  sort: "date",
};
export const NO_VIEW: View = { tab: "list", event: "", map: null, axis: null };

const TEXTS = ["search", "since", "until", "actor", "status", "outlet", "article"] as const;
const LISTS = ["where", "type"] as const;
const CHOICES = ["disputed", "unresolved"] as const;
const CHOICE: Record<string, boolean> = { true: true, false: false };
const DAY = /^\d{4}(-\d{2}(-\d{2})?)?$/;

/** Read the filters of an address; what cannot be read is left out. */
export function filtersOf(query: string | URLSearchParams): Filters {
  const given = new URLSearchParams(query);
  const filters: Filters = { ...NO_FILTERS };
  for (const name of TEXTS) filters[name] = given.get(name)?.trim() ?? "";
  for (const name of LISTS) filters[name] = [...new Set(given.getAll(name).filter(Boolean))];
  for (const name of CHOICES) filters[name] = CHOICE[given.get(name) ?? ""] ?? null;
  filters.undated = given.get("undated") === "true";
  const origins = Number(given.get("min_origins"));
  filters.min_origins = Number.isInteger(origins) && origins > 0 ? origins : 0;
  const sort = given.get("sort") as Sort;
  filters.sort = SORTS.includes(sort) ? sort : NO_FILTERS.sort;
  return filters;
}

/** The filters as the query of a request or an address, in a fixed order. */
export function queryOf(filters: Partial<Filters>): URLSearchParams {
  const query = new URLSearchParams();
  for (const name of TEXTS) if (filters[name]) query.set(name, filters[name]);
  for (const name of LISTS) for (const value of filters[name] ?? []) query.append(name, value);
  for (const name of CHOICES) if (filters[name] != null) query.set(name, String(filters[name]));
  if (filters.undated) query.set("undated", "true");
  if (filters.min_origins) query.set("min_origins", String(filters.min_origins));
  if (filters.sort && filters.sort !== NO_FILTERS.sort) query.set("sort", filters.sort);
  return query;
}

/** Read how an address wants them looked at. */
export function viewOf(query: string | URLSearchParams): View {
  const given = new URLSearchParams(query);
  const tab = given.get("tab") as Tab;
  const camera = (given.get("map") ?? "").split(",").map(Number);
  const axis = (given.get("axis") ?? "").split(",");
  return {
    tab: TABS.includes(tab) ? tab : NO_VIEW.tab,
    event: given.get("event") ?? "",
    map: camera.length === 3 && camera.every(Number.isFinite) ? (camera as [number, number, number]) : null,
    axis: axis.length === 2 && axis.every((day) => DAY.test(day)) ? (axis as [string, string]) : null,
  };
}

/** Filters and view as the query of an address. */
export function addressOf(filters: Partial<Filters>, view: Partial<View> = {}, path = "/explore"): string {
  const query = queryOf(filters);
  if (view.tab && view.tab !== NO_VIEW.tab) query.set("tab", view.tab);
  if (view.event) query.set("event", view.event);
  if (view.map) query.set("map", view.map.map((number) => String(Number(number.toFixed(3)))).join(","));
  if (view.axis) query.set("axis", view.axis.join(","));
  // Commas and colons read better as themselves, and need no escape within a query.
  const text = query.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
  return text ? `${path}?${text}` : path;
}

/** How many filters are set; the order of the list is none. */
export function countSet(filters: Filters): number {
  return [...queryOf({ ...filters, sort: NO_FILTERS.sort }).keys()].length;
}
