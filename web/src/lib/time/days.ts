/** Days as whole numbers since 1970-01-01, and ISO dates that may be cut to their month or year. */
const DAY_MS = 86_400_000;
const LONG = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

/** The number of the day `iso`, a whole ISO date. */
export function dayOf(iso: string): number {
  return Math.round(Date.parse(`${iso.padStart(10, "0")}T00:00:00Z`) / DAY_MS);
}

/** The ISO date of a day's number. */
export function isoOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** The first day of a date that may be cut to month or year. */
export function firstDay(iso: string): string {
  return `${iso}-01-01`.slice(0, 10);
}

/** The last day of a date that may be cut to month or year. */
export function lastDay(iso: string): string {
  if (iso.length > 7) return iso;
  const [year = 0, month = 12] = iso.split("-").map(Number);
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

/** A day as a reader of a slider hears it: "21 October 2016". */
export function spoken(day: number): string {
  return LONG.format(new Date(day * DAY_MS));
}
