// What was typed, asked and ticked when the desk locked, for the same officer to find again on the page that follows.
import type { Values } from "$/lib/contract";

/** What a screen holds itself while others are looked at. */
type Own<T> = { name: string; held(): T; again(held: T): void; drop(): void };
type Waiting = { owner: string; forms: Record<string, Values>; owns: Record<string, unknown> };

/** The web view holds it in memory, for this window alone, until the new page takes it. */
const STORE = "voucher-desk.waiting";

let typing: Record<string, Values> = {};
let waiting = handedOver();
let owner = "";
const owns: Own<unknown>[] = [];

function handedOver(): Waiting | null {
  const text = sessionStorage.getItem(STORE);
  sessionStorage.removeItem(STORE);
  return text ? (JSON.parse(text) as Waiting) : null;
}

function giveBack(own: Own<unknown>): void {
  if (waiting?.owner !== owner || !(own.name in waiting.owns)) return;
  own.again(waiting.owns[own.name]);
  delete waiting.owns[own.name];
}

export const drafts = {
  /** A form tells what stands in it; null when it is saved or closed. */
  typed(form: string, values: Values | null): void {
    if (values) typing[form] = values;
    else delete typing[form];
  },
  /** A screen tells what it holds itself. It may come after the officer for whom it waits. */
  own<T>(own: Own<T>): void {
    owns.push(own);
    giveBack(own);
  },
  /** The desk locked: what stands in open forms and screens now is kept. */
  keep(): void {
    const forms = { ...waiting?.forms, ...typing };
    waiting = { owner, forms, owns: Object.fromEntries(owns.map((own) => [own.name, own.held()])) };
    typing = {};
  },
  /** Gives what is kept to the page that follows. Answers whether it could: there is not room for 100,000 ticks. */
  handOver(): boolean {
    try {
      sessionStorage.setItem(STORE, JSON.stringify(waiting));
      return true;
    } catch {
      return false;
    }
  },
  /** What was kept for a form, once. */
  take(form: string): Values | null {
    const values = waiting?.forms[form] ?? null;
    delete waiting?.forms[form];
    return values;
  },
  /** Who sits here now; somebody else does not see what the one before typed. */
  belongTo(fresh: string): void {
    if (waiting?.owner !== fresh) waiting = null;
    if (owner && owner !== fresh) {
      typing = {};
      for (const own of owns) own.drop();
    }
    owner = fresh;
    owns.forEach(giveBack);
  },
};
