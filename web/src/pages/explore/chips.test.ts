import { describe, expect, it } from "vitest";
import { countSet, NO_FILTERS, type Filters } from "../../lib/query";
import { chipsOf } from "./chips";

const SET: Filters = {
  search: "market",
  where: ["IQ", "43,34,45,36"],
  since: "2016",
  until: "2017-05",
  undated: true,
  type: ["combat", "riot"],
  actor: '"Islamic State"',
  status: "feared",
  outlet: "Tigris Post",
  article: "art_x",
  min_origins: 2,
  disputed: true,
  unresolved: false,
  sort: "origins",
};

describe("chips", () => {
  it("stand for every filter that is set, and taking all off leaves none", () => {
    let left = SET;
    for (let chips = chipsOf(left, undefined); chips.length; chips = chipsOf(left, undefined)) {
      const before = countSet(left);
      left = { ...left, ...chips[0]!.off };
      expect(countSet(left), chips[0]!.words).toBeLessThan(before);
    }
    expect(left).toEqual({ ...NO_FILTERS, sort: "origins" });
  });

  it("have names of their own", () => {
    const keys = chipsOf(SET, undefined).map((chip) => chip.key);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
