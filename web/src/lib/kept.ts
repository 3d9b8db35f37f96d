/** What this browser keeps for the person: choices, saved views, keys. Nothing of it goes to the server. */
const PREFIX = "dateline.";

/** The value kept under `name`, or `otherwise` where there is none or it cannot be read. */
export function kept<T>(name: string, otherwise: T): T {
  try {
    const text = window.localStorage.getItem(PREFIX + name);
    return text === null ? otherwise : (JSON.parse(text) as T);
  } catch {
    return otherwise;
  }
}

/** Keep `value`; false where the browser does not allow it. */
export function keep(name: string, value: unknown): boolean {
  try {
    window.localStorage.setItem(PREFIX + name, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}
