// Undo and redo, by name. Where other changes rest on it, the officer is shown them before.
import type { UndoPlan } from "$/lib/contract";
import { desk } from "$/lib/desk";
import { fail, tell } from "./notices.svelte";
import { count } from "$/words/counts";

let asked = $state.raw<UndoPlan | null>(null);

export const undoing = {
  /** A plan that needs the officer's word. */
  get asked() {
    return asked;
  },
  close() {
    asked = null;
  },
};

/** Undoes an entry of the journal; null is the last thing done. */
export async function undo(entry: number | null = null): Promise<void> {
  try {
    const plan = await desk.undoPlan(entry);
    if (!plan) tell("There is nothing to undo.");
    else if (plan.refused || plan.also.length > 0 || plan.withdraws.length > 0) asked = plan;
    else await carryOut(plan);
  } catch (thrown) {
    fail(thrown);
  }
}

export async function carryOut(plan: UndoPlan): Promise<void> {
  asked = null;
  try {
    const done = await desk.undo(plan.entry);
    const rest = done.count > 1 ? ` and ${count(done.count - 1, "later change")}` : "";
    tell(`Undone: ${done.label}${rest}.`, { label: "Redo", run: () => void redo() });
  } catch (thrown) {
    fail(thrown);
  }
}

export async function redo(): Promise<void> {
  try {
    const done = await desk.redo();
    if (done) tell(`Done again: ${done.label}.`, { label: "Undo", run: () => void undo() });
    else tell("There is nothing to do again.");
  } catch (thrown) {
    fail(thrown);
  }
}

/** Says what was done, with Undo beside it. */
export function tellDone(text: string, entry: number | null = null): void {
  tell(text, { label: "Undo", run: () => void undo(entry) });
}
