/** The map itself: MapLibre with our layers. This module is loaded only where a map is shown. */
import type { Feature, FeatureCollection, Point as GeoPoint } from "geojson";
import { Map as MapLibre, ScaleControl, setWorkerUrl, type GeoJSONSource, type MapOptions } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import type { Cluster, MapView, Point } from "../types";
import { basemap } from "./basemap";
import { pixelsAtZero, wrapped, type Box } from "./boxes";
import "./chart.css";
import { PRESSED, styleOf } from "./layers";
import { drawMark, MARK_SCALE, markName } from "./marks";

setWorkerUrl(workerUrl);

export type Camera = [longitude: number, latitude: number, zoom: number];

export interface Spot {
  longitude: number;
  latitude: number;
  radius_km: number | null;
}

export interface Heard {
  /** The map came to rest elsewhere; `byHand` where the person moved it. */
  moved: (camera: Camera, byHand: boolean) => void;
  point: (id: string) => void;
  cluster: (cluster: Cluster) => void;
  /** Whether all that there is to draw is drawn. */
  idle: (idle: boolean) => void;
  /** What is under the pointer, or nothing. */
  over: (id: string) => void;
}

const LARGEST_ZOOM = 12;
const FIT_ZOOM = 8;
const PADDING = 48;
// Our zooms count from a world of 512 pixels, the API's from one of 256.
const API_ZOOM = 1;

export class Chart {
  #map: MapLibre;
  #clusters: Cluster[] = [];
  #view: MapView | undefined;
  #looked: Spot | undefined;

