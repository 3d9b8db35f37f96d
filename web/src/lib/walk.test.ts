import { expect, test } from "vitest";
import { placeIn } from "./walk";

const steps = (tops: number[], focused = -1) => tops.map((top, index) => ({ top, focused: index === focused }));

test("the focused sentence is the place", () => {
  expect(placeIn(steps([-50, 10, 90], 2))).toBe(2);
});

test("without focus the place is before the first sentence in view", () => {
  expect(placeIn(steps([-50, 10, 90]))).toBe(0.5);
  expect(placeIn(steps([5, 10]))).toBe(-0.5);
  expect(placeIn(steps([-9, -5]))).toBe(1.5);
  expect(placeIn([])).toBe(-0.5);
});
