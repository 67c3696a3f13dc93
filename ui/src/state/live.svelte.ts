// A question to the desk that is asked again when what it depends on changes: its inputs, or the register.
import { untrack } from "svelte";
import type { Problem } from "$/lib/contract";
import { asProblem, onChanged } from "$/lib/desk";

let version = $state(0);
let pending = false;

/** Anything that was written makes every open question be asked again, once per turn however many tables it touched. */
export function registerChanged(): void {
  if (pending) return;
  pending = true;
  queueMicrotask(() => {
    pending = false;
    version += 1;
  });
}
onChanged(registerChanged);

/** Read in an effect: runs again after each change of the register. */
export function afterEachChange(): number {
  return version;
}

export type Live<T> = {
  readonly value: T | undefined;
  readonly problem: Problem | null;
  readonly asking: boolean;
  put(value: T): void;
};

/**
 * Keeps the last answer while the next is on its way, so that nothing flickers, and drops answers that come too late.
 * `ask` may return null where there is nothing to ask.
 */
export function live<T>(ask: () => Promise<T> | null): Live<T> {
  let value = $state.raw<T>();
  let problem = $state.raw<Problem | null>(null);
  let asking = $state(false);
  let latest = 0;
  $effect(() => {
    afterEachChange();
    const answer = ask();
    latest += 1;
    const mine = latest;
    if (!answer) {
      value = undefined;
      return;
    }
    untrack(() => (asking = true));
    answer.then(
      (fresh) => {
        if (mine !== latest) return;
        value = fresh;
        problem = null;
        asking = false;
      },
      (thrown: unknown) => {
        if (mine !== latest) return;
        problem = asProblem(thrown);
        asking = false;
      },
    );
  });
  return {
    get value() {
      return value;
    },
    get problem() {
      return problem;
    },
    get asking() {
      return asking;
    },
    /** An answer that came back from a command of the same noun. */
    put(fresh) {
      latest += 1;
      value = fresh;
      asking = false;
    },
  };
}
