import { mount } from "svelte";
import App from "./App.svelte";
import "./app.css";
import { theme } from "./lib/theme.svelte";

/** Put the workbench into `body`, whatever the server had rendered there. */
export function run(body: HTMLElement): void {
  theme.apply();
  body.replaceChildren();
  mount(App, { target: body });
}
