import { describe, expect, it } from "vitest";
import { nextOpen, settles } from "./queue";

describe("nextOpen", () => {
  it("goes on to the next that is open", () => {
    expect(nextOpen([false, false, true], 0)).toBe(2);
  });
  it("comes back to what was passed over when the end is reached", () => {
    expect(nextOpen([true, false, true, false], 3)).toBe(2);
  });
  it("stays where nothing is open", () => {
    expect(nextOpen([false, false], 1)).toBe(1);
    expect(nextOpen([], 0)).toBe(0);
  });
});

describe("settles", () => {
  it("holds for what is said of the whole event", () => {
    expect(settles({ kind: "accept", ids: [] })).toBe(true);
    expect(settles({ kind: "comment", ids: [] })).toBe(false);
    expect(settles({ kind: "correct", ids: [] })).toBe(false);
  });
});
