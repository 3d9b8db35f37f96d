/** What the server put into the page, so that the first view need not ask for it. It holds once. */
interface Given {
  path: string;
  value: unknown;
}

function read(): Given | null {
  const block = document.getElementById("given");
  if (!block) return null;
  try {
    return JSON.parse(block.textContent) as Given;
  } catch {
    return null;
  }
}

let given = read();

/** Take what the API would answer to `path`; undefined where the server gave nothing for it. */
export function take<T>(path: string): T | undefined {
  if (given?.path !== path) return undefined;
  const { value } = given;
  given = null;
  return value as T;
}
