/** Words of the interface around values; the values themselves come in words from the server. */
const NUMBERS = new Intl.NumberFormat("en-GB");

/** 12,345 */
export function number(count: number): string {
  return NUMBERS.format(count);
}

/** "1 event" or "2 events". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${number(count)} ${count === 1 ? one : many}`;
}
