// The fake desk: the same commands as the real one, answered from a make-believe register after a short wait.
import type { Commands, DeskState, UndoPlan } from "../contract";
import { caseCommands, matching } from "./cases";
import { decisionCommands } from "./decisions";
import { importCommands } from "./imports";
import { letterCommands } from "./letters";
import { placeCommands } from "./places";
import { changed, listen, ME, problem, register, TODAY, type Entry } from "./register";

// "?locked" in the address starts without an open register, "?empty" with nothing in it, "?slow" answers late.
const asked = new URLSearchParams(globalThis.location?.search ?? "");
let open = !asked.has("locked");
let asOf: string | null = null;
let lockAfter = 15;
let remembered = false;
let readOnly = asked.has("readonly");
if (asked.has("empty")) {
  for (const list of [
    register.cases,
    register.organisations,
    register.people,
    register.letters,
    register.rounds,
    register.programmes,
  ])
    list.length = 0;
}
const wait = asked.has("slow") ? 900 : 15;

function state(): DeskState {
  const last = register.journal.find((entry) => !entry.undone && entry.undoable);
  const again = register.undone[0];
  const due = matching("due:<2d").filter((row) => row.tone !== "calm");
  return {
    name: "Marlbrook",
    folder: "/practice/Marlbrook.vdesk",
    office_name: register.office.name ?? "",
    officer: ME,
    role: "Programme officer",
    practice: true,
    read_only: readOnly ? { who: "T. Achterberg", device: "FRONT-DESK-2", since: "2026-11-23T08:41:00Z" } : null,
    as_of: asOf,
    today: asOf ?? TODAY,
    undo: last ? { entry: last.entry, label: last.label } : null,
    redo: again ? { entry: again.entry, label: again.label } : null,
    counts: {
      due: due.length,
      overdue: due.filter((row) => row.tone === "late").length,
      letters_owed: matching("owed:letter").length,
      cases: register.cases.length,
    },
    backed_up_at: "2026-11-23T09:14:00Z",
  };
}

function plan(entry: number | null): UndoPlan | null {
  const target =
    entry === null
      ? register.journal.find((one) => !one.undone && one.undoable)
      : register.journal.find((one) => one.entry === entry);
  if (!target) return null;
  const also = register.journal.filter(
    (one) => one.entry > target.entry && !one.undone && one.about.some((id) => target.about.includes(id)),
  );
  return {
    entry: target.entry,
    label: target.label,
    also: also.map(({ entry, label, by, at }) => ({ entry, label, by, at })),
    withdraws: register.letters
      .filter((letter) => also.length > 0 && target.about.includes(letter.case_id) && !letter.withdrawn_on)
      .map((letter) => letter.number)
      .slice(0, 2),
    refused: target.undoable ? null : "What it changed was erased when its time of keeping ended.",
  };
}

