/** Something got from the API: the last good answer stays while the next one is on its way. */
import { get, Problem } from "./api";

export class Resource<T> {
  value = $state.raw<T>();
  problem = $state.raw<Problem>();
  waiting = $state(false);
  #path = "";
  #asking: AbortController | undefined;
  #timer = 0;

  /** Ask for `path`; what was asked before and has not come yet is given up. `after` waits that many ms. */
  load(path: string, { after = 0 }: { after?: number } = {}): void {
    this.#path = path;
    this.stop();
    this.waiting = true;
    if (after > 0) this.#timer = window.setTimeout(() => void this.#ask(), after);
    else void this.#ask();
  }

  /** Ask again for the same. */
  again(): void {
    this.load(this.#path);
  }

  /** Give up what is on its way. */
  stop(): void {
    window.clearTimeout(this.#timer);
    this.#asking?.abort();
    this.waiting = false;
  }

  async #ask(): Promise<void> {
    const asking = new AbortController();
    this.#asking = asking;
    try {
      const value = await get<T>(this.#path, asking.signal);
      if (asking.signal.aborted) return;
      this.value = value;
      this.problem = undefined;
    } catch (error) {
      if (asking.signal.aborted) return;
      this.problem = error instanceof Problem ? error : new Problem(0, "Unreadable", String(error));
    }
    this.waiting = false;
  }
}
