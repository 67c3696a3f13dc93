// The import under way. It stays while other screens are looked at.
import type { ImportCheck, ImportRow, ImportSheet } from "$/lib/contract";

class Importing {
  sheet = $state.raw<ImportSheet | null>(null);
  check = $state.raw<ImportCheck | null>(null);
  into = $state("");
  mapping = $state("");

  /** Puts a mended row in its place and counts anew. */
  put(row: ImportRow): void {
    if (!this.check) return;
    const rows = this.check.rows.map((one) => (one.row === row.row ? row : one));
    const n = (state: ImportRow["state"]) => rows.filter((one) => one.state === state).length;
    this.check = { rows, ready: n("ready"), warned: n("warned"), refused: n("refused"), held: n("held") };
  }

  end(): void {
    this.sheet = null;
    this.check = null;
  }
}

export const importing = new Importing();
