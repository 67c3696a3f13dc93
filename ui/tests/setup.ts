import { cleanup, configure } from "@testing-library/svelte";
import { afterEach, vi } from "vitest";

// A machine that does other things as well is late, not wrong.
configure({ asyncUtilTimeout: 15_000 });
afterEach(() => cleanup());

// jsdom has no layout; the widgets only need these to exist.
globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
Element.prototype.scrollIntoView ??= () => {};
globalThis.matchMedia ??= ((query: string) => ({
  matches: false,
  media: query,
  addEventListener() {},
  removeEventListener() {},
})) as unknown as typeof matchMedia;

// jsdom has one page. A new one finds the desk locked.
vi.mock("$/state/page", () => ({
  page: { leaving: false, leave: () => import("$/state/session.svelte").then(({ opened }) => opened(null)) },
}));
