/** Requests to the API; an error is the server's own problem with its helpful sentence. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    detail: string,
  ) {
    super(detail);
  }
}

const API = "/api/v1";

async function checked(answer: Response): Promise<Response> {
  if (answer.ok) return answer;
  const told = await answer.json().catch(() => null);
  throw new Problem(answer.status, told?.title ?? answer.statusText, told?.detail ?? "The server gave no reason.");
}

/** Get JSON from `path` (below /api/v1). */
export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  const answer = await checked(await fetch(API + path, { signal, headers: { Accept: "application/json" } }));
  return (await answer.json()) as T;
}
