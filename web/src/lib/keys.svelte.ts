/** The keys of the workbench: pages bind actions, people may give them other keys, `?` lists them. */
import { untrack } from "svelte";
import { kept, keep } from "./kept";

export interface Action {
  /** Names the action for good, such as "list.next"; keys that a person chose are kept under it. */
  id: string;
  /** Keys as `KeyboardEvent.key` gives them, "Ctrl+k" with a modifier. */
  keys: string[];
  words: string;
  run: (event: KeyboardEvent) => void;
  /** Also within a field that takes text. */
  everywhere?: boolean;
}

export interface Group {
  title: string;
  actions: Action[];
}

const KEY = "keys";

/** The name of the key pressed, as actions write it. */
export function nameOf(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">): string {
  const key = event.key === " " ? "Space" : event.key;
  const held = [event.ctrlKey || event.metaKey ? "Ctrl+" : "", event.altKey ? "Alt+" : ""].join("");
  return held + (held && key.length === 1 ? key.toLowerCase() : key);
}

/** How a key is shown to people. */
export function shown(key: string): string {
  const arrows: Record<string, string> = { ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→" };
  return arrows[key] ?? key;
}

function takesText(target: EventTarget | null): boolean {
  // The field of a dialog that has just closed keeps the focus until the page is drawn again.
  if (!(target instanceof HTMLElement) || !target.checkVisibility()) return false;
  if (target.isContentEditable || target.closest("textarea, select")) return true;
  return target instanceof HTMLInputElement && !["checkbox", "radio", "button", "range", "file"].includes(target.type);
}

class Keys {
  groups = $state<Group[]>([]);
  #chosen = $state<Record<string, string[]>>(kept(KEY, {}));

  constructor() {
    window.addEventListener("keydown", (event) => this.#press(event));
  }

  /** Bind the actions of a part of the page; call what is returned when it goes. Later groups go first. */
  bind(title: string, actions: Action[]): () => void {
    const group = { title, actions };
    // Effects bind: they depend on what they bind, not on what is bound beside it.
    untrack(() => (this.groups = [...this.groups, group]));
    return () => {
      this.groups = this.groups.filter((each) => each.actions !== actions);
    };
  }

  /** The keys of an action: the person's own where there are some. */
  of(action: Action): string[] {
    return this.#chosen[action.id] ?? action.keys;
  }

  /** Give an action other keys; none puts back its own. */
  choose(id: string, keys: string[] | null): void {
    const { [id]: _, ...rest } = this.#chosen;
    this.#chosen = keys ? { ...rest, [id]: keys } : rest;
    keep(KEY, this.#chosen);
  }

  /** True where the person gave the action other keys than its own. */
  changed(id: string): boolean {
    return id in this.#chosen;
  }

  /** The other action that answers to `key` now, if any. */
  holder(key: string, but: string): Action | undefined {
    return this.groups.flatMap((group) => group.actions).find((each) => each.id !== but && this.of(each).includes(key));
  }

  #press(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
    const key = nameOf(event);
    const typing = takesText(event.target);
    for (const group of [...this.groups].reverse()) {
      const action = group.actions.find((each) => (!typing || each.everywhere) && this.of(each).includes(key));
      if (!action) continue;
      event.preventDefault();
      action.run(event);
      return;
    }
  }
}

export const keys = new Keys();
