import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

// The server serves the built files under /static and reads the manifest to find them. Nothing is inlined as
// a data: address, and no style is set by script at load: the content policy of the server allows neither.
export default defineConfig({
  plugins: [svelte()],
  base: "/static/",
  build: {
    outDir: "../src/dateline/web/static",
    emptyOutDir: true,
    manifest: true,
    assetsInlineLimit: 0,
    rollupOptions: { input: "src/main.ts" },
  },
  server: { proxy: { "/api": "http://127.0.0.1:8210", "/pages.css": "http://127.0.0.1:8210" } },
});
