import { describe, expect, it } from "vitest";
import { addressOf, countSet, filtersOf, NO_FILTERS, NO_VIEW, queryOf, viewOf, type Filters, type View } from "./query";

const FULL: Filters = {
  search: 'car bomb "market hall"',
  where: ["43,34,45,36", "IQ/Kirkuk"],
  since: "2016-10",
  until: "2017-02-03",
  undated: true,
  type: ["combat", "suicide_bombing"],
  actor: "الجيش & Sons + 50%",
  status: "happened",
  outlet: "Tigris Post",
  min_origins: 2,
  disputed: false,
  article: "art_x",
  unresolved: true,
  sort: "-date",
};
const LOOKED: View = { tab: "map", event: "evt_abc", map: [44.392, -35.5, 6.25], axis: ["2016", "2017-05"] };

describe("the query of an address", () => {
  it("gives back the filters that were written", () => {
    expect(filtersOf(queryOf(FULL))).toEqual(FULL);
    for (const disputed of [true, false, null]) {
      const given = { ...FULL, disputed, unresolved: disputed };
      expect(filtersOf(queryOf(given))).toEqual(given);
    }
  });

  it("gives back filters and view from a whole address", () => {
    const { search } = new URL(addressOf(FULL, LOOKED), "http://host");
    expect(filtersOf(search)).toEqual(FULL);
    expect(viewOf(search)).toEqual(LOOKED);
  });

  it("says nothing of what is not set", () => {
    expect(addressOf(NO_FILTERS, NO_VIEW)).toBe("/explore");
    expect(filtersOf("")).toEqual(NO_FILTERS);
    expect(viewOf("")).toEqual(NO_VIEW);
  });

  it("leaves out what cannot be read", () => {
    const odd = "?sort=upwards&min_origins=-2&disputed=maybe&undated=1&type=&type=riot&type=riot";
    expect(filtersOf(odd)).toEqual({ ...NO_FILTERS, type: ["riot"] });
    expect(viewOf("?tab=moon&map=1,x,3&axis=2016")).toEqual(NO_VIEW);
  });

  it("writes the same filters in the same way, whatever the order they came in", () => {
    const one = queryOf(filtersOf("?until=2017&where=Kirkuk&type=riot")).toString();
    expect(queryOf(filtersOf("?type=riot&where=Kirkuk&until=2017")).toString()).toBe(one);
  });

  it("keeps a box readable", () => {
    expect(addressOf({ where: ["43,34,45,36"] })).toBe("/explore?where=43,34,45,36");
  });

  it("counts filters and not the order", () => {
    expect(countSet(NO_FILTERS)).toBe(0);
    expect(countSet({ ...NO_FILTERS, sort: "id", type: ["riot", "combat"], undated: true })).toBe(3);
  });
});
