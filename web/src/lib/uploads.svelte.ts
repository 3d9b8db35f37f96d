/** Files on their way to the server, and the jobs that they become there. */
import { API, get, Problem, send, token } from "./api";
import type { Given } from "./dropped";
import { toasts } from "./toasts.svelte";
import type { Job } from "./types";

const OVER = ["done", "stopped", "failed"];

export interface Sending {
  files: number;
  bytes: number;
  sent: number;
}

/** What is said of all files of an upload, where they do not say it themselves. */
export interface Said {
  published: string;
  outlet: string;
}

class Uploads {
  jobs = $state.raw<Job[]>([]);
  known = $state(false);
  problem = $state.raw<Problem>();
  sending = $state<Sending | null>(null);
  #request: XMLHttpRequest | undefined;
  #streams = new Map<string, EventSource>();

  /** Get the jobs, also those that were begun before the page was loaded, and follow what still runs. */
  async look(): Promise<void> {
    try {
      const { items } = await get<{ items: Job[] }>("/jobs");
      this.jobs = items;
      this.problem = undefined;
      for (const job of items) this.#follow(job);
    } catch (error) {
      this.problem = error as Problem;
    }
    this.known = true;
  }

  /** Send files to be added. */
  async take(given: Given[], said: Partial<Said> = {}): Promise<void> {
    if (given.length === 0) return toasts.say("Nothing was dropped that can be read.", { kind: "problem" });
    if (this.sending) return toasts.say("Wait until the files before these are sent.", { kind: "problem" });
    const form = new FormData();
    // What is said of the files goes first: the server reads the form as it comes.
    for (const [name, value] of Object.entries(said)) if (value) form.append(name, value);
    for (const { file, path } of given) form.append("files", file, path);
    this.sending = { files: given.length, bytes: given.reduce((sum, { file }) => sum + file.size, 0), sent: 0 };
    try {
      const { job } = await this.#post(form);
      this.#put(job);
      this.#follow(job);
    } catch (error) {
      if (error) toasts.problem(error);
    }
    this.sending = null;
  }

  /** Give up what is being sent. */
  abort(): void {
    this.#request?.abort();
  }

  async stop(job: Job): Promise<void> {
    try {
      this.#put(await send<Job>("DELETE", `/jobs/${job.id}`));
    } catch (error) {
      toasts.problem(error);
    }
  }

  isOver(job: Job): boolean {
    return OVER.includes(job.state);
  }

  /** `fetch` does not say how much is sent; the older way does. */
  #post(form: FormData): Promise<{ job: Job }> {
    return new Promise((done, failed) => {
      const request = (this.#request = new XMLHttpRequest());
      request.responseType = "json";
      request.upload.onprogress = (event) => {
        if (this.sending) this.sending.sent = event.loaded;
      };
      request.onload = () => {
        if (request.status < 300) return done(request.response as { job: Job });
        const told = request.response as { title?: string; detail?: string } | null;
        failed(new Problem(request.status, told?.title ?? "", told?.detail ?? "The files were not taken."));
      };
      request.onerror = () => failed(new Problem(0, "No answer", "The files could not be sent. See whether `dateline serve` still runs, then add them again."));
      request.onabort = () => failed(undefined);
      request.open("POST", `${API}/uploads`);
      request.setRequestHeader("X-CSRF-Token", token());
      request.send(form);
    });
  }

  #put(job: Job): void {
    const others = this.jobs.filter((each) => each.id !== job.id);
    this.jobs = [job, ...others].sort((one, other) => other.begun.localeCompare(one.begun));
  }

  #follow(job: Job): void {
    if (this.isOver(job) || this.#streams.has(job.id)) return;
    const stream = new EventSource(`${API}/jobs/${job.id}/progress`);
    this.#streams.set(job.id, stream);
    stream.onmessage = (event: MessageEvent<string>) => {
      const now = JSON.parse(event.data) as Job;
      this.#put(now);
      if (!this.isOver(now)) return;
      stream.close();
      this.#streams.delete(now.id);
      toasts.say(now.words, { kind: now.state === "done" ? "done" : "problem" });
    };
  }
}

export const uploads = new Uploads();
