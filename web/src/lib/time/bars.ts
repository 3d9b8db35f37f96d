/** The geometry of the timeline: bins along an axis of days, and what a brush over them takes. Pure. */
import type { Bin, Unit } from "../types";
import { dayOf } from "./days";

/** The stretch of days that is drawn: `last` is within it. */
export interface Axis {
  first: number;
  last: number;
  width: number;
}

export interface Bar {
  /** First and last day. */
  first: number;
  last: number;
  count: number;
  disputed: number;
}

export interface Tick {
  x: number;
  words: string;
  strong: boolean;
}

// A bar that is not empty is at least this high, or one event among thousands could not be seen.
const LOWEST = 2;
const TICK_ROOM = 64;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export function barsOf(bins: readonly Bin[]): Bar[] {
  return bins.map((bin) => ({ first: dayOf(bin.start), last: dayOf(bin.end), count: bin.count, disputed: bin.disputed }));
}

/** Where a day begins. */
export function xOf(axis: Axis, day: number): number {
  return ((day - axis.first) / (axis.last + 1 - axis.first)) * axis.width;
}

/** The day at `x`, kept within the axis. */
export function dayAt(axis: Axis, x: number): number {
  const day = axis.first + Math.floor((x / axis.width) * (axis.last + 1 - axis.first));
  return Math.min(Math.max(day, axis.first), axis.last);
}

/** The outline of all bars whose `of` is not 0, standing on `height`, as one SVG path. */
export function outline(bars: readonly Bar[], axis: Axis, height: number, of: (bar: Bar) => number): string {
  const most = Math.max(...bars.map((bar) => bar.count), 1);
  let path = "";
  for (const bar of bars) {
    const count = of(bar);
    if (count === 0) continue;
    const left = xOf(axis, bar.first);
    const room = xOf(axis, bar.last + 1) - left;
    // A hair of paper between bars, where they are wide enough to spare it.
    const width = Math.max(room > 3 ? room - 1 : room, 0.75);
    const tall = Math.max((count / most) * height, LOWEST);
    path += `M${round(left)} ${height}v${-round(tall)}h${round(width)}V${height}Z`;
  }
  return path;
}

function round(number: number): number {
  return Math.round(number * 100) / 100;
}

/** The days between `one` and `other`, widened to whole bins. */
export function snapped(bars: readonly Bar[], one: number, other: number): [number, number] {
  const [from, to] = one <= other ? [one, other] : [other, one];
  const first = bars.findLast((bar) => bar.first <= from)?.first ?? from;
  const last = bars.find((bar) => bar.last >= to)?.last ?? to;
  return [first, last];
}

/** The day `bins` further on: `edge` says whether the first or the last day of a bin is meant. */
export function stepped(bars: readonly Bar[], day: number, bins: number, edge: "first" | "last"): number {
  if (bars.length === 0) return day;
  const at = bars.findIndex((bar) => day <= bar.last);
  const to = Math.min(Math.max((at < 0 ? bars.length - 1 : at) + bins, 0), bars.length - 1);
  return bars[to]![edge];
}

/** How many events lie in the bars from `first` to `last`. */
export function countWithin(bars: readonly Bar[], first: number, last: number): number {
  return bars.reduce((sum, bar) => sum + (bar.first >= first && bar.last <= last ? bar.count : 0), 0);
}

/** The unit in words: "by month". */
export const UNIT_WORDS: Record<Unit, string> = { day: "by day", week: "by week", month: "by month", year: "by year" };

/** Marks along the axis, as many as have room: years, months or days. */
export function ticksOf(axis: Axis): Tick[] {
  const days = axis.last + 1 - axis.first;
  const room = Math.max(Math.floor(axis.width / TICK_ROOM), 2);
  const months = days / 30.44;
  if (months / 12 > room * 0.8) return yearTicks(axis, niceStep(months / 12 / room));
  const step = [1, 2, 3, 4, 6, 12].find((each) => months / each <= room) ?? 12;
  if (months > 2.5 || days > room * 7) return monthTicks(axis, step);
  return dayTicks(axis, [1, 2, 5, 7, 10, 14].find((each) => days / each <= room) ?? 14);
}

function niceStep(least: number): number {
  const size = 10 ** Math.floor(Math.log10(Math.max(least, 1)));
  return [1, 2, 5, 10].map((each) => each * size).find((each) => each >= least) ?? 10 * size;
}

function parts(day: number): [number, number, number] {
  const date = new Date(day * 86_400_000);
  return [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
}

function begin(year: number, month: number): number {
  return Math.round(Date.UTC(year, month, 1) / 86_400_000);
}

function yearTicks(axis: Axis, step: number): Tick[] {
  const ticks: Tick[] = [];
  for (let year = Math.ceil(parts(axis.first)[0] / step) * step; begin(year, 0) <= axis.last; year += step) {
    const day = begin(year, 0);
    if (day >= axis.first) ticks.push({ x: xOf(axis, day), words: String(year), strong: true });
  }
  return ticks;
}

function monthTicks(axis: Axis, step: number): Tick[] {
  const ticks: Tick[] = [];
  const [year, month] = parts(axis.first);
  for (let number = Math.ceil(month / step) * step; begin(year, number) <= axis.last; number += step) {
    const day = begin(year, number);
    if (day < axis.first) continue;
    const first = number % 12 === 0;
    const words = first || ticks.length === 0 ? `${MONTHS[number % 12]} ${year + Math.floor(number / 12)}` : MONTHS[number % 12]!;
    ticks.push({ x: xOf(axis, day), words, strong: first });
  }
  return ticks;
}

function dayTicks(axis: Axis, step: number): Tick[] {
  const ticks: Tick[] = [];
  for (let day = axis.first; day <= axis.last; day += step) {
    const [year, month, date] = parts(day);
    const words = ticks.length === 0 ? `${date} ${MONTHS[month]} ${year}` : `${date} ${MONTHS[month]}`;
    ticks.push({ x: xOf(axis, day), words, strong: date <= step });
  }
  return ticks;
}
