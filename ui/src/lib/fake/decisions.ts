import type { Commands } from "../contract";
import { pounds } from "$/words/money";
import { finding, findingsOf, money, roundLeft } from "./findings";
import { byId, change, nameOf, register, STAGES } from "./register";

export const decisionCommands: Partial<Commands> = {
  decisionReasons: async () => [
    { code: "score", label: "Below the pass mark" },
    { code: "budget", label: "The round’s budget is spent" },
    { code: "scope", label: "Outside the scheme’s scope" },
    { code: "double", label: "Funded elsewhere" },
    { code: "evidence", label: "Evidence was not given in time" },
  ],
  decisionPreview: async (outcome, cases) => {
    const previewed = cases.map(({ id, amount }) => {
      const one = byId(register.cases, id);
      const asked = one.values.asked ?? null;
      const found = outcome === "award" ? findingsOf(one) : [];
      const mayFollow = STAGES[one.kind]
        .find((stage) => stage.id === one.stage)
        ?.next.includes(outcome === "award" ? "offered" : outcome === "reject" ? "rejected" : "deferred");
      if (!mayFollow) found.push(finding("STAGE", "block", `It stands at “${one.stage}”, where this is not decided.`));
      const sum = amount ?? asked;
      if (outcome === "award" && Number(sum) > 5000)
        found.push(
          finding("LIMIT", "block", `${pounds(sum)} is above your limit of £5,000.`, {
            fix: "Ask T. Achterberg to decide it.",
          }),
        );
      if (outcome === "award" && Number(sum) > Number(asked))
        found.push(finding("R-44", "warn", "More than was asked for", { detail: `Asked ${pounds(asked)}.` }));
      return {
        id,
        reference: one.reference,
        business: nameOf(one.values.organisation_id),
        asked,
        amount: outcome === "award" ? sum : null,
        findings: found,
        blocked: found.some((each) => each.severity === "block"),
        another_amount_would_do: outcome === "award" && found.some((each) => each.rule === "LIMIT"),
        needs_reason: found.filter((each) => each.severity === "warn" && !each.accepted).map((each) => each.rule),
      };
    });
    const good = previewed.filter((one) => !one.blocked);
    const rounds = [...new Set(good.map((one) => byId(register.cases, one.id).values.round_id))].flatMap((id) => {
      const left = roundLeft(id);
      if (!left) return [];
      const part = good
        .filter((one) => byId(register.cases, one.id).values.round_id === id)
        .reduce((sum, one) => sum + Number(one.amount ?? 0), 0);
      return [
        {
          round: left.name,
          budget: money(left.budget),
          left_before: money(left.left),
          left_after: money(left.left - part),
        },
      ];
    });
    return {
      cases: previewed,
      count: good.length,
      blocked: previewed.length - good.length,
      sum: money(good.reduce((sum, one) => sum + Number(one.amount ?? 0), 0)),
      rounds,
    };
  },
  decide: async (input) => {
    const to = { award: "offered", reject: "rejected", defer: "deferred" }[input.outcome];
    const held = input.cases.map(({ id }) => byId(register.cases, id));
    const before = held.map((one) => ({ stage: one.stage, awarded: one.awarded, due: one.due }));
    const verb = { award: "Award", reject: "Reject", defer: "Defer" }[input.outcome];
    const sum = input.cases.reduce((total, one) => total + Number(one.amount ?? 0), 0);
    const what = held.length === 1 ? held[0]?.reference : `${held.length} vouchers`;
    const entry = change(
      `${verb} ${what}${sum ? `, ${pounds(money(sum))}` : ""}`,
      held.map((one) => one.id),
      () =>
        held.forEach((one, at) =>
          Object.assign(one, {
            stage: to,
            awarded: input.outcome === "award" ? (input.cases[at]?.amount ?? one.values.asked) : null,
            due: input.outcome === "award" ? "2026-12-07" : null,
          }),
        ),
      () => held.forEach((one, at) => Object.assign(one, before[at])),
    );
    return { entry, decided: held.map((one) => ({ id: one.id, reference: one.reference, stage: to })), refused: [] };
  },
};