const session: Partial<Commands> = {
  start: async () => ({
    recent: [
      {
        folder: "/offices/Marlbrook.vdesk",
        name: "Marlbrook Vouchers",
        officers: [ME, "T. Achterberg", "R. Castellanos"],
        remembered,
        locked_by: null,
      },
      {
        folder: "/offices/Old year.vdesk",
        name: "Marlbrook 2024–25",
        officers: [ME],
        remembered: false,
        locked_by: "T. Achterberg on FRONT-DESK-2",
      },
    ],
    practice_folder: "/practice/Marlbrook.vdesk",
    practice_made: true,
  }),
  createRegister: async (input) => {
    if (!input.folder) throw problem("invalid", "Choose where the register is kept.", { field: "folder" });
    open = true;
    changed();
    return { recovery_key: "K7QM-2R9D-XW4T-PB6N-H3VJ-8YCF-5SAG-ZE1U" };
  },
  openRegister: async (_, officer, passphrase) => {
    if (passphrase === "wrong")
      throw problem("wrong_passphrase", "That passphrase does not open the register.", {
        field: "passphrase",
        fix: "Try again, or use the recovery sheet.",
      });
    if (passphrase === "damaged")
      throw problem(
        "damaged",
        "The register is damaged, or its drive did not give it whole (register.db does not fit its key).",
        {
          fix: "Restore the last good backup.",
        },
      );
    open = true;
    return { ...state(), officer };
  },
  openRemembered: async () => (remembered ? ((open = true), state()) : null),
  isRemembered: async () => remembered,
  remember: async (fresh) => ((remembered = fresh), null),
  forgetComputer: async () => ((remembered = false), null),
  recoverRegister: async () => ((open = true), state()),
  restoreLastGood: async () => ((open = true), { taken_at: "2026-11-22T17:04:00Z", desk: state() }),
  openPractice: async () => ((open = true), state()),
  lookBack: async (day) => ((asOf = day), state()),
  somebodyIsThere: async () => null,
  lockAfter: async () => lockAfter,
  setLockAfter: async (minutes) => ((lockAfter = minutes), null),
  erasePerson: async () => {
    throw problem("refused", "In the practice window nobody is erased.");
  },
  lock: async () => ((open = false), null),
  saveRecoverySheet: async (_, path) => path,
  printRecoverySheet: async () => null,
  deskState: async () => (open ? state() : null),
  choosePath: async (what) =>
    ({
      folder: "/home/practice/Letters",
      register: "/offices/Marlbrook.vdesk",
      spreadsheet: "/home/practice/forms-7.xlsx",
      save_csv: "/home/practice/rest.csv",
      save_list: "/home/practice/Cases.xlsx",
      save_pdf: "/home/practice/Recovery sheet.pdf",
    })[what] ?? null,
  journal: async (before, limit) =>
    register.journal
      .filter((entry) => before === null || entry.entry < before)
      .slice(0, limit)
      .map((entry) => ({ ...entry, records: entry.about.length })),
  entryChanges: async (entry) => register.journal.find((one) => one.entry === entry)?.changes ?? [],
  undoPlan: async (entry) => plan(entry),
  undo: async (entry) => {
    const wanted = plan(entry);
    const target = register.journal.find((one) => one.entry === entry);
    if (!wanted || !target) throw problem("not_found", "This is no longer in the journal.");
    const all = [...register.journal.filter((one) => wanted.also.some((also) => also.entry === one.entry)), target];
    for (const one of all) {
      one.revert();
      one.undone = true;
      register.undone.unshift(one);
    }
    changed();
    return { entry: entry + 1, label: target.label, count: all.length };
  },
  redo: async () => {
    const target = register.undone.shift() as Entry | undefined;
    if (!target) return null;
    target.again();
    target.undone = false;
    changed();
    return { entry: target.entry, label: target.label, count: 1 };
  },
  verify: async () => ({
    sound: true,
    entries: register.journal[0]?.entry ?? 0,
    head: "b1946ac92492d2347c6235b4d2611184e3a1f5d0c8a7",
    faults: [],
  }),
  backups: async () =>
    ["2026-11-23T09:14:00Z", "2026-11-22T17:31:00Z", "2026-11-15T17:02:00Z"].map((taken_at, at) => ({
      file: `backup-${at}.vdb`,
      taken_at,
      size: 4_200_000 - at * 90_000,
      verified: true,
    })),
  backupNow: async () => ({
    file: "backup-now.vdb",
    taken_at: "2026-11-23T10:20:00Z",
    size: 4_210_000,
    verified: true,
  }),
  restore: async () => ((readOnly = false), state()),
  licences: async () => [
    { name: "svelte", version: "5.57.3", licence: "MIT" },
    { name: "rusqlite", version: "0.39.0", licence: "MIT" },
    { name: "Inter", version: "4.1", licence: "OFL-1.1" },
  ],
};

export function fakeHost() {
  const all = {
    ...session,
    ...placeCommands,
    ...caseCommands,
    ...decisionCommands,
    ...letterCommands,
    ...importCommands,
  } as Commands;
  const commands = new Proxy(all, {
    get:
      (target, name: keyof Commands) =>
      async (...values: unknown[]) => {
        await new Promise((done) => setTimeout(done, wait));
        // As over the wire: what comes back shares nothing with what is kept.
        const answer: unknown = await (target[name] as (...values: unknown[]) => Promise<unknown>)(...values);
        return JSON.parse(JSON.stringify(answer ?? null)) as unknown;
      },
  });
  return { commands, listen: listen as <T>(event: "changed" | "progress", hear: (payload: T) => void) => void };
}
