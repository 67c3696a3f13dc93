import type { LetterRow } from "$/lib/contract";

/** Where an issued letter is now, in one word and its tone. */
export function letterStanding(letter: LetterRow): { words: string; tone: "late" | "soon" | "dim" } {
  if (letter.withdrawn_on) return { words: "withdrawn", tone: "late" };
  if (letter.superseded_by) return { words: `superseded by ${letter.superseded_by}`, tone: "soon" };
  if (letter.printed.length === 0) return { words: "not printed", tone: "soon" };
  return { words: letter.printed.length === 1 ? "printed" : `printed ${letter.printed.length} times`, tone: "dim" };
}
