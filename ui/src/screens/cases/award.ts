// The short way to an award: nothing in its way, nothing to give a reason for, so nothing to ask. Undo stands beside it.
import { desk } from "$/lib/desk";
import { ask } from "$/state/asking.svelte";
import { fail } from "$/state/notices.svelte";
import { tellDone } from "$/state/undoing.svelte";
import { pounds } from "$/words/money";

export async function awardNow(id: string, reference: string): Promise<void> {
  try {
    const preview = await desk.decisionPreview("award", [{ id, amount: null }]);
    const one = preview.cases[0];
    if (!one || one.blocked || one.needs_reason.length > 0) {
      ask({ what: "decide", outcome: "award", ids: [id] });
      return;
    }
    const done = await desk.decide({
      outcome: "award",
      cases: [{ id, amount: one.amount, accepted: [] }],
      reasons: [],
      feedback: "",
      note: "",
    });
    if (done.refused.length > 0) ask({ what: "decide", outcome: "award", ids: [id] });
    else
      tellDone(
        `${pounds(one.amount)} awarded to ${one.business}, ${reference}. The letter is ready to be made.`,
        done.entry,
      );
  } catch (thrown) {
    fail(thrown);
  }
}
