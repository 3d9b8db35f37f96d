/** What the API gives of a review, and what can be said in one. */
import type { EventView } from "../../lib/record";
import type { EventRow } from "../../lib/types";

export const ROLES = ["reader", "second", "adjudicator"] as const;
export type Role = (typeof ROLES)[number];

export interface Queued {
  event: EventRow;
  /** The event's ETag; none where it is shown as it would be without verdicts. */
  tag: string | null;
  value: number;
  parts: { name: string; share: number; adds: number; why: string }[];
  /** The verdict that a second reading or an adjudication is about. */
  about: string | null;
  readings: Record<string, string>[];
  differing: string[];
}

/** What the review shows of one event: its page, and the reports that a verdict may be about. */
export interface Matter {
  event: { id: string; reports: string[] };
  view: EventView;
  etag?: string;
  /** It holds what was made from the revision `linked` of the record, and nothing of later than `revision`. */
  linked?: number;
  revision?: number;
  /** Where an id of before has led, in words. */
  trace_words?: string | null;
}

/** An event to judge, and what the person saw of it. */
export interface Looked {
  item: Queued;
  matter: Matter | undefined;
}

export interface Draft {
  kind: "accept" | "reject" | "correct" | "merge" | "split" | "one_origin" | "own_origins" | "dispute" | "comment";
  ids: string[];
  others?: string[];
  reason?: string;
  field?: string;
  value?: string;
  scope?: "event" | "report";
}

export interface Kept {
  verdict: { id: string; supersedes: string | null };
  words: string;
  events: string[];
  tags: Record<string, string>;
  /** The revision of the record that the verdict made. */
  revision: number;
}

/** A verdict that was given, in words. */
export interface Decided {
  words: string;
  stands: boolean;
  verdict: { id: string; by: string; at: string };
}

/** An event as it is now, for who saw it otherwise. */
export interface Now {
  id: string;
  tag: string;
  decided: Decided[];
}

/** What a person said of an event, as they saw it. */
export interface Said {
  draft: Draft;
  role: Role;
  about: string | null;
  /** The ETag of what the person saw. */
  match: string | null;
  title: string;
  /** The event at hand, and its reports as the person saw them: what is said is of these, whatever becomes of it. */
  event: string;
  reports: string[];
  /** The verdicts on it that the person saw. */
  known: string[];
}

/** What was just judged is no longer what the person saw: `title` says by whom it changed. */
export interface Conflict {
  said: Said;
  now: Now[];
  words: string;
  title: string;
}

/** An event has changed since the person looked at it, and is shown as it is now. */
export interface Changed {
  /** By nothing but the person's own verdicts. */
  own: boolean;
  /** What they said of what stood there before, and was not saved. */
  said: Said[];
}

export interface Choice {
  value: string;
  label: string;
  note: string;
  latitude: number | null;
  longitude: number | null;
  radius_km: number | null;
}

export interface Progress {
  cases: Record<string, number>;
  people: { by: string; role: Role; verdicts: number; standing: number; taken_back: number; per_hour: number | null }[];
  agreement: { question: string; reader: string | null; units: number; pairs: number; same: number; alpha: number | null }[];
}

/** The reasons of a rejection that have a key, in the order of their keys. */
export const REASONS = [
  "not conflict",
  "historical",
  "hypothetical or negated",
  "wrong place",
  "wrong date",
  "wrong actor",
  "duplicate",
  "wrong number",
] as const;

/** Whether a draft takes its event off the list: it has then been judged as a whole. */
export function settles(draft: Draft): boolean {
  return ["accept", "reject", "merge", "split"].includes(draft.kind);
}

/** The queue as it is now, with those items of before that stay in it all the same, each where it was. */
export function following(before: Queued[], now: Queued[], stays: (item: Queued) => boolean): Queued[] {
  const here = new Set(now.map((item) => item.event.id));
  const found = [...now];
  for (const [index, item] of before.entries()) {
    if (!here.has(item.event.id) && stays(item)) found.splice(index, 0, item);
  }
  return found;
}

/** What a draft says, in a few words. */
export function inWords({ kind, field, value, reason }: Draft): string {
  return [kind, field, value ?? reason].filter(Boolean).join(" ");
}

/** Where to go from `at`: the next that is open, else the one before, else where one is. */
export function nextOpen(open: boolean[], at: number): number {
  const after = open.findIndex((each, index) => each && index > at);
  if (after >= 0) return after;
  const before = open.lastIndexOf(true, at - 1);
  return before >= 0 ? before : at;
}
