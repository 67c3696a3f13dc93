import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [svelte()],
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
