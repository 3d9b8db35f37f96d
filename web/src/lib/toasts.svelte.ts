/** Short messages at the edge of the page, spoken by screen readers. */
export interface Toast {
  number: number;
  words: string;
  kind: "done" | "problem";
  action?: { words: string; run: () => void } | undefined;
}

const SHOWN_MS = 6000;

class Toasts {
  shown = $state<Toast[]>([]);
  #last = 0;

  /** Say `words`; a problem stays until it is closed. */
  say(words: string, { kind = "done", action }: { kind?: Toast["kind"]; action?: Toast["action"] } = {}): void {
    const number = ++this.#last;
    this.shown = [...this.shown.slice(-3), { number, words, kind, action }];
    if (kind === "done") window.setTimeout(() => this.close(number), SHOWN_MS);
  }

  /** Say what an error says. */
  problem(error: unknown): void {
    this.say(error instanceof Error ? error.message : String(error), { kind: "problem" });
  }

  close(number: number): void {
    this.shown = this.shown.filter((toast) => toast.number !== number);
  }
}

export const toasts = new Toasts();
