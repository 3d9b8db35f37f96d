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

type Position = [number, number];

/**
 * A ring without leaps over the date line: each point lies within half a turn of the one before, beyond 180 degrees
 * where it must. A ring that goes around a pole is closed over it, since a flat map has no other way.
 */
export function unleaped(ring: readonly Position[]): Position[] {
  const flat: Position[] = [];
  let turns = 0;
  let last: number | undefined;
  for (const [longitude, latitude] of ring) {
    if (last !== undefined && longitude - last > 180) turns -= 360;
    if (last !== undefined && longitude - last < -180) turns += 360;
    last = longitude;
    flat.push([longitude + turns, latitude]);
  }
  const [first] = flat;
  if (turns === 0 || !first) return flat;
  const pole = first[1] < 0 ? -90 : 90;
  return [...flat, [first[0] + turns, pole], [first[0], pole], first];
}
