/** Which page an address shows. Pages are loaded when they are gone to. */
import type { Component } from "svelte";

type Loaded = { default: Component<any> };

interface Place {
  /** The address that the navigation leads to. */
  path: string;
  words: string;
  /** The addresses that belong to it. */
  owns: RegExp;
}

interface Route {
  pattern: RegExp;
  words: string;
  load: () => Promise<Loaded>;
}

/** The pages of the navigation, in its order. */
export const PLACES: Place[] = [
  { path: "/", words: "Overview", owns: /^\/$/ },
  { path: "/explore", words: "Explore", owns: /^\/(explore|event|article)(\/|$)/ },
  { path: "/warnings", words: "Warnings", owns: /^\/(warnings|surges)$/ },
  { path: "/review", words: "Review", owns: /^\/review(\/|$)/ },
  { path: "/add", words: "Add", owns: /^\/add$/ },
];

const ROUTES: Route[] = [
  { pattern: /^\/$/, words: "Overview", load: () => import("./overview/Overview.svelte") },
  { pattern: /^\/add$/, words: "Add", load: () => import("./add/Add.svelte") },
  { pattern: /^\/explore$/, words: "Explore", load: () => import("./explore/Explore.svelte") },
  { pattern: /^\/warnings$/, words: "Warnings", load: () => import("./told/Warnings.svelte") },
  { pattern: /^\/surges$/, words: "Surges", load: () => import("./told/Surges.svelte") },
  { pattern: /^\/event\/(?<id>[^/]+)$/, words: "Event", load: () => import("./record/Event.svelte") },
  { pattern: /^\/article\/(?<id>[^/]+)$/, words: "Article", load: () => import("./record/Article.svelte") },
  { pattern: /^\/review$/, words: "Review", load: () => import("./review/Review.svelte") },
];
const MISSING = { words: "No such page", load: (): Promise<Loaded> => import("./Missing.svelte") };

/** The page for a path, with what the path names ("id"); `key` changes where a page has to be made anew. */
export function routeFor(path: string): {
  key: string;
  words: string;
  load: () => Promise<Loaded>;
  parameters: Record<string, string>;
} {
  for (const { pattern, words, load } of ROUTES) {
    const found = pattern.exec(path);
    if (found) return { key: path, words, load, parameters: { ...found.groups } };
  }
  return { key: path, ...MISSING, parameters: {} };
}
