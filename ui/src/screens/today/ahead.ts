// Today is asked for as soon as a register is open: the answer comes while the screen around it is being made.
import type { Today } from "$/lib/contract";
import { desk } from "$/lib/desk";

let asked: Promise<Today> | null = null;

export function askAhead(): void {
  asked = desk.today();
  // The screen that takes it says what went wrong.
  asked.catch(() => null);
}

/** What was asked ahead, once; from then on, Today as it is. */
export function today(): Promise<Today> {
  const answer = asked ?? desk.today();
  asked = null;
  return answer;
}
