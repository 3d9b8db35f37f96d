import { expect, test } from "vitest";
import { partsOf, type Mark, type Piece } from "./record";

const mark = (start: number, end: number, role: Mark["role"], meaning: string): Mark => ({ start, end, role, meaning, level: 0 });

test("each mark is told once with all of its words, also where others cut it", () => {
  const whole = mark(0, 9, "target", "two men");
  const inner = mark(0, 3, "number", "killed: 2");
  const piece: Piece = {
    start: 100,
    end: 115,
    sentence: 4,
    levels: 2,
    segments: [
      { text: "two", marks: [whole, inner], closing: [inner] },
      { text: " miners", marks: [whole], closing: [whole] },
      { text: " died", marks: [], closing: [] },
    ],
  };
  expect(partsOf([piece])).toEqual([
    { role: "target", text: "two miners", meaning: "two men" },
    { role: "number", text: "two", meaning: "killed: 2" },
  ]);
  expect(partsOf([])).toEqual([]);
});
