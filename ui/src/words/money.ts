import type { Money } from "$/lib/contract";

/** "4950.00" → "£4,950"; "918.75" → "£918.75". Whole pounds are shown without pence. */
export function pounds(amount: Money | null | undefined): string {
  if (amount === null || amount === undefined || amount === "") return "";
  const pence = penceOf(amount);
  if (pence === null) return amount;
  const sign = pence < 0n ? "−" : "";
  const size = pence < 0n ? -pence : pence;
  const whole = (size / 100n).toString().replace(/\B(?=(\d{3})+$)/g, ",");
  const rest = (size % 100n).toString().padStart(2, "0");
  return rest === "00" ? `${sign}£${whole}` : `${sign}£${whole}.${rest}`;
}

/** Whole pence of a wire amount, or null where it is none. */
export function penceOf(amount: Money): bigint | null {
  const found = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(amount.trim());
  if (!found) return null;
  const pence = BigInt(found[2] ?? "0") * 100n + BigInt((found[3] ?? "").padEnd(2, "0"));
  return found[1] ? -pence : pence;
}

export function amountOf(pence: bigint): Money {
  const size = pence < 0n ? -pence : pence;
  return `${pence < 0n ? "-" : ""}${size / 100n}.${(size % 100n).toString().padStart(2, "0")}`;
}

export function addUp(amounts: (Money | null)[]): Money {
  return amountOf(amounts.reduce((sum, amount) => sum + ((amount && penceOf(amount)) || 0n), 0n));
}

/** For bars: how much of the whole a part is, 0 to 100. */
export function share(part: Money, whole: Money): number {
  const all = Number(penceOf(whole) ?? 0n);
  return all <= 0 ? 0 : Math.min(100, Math.max(0, (Number(penceOf(part) ?? 0n) / all) * 100));
}

export type Read = { ok: true; amount: Money } | { ok: false; why: string };

/**
 * What somebody types into an amount field. A sum is worked out ("5,000*0.75", "100.00 − 55");
 * what can be read two ways is never guessed ("5.000,00").
 */
export function readMoney(text: string): Read {
  const bare = text.replace(/£|\s|GBP/gi, "");
  if (bare === "") return { ok: false, why: "Write an amount, such as 5,000 or 918.75." };
  if (/\d\.\d{3}(?!\d)/.test(bare) || /,\d{1,2}(?!\d)/.test(bare)) {
    return { ok: false, why: `“${text.trim()}” can be read two ways. Write pounds with a point for pence: 5,000.00.` };
  }
  if (/,(?!\d{3}(?!\d))/.test(bare)) {
    return { ok: false, why: `The comma in “${text.trim()}” is not before three digits. Write 5,000 or 5000.` };
  }
  const worth = work(bare.replace(/,/g, "").replace(/−/g, "-").replace(/[×x]/g, "*").replace(/÷/g, "/"));
  if (!worth) return { ok: false, why: `“${text.trim()}” is not an amount. Write it like 5,000 or 918.75.` };
  if (worth.top < 0n) return { ok: false, why: "An amount cannot be less than nothing." };
  return { ok: true, amount: amountOf((worth.top * 200n + worth.bottom) / (worth.bottom * 2n)) };
}

type Fraction = { top: bigint; bottom: bigint };

/** Exact sums of + - * / and brackets; null where the text is none. */
function work(text: string): Fraction | null {
  let at = 0;
  const term = (): Fraction | null => {
    if (text[at] === "(") {
      at += 1;
      const inside = sum();
      if (!inside || text[at] !== ")") return null;
      at += 1;
      return inside;
    }
    const found = /^\d+(?:\.(\d+))?|^\.\d+/.exec(text.slice(at));
    if (!found) return null;
    at += found[0].length;
    const thousands = text[at] === "k" || text[at] === "K" ? 1000n : 1n;
    if (thousands === 1000n) at += 1;
    const [whole = "0", part = ""] = found[0].split(".");
    return { top: BigInt((whole || "0") + part) * thousands, bottom: 10n ** BigInt(part.length) };
  };
  const product = (): Fraction | null => {
    let left = term();
    while (left && (text[at] === "*" || text[at] === "/")) {
      const times = text[at] === "*";
      at += 1;
      const right = term();
      if (!right || (!times && right.top === 0n)) return null;
      left = times
        ? { top: left.top * right.top, bottom: left.bottom * right.bottom }
        : { top: left.top * right.bottom, bottom: left.bottom * right.top };
    }
    return left;
  };
  const sum = (): Fraction | null => {
    let left = product();
    while (left && (text[at] === "+" || text[at] === "-")) {
      const plus = text[at] === "+";
      at += 1;
      const right = product();
      if (!right) return null;
      const other = left.bottom * right.top;
      left = { top: left.top * right.bottom + (plus ? other : -other), bottom: left.bottom * right.bottom };
    }
    return left;
  };
  const worth = sum();
  return at === text.length ? worth : null;
}
