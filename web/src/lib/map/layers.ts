/** What the map draws, bottom to top. Colours are read from app.css, so that the map follows light and dark. */
import type { LayerSpecification, StyleSpecification } from "maplibre-gl";
import { colourOf } from "../colours";
import type { Basemap } from "./basemap";

const EMPTY = { type: "FeatureCollection" as const, features: [] };
/** Sources that change while the map stands. */
export const CHANGING = ["points", "clusters", "looked"] as const;
/** Layers that answer to a press, in the order in which they are asked. */
export const PRESSED = ["marks", "clusters"] as const;

// A radius in kilometres doubles in pixels with every zoom; `px` is what it takes at zoom 0.
const MOST_ZOOM = 22;
const grown = (property: string): unknown => [
  "interpolate", ["exponential", 2], ["zoom"], 0, ["get", property], MOST_ZOOM, ["*", ["get", property], 2 ** MOST_ZOOM],
];

// Square degrees at zoom 0 from which on a country's name has room; set by looking.
const NAMED_FROM = 250;

/** The whole style, in the colours of now. */
export function styleOf(base: Basemap): StyleSpecification {
  return {
    version: 8,
    transition: { duration: 0, delay: 0 },
    sources: {
      countries: { type: "geojson", data: base.countries, tolerance: 0.3 },
      names: { type: "geojson", data: base.names },
      ...Object.fromEntries(CHANGING.map((name) => [name, { type: "geojson", data: EMPTY }])),
    },
    layers: layers(),
  };
}

function layers(): LayerSpecification[] {
  const [sea, land, frontier, quiet] = ["--sea", "--land", "--frontier", "--quiet"].map(colourOf) as [string, string, string, string];
  const [accent, onAccent, card, warn] = ["--accent", "--on-accent", "--card", "--warn"].map(colourOf) as [string, string, string, string];
  return [
    { id: "sea", type: "background", paint: { "background-color": sea } },
    { id: "land", type: "fill", source: "countries", paint: { "fill-color": land, "fill-antialias": false } },
    { id: "frontiers", type: "line", source: "countries", paint: { "line-color": frontier, "line-width": ["interpolate", ["linear"], ["zoom"], 1, 0.6, 8, 1.6] } },
    {
      id: "names",
      type: "symbol",
      source: "names",
      // A name is shown once its country is wide enough for it.
      filter: [">", ["*", ["get", "size"], ["^", 4, ["zoom"]]], NAMED_FROM],
      layout: {
        "text-field": ["get", "name"],
        "text-font": ["sans-serif"],
        "text-size": ["interpolate", ["linear"], ["zoom"], 1, 10, 6, 14],
        "text-letter-spacing": 0.12,
        "text-max-width": 7,
        "symbol-sort-key": ["-", ["get", "size"]],
        "text-padding": 6,
      },
      paint: { "text-color": quiet, "text-halo-color": land, "text-halo-width": 1.2 },
    },
    {
      id: "reach",
      type: "circle",
      source: "points",
      filter: [">", ["get", "px"], 0],
      paint: { "circle-radius": grown("px") as never, "circle-color": accent, "circle-opacity": 0.05, "circle-stroke-color": accent, "circle-stroke-opacity": 0.35, "circle-stroke-width": 1 },
    },
    {
      id: "looked-reach",
      type: "circle",
      source: "looked",
      filter: [">", ["get", "px"], 0],
      paint: { "circle-radius": grown("px") as never, "circle-color": warn, "circle-opacity": 0.12, "circle-stroke-color": warn, "circle-stroke-width": 1.5 },
    },
    {
      id: "clusters",
      type: "circle",
      source: "clusters",
      // A small one is not hidden by a large one beside it.
      layout: { "circle-sort-key": ["-", ["get", "size"]] },
      paint: {
        "circle-radius": ["get", "size"],
        "circle-color": accent,
        "circle-opacity": 0.88,
        "circle-stroke-color": card,
        "circle-stroke-width": ["case", ["get", "same_place"], 3, 1.5],
      },
    },
    {
      id: "cluster-counts",
      type: "symbol",
      source: "clusters",
      layout: { "text-field": ["get", "words"], "text-font": ["sans-serif"], "text-size": 12, "text-allow-overlap": true, "text-ignore-placement": true },
      paint: { "text-color": onAccent },
    },
    {
      id: "marks",
      type: "symbol",
      source: "points",
      layout: { "icon-image": ["get", "mark"], "icon-allow-overlap": true, "icon-ignore-placement": true },
    },
    {
      id: "looked-ring",
      type: "circle",
      source: "looked",
      paint: { "circle-radius": 14, "circle-color": "rgba(0,0,0,0)", "circle-stroke-color": warn, "circle-stroke-width": 3 },
    },
  ];
}
