import { svelte } from "@sveltejs/vite-plugin-svelte";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** Has the desk itself fetched while the first screen is made; it is run when it is needed. */
const fetchTheDesk: Plugin = {
  name: "fetch-the-desk",
  transformIndexHtml: (_, { bundle = {} }) =>
    Object.values(bundle)
      .filter((part) => part.type === "chunk" && part.name === "Shell")
      .map(({ fileName }) => ({
        tag: "link",
        attrs: { rel: "modulepreload", href: `./${fileName}` },
        injectTo: "head",
      })),
};

export default defineConfig({
  plugins: [svelte(), fetchTheDesk],
  // The window loads files of the app only; a relative base also serves the plain browser.
  base: "./",
  clearScreen: false,
  server: { port: 5173, strictPort: true },
  build: {
    target: "safari16",
    // No data: addresses, so that the content policy can stay at 'self'.
    assetsInlineLimit: 0,
    // pdf.js alone is larger than the default warning.
    chunkSizeWarningLimit: 900,
  },
  resolve: {
    alias: { $: new URL("./src", import.meta.url).pathname },
    conditions: process.env.VITEST ? ["browser"] : undefined,
  },
  test: {
    environment: "jsdom",
    include: ["tests/**/*.test.ts"],
    setupFiles: ["tests/setup.ts"],
    testTimeout: 60_000,
  },
});