  private constructor(
    map: MapLibre,
    private readonly heard: Heard,
  ) {
    this.#map = map;
    map.addControl(new ScaleControl({ maxWidth: 110 }), "bottom-right");
    map.on("moveend", (event) => heard.moved(this.camera, "originalEvent" in event && Boolean(event.originalEvent)));
    map.setMissingStyleImageResolver((name: string) => {
      if (!map.hasImage(name)) map.addImage(name, drawMark(name), { pixelRatio: MARK_SCALE });
    });
    map.on("idle", () => heard.idle(true));
    map.on("movestart", () => heard.idle(false));
    map.on("sourcedataloading", () => heard.idle(false));
    map.on("click", (event) => this.#press(event.point));
    map.on("mousemove", (event) => {
      const [found] = map.queryRenderedFeatures(event.point, { layers: [...PRESSED] });
      map.getCanvas().style.cursor = found ? "pointer" : "";
      heard.over(found?.layer.id === "marks" ? String(found.properties.id) : "");
    });
  }

  /** Make a map in `container` that shows `where`; it is ready to be shown things when this is done. */
  static async make(container: HTMLElement, where: Camera | Box | null | undefined, heard: Heard): Promise<Chart> {
    const base = await basemap();
    const map = new MapLibre({
      container,
      style: styleOf(base),
      ...placed(where),
      validateStyle: false,
      maxZoom: LARGEST_ZOOM,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      fadeDuration: 0,
      localIdeographFontFamily: "sans-serif",
      locale: { "Map.Title": "Map of events; arrow keys move it, + and − zoom" },
    });
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
    await map.once("style.load");
    return new Chart(map, heard);
  }

  get camera(): Camera {
    const { lng, lat } = this.#map.getCenter();
    return [lng, lat, this.#map.getZoom()];
  }

  get box(): Box {
    const bounds = this.#map.getBounds();
    return wrapped({ west: bounds.getWest(), south: bounds.getSouth(), east: bounds.getEast(), north: bounds.getNorth() });
  }

  /** The zoom that the API is asked for. */
  get apiZoom(): number {
    return Math.round((this.#map.getZoom() + API_ZOOM) * 2) / 2;
  }

  /** Draw what the API gave. */
  show(view: MapView): void {
    this.heard.idle(false);
    this.#view = view;
    this.#clusters = view.clusters;
    this.#put("points", view.points.map(pointFeature));
    this.#put("clusters", view.clusters.map(clusterFeature));
  }

  /** Ring the event that is looked at, with its radius; bring it into sight. */
  look(spot: Spot | undefined): void {
    this.#looked = spot;
    this.#put("looked", spot ? [{ type: "Feature", properties: { px: reach(spot) }, geometry: at(spot) }] : []);
    if (!spot || this.#map.getBounds().contains([spot.longitude, spot.latitude])) return;
    this.#map.easeTo({ center: [spot.longitude, spot.latitude], duration: 300 });
  }

  go([longitude, latitude, zoom]: Camera): void {
    this.#map.jumpTo({ center: [longitude, latitude], zoom });
  }

  zoom(step: number): void {
    this.#map.easeTo({ zoom: this.#map.getZoom() + step, duration: 200 });
  }

  fit(box: Box, { quick = false } = {}): void {
    const maxZoom = Math.max(FIT_ZOOM, this.#map.getZoom());
    this.#map.fitBounds(sides(box), { padding: PADDING, maxZoom, duration: quick ? 0 : 400 });
  }

  /** Draw everything anew in the colours of now. */
  async recolour(): Promise<void> {
    this.#map.setStyle(styleOf(await basemap()), { diff: false });
    await this.#map.once("styledata");
    if (this.#view) this.show(this.#view);
    this.look(this.#looked);
  }

  resize(): void {
    this.#map.resize();
  }

  remove(): void {
    this.#map.remove();
  }

  #press(point: { x: number; y: number }): void {
    // Fingers are wider than the tip of a pointer.
    const box: [[number, number], [number, number]] = [[point.x - 6, point.y - 6], [point.x + 6, point.y + 6]];
    const [found] = this.#map.queryRenderedFeatures(box, { layers: [...PRESSED] });
    if (!found) return;
    if (found.layer.id === "marks") this.heard.point(String(found.properties.id));
    else {
      const cluster = this.#clusters[Number(found.properties.number)];
      if (cluster) this.heard.cluster(cluster);
    }
  }

  #put(source: string, features: Feature[]): void {
    const collection: FeatureCollection = { type: "FeatureCollection", features };
    (this.#map.getSource(source) as GeoJSONSource | undefined)?.setData(collection);
  }
}

function sides({ west, south, east, north }: Box): [number, number, number, number] {
  return [west, south, east, north];
}

function placed(where: Camera | Box | null | undefined): Partial<MapOptions> {
  if (!where) return { center: [20, 20], zoom: 1 };
  if (!Array.isArray(where)) return { bounds: sides(where), fitBoundsOptions: { padding: PADDING, maxZoom: FIT_ZOOM } };
  const [longitude, latitude, zoom] = where;
  return { center: [longitude, latitude], zoom };
}

function at(spot: { longitude: number; latitude: number }): GeoPoint {
  return { type: "Point", coordinates: [spot.longitude, spot.latitude] };
}

function reach(spot: Spot): number {
  return spot.radius_km ? pixelsAtZero(spot.radius_km, spot.latitude) : 0;
}

function pointFeature(point: Point): Feature {
  return { type: "Feature", properties: { id: point.id, mark: markName(point.family, point.group), px: reach(point) }, geometry: at(point) };
}

function clusterFeature(cluster: Cluster, index: number): Feature {
  // Circles grow with the number's length and a little with the number, and stay within a cell of the server.
  const size = Math.min(9 + 0.7 * Math.log2(cluster.count), 18);
  return {
    type: "Feature",
    properties: { number: index, words: short(cluster.count), size, same_place: cluster.same_place },
    geometry: at(cluster),
  };
}

function short(count: number): string {
  if (count < 1000) return String(count);
  if (count < 10_000) return `${(Math.floor(count / 100) / 10).toFixed(1)}k`;
  return count < 1_000_000 ? `${Math.floor(count / 1000)}k` : `${Math.floor(count / 1_000_000)}M`;
}
