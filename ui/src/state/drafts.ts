// What was typed and ticked when the desk locked itself, for the same officer to find again.
import type { Values } from "$/lib/contract";

/** What a screen holds itself while others are looked at. */
type Own = { any: () => boolean; drop: () => void };

let typing: Record<string, Values> = {};
let kept: Record<string, Values> = {};
let owner = "";
const owns: Own[] = [];

export const drafts = {
  /** A form tells what stands in it; null when it is saved or closed. */
  typed(form: string, values: Values | null): void {
    if (values) typing[form] = values;
    else delete typing[form];
  },
  /** A screen tells what it holds itself. */
  own(held: Own): void {
    owns.push(held);
  },
  /** The desk locked: what stands in open forms now is kept. Answers whether anything waits. */
  keep(): boolean {
    kept = { ...kept, ...typing };
    typing = {};
    return Object.keys(kept).length > 0 || owns.some((held) => held.any());
  },
  /** What was kept for a form, once. */
  take(form: string): Values | null {
    const values = kept[form] ?? null;
    delete kept[form];
    return values;
  },
  /** Who sits here now; somebody else does not see what the one before typed. */
  belongTo(fresh: string): void {
    if (owner && owner !== fresh) {
      typing = kept = {};
      for (const held of owns) held.drop();
    }
    owner = fresh;
  },
};
