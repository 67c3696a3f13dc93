import type { Finding, Headroom, Severity } from "../contract";
import { pounds } from "$/words/money";
import { byId, nameOf, register, STAGES, type HeldCase } from "./register";
import { formOf } from "./forms";

export function finding(rule: string, severity: Severity, message: string, more: Partial<Finding> = {}): Finding {
  return {
    rule,
    severity,
    message,
    detail: null,
    fix: null,
    source: null,
    field: null,
    column: null,
    accepted: null,
    ...more,
  };
}

export function money(n: number): string {
  return n.toFixed(2);
}

export function headroom(one: HeldCase): Headroom {
  const used = Number(one.values.assistance_declared ?? 0);
  const award = one.awarded ? Number(one.awarded) : Number(one.values.asked ?? 0);
  const org = byId(register.organisations, one.values.organisation_id);
  return {
    enterprise: org.values.name ?? "",
    members: [org.values.name ?? ""],
    limit: "315000.00",
    used: money(used),
    this_award: money(award),
    left: money(315000 - used - award),
    from: "2024-04-01",
    to: "2026-11-23",
    lines: used
      ? [
          { given_on: "2025-09-19", what: "Voucher MIV-2025-0031", amount: "5000.00", source: "This register" },
          {
            given_on: "2025-02-03",
            what: "Growth grant, Marlbrook Council (practice)",
            amount: "13750.00",
            source: "Declared by the business",
          },
        ]
      : [],
    source: "Subsidy Control Act 2022, s.36",
  };
}

export function findingsOf(one: HeldCase): Finding[] {
  const found: Finding[] = [];
  if (one.kind === "voucher" && one.values.organisation_id?.endsWith("06") && one.stage === "assessed") {
    found.push(
      finding("R-59", "warn", "An earlier voucher ended 14 months ago", {
        detail:
          "MIV-2025-0031, £5,000, closed 19 Sep 2025. This round allows a second voucher after 12 months with a different purpose.",
        source: "round 3 guidance §4",
        accepted: one.accepted["R-59"] ?? null,
      }),
    );
  }
  if (one.mark === "on hold") {
    found.push(
      finding("R-35", "block", "The business has asked to wait", {
        detail: "The decision clock is stopped since 12 Nov 2026.",
        fix: "Restart it when they write.",
      }),
    );
  }
  if (one.stage === "claimed" && Number(one.values.score) % 2)
    found.push(
      finding("R-41", "inform", "The claim is £380 under the award", {
        detail: "The rest is released when it is paid.",
      }),
    );
  return found;
}

/** What a stage asks for and is not filled in. */
export function missingFor(one: HeldCase, to: string): Finding[] {
  const stage = STAGES[one.kind].find((other) => other.id === to);
  const form = formOf(one.kind);
  return (stage?.needs ?? [])
    .filter((field) => !one.values[field])
    .map((field) =>
      finding("FORM", "block", `${form.find((spec) => spec.name === field)?.label ?? field} is not filled in.`, {
        field,
        fix: "Fill it in below.",
      }),
    );
}

export function roundLeft(
  roundId: string | null | undefined,
): { name: string; budget: number; left: number; parts: [string, number][] } | null {
  const round = register.rounds.find((one) => one.id === roundId);
  if (!round) return null;
  const budget = Number(round.values.budget);
  const base = round.values.name === "Round 3" ? 74450 : 40000;
  const offered = register.cases
    .filter((one) => one.values.round_id === roundId && one.stage === "offered")
    .reduce((sum, one) => sum + Number(one.awarded ?? 0), 0);
  const paid = base * 0.41;
  return {
    name: round.values.name ?? "",
    budget,
    left: budget - base - offered,
    parts: [
      ["Paid", Math.round(paid)],
      ["Accepted", base - Math.round(paid)],
      ["Offered", offered],
    ],
  };
}

export function said(id: string | null | undefined): string {
  return nameOf(id);
}
export { pounds };
