// The views in the rail: queries with a name. Some come with the desk; an officer's own are kept in the register.
import type { View } from "$/lib/contract";
import { desk } from "$/lib/desk";
import { live, type Live } from "./live.svelte";

const DESK_VIEWS = [
  { name: "To decide", text: "kind:voucher stage:submitted,checked,assessed" },
  { name: "Offers near expiry", text: "stage:offered due:<14d" },
  { name: "Claims to check", text: "stage:claimed" },
  { name: "Owed a letter", text: "owed:letter" },
];

let own: Live<View[]> | undefined = $state.raw();

export const views = {
  get all(): { name: string; text: string; id?: string }[] {
    return [...DESK_VIEWS, ...(own?.value ?? [])];
  },
  /** Keeps the officer's own fresh. Called once, by the rail. */
  watch(): void {
    own = live(() => desk.views());
  },
};
