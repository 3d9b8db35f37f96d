/** One person's review: the queue, where they are in it, and what they say. Answers do not wait for the server. */
import { get, Problem, send } from "../../lib/api";
import { keep, kept } from "../../lib/kept";
import { toasts } from "../../lib/toasts.svelte";
import { nextOpen, settles, type Draft, type Kept, type Matter, type Now, type Queued, type Role } from "./queue";

const QUEUED = 200;
const DRAFT = "review.draft";

interface Said {
  draft: Draft;
  role: Role;
  about: string | null;
  /** The ETag of what the person saw. */
  match: string | null;
  title: string;
  /** The event at hand, and its reports as the person saw them: what is said is of these, whatever becomes of it. */
  event: string;
  reports: string[];
}

/** What somebody else has decided meanwhile on what was just judged. */
export interface Conflict {
  said: Said;
  now: Now[];
  words: string;
}

export class Reviewing {
  items = $state.raw<Queued[]>([]);
  at = $state(0);
  /** What was said of events in this sitting, by their ids. */
  decided = $state<Record<string, string>>({});
  waiting = $state(true);
  problem = $state.raw<Problem>();
  matter = $state.raw<Matter>();
  matterProblem = $state.raw<Problem>();
  conflict = $state.raw<Conflict>();
  judged = $state(0);
  #seen = new Map<string, Promise<Matter>>();
  #sending: Promise<unknown> = Promise.resolve();

  constructor(
    readonly by: string,
    readonly role: Role,
    readonly query: URLSearchParams,
  ) {}

  get current(): Queued | undefined {
    return this.items[this.at];
  }

  get left(): number {
    return this.items.filter((item) => !(item.event.id in this.decided)).length;
  }

  /** Get the queue; the person stays at the event that they look at, where it is still in it. */
  async load(): Promise<void> {
    const query = new URLSearchParams(this.query);
    query.set("by", this.by);
    query.set("role", this.role);
    query.set("limit", String(QUEUED));
    this.waiting = true;
    try {
      const { items } = await get<{ items: Queued[] }>(`/review/queue?${query}`);
      // They may have gone on while the queue was got.
      const here = this.current?.event.id;
      this.items = items;
      this.#seen.clear();
      const again = items.findIndex((item) => item.event.id === here);
      this.at = again >= 0 ? again : Math.min(this.at, Math.max(items.length - 1, 0));
      this.problem = undefined;
      this.show();
    } catch (error) {
      this.problem = asProblem(error);
    }
    this.waiting = false;
  }

  go(to: number): void {
    if (!this.items[to]) return;
    this.at = to;
    this.show();
  }

  step(by: 1 | -1): void {
    this.go(this.at + by);
  }

  skip(): void {
    this.go(nextOpen(this.items.map((item, index) => index !== this.at && !(item.event.id in this.decided)), this.at));
  }

