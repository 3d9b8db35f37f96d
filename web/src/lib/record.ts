/** One event and one article as the API gives them (`dateline.web.views_event`, `views_article`). */
import type { Role } from "./roles";
import type { EventRow, StatusWords } from "./types";

export interface Mark {
  start: number;
  end: number;
  role: Role;
  meaning: string;
  level: number;
}

export interface Segment {
  text: string;
  marks: Mark[];
  closing: Mark[];
}

export interface Part {
  role: Role;
  text: string;
  meaning: string;
}

export interface RoleWords {
  role: Role;
  letter: string;
  words: string;
}

export interface ArticleLink {
  id: string;
  outlet: string;
  title: string;
  published: string;
  url: string | null;
  locator: string;
  credits: string | null;
}

export interface Citation {
  article: string;
  start: number;
  reports: string[];
  outlet: string;
  published: string;
  title: string;
  url: string | null;
  chain: string;
  locator: string;
}

export interface Quote {
  segments: Segment[];
  levels: number;
  parts: Part[];
  outside: Part[];
  status: string;
  citation: Citation;
  copies: Citation[];
}

export interface Tie {
  kind: string;
  words: string;
  between: [string, string];
  articles: [string, string];
  why: string;
}

export interface Column {
  number: number;
  origin: string;
  label: string;
  articles: ArticleLink[];
  ties: Tie[];
  quotes: Quote[];
}

export interface Voice {
  words: string;
  through: string | null;
  published: string;
  reports: string[];
}

export interface CellValue {
  words: string;
  worded: string[];
  voices: Voice[];
  denied: boolean;
  /** "dispute.side", both counted from 0. */
  sides: string[];
}

export interface Teller {
  report: string;
  article: string;
  words: string;
  published: string;
}

export interface Dispute {
  text: string;
  weight: number;
  sides: { value: string; said: Teller[]; origins: string }[];
}

export interface Row {
  field: string;
  label: string;
  state: "agreed" | "single" | "differs" | "disputed";
  state_words: string;
  summary: string;
  cells: CellValue[][];
  disputes: Dispute[];
  by_readers: string[];
}

export interface Matrix {
  columns: Column[];
  rows: Row[];
}

export interface Fact {
  field: string;
  label: string;
  values: { words: string; beside: string; notes: string[] }[];
}

export interface Reach {
  low: number;
  high: number;
  best: number | null;
  open: boolean;
}

export interface FigureView {
  kind: string;
  label: string;
  shown: string;
  shown_reach: Reach;
  lowest_credible: string;
  part: boolean;
  told_again: boolean;
  scale: number[];
  tellings: {
    published: string;
    outlet: string;
    source: string | null;
    words: string;
    text: string;
    denied: boolean;
    reach: Reach;
    report: string;
    article: string;
  }[];
}

export interface RelationView {
  kind: string;
  words: string;
  why: string;
  event: EventRow | null;
}

export interface EventView {
  title: string;
  label: string;
  family: string | null;
  definition: string;
  status: StatusWords;
  warning: boolean;
  facts: Fact[];
  corroboration: string;
  disagreements: string[];
  matrix: Matrix;
  figures: FigureView[];
  relations: RelationView[];
  decided: { verdict: string; by: string; role: string; at: string; words: string }[];
  corrected: string[];
  walk: [string, string][];
  legend: RoleWords[];
  citation: string;
}

export interface OneEvent {
  event: { id: string; reports: string[] };
  view: EventView;
  trace: Trace;
  trace_words: string | null;
  etag: string;
}

/** What became of an id: `events` hold its reports now. */
export interface Trace {
  asked: string;
  state: "here" | "moved" | "split" | "gone";
  events: string[];
}

export interface Piece {
  start: number;
  end: number;
  sentence: number | null;
  levels: number;
  segments: Segment[];
}

export interface Block {
  start: number;
  end: number;
  goes_on: boolean;
  pieces: Piece[];
}

export interface Band {
  sentence: number;
  start: number;
  end: number;
  events: string[];
  reports: string[];
}

export interface ArticleView {
  link: ArticleLink;
  meta: { label: string; words: string; found: string | null; worded: string | null; link: string | null }[];
  notes: string[];
  blocks: Block[];
  bands: Band[];
  events: { event: EventRow; start: number; sentences: number }[];
  tied: { words: string; why: string; article: ArticleLink }[];
  removed: { rule: string; text: string }[];
  refusals: { stage: string; reason: string; detail: string; advice: string }[];
  legend: RoleWords[];
}

export interface OneArticle {
  article: { id: string };
  view: ArticleView;
}

/** What is marked in pieces of one sentence: each mark once, with the words under it. */
export function partsOf(pieces: Piece[]): Part[] {
  const found = new Map<string, Part>();
  for (const piece of pieces) {
    for (const segment of piece.segments) {
      for (const mark of segment.marks) {
        const key = `${piece.start + mark.start} ${piece.start + mark.end} ${mark.role}`;
        const part = found.get(key);
        if (part) part.text += segment.text;
        else found.set(key, { role: mark.role, text: segment.text, meaning: mark.meaning });
      }
    }
  }
  return [...found.values()];
}
