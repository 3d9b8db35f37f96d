import { take } from "./given";

/** Requests to the API; an error is the server's own problem with its helpful sentence. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    detail: string,
    /** What the record holds now, where the person saw an older state of it. */
    readonly now: unknown = null,
  ) {
    super(detail);
  }
}

export const API = "/api/v1";
const CSRF_COOKIE = "dateline_csrf";
const SILENT = "The server does not answer. See whether `dateline serve` still runs, then try again.";

async function ask(path: string, init: RequestInit): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(API + path, init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new Problem(0, "No answer", SILENT);
  }
  if (answer.ok) return answer;
  if (answer.status === 401) signIn();
  const told = await answer.json().catch(() => null);
  throw new Problem(answer.status, told?.title ?? answer.statusText, told?.detail ?? "The server gave no reason.", told?.now);
}

/** Whoever has to sign in does so on the server's own page, and comes back. */
function signIn(): void {
  const { pathname, search } = window.location;
  window.location.assign(`/sign-in?${new URLSearchParams({ next: pathname + search })}`);
}

/** Get JSON from `path` (below /api/v1). */
export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await got<T>(path, signal)).value;
}

/** Get JSON with its ETag, which a write of what was seen gives back. */
export async function got<T>(path: string, signal?: AbortSignal): Promise<{ value: T; tag: string | null }> {
  const given = take<T>(path);
  if (given !== undefined) return { value: given, tag: (given as { etag?: string }).etag ?? null };
  const answer = await ask(path, { signal: signal ?? null, headers: { Accept: "application/json" } });
  return { value: (await answer.json()) as T, tag: answer.headers.get("ETag") };
}

/** Write: send JSON or a form to `path`. `match` is the ETag of what the person saw. */
export async function send<T>(
  method: "POST" | "DELETE",
  path: string,
  body?: unknown,
  { match, signal }: { match?: string | null; signal?: AbortSignal } = {},
): Promise<T> {
  const headers: Record<string, string> = { Accept: "application/json", "X-CSRF-Token": token() };
  const form = body instanceof FormData;
  if (body !== undefined && !form) headers["Content-Type"] = "application/json";
  if (match) headers["If-Match"] = match;
  const sent = body === undefined ? null : form ? body : JSON.stringify(body);
  const answer = await ask(path, { method, headers, body: sent, signal: signal ?? null });
  return (answer.status === 204 ? undefined : await answer.json()) as T;
}

/** The token against forged requests, which the server gave this browser in a cookie. */
export function token(): string {
  const pair = document.cookie.split("; ").find((each) => each.startsWith(`${CSRF_COOKIE}=`));
  return decodeURIComponent(pair?.slice(CSRF_COOKIE.length + 1) ?? "");
}

/** `path` with `query` behind it, where there is one. */
export function withQuery(path: string, query: URLSearchParams): string {
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}
