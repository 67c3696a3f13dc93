import { fireEvent, render, screen } from "@testing-library/svelte";
import { expect, it } from "vitest";
import App from "$/App.svelte";
import { go } from "$/state/place.svelte";

const SOON = { timeout: 6000 };

it("Enter in the search opens the first of what is found, not of what stood there before", async () => {
  go("cases");
  render(App);
  const field = await screen.findByRole("combobox", { name: "Search in cases" }, SOON);
  const before = await screen.findByRole("article", { name: /^Case MIV-/ }, SOON);
  const first = before.getAttribute("aria-label");
  const other = screen
    .getAllByText(/^MIV-2026-\d{4}$/)
    .map((cell) => cell.textContent)
    .find((one) => !first?.includes(one ?? ""));
  // One key after the other, with no time for an answer between them.
  const typed = fireEvent.input(field, { target: { value: other } });
  await Promise.all([typed, fireEvent.keyDown(field, { key: "Enter" })]);
  await screen.findByRole("article", { name: `Case ${other}` }, SOON);
  expect(document.activeElement).toBe(screen.getByRole("grid", { name: "Cases" }));
}, 20_000);
