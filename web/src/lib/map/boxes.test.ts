import { describe, expect, it } from "vitest";
import { middleOf, unleaped } from "./middle";
import { boxAround, boxText, pixelsAtZero, wrapped } from "./boxes";

describe("boxes", () => {
  it("stay as they are within the world", () => {
    expect(wrapped({ west: 43, south: 34, east: 45, north: 36 })).toEqual({ west: 43, south: 34, east: 45, north: 36 });
  });

  it("cross the date line where the map was turned over it", () => {
    expect(wrapped({ west: 170, south: -10, east: 190, north: 10 })).toMatchObject({ west: 170, east: -170 });
    expect(wrapped({ west: -200, south: -10, east: -170, north: 10 })).toMatchObject({ west: 160, east: -170 });
  });

  it("are the world where they go round it", () => {
    expect(wrapped({ west: -250, south: -95, east: 250, north: 95 })).toEqual({ west: -180, south: -90, east: 180, north: 90 });
  });

  it("are written short", () => {
    expect(boxText({ west: 43.00004, south: 34.5, east: 45.12345, north: 36 })).toBe("43,34.5,45.123,36");
  });

  it("lie around everything that is shown, and nowhere for nothing", () => {
    const cluster = { longitude: 44, latitude: 35, count: 2, west: 43, south: 34, east: 45, north: 36, same_place: false };
    const point = { id: "e", longitude: 50, latitude: 30, radius_km: 1, precision: "town", label: "", family: "", group: "other" as const };
    const empty = { points: [], clusters: [], unresolved: [], unresolved_total: 0, placeless: 0 };
    expect(boxAround({ ...empty, points: [point], clusters: [cluster] })).toEqual({ west: 43, south: 30, east: 50, north: 36 });
    expect(boxAround(empty)).toBeUndefined();
  });
});

describe("a radius", () => {
  it("is the whole world at zoom 0 for the equator's length, and grows towards the poles", () => {
    expect(pixelsAtZero(40_075.017, 0)).toBeCloseTo(512);
    expect(pixelsAtZero(10, 60)).toBeCloseTo(2 * pixelsAtZero(10, 0));
  });
});

describe("the middle of an outline", () => {
  it("is its centre of gravity", () => {
    expect(middleOf([[0, 0], [4, 0], [4, 2], [0, 2], [0, 0]])).toEqual({ area: 8, point: [2, 1] });
    expect(middleOf([[1, 1]])).toEqual({ area: 0, point: [1, 1] });
  });
});

describe("an outline over the date line", () => {
  it("goes on beyond 180 degrees instead of around the world", () => {
    expect(unleaped([[170, 60], [-170, 60], [-170, 65], [170, 65], [170, 60]])).toEqual([[170, 60], [190, 60], [190, 65], [170, 65], [170, 60]]);
    expect(unleaped([[-170, 60], [170, 60], [170, 65], [-170, 60]]).map(([x]) => x)).toEqual([-170, -190, -190, -170]);
  });

  it("is closed over the pole that it goes around", () => {
    const ring = unleaped([[-170, -70], [-60, -70], [60, -70], [170, -70], [-170, -70]]);
    expect(ring.at(-1)).toEqual(ring[0]);
    expect(ring.slice(-3, -1)).toEqual([[190, -90], [-170, -90]]);
  });

  it("stays as it is elsewhere", () => {
    const ring: [number, number][] = [[0, 0], [4, 0], [4, 2], [0, 0]];
    expect(unleaped(ring)).toEqual(ring);
  });
});
