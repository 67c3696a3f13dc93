import { fireEvent, render, screen } from "@testing-library/svelte";
import { createRawSnippet } from "svelte";
import { describe, expect, it, vi } from "vitest";
import VirtualTable from "$/parts/VirtualTable.svelte";

type Row = { id: string };
const rows: Row[] = Array.from({ length: 100_000 }, (_, at) => ({ id: `case ${at}` }));
const cell = createRawSnippet<[Row, string]>((row) => ({ render: () => `<span>${row().id}</span>` }));

function table(more: Record<string, unknown> = {}) {
  const hear = { onmove: vi.fn(), onopen: vi.fn(), onchoose: vi.fn(), onsort: vi.fn() };
  render(VirtualTable, {
    props: {
      label: "Cases",
      columns: [{ id: "reference", label: "Case", width: "1fr", sort: "reference" }],
      total: rows.length,
      row: (at: number) => rows[at],
      idOf: (row: Row) => row.id,
      cell,
      current: 5,
      selected: new Set<string>(),
      ...hear,
      ...more,
    } as never,
  });
  return { grid: screen.getByRole("grid", { name: "Cases" }), ...hear };
}

describe("a long list", () => {
  it("draws only what is in view and says how long it is", () => {
    const { grid } = table();
    expect(grid.getAttribute("aria-rowcount")).toBe("100001");
    expect(screen.getAllByRole("row").length).toBeLessThan(60);
    expect(grid.getAttribute("aria-activedescendant")).toBe(screen.getByText("case 5").closest('[role="row"]')?.id);
  });
  it.each([
    ["ArrowDown", 6],
    ["ArrowUp", 4],
    ["Home", 0],
    ["End", 99_999],
  ])("goes with %s to row %i", async (key, to) => {
    const { grid, onmove } = table();
    await fireEvent.keyDown(grid, { key });
    expect(onmove).toHaveBeenCalledWith(to, rows[to as number]);
  });
  it("goes a page with PgDn", async () => {
    const { grid, onmove } = table();
    await fireEvent.keyDown(grid, { key: "PageDown" });
    expect(onmove.mock.calls[0]?.[0]).toBeGreaterThan(6);
  });
  it("stays where it is when the current row has left the list", async () => {
    const { grid, onmove } = table({ lost: true });
    await fireEvent.keyDown(grid, { key: "ArrowDown" });
    expect(onmove).toHaveBeenCalledWith(5, rows[5]);
  });
  it("ticks with Space, a range with Shift, all with Ctrl+A, and opens with Enter", async () => {
    const { grid, onchoose, onopen } = table();
    await fireEvent.keyDown(grid, { key: " " });
    expect(onchoose).toHaveBeenLastCalledWith({ what: "toggle", at: 5 });
    await fireEvent.keyDown(grid, { key: "ArrowDown", shiftKey: true });
    expect(onchoose).toHaveBeenLastCalledWith({ what: "range", from: 5, to: 6 });
    await fireEvent.keyDown(grid, { key: "a", ctrlKey: true });
    expect(onchoose).toHaveBeenLastCalledWith({ what: "all" });
    await fireEvent.keyDown(grid, { key: "Enter" });
    expect(onopen).toHaveBeenCalledWith(5, rows[5]);
  });
  it("sorts by its headings", async () => {
    const { onsort } = table({ sort: "reference" });
    await fireEvent.click(screen.getByRole("button", { name: /Case/ }));
    expect(onsort).toHaveBeenCalledWith("reference", true);
  });
});
