/** One person's review: the queue, where they are in it, and what they say. Answers do not wait for the server. */
import { get, Problem, send } from "../../lib/api";
import { keep, kept } from "../../lib/kept";
import { toasts } from "../../lib/toasts.svelte";
import { Own } from "./own";
import { following, inWords, nextOpen, settles } from "./queue";
import type { Changed, Conflict, Draft, Kept, Looked, Matter, Now, Queued, Role, Said } from "./queue";

const QUEUED = 200;
const DRAFT = "review.draft";
/** A key that is pressed so soon after the event at hand is shown otherwise was meant for what stood there before. */
const UNSEEN_MS = 1000;
/** How often a verdict is sent anew where the event was made anew and shows the same. */
const TRIES = 3;
const OWN = "Your own verdicts have changed this";

export class Reviewing {
  items = $state.raw<Queued[]>([]);
  at = $state(0);
  /** What was said of events in this sitting, by their ids. */
  decided = $state<Record<string, string>>({});
  waiting = $state(true);
  problem = $state.raw<Problem>();
  matter = $state.raw<Matter>();
  matterProblem = $state.raw<Problem>();
  conflicts = $state.raw<Conflict[]>([]);
  /** What has changed under the person's eyes, by the ids of events. */
  changed = $state.raw<Record<string, Changed>>({});
  judged = $state(0);
  #own = new Own();
  /** What stood there before the event at hand was shown otherwise, and when that was. */
  #before: { matter: Matter; at: number } | undefined;
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
      // What they look at stays until they go on, also where it has left the queue under their eyes.
      this.items = following(
        this.items,
        items,
        ({ event }) => (event.id === here && !(event.id in this.decided)) || this.#unsaved(event.id).length > 0,
      );
      this.#seen.clear();
      const again = this.items.findIndex((item) => item.event.id === here);
      this.at = again >= 0 ? again : Math.min(this.at, Math.max(this.items.length - 1, 0));
      this.problem = undefined;
      this.show();
    } catch (error) {
      this.problem = asProblem(error);
    }
    this.waiting = false;
  }

  go(to: number): void {
    if (!this.items[to]) return;
    const left = this.current?.event.id;
    if (left) this.#settle(left);
    this.#before = undefined;
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
        if (this.current !== item) return;
        if (this.role === "reader" && found.event.id !== item.event.id) {
          this.matter = undefined;
          this.matterProblem = new Problem(410, "Gone", found.trace_words ?? "It is part of another event by now.");
        } else this.#put(found);
      },
      (error: unknown) => {
        this.#seen.delete(item.event.id);
        if (this.current === item) this.matterProblem = asProblem(error);
      },
    );
    const next = this.items[nextOpen(this.items.map((each) => !(each.event.id in this.decided)), this.at)];
    if (next && next !== item) void this.#matter(next).catch(() => this.#seen.delete(next.event.id));
  }

  /** Put an event in the place of what was shown of it, and say so where that looks otherwise. */
  #put(found: Matter): void {
    const before = this.matter;
    this.matter = found;
    if (!before || before === found || this.#own.same(before, found)) return;
    const id = found.event.id;
    this.#before = { matter: this.#meant(id) ?? before, at: performance.now() };
    const own = this.#own.alone(before, found) && this.changed[id]?.own !== false;
    this.changed = { ...this.changed, [id]: { own, said: this.#unsaved(id) } };
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

  /** What is at hand, as the person has seen it. */
  get looked(): Looked | undefined {
    const item = this.current;
    return item && { item, matter: this.#meant(item.event.id) ?? this.of(item) };
  }

  /** What stood there of an event that was shown otherwise just now. */
  #meant(event: string): Matter | undefined {
    const before = this.#before;
    return before?.matter.event.id === event && performance.now() - before.at < UNSEEN_MS ? before.matter : undefined;
  }

  /** What is shown of an event, where it is at hand. */
  of(item: Queued): Matter | undefined {
    if (this.current?.event.id !== item.event.id) return undefined;
    return this.role !== "reader" || this.matter?.event.id === item.event.id ? this.matter : undefined;
  }

  /** The ids that a verdict on a whole event is about. */
  ids({ item, matter }: Looked): string[] {
    return this.role === "reader" ? [item.event.id] : (matter?.event.reports ?? []);
  }

  /** Say something of an event: it shows at once, and comes back where the server does not take it. */
  judge(draft: Draft, looked: Looked): Promise<boolean> {
    const { item, matter } = looked;
    const said: Said = {
      draft,
      role: this.role,
      about: item.about,
      match: this.role === "reader" ? (matter?.etag ?? item.tag) : null,
      title: item.event.label,
      event: item.event.id,
      reports: matter?.event.reports ?? [],
      known: matter?.view.decided.map((each) => each.verdict) ?? [],
    };
    if (settles(draft)) {
      this.decided = { ...this.decided, [item.event.id]: draft.reason ? `${draft.kind}: ${draft.reason}` : draft.kind };
      if (this.current?.event.id === item.event.id) this.skip();
    }
    return this.#send(said, matter);
  }

  /** Save what was said of the event at hand before the person's own verdicts changed it: now they see it as it is. */
  saveChanged(said: Said): Promise<boolean> {
    const item = this.current;
    const matter = item && this.of(item);
    if (item?.event.id !== said.event || !matter) return Promise.resolve(false);
    this.#resolve(said);
    return this.judge(said.draft, { item, matter });
  }

  /** Let go of what was said of an event before it changed. */
  leaveChanged(said: Said): void {
    this.#resolve(said);
    this.drop();
  }

  /** Save after all what somebody else's verdict came between, whatever else has come meanwhile. */
  saveAgain(conflict: Conflict): Promise<boolean> {
    this.#answered(conflict);
    const { draft, event, reports } = conflict.said;
    const ids = draft.ids.flatMap((id) => (id === event && reports.length ? reports : [id]));
    return this.#send({ ...conflict.said, match: null, draft: { ...draft, ids } });
  }

  /** What a session that ended, or a page that was closed, kept from being saved. */
  unsaved(): Said | null {
    return kept<Said | null>(DRAFT, null);
  }

  drop(): void {
    keep(DRAFT, Object.values(this.changed).flatMap((each) => each.said)[0] ?? null);
  }

  saveUnsaved(said: Said): Promise<boolean> {
    return this.#send(said);
  }

  #send(said: Said, seen?: Matter): Promise<boolean> {
    // One after another, in the order in which they were said.
    const sent = this.#sending.then(() => this.#write(said, seen));
    this.#sending = sent;
    return sent;
  }

  async #write(said: Said, seen?: Matter, tries = TRIES): Promise<boolean> {
    keep(DRAFT, said);
    const body = { ...said.draft, by: this.by, role: said.role, ...(said.about ? { about: said.about } : {}) };
    try {
      const told = await send<Kept>("POST", "/verdicts", body, { match: await this.#match(said) });
      this.judged += 1;
      this.#resolve(said);
      this.drop();
      this.#took(told);
      toasts.say(`Kept: ${told.words}`, { action: { words: "Undo", run: () => void this.undo() } });
      if (!settles(said.draft)) this.#anew(said.event);
      return true;
    } catch (error) {
      const problem = asProblem(error);
      if (problem.status === 412) return this.#stale(said, seen, problem, tries);
      this.#back(said.event);
      if (problem.status !== 401) {
        if (problem.status !== 0 && problem.status < 500) this.drop();
        toasts.problem(new Error(`Not kept (${said.draft.kind}, ${said.title}): ${problem.message}`));
      }
      return false;
    }
  }

  /** What was said is of an event that was made anew: ask, unless it shows what the person saw. */
  async #stale(said: Said, seen: Matter | undefined, problem: Problem, tries: number): Promise<boolean> {
    const found = await get<Matter>(`/events/${said.event}`).catch(() => undefined);
    if (tries > 1 && seen && found?.etag && this.#own.same(seen, found)) {
      return this.#write({ ...said, match: found.etag }, seen, tries - 1);
    }
    this.#back(said.event);
    const own = seen !== undefined && found !== undefined && this.#own.alone(seen, found);
    if (own && found.event.id === said.event && this.#queued(said.event) >= 0) {
      this.#return(said, found);
      return false;
    }
    const now = (problem.now as Now[] | null) ?? [];
    const others = this.#own.joined(this.by, said.known ?? [], now.flatMap((each) => each.decided));
    const title = others ? "Somebody was here meanwhile" : own ? OWN : "It has changed meanwhile";
    this.conflicts = [...this.conflicts, { said, now, words: problem.message, title }];
    return false;
  }

  /** Give back what was said of an event that the person's own verdicts have changed. */
  #return(said: Said, found: Matter): void {
    this.changed = { ...this.changed, [said.event]: { own: true, said: [...this.#unsaved(said.event), said] } };
    this.drop();
    if (this.current?.event.id === said.event) this.#put(found);
    else {
      toasts.say(`Your own verdicts have changed an event since you looked at it. Not saved: ${inWords(said.draft)}, ${said.title}.`, {
        kind: "problem",
        action: { words: "Look at it", run: () => this.look(said.event) },
      });
    }
    this.refresh();
  }

  #queued(event: string): number {
    return this.items.findIndex((item) => item.event.id === event);
  }

  /** Go to an event that is in the queue. */
  look(event: string): void {
    this.go(this.#queued(event));
  }

  /** Let go of what was said, and look at what its event is now. */
  leave(conflict: Conflict): void {
    this.#answered(conflict);
    this.drop();
    this.#seen.delete(conflict.said.event);
    this.look(conflict.said.event);
    this.refresh();
  }

  #answered(conflict: Conflict): void {
    this.conflicts = this.conflicts.filter((each) => each !== conflict);
  }

  #unsaved(event: string): Said[] {
    return this.changed[event]?.said ?? [];
  }

  /** What was said is saved, or let go of; also what was said to the same question before. */
  #resolve({ event, draft }: Said): void {
    const question = (said: Draft): string => (settles(said) ? "event" : `${said.kind} ${said.field ?? ""}`);
    this.#settle(event, this.#unsaved(event).filter((each) => question(each.draft) !== question(draft)));
  }

  /** An event is seen as it is now; what was said of it before and not saved stays. */
  #settle(event: string, said = this.#unsaved(event)): void {
    const { [event]: changed, ...rest } = this.changed;
    this.changed = changed && said.length ? { ...rest, [event]: { ...changed, said } } : rest;
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
      this.#took(told);
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

  #took(told: Kept): void {
    const { tags } = told;
    this.#own.add(told);
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
