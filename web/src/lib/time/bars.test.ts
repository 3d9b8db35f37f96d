import { describe, expect, it } from "vitest";
import type { Bin } from "../types";
import { barsOf, countWithin, dayAt, outline, snapped, stepped, ticksOf, xOf, type Axis } from "./bars";
import { dayOf, firstDay, isoOf, lastDay } from "./days";

function months(from: number, counts: number[]): Bin[] {
  return counts.map((count, number) => {
    const start = new Date(Date.UTC(2016, from + number, 1)).toISOString().slice(0, 10);
    const end = new Date(Date.UTC(2016, from + number + 1, 0)).toISOString().slice(0, 10);
    return { start, end, count, disputed: count > 3 ? 1 : 0, wide: 0 };
  });
}

const BARS = barsOf(months(0, [2, 0, 8, 1]));
const AXIS: Axis = { first: dayOf("2016-01-01"), last: dayOf("2016-04-30"), width: 484 };

describe("days", () => {
  it("go through numbers and back", () => {
    for (const iso of ["1969-12-31", "1970-01-01", "2016-02-29", "2038-06-01"]) expect(isoOf(dayOf(iso))).toBe(iso);
  });

  it("are first and last of a month or year that is not whole", () => {
    expect([firstDay("2016"), firstDay("2016-02"), firstDay("2016-02-07")]).toEqual(["2016-01-01", "2016-02-01", "2016-02-07"]);
    expect([lastDay("2016"), lastDay("2016-02"), lastDay("2016-02-07")]).toEqual(["2016-12-31", "2016-02-29", "2016-02-07"]);
  });
});

describe("the axis", () => {
  it("gives the day back that stands at a point", () => {
    for (let day = AXIS.first; day <= AXIS.last; day += 1) expect(dayAt(AXIS, xOf(AXIS, day) + 0.01)).toBe(day);
  });

  it("keeps a brush that leaves the drawing within it", () => {
    expect(dayAt(AXIS, -50)).toBe(AXIS.first);
    expect(dayAt(AXIS, 10_000)).toBe(AXIS.last);
  });

  it("has marks that do not crowd, at every length", () => {
    for (const years of [0.02, 0.2, 1, 3, 12, 40, 300]) {
      for (const width of [300, 700, 1400]) {
        const first = dayOf("1999-11-17");
        const ticks = ticksOf({ first, last: first + Math.round(years * 365), width });
        expect(ticks.length, `${years} years on ${width}`).toBeGreaterThan(0);
        expect(ticks.length, `${years} years on ${width}`).toBeLessThanOrEqual(width / 40);
        expect(ticks.every((tick) => tick.x >= 0 && tick.x <= width)).toBe(true);
      }
    }
  });

  it("says the year where one begins", () => {
    const ticks = ticksOf({ first: dayOf("2016-10-01"), last: dayOf("2017-03-31"), width: 900 });
    expect(ticks.map((tick) => tick.words)).toEqual(["Oct 2016", "Nov", "Dec", "Jan 2017", "Feb", "Mar"]);
  });
});

describe("bars", () => {
  it("are drawn where there is something, and a small one is seen", () => {
    const path = outline(BARS, AXIS, 100, (bar) => bar.count);
    expect(path.match(/M/g)).toHaveLength(3);
    expect(path).toContain("v-100");
    const tiny = outline(barsOf(months(0, [1, 5000])), AXIS, 100, (bar) => bar.count);
    expect(tiny).toContain("v-2h");
  });

  it("are taken whole by a brush, from either side", () => {
    const whole = [dayOf("2016-01-01"), dayOf("2016-03-31")];
    expect(snapped(BARS, dayOf("2016-01-20"), dayOf("2016-03-02"))).toEqual(whole);
    expect(snapped(BARS, dayOf("2016-03-02"), dayOf("2016-01-20"))).toEqual(whole);
  });

  it("are what a key steps by, and the ends are ends", () => {
    expect(isoOf(stepped(BARS, dayOf("2016-01-01"), 1, "first"))).toBe("2016-02-01");
    expect(isoOf(stepped(BARS, dayOf("2016-04-30"), -1, "last"))).toBe("2016-03-31");
    expect(isoOf(stepped(BARS, dayOf("2016-04-30"), 9, "last"))).toBe("2016-04-30");
    expect(isoOf(stepped(BARS, dayOf("2016-01-01"), -9, "first"))).toBe("2016-01-01");
  });

  it("are counted within a brush", () => {
    expect(countWithin(BARS, dayOf("2016-02-01"), dayOf("2016-04-30"))).toBe(9);
  });
});
