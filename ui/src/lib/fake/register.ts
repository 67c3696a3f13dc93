// A make-believe register for the browser: about sixty cases of an office that does not exist.
import type {
  CaseKind,
  Day,
  HistoryLine,
  LetterRow,
  Noun,
  OfficerRow,
  Problem,
  Progress,
  Values,
  View,
} from "../contract";
import { seed } from "./seed";
import table from "./stages.json";

export const TODAY: Day = "2026-11-23";
export type Stage = {
  id: string;
  label: string;
  verb: string;
  next: string[];
  needs: string[];
  letters: string[];
  path: string;
  decided: boolean;
};
export const STAGES = table as Record<CaseKind, Stage[]>;

export type Held = { id: string; values: Values };
export type HeldCase = Held & {
  reference: string;
  kind: CaseKind;
  stage: string;
  due: Day | null;
  awarded: string | null;
  mark: string | null;
  accepted: Record<string, { by: string; on: Day; reason: string }>;
};
export type Entry = HistoryLine & {
  about: string[];
  kind: "do" | "undo" | "redo";
  revert: () => void;
  again: () => void;
};
export type HeldLetter = LetterRow & { owed: boolean };

export type Register = {
  cases: HeldCase[];
  organisations: Held[];
  people: Held[];
  programmes: Held[];
  rounds: Held[];
  limits: { programme: string; role: string; amount: string }[];
  law: Held[];
  officers: (OfficerRow & { values: Values })[];
  office: Values;
  letters: LetterRow[];
  journal: Entry[];
  undone: Entry[];
  mappings: Record<string, string[]>;
  views: View[];
};

export const register: Register = seed();
export const ME = "E. Lindqvist";

let nextId = 1;
export function newId(): string {
  nextId += 1;
  return `0193f000-0000-7000-8000-${(900000 + nextId).toString().padStart(12, "0")}`;
}

type Hear = (payload: never) => void;
const ears: Record<string, Hear[]> = { changed: [], progress: [] };
export function listen(event: string, hear: Hear): void {
  ears[event]?.push(hear);
}
export function changed(): void {
  for (const hear of ears.changed ?? []) hear({ tables: ["cases"] } as never);
}
export function progress(step: Progress): void {
  for (const hear of ears.progress ?? []) hear(step as never);
}

export function problem(code: Problem["code"], message: string, more: Partial<Problem> = {}): Problem {
  return { code, message, field: null, fix: null, findings: [], ...more };
}

export function byId<T extends { id: string }>(all: T[], id: string | null | undefined): T {
  const found = all.find((one) => one.id === id);
  if (!found)
    throw problem("not_found", "This is no longer in the register.", {
      fix: "It may have been undone; look in the journal.",
    });
  return found;
}

export function nameOf(id: string | null | undefined): string {
  if (!id) return "";
  const found = [...register.organisations, ...register.people, ...register.programmes, ...register.rounds].find(
    (one) => one.id === id,
  );
  return found?.values.name ?? "";
}

export function nounList(noun: Noun): Held[] {
  const lists: Partial<Record<Noun, Held[]>> = {
    organisation: register.organisations,
    person: register.people,
    programme: register.programmes,
    round: register.rounds,
    limit: register.law,
    voucher: register.cases,
    placement: register.cases,
    partnership: register.cases,
  };
  return lists[noun] ?? [];
}

let clock = 0;
/** Carries out a change and writes it down, so that it can be undone by name. */
export function change(
  label: string,
  about: string[],
  again: () => void,
  revert: () => void,
  changes: HistoryLine["changes"] = [],
): number {
  again();
  clock += 1;
  const entry = (register.journal[0]?.entry ?? 0) + 1;
  const at = `2026-11-23T${(9 + Math.floor(clock / 60)).toString().padStart(2, "0")}:${(14 + (clock % 45)).toString().padStart(2, "0")}:00Z`;
  register.journal.unshift({
    entry,
    at,
    by: ME,
    label,
    undone: false,
    undone_by: null,
    undoable: true,
    changes,
    about,
    kind: "do",
    revert,
    again,
  });
  register.undone = [];
  changed();
  return entry;
}
