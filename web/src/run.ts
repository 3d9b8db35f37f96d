import { flushSync, mount } from "svelte";
import App from "./App.svelte";
import "./app.css";
import { theme } from "./lib/theme.svelte";
import { routeFor } from "./pages/routes";

/** Load the page that the address names, so that it stands there as soon as the server's own page goes. */
export async function ready(): Promise<void> {
  await routeFor(window.location.pathname).load();
}

/** Put the workbench into `body`, whatever the server had rendered there. */
export function run(body: HTMLElement): void {
  theme.apply();
  body.replaceChildren();
  mount(App, { target: body });
  // Keys are bound by effects: from here on they answer.
  flushSync();
  document.documentElement.dataset.workbench = "ready";
}
