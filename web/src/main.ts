import { mount } from "svelte";
import App from "./App.svelte";
import "./app.css";

// The server has rendered the page already; the front end takes its place.
const target = document.getElementById("app");
if (target) {
  target.replaceChildren();
  mount(App, { target });
}
