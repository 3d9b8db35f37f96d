/** The middle of an outline, where a country's name stands. */

/** Area in square degrees and centre of gravity of a ring. */
export function middleOf(ring: readonly (readonly [number, number])[]): { area: number; point: [number, number] } {
  let [twice, x, y] = [0, 0, 0];
  ring.forEach(([x1, y1], at) => {
    const [x2, y2] = ring[(at + 1) % ring.length]!;
    const cross = x1 * y2 - x2 * y1;
    twice += cross;
    x += (x1 + x2) * cross;
    y += (y1 + y2) * cross;
  });
  if (twice === 0) return { area: 0, point: [...(ring[0] ?? [0, 0])] as [number, number] };
  return { area: Math.abs(twice / 2), point: [x / (3 * twice), y / (3 * twice)] };
}
