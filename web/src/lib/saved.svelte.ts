/** Views that the person named: addresses kept in this browser. */
import { kept, keep } from "./kept";

export interface SavedView {
  name: string;
  address: string;
}

const KEY = "views";

class SavedViews {
  views = $state<SavedView[]>(kept(KEY, []));

  /** Keep `address` under `name`, in place of what had that name; false where the browser keeps nothing. */
  save(name: string, address: string): boolean {
    const others = this.views.filter((view) => view.name !== name);
    return this.#put([...others, { name, address }].sort((a, b) => a.name.localeCompare(b.name)));
  }

  remove(name: string): boolean {
    return this.#put(this.views.filter((view) => view.name !== name));
  }

  #put(views: SavedView[]): boolean {
    this.views = views;
    return keep(KEY, views);
  }
}

export const saved = new SavedViews();
