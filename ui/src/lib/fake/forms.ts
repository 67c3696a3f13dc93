// The forms as the desk gives them, for the browser without a desk. Kept in the order of the real ones.
import type { FieldKind, FieldSpec, Noun } from "../contract";
import shapes from "./forms.json";

type Short = {
  name: string;
  label: string;
  kind: string;
  group: string;
  required?: boolean;
  hint?: string;
  choices?: string[][];
};

export function formOf(noun: Noun): FieldSpec[] {
  return (shapes as Record<Noun, Short[]>)[noun].map((field) => ({
    ...field,
    kind: field.kind as FieldKind,
    required: field.required ?? false,
    hint: field.hint ?? null,
    start: null,
    choices: (field.choices ?? []).map(([value = "", label = ""]) => ({ value, label })),
  }));
}
