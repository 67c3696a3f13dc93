/** How long a passphrase would hold against guessing, in words. Length is what counts; four words are the advice. */
export function strength(passphrase: string): { words: string; enough: boolean; share: number } {
  const text = passphrase.trim();
  if (text === "") return { words: "", enough: false, share: 0 };
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^\p{L}\d\s]/u].filter((kind) => kind.test(text)).length;
  const different = new Set(text.toLowerCase()).size;
  const several = text.split(/\s+/).filter((word) => word.length > 2).length;
  const worth = Math.min(text.length, different * 2) + (kinds - 1) * 2 + (several >= 4 ? 6 : 0);
  if (text.length < 8 || worth < 12)
    return {
      words: "Too easy to guess. Four words that have nothing to do with each other hold well.",
      enough: false,
      share: 20,
    };
  if (worth < 17) return { words: "Holds for a while. A word more would be better.", enough: true, share: 50 };
  if (worth < 24) return { words: "Good.", enough: true, share: 75 };
  return { words: "Very good.", enough: true, share: 100 };
}
