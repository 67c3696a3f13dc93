// The questions that any screen may open: a decision, a new record, a batch of letters.
import type { Id, Noun, Outcome, Values } from "$/lib/contract";
import { go } from "./place.svelte";

export type Asked =
  | { what: "decide"; outcome: Outcome; ids: Id[] }
  | { what: "new"; noun: Noun; start: Values }
  | { what: "letters"; ids: Id[] }
  | { what: "move"; id: Id; to: string; label: string }
  | { what: "printer" }
  | { what: "day" }
  | { what: "view"; text: string }
  | null;

let asked = $state.raw<Asked>(null);
let batch = $state.raw<{ kind: string; label: string; ids: Id[] } | null>(null);

export const asking = {
  get now() {
    return asked;
  },
  /** The letters being made. */
  get batch() {
    return batch;
  },
};

export function ask(fresh: Asked): void {
  asked = fresh;
}

export function answered(): void {
  asked = null;
}

export function makeLetters(kind: string, label: string, ids: Id[]): void {
  asked = null;
  batch = { kind, label, ids };
  go("batch");
}
