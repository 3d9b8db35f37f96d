/** What the API gives. Words are made by the server; the front end lays them out and words no value anew. */
export type Group = "happened" | "warning" | "unsure" | "denied" | "background" | "other";

export interface StatusWords {
  word: string;
  group: Group;
  meaning: string;
}

export interface WhenWords {
  words: string;
  start: string | null;
  end: string | null;
  precision: string;
}

export interface WhereWords {
  words: string;
  latitude: number | null;
  longitude: number | null;
  radius_km: number | null;
  precision: string;
  resolved: boolean;
  country: string | null;
}

export interface Toll {
  kind: string;
  words: string;
}

export interface EventRow {
  id: string;
  type: string;
  label: string;
  family: string | null;
  status: StatusWords;
  when: WhenWords;
  where: WhereWords | null;
  who: string[];
  to_whom: string[];
  tolls: Toll[];
  articles: number;
  outlets: number;
  origins: number;
  disputed: number;
  score: number;
}

export interface Page<T> {
  items: T[];
  next: string | null;
  total: number;
  revision: number;
}

/** One value of a facet: `value` is what the filter takes. */
export interface Facet {
  value: string;
  label: string;
  count: number;
}

export interface Facets {
  total: number;
  family: Facet[];
  type: Facet[];
  country: Facet[];
  admin1: Facet[];
  status: Facet[];
  actor: Facet[];
  outlet: Facet[];
  disputed: number;
  unresolved: number;
  undated: number;
}

export type Unit = "day" | "week" | "month" | "year";

export interface Bin {
  start: string;
  end: string;
  count: number;
  disputed: number;
  /** Of these the days reach beyond the bin: they may have happened later. */
  wide: number;
}

export interface Timeline {
  unit: Unit;
  bins: Bin[];
  undated: number;
}

export interface Point {
  id: string;
  longitude: number;
  latitude: number;
  radius_km: number | null;
  precision: string;
  label: string;
  family: string | null;
  group: Group;
}

export interface Cluster {
  longitude: number;
  latitude: number;
  count: number;
  west: number;
  south: number;
  east: number;
  north: number;
  same_place: boolean;
}

export interface MapView {
  points: Point[];
  clusters: Cluster[];
  unresolved: { name: string; count: number }[];
  unresolved_total: number;
  /** Events that name no place at all. */
  placeless: number;
}

export interface OutletCoverage {
  outlet: string | null;
  articles: number;
  events: number;
  first: string | null;
  last: string | null;
}

export interface SearchResult {
  events: EventRow[];
  articles: { id: string; title: string; outlet: string | null; published: string | null }[];
  places: Facet[];
  actors: Facet[];
}

export interface Info {
  workspace: string;
  version: string;
  counts: {
    articles: number;
    coded: number;
    outlets: number;
    reports: number;
    events: number;
    disputed: number;
    verdicts: number;
    rejected: Record<string, Record<string, number>>;
  };
  revision: number;
  person: { name: string | null; role: "reader" | "reviewer" | "admin" } | null;
  accounts: boolean;
}

export interface Refusal {
  locator: string;
  reason: string;
  detail: string;
  advice: string;
}

/** Files that are being added and coded. Times are ISO 8601 in UTC; `total` is null where it is not known. */
export interface Job {
  id: string;
  state: "waiting" | "working" | "done" | "stopped" | "failed";
  by: string | null;
  begun: string;
  ended: string | null;
  files: number;
  stage: string;
  done: number;
  total: number | null;
  words: string;
  rejected: number;
  refusals: Refusal[];
}

export interface News {
  revision: number;
  linked: boolean;
  trouble: string | null;
}

/** Who gives an answer when, in words. */
export interface Voice {
  words: string;
  value: string;
  outlet: string | null;
  source: string | null;
  published: string | null;
  report: string;
  article: string;
}

/** Claims of one field that cannot all be right. */
export interface DisagreementRow {
  event: string;
  type: string;
  label: string;
  family: string;
  when: WhenWords;
  where: WhereWords | null;
  field: string;
  question: string;
  words: string;
  weight: number;
  sides: { value: string; origins: number; told: Voice[] }[];
}

/** A sentence, who says it and where it was printed. */
export interface SaidRow {
  words: string;
  sentence: string;
  outlet: string | null;
  published: string | null;
  report: string;
  article: string;
}

/** One end of a warning's story, or an event behind a surge. */
export interface EndRow {
  id: string;
  type: string;
  label: string;
  family: string;
  status: StatusWords;
  when: WhenWords;
  where: WhereWords | null;
  who: string[];
  said: SaidRow[];
}

export interface WarningRow {
  id: string;
  given: string | null;
  state: string;
  state_words: string;
  why: string;
  /** It was told only when its own time had passed. */
  afterwards: boolean;
  differs: string[];
  horizon: { words: string; start: string; end: string; basis: string } | null;
  warning: EndRow;
  event: EndRow | null;
  denials: EndRow[];
}

/** How often the warnings of a source or an outlet came about: counts, and the share in words. */
export interface RateRow {
  by: "source" | "outlet";
  name: string;
  settled: number;
  came_about: number;
  partly: number;
  did_not: number;
  waiting: number;
  words: string;
}

export interface Tally {
  found: number;
  expected: number;
  low: number;
  high: number;
  chance: number;
  words: string;
}

export interface SurgeRow {
  kind: "events" | "unclear" | "articles";
  kind_words: string;
  level: "country" | "admin1" | "actor";
  key: string;
  name: string;
  /** For the filter of its level. */
  value: string;
  events: Tally;
  articles: Tally;
  read: number;
  seen: EndRow[];
}

export interface SurgeList {
  items: SurgeRow[];
  total: number;
  week: string | null;
  start: string | null;
  end: string | null;
  weeks: number;
  articles: number;
  usual: number;
  looked_at: number;
  by_chance: number;
  undated: number;
  note: string | null;
}
