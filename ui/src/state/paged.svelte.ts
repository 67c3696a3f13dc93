// A list of any length, read page by page as it comes into view. Old rows stay until their successors are here.
import { tick, untrack } from "svelte";
import type { Problem } from "$/lib/contract";
import { asProblem } from "$/lib/desk";
import { afterEachChange } from "./live.svelte";

// What a tall window shows; a key press in a search waits for it.
const PAGE = 64;

type Answer = { rows: unknown[]; total: number };
type RowOf<Whole extends Answer> = Whole["rows"][number];
export type Paged<Whole extends Answer> = {
  readonly total: number;
  readonly known: boolean;
  readonly problem: Problem | null;
  /** The last answer, for sums that come with a page. */
  readonly answer: Whole | undefined;
  row(at: number): RowOf<Whole> | undefined;
  need(from: number, to: number): void;
  loaded(): RowOf<Whole>[];
  indexOf(find: (row: RowOf<Whole>) => boolean): number;
  /** When the rows are those of what is asked now, not of what was asked before. */
  settled(): Promise<void>;
};

/** `ask` is called anew when anything it reads changes; what it returns fetches one page. */
export function paged<Whole extends Answer>(
  ask: () => (offset: number, limit: number) => Promise<Whole>,
): Paged<Whole> {
  type Row = RowOf<Whole>;
  let pages = $state.raw<Map<number, Row[]>>(new Map());
  let total = $state(0);
  let known = $state(false);
  let answer = $state.raw<Whole>();
  let problem = $state.raw<Problem | null>(null);
  let fetch: ((offset: number, limit: number) => Promise<Whole>) | null = null;
  let turn = 0;
  let coming: Promise<void> = Promise.resolve();
  let asked = new Map<number, Promise<void>>();
  let fresh = new Map<number, Row[]>();
  let view: [number, number] = [0, PAGE];

  function load(page: number): Promise<void> {
    const begun = asked.get(page);
    if (!fetch || begun) return begun ?? Promise.resolve();
    const mine = turn;
    const read = fetch(page * PAGE, PAGE).then(
      (got) => {
        if (mine !== turn) return;
        fresh.set(page, got.rows);
        pages = new Map(fresh);
        total = got.total;
        answer = got;
        known = true;
        problem = null;
        // What is in view may stand on more than one page.
        needed();
      },
      (thrown: unknown) => {
        if (mine !== turn) return;
        asked.delete(page);
        known = true;
        problem = asProblem(thrown);
      },
    );
    asked.set(page, read);
    return read;
  }

  function needed(): void {
    const [from, to] = view;
    const last = Math.floor(Math.min(Math.max(from, to - 1), Math.max(0, total - 1)) / PAGE);
    for (let page = Math.floor(from / PAGE); page <= last; page += 1) void load(page);
  }

  $effect(() => {
    afterEachChange();
    fetch = ask();
    untrack(() => {
      turn += 1;
      asked = new Map();
      fresh = new Map();
      coming = load(Math.floor(Math.min(view[0], Math.max(0, total - 1)) / PAGE));
    });
  });

  return {
    get total() {
      return total;
    },
    get known() {
      return known;
    },
    get problem() {
      return problem;
    },
    get answer() {
      return answer;
    },
    row: (at) => pages.get(Math.floor(at / PAGE))?.[at % PAGE],
    need(from, to) {
      view = [from, to];
      untrack(needed);
    },
    loaded: () => [...pages.values()].flat(),
    indexOf(find) {
      for (const [page, rows] of pages) {
        const at = rows.findIndex(find);
        if (at >= 0) return page * PAGE + at;
      }
      return -1;
    },
    async settled() {
      // What was just typed is asked with the next update.
      await tick();
      for (let waited; waited !== coming;) {
        waited = coming;
        await waited;
      }
      // The page that was looked at before may lie beyond the first.
      if (!problem) await load(0);
      await tick();
    },
  };
}
