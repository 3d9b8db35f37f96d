import { describe, expect, it } from "vitest";
import { Own } from "./own";
import type { Decided, Matter } from "./queue";

function matter(given: { killed?: string; decided?: string[]; relations?: string[]; linked?: number; revision?: number } = {}): Matter {
  const { killed = "74", decided = [], relations = [], linked = 3, revision = 3 } = given;
  const view = {
    facts: [{ field: "killed", label: "Killed", values: [{ words: killed, beside: "", notes: [] }] }],
    decided: decided.map((verdict) => ({ verdict })),
    relations,
  };
  return { event: { id: "evt_a", reports: ["rep_a"] }, view: view as unknown as Matter["view"], etag: '"a"', linked, revision };
}

function sitting(...given: [string, number, string?][]): Own {
  const own = new Own();
  for (const [id, revision, supersedes] of given) own.add({ verdict: { id, supersedes: supersedes ?? null }, revision });
  return own;
}

function decided(id: string, by: string, stands = true): Decided {
  return { words: "accept", stands, verdict: { id, by, at: "2020-06-30T12:00:00Z" } };
}

describe("what is shown is the same", () => {
  it("where the event only stands otherwise to other events", () => {
    expect(sitting().same(matter(), matter({ relations: ["part_of"] }))).toBe(true);
  });
  it("where the person has said something, or taken it back", () => {
    expect(sitting(["ver_a", 4]).same(matter(), matter({ decided: ["ver_a"] }))).toBe(true);
    expect(sitting(["ver_u", 5, "ver_a"]).same(matter({ decided: ["ver_a"] }), matter())).toBe(true);
  });
  it("not where a value, or what others decided, is another", () => {
    expect(sitting(["ver_a", 4]).same(matter(), matter({ killed: "12" }))).toBe(false);
    expect(sitting(["ver_a", 4]).same(matter(), matter({ decided: ["ver_b"] }))).toBe(false);
  });
});

describe("the person was alone", () => {
  it("where all that came since was theirs", () => {
    const own = sitting(["ver_a", 4], ["ver_b", 5]);
    expect(own.alone(matter({ linked: 3 }), matter({ revision: 5 }))).toBe(true);
    expect(own.alone(matter({ linked: 3 }), matter({ revision: 6 }))).toBe(false);
    expect(own.alone(matter({ linked: 2 }), matter({ revision: 5 }))).toBe(false);
  });
  it("not where nothing came that could have changed it", () => {
    expect(sitting(["ver_a", 3]).alone(matter({ linked: 3 }), matter({ revision: 3 }))).toBe(false);
  });
});

describe("others have joined", () => {
  it("where they judged what the person had not seen", () => {
    expect(sitting().joined("A. Reader", [], [decided("ver_b", "B. Other")])).toBe(true);
    expect(sitting().joined("A. Reader", ["ver_b"], [decided("ver_b", "B. Other")])).toBe(false);
    expect(sitting().joined("A. Reader", [], [decided("ver_b", "B. Other", false)])).toBe(false);
    expect(sitting().joined("A. Reader", [], [decided("ver_a", "a.  reader")])).toBe(false);
  });
});
