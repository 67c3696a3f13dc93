// How a form finds the records it can point at.
import type { FieldSpec, Noun, ProgrammeRow } from "$/lib/contract";
import { desk } from "$/lib/desk";
import type { Pick } from "$/parts/Picker.svelte";

export async function findOrganisations(text: string, kind: string | null = null): Promise<Pick[]> {
  const { rows } = await desk.organisations(text, kind, 0, 20);
  return rows.map((row) => ({
    id: row.id,
    title: row.name,
    detail: [row.town, row.company_number].filter(Boolean).join(" · "),
  }));
}

export async function findPeople(text: string): Promise<Pick[]> {
  const { rows } = await desk.people(text, 0, 20);
  return rows.map((row) => ({
    id: row.id,
    title: row.name,
    detail: [row.job_title, row.organisation].filter(Boolean).join(", "),
  }));
}

/** What a record is called. */
export async function nameOf(noun: "organisation" | "person", id: string): Promise<string | null> {
  return (await desk.values(noun, id)).name ?? null;
}

/** A new record from its name alone; the rest can be filled in when there is time. */
export async function addByName(
  noun: "organisation" | "person",
  name: string,
  kind: string | null = null,
): Promise<Pick> {
  const saved = await desk.save(noun, null, noun === "organisation" ? { name, kind: kind ?? "business" } : { name });
  return { id: saved.id, title: name, detail: "new" };
}

const forms = new Map<Noun, Promise<FieldSpec[]>>();
/** Forms do not change while the program runs. */
export function formOf(noun: Noun): Promise<FieldSpec[]> {
  let form = forms.get(noun);
  if (!form) forms.set(noun, (form = desk.form(noun)));
  form.catch(() => forms.delete(noun));
  return form;
}

export function roundChoices(programmes: ProgrammeRow[], programmeId: string | null | undefined) {
  return programmes
    .filter((programme) => !programmeId || programme.id === programmeId)
    .flatMap((programme) =>
      programme.rounds.map((round) => ({
        value: round.id,
        label: programmeId ? round.name : `${programme.code}, ${round.name}`,
      })),
    );
}

/** There is one office in a register, so its form is asked for without an id of its own. */
export const THE_OFFICE = "00000000-0000-0000-0000-000000000000";

const ROLES: Record<string, string> = {
  officer: "Programme officer",
  manager: "Manager",
  finance: "Finance officer",
  auditor: "Auditor",
};
/** A role as people say it. */
export function roleWords(role: string): string {
  return ROLES[role] ?? role;
}
