import { flushSync } from "svelte";
import { describe, expect, it } from "vitest";
// The desk whose changes a list listens to reads it; not after the test has ended.
import "$/lib/fake/host";
import { paged } from "$/state/paged.svelte";

const TOTAL = 1_000;

/** A list of so many rows that can be asked for in two orders, and how its owner lets go of it. */
function list() {
  let descending = $state(false);
  let rows!: ReturnType<typeof paged<{ rows: number[]; total: number }>>;
  const end = $effect.root(() => {
    rows = paged(() => {
      const down = descending;
      return async (offset, limit) => ({
        rows: Array.from({ length: Math.min(limit, TOTAL - offset) }, (_, at) =>
          down ? TOTAL - 1 - offset - at : offset + at,
        ),
        total: TOTAL,
      });
    });
  });
  flushSync();
  const arrived = () => new Promise((done) => setTimeout(done));
  return { rows, end, arrived, turn: () => flushSync(() => (descending = !descending)) };
}

describe("a list read page by page", () => {
  it("shows every row in view after it was asked anew, also where two pages meet", async () => {
    const { rows, end, arrived, turn } = list();
    await arrived();
    rows.need(190, 215);
    await arrived();
    expect([rows.row(190), rows.row(214)]).toEqual([190, 214]);
    turn();
    await arrived();
    expect([rows.row(190), rows.row(214)]).toEqual([809, 785]);
    end();
  });
});
