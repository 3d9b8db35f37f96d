/** Light or dark: as the system says, unless the person chose. */
import { kept, keep } from "./kept";

export type Theme = "auto" | "light" | "dark";
const KEY = "theme";
const NEXT: Record<Theme, Theme> = { auto: "light", light: "dark", dark: "auto" };

class ThemeChoice {
  chosen = $state<Theme>(read());

  /** Go on to the next choice: as the system, light, dark. */
  turn(): void {
    this.chosen = NEXT[this.chosen];
    keep(KEY, this.chosen);
    this.apply();
  }

  apply(): void {
    document.documentElement.style.colorScheme = this.chosen === "auto" ? "" : this.chosen;
  }

  /** True where dark colours are shown now. */
  get dark(): boolean {
    if (this.chosen !== "auto") return this.chosen === "dark";
    return window.matchMedia("(prefers-color-scheme: dark)").matches;
  }
}

function read(): Theme {
  const found = kept<Theme>(KEY, "auto");
  return found in NEXT ? found : "auto";
}

export const theme = new ThemeChoice();
