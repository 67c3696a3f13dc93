// What each code of a problem means to an officer: how loud it is, its title, and the action offered beside it.
import type { Problem } from "./contract";

export type Look = "field" | "findings" | "notice" | "stop";
type Words = { look: Look; title: string; kept: string; action: "unlock" | "reload" | "copy" | null };

const WORDS: Record<Problem["code"], Words> = {
  invalid: {
    look: "field",
    title: "Something is not filled in as needed",
    kept: "What you typed is still here.",
    action: null,
  },
  refused: { look: "findings", title: "This cannot be done yet", kept: "Nothing was changed.", action: null },
  not_found: {
    look: "notice",
    title: "It is no longer in the register",
    kept: "Nothing was changed.",
    action: "reload",
  },
  locked: { look: "stop", title: "The register is locked", kept: "Everything saved so far is kept.", action: "unlock" },
  wrong_passphrase: {
    look: "field",
    title: "That passphrase does not open the register",
    kept: "Nothing was changed.",
    action: null,
  },
  read_only: { look: "notice", title: "You can read but not change", kept: "Nothing was changed.", action: null },
  changed_since: {
    look: "notice",
    title: "It was changed in the meantime",
    kept: "Your change was not saved.",
    action: "reload",
  },
  file: { look: "notice", title: "The file could not be used", kept: "The register is as it was.", action: null },
  printer: {
    look: "notice",
    title: "The printer did not take it",
    kept: "What was printed before is recorded.",
    action: null,
  },
  cancelled: { look: "notice", title: "Cancelled", kept: "What was done before is kept.", action: null },
  damaged: {
    look: "stop",
    title: "The register or a file of it is damaged",
    kept: "Your backups are separate and untouched.",
    action: "copy",
  },
  internal: { look: "stop", title: "The program made a mistake", kept: "Nothing was half saved.", action: "copy" },
};

export function problemWords(problem: Problem): Words & { text: string; fix: string | null } {
  const words = WORDS[problem.code] ?? WORDS.internal;
  return { ...words, text: problem.message, fix: problem.fix };
}

/** What happened and what to do, in a line. */
export function inWords({ message, fix }: { message: string; fix: string | null }): string {
  return fix ? `${message} ${fix}` : message;
}

/** What a refusal says at each of these fields; and itself, unless they say all of it. */
export function atFields(names: string[], problem: Problem) {
  const parts = problem.findings.length > 0 ? problem.findings : [problem];
  const errors: Record<string, string> = {};
  for (const part of [problem, ...problem.findings]) if (part.field) errors[part.field] = inWords(part);
  const all = parts.every(({ field }) => !!field && names.includes(field));
  return { errors, problem: all ? null : problem };
}
