// What was typed into a form that was open when the desk locked itself, for the same officer to find again.
import type { Values } from "$/lib/contract";

let typing: Record<string, Values> = {};
let kept: Record<string, Values> = {};
let owner = "";

export const drafts = {
  /** A form tells what stands in it; null when it is saved or closed. */
  typed(form: string, values: Values | null): void {
    if (values) typing[form] = values;
    else delete typing[form];
  },
  /** The desk locked: what stands in open forms now is kept. */
  keep(): void {
    kept = { ...kept, ...typing };
    typing = {};
  },
  /** What was kept for a form, once. */
  take(form: string): Values | null {
    const values = kept[form] ?? null;
    delete kept[form];
    return values;
  },
  /** Who sits here now; somebody else does not see what the one before typed. */
  belongTo(fresh: string): void {
    if (owner !== fresh) typing = kept = {};
    owner = fresh;
  },
};
