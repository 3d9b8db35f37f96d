/** What the palette offers for a text: pages, an event by its id, and what the record holds. */
import type { SavedView } from "./saved.svelte";
import type { SearchResult } from "./types";
import { addressOf } from "./query";

export interface Command {
  kind: "page" | "view" | "event" | "article" | "place" | "actor" | "search";
  words: string;
  note?: string;
  address: string;
}

const EVENT_ID = /^evt_[a-z0-9]{2,}$/;

function holds(words: string, text: string): boolean {
  return words.toLowerCase().includes(text.toLowerCase());
}

/** Commands for `text`; `found` is what the record gave for it, if it has answered. */
export function commandsFor(
  text: string,
  pages: { words: string; path: string }[],
  views: SavedView[],
  found: SearchResult | undefined,
): Command[] {
  const wanted = text.trim();
  const commands: Command[] = [];
  if (EVENT_ID.test(wanted)) commands.push({ kind: "event", words: `Open ${wanted}`, address: `/event/${wanted}` });
  for (const page of pages) {
    if (holds(page.words, wanted)) commands.push({ kind: "page", words: page.words, address: page.path });
  }
  for (const view of views) {
    if (holds(view.name, wanted)) commands.push({ kind: "view", words: view.name, note: "saved view", address: view.address });
  }
  if (!wanted) return commands;
  commands.push({ kind: "search", words: `Search the texts for “${wanted}”`, address: addressOf({ search: wanted }) });
  for (const event of found?.events ?? []) {
    const note = [event.when.words, event.where?.words].filter(Boolean).join(" · ");
    commands.push({ kind: "event", words: event.label, note, address: `/event/${event.id}` });
  }
  for (const article of found?.articles ?? []) {
    const note = [article.outlet, article.published].filter(Boolean).join(", ");
    commands.push({ kind: "article", words: article.title, note, address: `/article/${article.id}` });
  }
  for (const place of found?.places ?? []) {
    commands.push({ kind: "place", words: place.label, address: addressOf({ where: [place.value] }) });
  }
  for (const actor of found?.actors ?? []) {
    commands.push({ kind: "actor", words: actor.label, address: addressOf({ actor: actor.value }) });
  }
  return commands;
}
