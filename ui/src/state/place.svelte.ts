// Where the officer is. It stands in the address after "#", so that Back works and a journey can name a place.

export const SCREENS = [
  "today",
  "cases",
  "organisations",
  "people",
  "letters",
  "money",
  "settings",
  "import",
  "batch",
] as const;
export type Screen = (typeof SCREENS)[number];
export type Place = { screen: Screen; id: string | null };

function read(): Place {
  const [screen = "", id = ""] = location.hash.replace(/^#\/?/, "").split("/");
  const known = SCREENS.find((name) => name === screen);
  return known ? { screen: known, id: id ? decodeURIComponent(id) : null } : { screen: "today", id: null };
}

let here = $state.raw<Place>(read());
// The record that was open on each screen, to come back to. A place in a list would not do: lists move under it.
const left: Partial<Record<Screen, string>> = {};

export const place = {
  get screen() {
    return here.screen;
  },
  get id() {
    return here.id;
  },
};

/** Goes to a screen, or to a record on it. Moving along a list replaces the step, so that Back leaves the list. */
export function go(screen: Screen, id: string | null = null): void {
  const hash = `#/${screen}${id ? `/${encodeURIComponent(id)}` : ""}`;
  if (location.hash === hash) return;
  if (here.id) left[here.screen] = here.id;
  if (here.screen === screen) history.replaceState(null, "", hash);
  else history.pushState(null, "", hash);
  here = { screen, id };
}

/** The record that was open when the officer left this screen. */
export function leftAt(screen: Screen): string | null {
  return left[screen] ?? null;
}

/** The list asks something else now: its first record is as good as any. */
export function forgetLeft(screen: Screen): void {
  delete left[screen];
}

addEventListener("popstate", () => (here = read()));
addEventListener("hashchange", () => (here = read()));
