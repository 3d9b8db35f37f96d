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
  verdict: { id: string };
  words: string;
  events: string[];
  tags: Record<string, string>;
}

/** An event as it is now, for who saw it otherwise. */
export interface Now {
  id: string;
  tag: string;
  decided: { words: string; stands: boolean; verdict: { by: string; at: string } }[];
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

/** Where to go from `at`: the next that is open, else the one before, else where one is. */
export function nextOpen(open: boolean[], at: number): number {
  const after = open.findIndex((each, index) => each && index > at);
  if (after >= 0) return after;
  const before = open.lastIndexOf(true, at - 1);
  return before >= 0 ? before : at;
}
