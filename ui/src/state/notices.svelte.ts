// What the desk tells the officer: a short line that leaves by itself, or a problem that stays until it is answered.
import type { Problem } from "$/lib/contract";
import { asProblem } from "$/lib/desk";

export type Line = { id: number; text: string; action: { label: string; run: () => void } | null };

let line = $state.raw<Line | null>(null);
let problem = $state.raw<Problem | null>(null);
let next = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

export const notices = {
  get line() {
    return line;
  },
  get problem() {
    return problem;
  },
};

/** Says what was done; the action is usually Undo. It stays long enough to be read and reached. */
export function tell(text: string, action: Line["action"] = null): void {
  next += 1;
  line = { id: next, text, action };
  holdLine(false);
}

/** Keeps the line while the pointer or the focus is on it. */
export function holdLine(held: boolean): void {
  clearTimeout(timer);
  if (!held) timer = setTimeout(closeLine, 10_000);
}

export function closeLine(): void {
  clearTimeout(timer);
  line = null;
}

export function closeProblem(): void {
  problem = null;
}

/** Shows what went wrong in the one place for it. Cancelling is an answer, not a problem. */
export function fail(thrown: unknown): void {
  const fresh = asProblem(thrown);
  if (fresh.code === "cancelled") tell(fresh.message);
  else problem = fresh;
}

/** Does something; a problem is shown. True when it went well. */
export async function attempt(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    problem = null;
    return true;
  } catch (thrown) {
    fail(thrown);
    return false;
  }
}
