import { describe, expect, it } from "vitest";
import type { Problem } from "$/lib/contract";
import { problemWords } from "$/lib/problems";
import { strength } from "$/screens/start/strength";
import { count, listed } from "$/words/counts";
import { dayShort, dayWords, instantWords, readDay } from "$/words/days";
import { addUp, pounds, readMoney, share } from "$/words/money";

describe("money", () => {
  it.each([
    ["4950.00", "£4,950"],
    ["918.75", "£918.75"],
    ["1234567.00", "£1,234,567"],
    ["0.05", "£0.05"],
    ["-12.50", "−£12.50"],
    [null, ""],
  ])("shows %s as %s", (amount, shown) => expect(pounds(amount)).toBe(shown));

  it.each([
    ["5,000", "5000.00"],
    ["£918.75", "918.75"],
    ["5000*0.75", "3750.00"],
    ["100.00 − 55", "45.00"],
    ["(2000+500)*2", "5000.00"],
    ["10/3", "3.33"],
    ["5k", "5000.00"],
    ["0.1+0.2", "0.30"],
  ])("reads %s as %s", (text, amount) => expect(readMoney(text)).toEqual({ ok: true, amount }));

  it.each(["5.000,00", "5.000", "12,50", "up to 5k", "", "1/0", "-5", "50,00"])("does not guess “%s”", (text) =>
    expect(readMoney(text).ok).toBe(false),
  );

  it("adds up without losing a penny", () => {
    expect(addUp(["0.10", "0.20", null, "4950.00"])).toBe("4950.30");
    expect(share("25.00", "100.00")).toBe(25);
    expect(share("500.00", "100.00")).toBe(100);
  });
});

describe("days", () => {
  const today = "2026-11-23";
  it.each([
    ["25/11/2026", "2026-11-25"],
    ["25 Nov", "2026-11-25"],
    ["1 december 2027", "2027-12-01"],
    ["2026-12-01", "2026-12-01"],
    ["fri", "2026-11-27"],
    ["mon", "2026-11-30"],
    ["+3m", "2027-02-23"],
    ["+2w", "2026-12-07"],
    ["today", "2026-11-23"],
    ["29/02/2028", "2028-02-29"],
  ])("reads %s as %s", (text, day) => expect(readDay(text, today)).toEqual({ ok: true, day }));
  it.each(["31/02/2026", "soon", "13/13/2026", "32 Nov"])("does not take %s", (text) =>
    expect(readDay(text, today).ok).toBe(false),
  );
  it("ends a month where it ends", () => expect(readDay("+1m", "2026-01-31")).toEqual({ ok: true, day: "2026-02-28" }));
  it("shows days and instants as people say them", () => {
    expect(dayWords("2026-11-05")).toBe("5 Nov 2026");
    expect(dayShort("2026-11-05", today)).toBe("5 Nov");
    expect(dayShort("2025-11-05", today)).toBe("5 Nov 2025");
    expect(instantWords("2026-07-01T09:14:00Z")).toBe("1 Jul 10:14");
  });
});

describe("problems", () => {
  const problem = (code: Problem["code"]): Problem => ({ code, message: "m", field: null, fix: null, findings: [] });
  const codes: Problem["code"][] = [
    "invalid",
    "refused",
    "not_found",
    "locked",
    "wrong_passphrase",
    "read_only",
    "changed_since",
    "file",
    "printer",
    "cancelled",
    "damaged",
    "internal",
  ];
  it.each(codes)("has words for %s: what happened and what was kept", (code) => {
    const words = problemWords(problem(code));
    expect(words.title.length).toBeGreaterThan(5);
    expect(words.kept.endsWith(".")).toBe(true);
  });
});

describe("counts and passphrases", () => {
  it("counts in words", () => {
    expect(count(1, "case")).toBe("1 case");
    expect(count(12400, "case")).toBe("12,400 cases");
    expect(listed(["a", "b", "c"])).toBe("a, b and c");
  });
  it("asks more of a passphrase than length alone", () => {
    expect(strength("password").enough).toBe(false);
    expect(strength("aaaaaaaaaaaaaaaa").enough).toBe(false);
    expect(strength("otter lamp seven quarry").words).toBe("Very good.");
  });
});
