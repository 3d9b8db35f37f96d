import { describe, expect, it } from "vitest";
import { middleOf } from "./middle";
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
