/** Countries and their names, out of the atlas that is bundled: nothing is asked of any other host. */
import type { Feature, FeatureCollection, MultiPolygon, Point, Polygon, Position } from "geojson";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import atlas from "virtual:atlas";
import { middleOf, unleaped } from "./middle";

type Outline = Polygon | MultiPolygon;
type Named = { name: string };

export interface Basemap {
  countries: FeatureCollection<Outline, Named>;
  /** A point within each country for its name, and its size in square degrees. */
  names: FeatureCollection<Point, Named & { size: number }>;
}

let loading: Promise<Basemap> | undefined;

/** Load the basemap once. */
export function basemap(): Promise<Basemap> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function load(): Promise<Basemap> {
  const answer = await fetch(atlas);
  if (!answer.ok) throw new Error("The outlines of countries could not be loaded. Load the page again.");
  const topology = (await answer.json()) as Topology<{ countries: GeometryCollection<Named> }>;
  const countries = feature(topology, topology.objects.countries) as FeatureCollection<Outline, Named>;
  for (const { geometry } of countries.features) {
    if (geometry.type === "Polygon") geometry.coordinates = geometry.coordinates.map(flat);
    else geometry.coordinates = geometry.coordinates.map((part) => part.map(flat));
  }
  return { countries, names: { type: "FeatureCollection", features: countries.features.map(named) } };
}

function flat(ring: Position[]): Position[] {
  return unleaped(ring as [number, number][]);
}

function named(country: Feature<Outline, Named>): Feature<Point, Named & { size: number }> {
  const { geometry } = country;
  const rings = geometry.type === "Polygon" ? [geometry.coordinates[0]] : geometry.coordinates.map((part) => part[0]);
  let best: { area: number; point: [number, number] } = { area: -1, point: [0, 0] };
  for (const ring of rings) {
    const found = middleOf((ring ?? []) as [number, number][]);
    if (found.area > best.area) best = found;
  }
  return {
    type: "Feature",
    properties: { name: country.properties.name, size: best.area },
    geometry: { type: "Point", coordinates: best.point },
  };
}
