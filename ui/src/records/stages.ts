// A stage's mark in lists: how far the case is. The word always stands beside it.
import type { CaseRow } from "$/lib/contract";

const FULL = new Set([
  "accepted",
  "in_progress",
  "complete",
  "claimed",
  "paid",
  "confirmed",
  "started",
  "reviewed",
  "ended",
  "signed",
  "live",
  "closing",
  "awarded",
]);
const HALF = new Set([
  "checked",
  "assessed",
  "offered",
  "host_checked",
  "funded",
  "advertised",
  "selected",
  "agreement_out",
  "matched",
  "proposal",
  "heads_of_terms",
]);
const OFF = new Set([
  "closed",
  "rejected",
  "declined",
  "lapsed",
  "cancelled",
  "expired",
  "withdrawn",
  "outcome",
  "host_failed",
  "no_candidate",
  "ended_early",
  "renewed",
  "no_match",
  "unsuccessful",
]);

export function stageShape(row: Pick<CaseRow, "stage" | "mark">): "open" | "half" | "full" | "warn" | "off" {
  if (row.mark) return "warn";
  if (OFF.has(row.stage)) return "off";
  if (FULL.has(row.stage)) return "full";
  return HALF.has(row.stage) ? "half" : "open";
}

export const KIND_WORDS: Record<CaseRow["kind"], string> = {
  voucher: "Innovation voucher",
  placement: "Placement",
  partnership: "Partnership",
};
