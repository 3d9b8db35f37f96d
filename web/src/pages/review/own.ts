/** What a person said in this sitting: by it the page tells changes of their own from those of others. */
import type { Decided, Kept, Matter } from "./queue";

export class Own {
  #verdicts = new Set<string>();
  #revisions = new Set<number>();

  add({ verdict, revision }: Pick<Kept, "verdict" | "revision">): void {
    this.#verdicts.add(verdict.id);
    // Taking a verdict back is about no report: what changes on the event is the verdict that was taken back.
    if (verdict.supersedes) this.#verdicts.add(verdict.supersedes);
    this.#revisions.add(revision);
  }

  has(verdict: string): boolean {
    return this.#verdicts.has(verdict);
  }

  /** Whether the review shows the same of an event, but for what the person has said of it themselves. */
  same(before: Matter, now: Matter): boolean {
    return this.#shown(before) === this.#shown(now);
  }

  /** Whether nothing but what the person said has changed the record from what was shown before to what it is now. */
  alone(before: Matter, now: Matter): boolean {
    if (before.linked === undefined || now.revision === undefined || now.revision <= before.linked) return false;
    const [from, to] = [before.linked, now.revision];
    return [...this.#revisions].filter((each) => each > from && each <= to).length === to - from;
  }

  /** Whether others have judged the event since the person saw the verdicts `known` on it. */
  joined(by: string, known: readonly string[], decided: readonly Decided[]): boolean {
    return decided.some(({ stands, verdict }) => stands && named(verdict.by) !== named(by) && !known.includes(verdict.id));
  }

  #shown({ event, view }: Matter): string {
    // How it stands to other events is not on the page of a review.
    const { relations: _, decided, ...shown } = view;
    return JSON.stringify([event.id, event.reports, shown, decided.filter((each) => !this.has(each.verdict))]);
  }
}

/** What tells people apart, as the server has it. */
function named(name: string): string {
  return name.toLowerCase().trim().split(/\s+/).join(" ");
}