  /** Show the event at hand, and get the next one ready. */
  show(): void {
    const item = this.current;
    this.matterProblem = undefined;
    if (!item) {
      this.matter = undefined;
      return;
    }
    if (this.matter?.event.id !== item.event.id) this.matter = undefined;
    this.#matter(item).then(
      (found) => {
        if (this.current === item) this.matter = found;
      },
      (error: unknown) => {
        this.#seen.delete(item.event.id);
        if (this.current === item) this.matterProblem = asProblem(error);
      },
    );
    const next = this.items[nextOpen(this.items.map((each) => !(each.event.id in this.decided)), this.at)];
    if (next && next !== item) void this.#matter(next).catch(() => this.#seen.delete(next.event.id));
  }

  /** The record has changed: what is shown is got anew. */
  refresh(): void {
    this.#seen.clear();
    void this.load();
  }

  #matter(item: Queued): Promise<Matter> {
    const known = this.#seen.get(item.event.id);
    if (known) return known;
    const asked = this.role === "reader" ? get<Matter>(`/events/${item.event.id}`) : get<Matter>(this.#again(item));
    this.#seen.set(item.event.id, asked);
    return asked;
  }

  #again(item: Queued): string {
    return `/review/matters/${item.about ?? ""}?${new URLSearchParams({ by: this.by, role: this.role })}`;
  }

  /** The ids that a verdict on the whole event at hand is about. */
  get ids(): string[] {
    if (this.role === "reader") return this.current ? [this.current.event.id] : [];
    return this.matter?.event.reports ?? [];
  }

  /** Say something of the event at hand: it shows at once, and comes back where the server does not take it. */
  judge(draft: Draft): Promise<boolean> {
    const item = this.current;
    if (!item) return Promise.resolve(false);
    const seen = this.matter?.event.id === item.event.id ? this.matter : undefined;
    const said: Said = {
      draft,
      role: this.role,
      about: item.about,
      match: this.role === "reader" ? (seen?.etag ?? item.tag) : null,
      title: item.event.label,
      event: item.event.id,
      reports: seen?.event.reports ?? [],
    };
    if (settles(draft)) {
      this.decided = { ...this.decided, [item.event.id]: draft.reason ? `${draft.kind}: ${draft.reason}` : draft.kind };
      this.skip();
    }
    return this.#send(said);
  }

  /** Save after all what somebody else's verdict came between, whatever else has come meanwhile. */
  saveAgain(conflict: Conflict): Promise<boolean> {
    this.conflict = undefined;
    const { draft, event, reports } = conflict.said;
    const ids = draft.ids.flatMap((id) => (id === event && reports.length ? reports : [id]));
    return this.#send({ ...conflict.said, match: null, draft: { ...draft, ids } });
  }

  /** What a session that ended, or a page that was closed, kept from being saved. */
  unsaved(): Said | null {
    return kept<Said | null>(DRAFT, null);
  }

  drop(): void {
    keep(DRAFT, null);
  }

  saveUnsaved(said: Said): Promise<boolean> {
    return this.#send(said);
  }

  #send(said: Said): Promise<boolean> {
    // One after another, in the order in which they were said.
    const sent = this.#sending.then(() => this.#write(said));
    this.#sending = sent;
    return sent;
  }

  async #write(said: Said): Promise<boolean> {
    keep(DRAFT, said);
    const body = { ...said.draft, by: this.by, role: said.role, ...(said.about ? { about: said.about } : {}) };
    try {
      const told = await send<Kept>("POST", "/verdicts", body, { match: await this.#match(said) });
      this.judged += 1;
      this.drop();
      this.#retag(told.tags);
      toasts.say(`Kept: ${told.words}`, { action: { words: "Undo", run: () => void this.undo() } });
      if (!settles(said.draft)) this.#anew(said.event);
      return true;
    } catch (error) {
      this.#back(said.event);
      const problem = asProblem(error);
      if (problem.status === 412) {
        this.drop();
        this.conflict = { said, now: (problem.now as Now[] | null) ?? [], words: problem.message };
      } else if (problem.status !== 401) {
        if (problem.status !== 0 && problem.status < 500) this.drop();
        toasts.problem(new Error(`Not kept (${said.draft.kind}, ${said.title}): ${problem.message}`));
      }
      return false;
    }
  }

  /** The ETags of all events that a verdict is about: of one at hand as it was seen, of others as they are. */
  async #match(said: Said): Promise<string | null> {
    const others = said.draft.ids.filter((id) => id.startsWith("evt_") && id !== said.event);
    if (!said.match || others.length === 0) return said.match;
    const found = await Promise.all(others.map((id) => get<Matter>(`/events/${id}`)));
    return [said.match, ...found.map((each) => each.etag)].join(", ");
  }

  /** Take the person's own latest verdict back, or back again. */
  async undo(way: "undo" | "redo" = "undo"): Promise<void> {
    await this.#sending;
    try {
      const told = await send<Kept>("POST", `/verdicts/${way}`, { by: this.by, role: this.role });
      this.#retag(told.tags);
      toasts.say(way === "undo" ? `Taken back: ${told.words}` : `Holds again: ${told.words}`);
      for (const id of told.events) this.#back(id);
      const to = this.items.findIndex((item) => told.events.includes(item.event.id));
      if (to >= 0) this.go(to);
      this.#anew(this.current?.event.id ?? "");
    } catch (error) {
      toasts.problem(error);
    }
  }

  #back(event: string): void {
    const { [event]: _, ...rest } = this.decided;
    this.decided = rest;
  }

  #retag(tags: Record<string, string>): void {
    this.items = this.items.map((item) => (item.tag && tags[item.event.id] ? { ...item, tag: tags[item.event.id]! } : item));
    for (const id of Object.keys(tags)) this.#seen.delete(id);
  }

  #anew(event: string): void {
    this.#seen.delete(event);
    if (this.current?.event.id === event) this.show();
  }
}

function asProblem(error: unknown): Problem {
  return error instanceof Problem ? error : new Problem(0, "Unreadable", String(error));
}
