/** Stretches of the map in degrees; west lies east of east where a box crosses the date line. */
import type { MapView } from "../types";

export interface Box {
  west: number;
  south: number;
  east: number;
  north: number;
}

const NORTHMOST = 85;

/** The box with its sides within -180..180, as the API takes it; the whole world where it is that wide. */
export function wrapped({ west, south, east, north }: Box): Box {
  const flat = { south: Math.max(south, -90), north: Math.min(north, 90) };
  if (east - west >= 360) return { west: -180, east: 180, ...flat };
  return { west: turned(west), east: turned(east), ...flat };
}

function turned(degrees: number): number {
  const within = ((((degrees + 180) % 360) + 360) % 360) - 180;
  return within === -180 && degrees > 0 ? 180 : within;
}

/** The box as the API takes it: "west,south,east,north", to about a hundred metres. */
export function boxText(box: Box): string {
  return [box.west, box.south, box.east, box.north].map((side) => String(Number(side.toFixed(3)))).join(",");
}

/** The box around all that a map view holds; none where it holds nothing. */
export function boxAround(view: MapView): Box | undefined {
  const spots = [
    ...view.points.map((point) => ({ west: point.longitude, east: point.longitude, south: point.latitude, north: point.latitude })),
    ...view.clusters,
  ];
  if (spots.length === 0) return undefined;
  const box = spots.reduce(
    (sum, spot) => ({
      west: Math.min(sum.west, spot.west),
      south: Math.min(sum.south, spot.south),
      east: Math.max(sum.east, spot.east),
      north: Math.max(sum.north, spot.north),
    }),
    { west: 180, south: 90, east: -180, north: -90 },
  );
  return { ...box, south: Math.max(box.south, -NORTHMOST), north: Math.min(box.north, NORTHMOST) };
}

/** Pixels that `km` take at zoom 0 at a latitude, on a map whose world is then 512 pixels wide. */
export function pixelsAtZero(km: number, latitude: number): number {
  return (km * 512) / (40_075.017 * Math.max(Math.cos((latitude * Math.PI) / 180), 0.01));
}
