/** The query of the page of warnings: which part, which outcome, whose. */
export interface Asked {
  part: "warnings" | "rates";
  outcome: string;
  source: string;
  where: string;
  /** A week of surges. */
  week: string;
}

export function askedOf(query: string): Asked {
  const given = new URLSearchParams(query);
  return {
    part: given.get("part") === "rates" ? "rates" : "warnings",
    outcome: given.get("outcome") ?? "",
    source: given.get("source")?.trim() ?? "",
    where: given.get("where")?.trim() ?? "",
    week: given.get("week")?.trim() ?? "",
  };
}

/** The address of a page with what is asked; what is not set does not stand there. */
export function addressOf(path: string, asked: Partial<Asked>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(asked)) if (value && !(name === "part" && value === "warnings")) query.set(name, value);
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

/** What the API is asked for warnings, or for the rates of the same warnings. */
export function filtersOf({ outcome, source, where }: Asked): URLSearchParams {
  const query = new URLSearchParams({ sort: "-date" });
  if (source) query.set("source", source);
  if (where) query.set("where", where);
  if (outcome) query.set("outcome", outcome);
  return query;
}
