// What can be done here, each thing defined once. Menus, the palette, buttons, bulk bars and keys all read it.

import { untrack } from "svelte";

export type Action = {
  id: string;
  /** The words on its button; an ellipsis where a question follows. */
  label: string;
  /** "N", "Ctrl+K", "Ctrl+Shift+Z"; one letter works where nothing is being typed. */
  keys?: string;
  group: string;
  /** Why it cannot be done now, in words; then it is shown but not done. */
  why?: string | null;
  run: () => void;
};

let groups = $state.raw<{ at: number; actions: () => Action[] }[]>([]);
let next = 0;

/** Offers actions while the component that calls it is on screen. Later ones win a key from earlier ones. */
export function offer(actions: () => Action[]): void {
  $effect(() => {
    next += 1;
    const mine = { at: next, actions };
    untrack(() => (groups = [mine, ...groups]));
    return () => {
      groups = groups.filter((other) => other !== mine);
    };
  });
}

export function offered(): Action[] {
  const seen = new Set<string>();
  return groups.flatMap((group) => group.actions()).filter((action) => !seen.has(action.id) && seen.add(action.id));
}

export function action(id: string): Action | undefined {
  return offered().find((one) => one.id === id);
}

function written(event: KeyboardEvent): string {
  const name = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const held = `${event.ctrlKey || event.metaKey ? "Ctrl+" : ""}${event.altKey ? "Alt+" : ""}`;
  // Shift is said for letters and named keys; in signs such as "?" it is already in the key.
  const shift = event.shiftKey && (name.length > 1 || /[A-Z]/.test(name)) ? "Shift+" : "";
  return `${held}${shift}${name}`;
}

export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** Answers a key press; a question that is open keeps the keys to itself. */
export function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  if (document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]')) return;
  const pressed = written(event);
  const plain = !pressed.includes("Ctrl+") && !pressed.includes("Alt+") && !/^F\d/.test(pressed);
  const typing = isTyping(event.target);
  // In a field, letters are letters and Ctrl+Z takes back typing.
  if (typing && (plain || /^Ctrl\+(Shift\+)?[ZAY]$/.test(pressed))) return;
  const found = offered().find((one) => one.keys === pressed);
  if (!found) return;
  event.preventDefault();
  if (!found.why) found.run();
}
