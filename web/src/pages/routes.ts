import type { Component } from "svelte";
import Missing from "./Missing.svelte";
import Overview from "./Overview.svelte";

interface Route {
  pattern: RegExp;
  page: Component<any>;
}

const ROUTES: Route[] = [{ pattern: /^\/$/, page: Overview }];

/** The page for a path, with what the path names ("id"). */
export function pageFor(path: string): { page: Component<any>; parameters: Record<string, string> } {
  for (const { pattern, page } of ROUTES) {
    const found = pattern.exec(path);
    if (found) return { page, parameters: { ...found.groups } };
  }
  return { page: Missing, parameters: {} };
}
