// The list's question and what is ticked in it. Kept while other screens are looked at, so that the list keeps its place.
import type { CaseSort } from "$/lib/contract";
import { drafts } from "$/state/drafts";
import { forgetLeft, go } from "$/state/place.svelte";

export const caseList = $state({
  text: "",
  sort: "due" as CaseSort,
  descending: false,
  /** Where in the list the officer is; it outlives the row that stood there. */
  at: -1,
});

let ticked = $state.raw<ReadonlySet<string>>(new Set());
export const selection = {
  get ids() {
    return ticked;
  },
  set(ids: Iterable<string>) {
    ticked = new Set(ids);
  },
  toggle(id: string) {
    const fresh = new Set(ticked);
    if (!fresh.delete(id)) fresh.add(id);
    ticked = fresh;
  },
  clear() {
    ticked = new Set();
  },
};

function ask(text: string): void {
  caseList.text = text;
  caseList.at = -1;
  selection.clear();
}
drafts.own({ any: () => caseList.text !== "" || ticked.size > 0, drop: () => ask("") });

/** Opens the list with this question, from a view, a figure or a finding. */
export function openCases(text: string): void {
  const fresh = caseList.text !== text;
  if (fresh) ask(text);
  go("cases");
  if (fresh) forgetLeft("cases");
}
