// The register that is open, if one is.
import type { Day, DeskState } from "$/lib/contract";
import { desk } from "$/lib/desk";
import { drafts } from "./drafts";
import { fail, notices } from "./notices.svelte";
import { afterEachChange } from "./live.svelte";
import { page } from "./page";

const INPUT = ["keydown", "pointerdown", "pointermove", "wheel"] as const;

let state = $state.raw<DeskState | null | undefined>(undefined);
let held = $state(false);
let wasOpen = false;

export const session = {
  /** undefined while it is not known yet, null when no register is open */
  get state() {
    return state;
  },
  get held() {
    return held;
  },
  /** Whether a register was open since the window was opened. */
  get wasOpen() {
    return wasOpen;
  },
  /** The desk's day, which every screen takes from here. */
  get today() {
    return state?.today ?? new Date().toISOString().slice(0, 10);
  },
  get canWrite() {
    return !!state && !state.read_only && !state.as_of;
  },
  /** Why nothing can be changed, in words; null when it can. */
  get why() {
    if (state?.as_of) return "You look at the past. Go back to today to change something.";
    return state?.read_only ? "Somebody else has the register open; you can read." : null;
  },
};

/** Keeps the window at its start while something is shown there that is shown only once. */
export function holdStart(fresh: boolean): void {
  held = fresh;
}

export function opened(fresh: DeskState | null): void {
  if (page.leaving) return;
  if (fresh) drafts.belongTo(`${fresh.folder} ${fresh.officer}`);
  else if (state && !drafts.keep() && !held && !notices.problem) {
    state = undefined;
    page.leave();
    return;
  }
  wasOpen ||= !!fresh;
  state = fresh;
}

export async function lock(): Promise<void> {
  try {
    await desk.lock();
    opened(null);
  } catch (thrown) {
    fail(thrown);
    // A register that was closed without a backup is closed all the same.
    opened(await desk.deskState().catch(() => null));
  }
}

/** Shows the register as it stood on the evening of a day, or without one, as it stands. */
export async function lookBack(day: Day | null): Promise<void> {
  state = await desk.lookBack(day);
}

/** Tells the shell that somebody is there, at most every few seconds. Called once, by the window. */
export function watchInput(): void {
  let told = 0;
  const seen = () => {
    if (!state || Date.now() - told < 5_000) return;
    told = Date.now();
    void desk.somebodyIsThere();
  };
  $effect(() => {
    for (const kind of INPUT) addEventListener(kind, seen, { capture: true, passive: true });
    return () => {
      for (const kind of INPUT) removeEventListener(kind, seen, { capture: true });
    };
  });
}

/** Keeps counts, undo and backup times fresh. Called once, by the window. */
export function watchDesk(): void {
  $effect(() => {
    afterEachChange();
    desk.deskState().then(opened, (thrown: unknown) => {
      if (state === undefined) state = null;
      fail(thrown);
    });
  });
}
