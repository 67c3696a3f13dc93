// The one query box: words, and filters such as stage:offered, amount:>5000, due:<14d, business:"Brook Alloys".
// The box shows each finished filter as a chip; the text stays the only truth.

export type Token = { text: string; filter: { field: string; value: string; not: boolean } | null };

const TOKEN = /-?[a-z_]+:(?:"[^"]*"?|\S*)|"[^"]*"?|\S+/gi;
const FILTER = /^(-?)([a-z_]+):(.*)$/i;

export function tokens(text: string): Token[] {
  return (text.match(TOKEN) ?? []).map((token) => {
    const found = FILTER.exec(token);
    const value = found?.[3]?.replace(/^"|"$/g, "") ?? "";
    return {
      text: token,
      filter: found && value !== "" ? { not: found[1] === "-", field: (found[2] ?? "").toLowerCase(), value } : null,
    };
  });
}

/** Splits the query for the box: what is shown as chips, and the words left to type in. */
export function split(text: string): { chips: Token[]; words: string } {
  const all = tokens(text);
  return {
    chips: all.filter((token) => token.filter),
    words: all
      .filter((token) => !token.filter)
      .map((token) => token.text)
      .join(" "),
  };
}

export function join(chips: Token[], words: string): string {
  return [...chips.map((chip) => chip.text), words.trim()].filter(Boolean).join(" ");
}

/** Sets one filter, replacing the one of the same field; an empty value takes it away. */
export function withFilter(text: string, field: string, value: string): string {
  const { chips, words } = split(text);
  const others = chips.filter((chip) => chip.filter?.field !== field);
  const own = value === "" ? [] : tokens(filterText(field, value));
  return join([...others, ...own], words);
}

export function without(text: string, chip: Token): string {
  const { chips, words } = split(text);
  const at = chips.findIndex((other) => other.text === chip.text);
  return join(
    chips.filter((_, index) => index !== at),
    words,
  );
}

export function filterText(field: string, value: string): string {
  return /\s/.test(value) ? `${field}:"${value}"` : `${field}:${value}`;
}

/** "stage: offered", "amount: over 5,000" — how a chip reads. */
export function chipWords(token: Token): string {
  const filter = token.filter;
  if (!filter) return token.text;
  const value = filter.value.replace(/_/g, " ");
  return `${filter.not ? "not " : ""}${filter.field}: ${value}`;
}

/** While typing: a finished filter (followed by a space) leaves the words and becomes a chip. */
export function absorb(chips: Token[], typed: string): { chips: Token[]; words: string } | null {
  if (!/\s$/.test(typed)) return null;
  const found = tokens(typed);
  const fresh = found.filter((token) => token.filter);
  // An open quotation mark is still being written in.
  if (fresh.length === 0 || fresh.some((token) => (token.text.match(/"/g) ?? []).length === 1)) return null;
  return {
    chips: [...chips, ...fresh],
    words: found
      .filter((token) => !token.filter)
      .map((token) => token.text)
      .join(" "),
  };
}
