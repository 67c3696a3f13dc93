// Views are queries with a name. These come with the desk; an officer's own are kept on this computer, per register.

export type View = { name: string; text: string; own?: boolean };

export const DESK_VIEWS: View[] = [
  { name: "To decide", text: "kind:voucher stage:submitted,checked,assessed" },
  { name: "Offers near expiry", text: "stage:offered due:<14d" },
  { name: "Claims to check", text: "stage:claimed" },
  { name: "Owed a letter", text: "owed:letter" },
];

const key = (folder: string) => `voucher-desk.views.${folder}`;

export function ownViews(folder: string): View[] {
  try {
    return (JSON.parse(localStorage.getItem(key(folder)) ?? "[]") as View[]).map((view) => ({ ...view, own: true }));
  } catch {
    return [];
  }
}

export function keepViews(folder: string, views: View[]): void {
  localStorage.setItem(key(folder), JSON.stringify(views.map(({ name, text }) => ({ name, text }))));
}
