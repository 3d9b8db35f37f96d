import { describe, expect, it } from "vitest";
import { following, inWords, nextOpen, settles, type Queued } from "./queue";

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

describe("inWords", () => {
  it("says what was meant", () => {
    expect(inWords({ kind: "accept", ids: [] })).toBe("accept");
    expect(inWords({ kind: "reject", reason: "historical", ids: [] })).toBe("reject historical");
    expect(inWords({ kind: "correct", field: "killed", value: "12", reason: "two wires", ids: [] })).toBe("correct killed 12");
  });
});

describe("following", () => {
  const queue = (ids: string) => [...ids].map((id) => ({ event: { id } }) as Queued);
  const names = (items: Queued[]) => items.map((item) => item.event.id).join("");
  it("keeps what stays where it was", () => {
    expect(names(following(queue("abcd"), queue("xbd"), (item) => item.event.id === "c"))).toBe("xbcd");
    expect(names(following(queue("abc"), queue("b"), (item) => item.event.id !== "b"))).toBe("abc");
  });
  it("puts what stays at the end where the queue is shorter by now", () => {
    expect(names(following(queue("abcd"), queue("a"), (item) => item.event.id === "d"))).toBe("ad");
  });
  it("has nothing twice", () => {
    expect(names(following(queue("abc"), queue("cb"), () => true))).toBe("acb");
  });
});
