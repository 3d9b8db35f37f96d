/** How far the record is, as the server tells it while the page is open. */
import { API } from "./api";
import type { News } from "./types";

class Watch {
  news = $state.raw<News>();
  /** Counts the times that the events have changed since the page was loaded. */
  changes = $state(0);
  #stream: EventSource | undefined;
  #linked = -1;

  /** Listen from now on; the browser comes back by itself where the connection breaks. */
  listen(): void {
    if (this.#stream) return;
    this.#stream = new EventSource(`${API}/stream`);
    this.#stream.onmessage = (event: MessageEvent<string>) => this.#hear(JSON.parse(event.data) as News);
  }

  #hear(news: News): void {
    this.news = news;
    if (!news.linked || news.revision === this.#linked) return;
    if (this.#linked >= 0) this.changes += 1;
    this.#linked = news.revision;
  }
}

export const watch = new Watch();
