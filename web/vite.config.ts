import { readdirSync, readFileSync } from "node:fs";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { quantize, transform } from "topojson-client";
import { defineConfig, type Plugin } from "vite";

// Outlines of countries at 1:50 million, to about a kilometre: finer than they were drawn would only cost room.
const ATLAS = "node_modules/world-atlas/countries-50m.json";
const STEPS = 3.2e4;

function coarser(topology: any): unknown {
  const plain = transform(topology.transform);
  const arcs = topology.arcs.map((arc: [number, number][]) => arc.map((step, at) => plain(step, at)));
  return quantize({ type: "Topology", arcs, objects: { countries: topology.objects.countries }, bbox: topology.bbox }, STEPS);
}

/** Gives `virtual:atlas`, the address of the outlines, without what the map does not use of them. */
function atlas(): Plugin {
  const name = "virtual:atlas";
  let serving = false;
  return {
    name: "atlas",
    configResolved: (config) => void (serving = config.command === "serve"),
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load(id) {
      if (id !== `\0${name}`) return undefined;
      if (serving) return `export { default } from "/${ATLAS}?url";`;
      const source = JSON.stringify(coarser(JSON.parse(readFileSync(new URL(ATLAS, import.meta.url), "utf8"))));
      const file = this.emitFile({ type: "asset", name: "countries.json", source });
      return `export default import.meta.ROLLUP_FILE_URL_${file};`;
    },
  };
}

// What is built into the package has licences of its own, whose texts have to go with it.
const PACKED = ["svelte", "maplibre-gl", "topojson-client", "world-atlas"];

/** Writes licences.txt beside the built files. */
function licences(): Plugin {
  return {
    name: "licences",
    generateBundle() {
      const texts = PACKED.map((name) => {
        const folder = new URL(`node_modules/${name}/`, import.meta.url);
        const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
        if (!file) throw new Error(`${name} has no licence`);
        return `${name}\n\n${readFileSync(new URL(file, folder), "utf8").trim()}\n`;
      });
      this.emitFile({ type: "asset", fileName: "licences.txt", source: texts.join("\n\n") });
    },
  };
}

// The server serves the built files under /static and reads the manifest to find them. Nothing is inlined as
// a data: address, and no style is set by script at load: the content policy of the server allows neither.
export default defineConfig({
  plugins: [svelte(), atlas(), licences()],
  base: "/static/",
  build: {
    outDir: "../src/dateline/web/static",
    emptyOutDir: true,
    manifest: true,
    assetsInlineLimit: 0,
    // Browsers that know light-dark() themselves: what it is lowered to for older ones would not follow the choice
    // of the person.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    // MapLibre is one large file, got where a map is shown; scripts/frontend.py holds the sum of all.
    chunkSizeWarningLimit: 1200,
    rollupOptions: { input: "src/main.ts" },
  },
  server: { proxy: { "/api": "http://127.0.0.1:8210", "/pages.css": "http://127.0.0.1:8210" } },
});
