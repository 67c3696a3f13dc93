// The views in the rail.
import { DESK_VIEWS, keepViews, ownViews, type View } from "$/shell/views";
import { session } from "./session.svelte";

let own = $state.raw<View[]>([]);
let of = "";

export const views = {
  get all(): View[] {
    return [...DESK_VIEWS, ...own];
  },
  read() {
    const folder = session.state?.folder ?? "";
    if (folder !== of) {
      of = folder;
      own = ownViews(folder);
    }
  },
  keep(name: string, text: string) {
    own = [...own.filter((view) => view.name !== name), { name, text, own: true }];
    keepViews(of, own);
  },
  forget(name: string) {
    own = own.filter((view) => view.name !== name);
    keepViews(of, own);
  },
};
