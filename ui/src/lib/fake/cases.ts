import type {
  CaseList,
  CaseQuery,
  CaseRecord,
  CaseRow,
  Commands,
  Fact,
  Headroom,
  NextStep,
  Noun,
  Step,
} from "../contract";
import { tokens } from "$/query/query";
import { dayWords, instantWords } from "$/words/days";
import { pounds } from "$/words/money";
import { findingsOf, headroom, missingFor, money, roundLeft } from "./findings";
import { formOf } from "./forms";
import { byId, change, nameOf, newId, problem, register, STAGES, TODAY, type Held, type HeldCase } from "./register";

const daysTo = (day: string) => Math.round((Date.parse(day) - Date.parse(TODAY)) / 86_400_000);

function dueWords(due: string | null): string | null {
  if (!due) return null;
  const days = daysTo(due);
  if (days < 0) return `${-days} ${days === -1 ? "day" : "days"} over`;
  if (days === 0) return "today";
  if (days === 1) return "tomorrow";
  return dayWords(due).replace(" 2026", "");
}

export function rowOf(one: HeldCase): CaseRow {
  const round = register.rounds.find((other) => other.id === one.values.round_id);
  const days = one.due ? daysTo(one.due) : 99;
  return {
    id: one.id,
    reference: one.reference,
    kind: one.kind,
    programme: byId(register.programmes, one.values.programme_id).values.code ?? "",
    round: round?.values.name ?? null,
    stage: one.stage,
    stage_label: STAGES[one.kind].find((stage) => stage.id === one.stage)?.label ?? one.stage,
    business: nameOf(one.values.organisation_id),
    title: one.values.title ?? "",
    asked: one.values.asked ?? null,
    awarded: one.awarded,
    received_on: one.values.received_at?.slice(0, 10) ?? null,
    due: one.due,
    due_words: one.mark === "on hold" ? "paused" : dueWords(one.due),
    tone: one.mark ? "calm" : days < 0 ? "late" : days <= 2 ? "soon" : "calm",
    mark: one.mark,
  };
}

export function matching(text: string): CaseRow[] {
  const all = register.cases.map(rowOf);
  return tokens(text).reduce((rows, { filter, text: word }) => {
    if (!filter)
      return rows.filter((row) =>
        `${row.reference} ${row.business} ${row.title}`.toLowerCase().includes(word.toLowerCase().replace(/"/g, "")),
      );
    const value = filter.value.toLowerCase();
    const amount = Number(value.replace(/[<>,=£]/g, ""));
    switch (filter.field) {
      case "stage": {
        const names = value.split(",");
        if (
          !names.every((name) =>
            Object.values(STAGES)
              .flat()
              .some((stage) => stage.id === name),
          )
        ) {
          throw problem("invalid", `“${word}” is not understood. Write a stage such as stage:offered.`, {
            field: "query",
          });
        }
        return rows.filter((row) => names.includes(row.stage));
      }
      case "kind":
        return rows.filter((row) => row.kind === value.replace(/s$/, ""));
      case "round":
        return rows.filter(
          (row) => row.round?.toLowerCase() === value || row.round?.replace(/\D/g, "") === value.replace(/\D/g, ""),
        );
      case "programme":
        return rows.filter((row) => row.programme.toLowerCase() === value);
      case "amount":
        return rows.filter((row) => (value.startsWith(">") ? Number(row.asked) > amount : Number(row.asked) < amount));
      case "due":
        return rows.filter((row) => row.due && daysTo(row.due) <= (parseInt(value.replace("<", ""), 10) || 0));
      case "owed":
        return rows.filter(
          (row) =>
            row.stage === "offered" &&
            !register.letters.some((letter) => letter.case_id === row.id && !letter.withdrawn_on),
        );
      default:
        return rows;
    }
  }, all);
}

function list(query: CaseQuery): CaseList {
  const rows = matching(query.text);
  const key = (row: CaseRow) =>
    ({
      reference: row.reference,
      business: row.business,
      stage: row.stage_label,
      asked: Number(row.asked),
      awarded: Number(row.awarded),
      due: row.due ?? "9999",
      received: row.received_on ?? "",
    })[query.sort];
  rows.sort((a, b) => {
    const [x, y] = [key(a), key(b)];
    return (
      (typeof x === "string" ? x.localeCompare(String(y)) : x - Number(y)) * (query.descending ? -1 : 1) ||
      a.reference.localeCompare(b.reference)
    );
  });
  const sum = (of: (row: CaseRow) => string | null) =>
    money(rows.reduce((total, row) => total + Number(of(row) ?? 0), 0));
  return {
    rows: rows.slice(query.offset, query.offset + query.limit),
    total: rows.length,
    asked: sum((row) => row.asked),
    awarded: sum((row) => row.awarded),
  };
}

export function factsOf(noun: Noun, held: Held): { title: string; facts: Fact[] }[] {
  const groups: { title: string; facts: Fact[] }[] = [];
  for (const field of formOf(noun)) {
    const value = held.values[field.name] ?? null;
    const linked = ["organisation", "provider", "person"].includes(field.kind) && value;
    const shown =
      field.kind === "money"
        ? pounds(value)
        : field.kind === "day"
          ? dayWords(value)
          : field.kind === "instant"
            ? instantWords(value, true)
            : field.kind === "yes_no"
              ? value === "yes"
                ? "Yes"
                : value === "no"
                  ? "No"
                  : ""
              : field.kind === "choice"
                ? (field.choices.find((choice) => choice.value === value)?.label ?? "")
                : ["organisation", "provider", "person", "programme", "round"].includes(field.kind)
                  ? nameOf(value)
                  : (value ?? "");
    let group = groups.find((one) => one.title === field.group);
    if (!group) groups.push((group = { title: field.group, facts: [] }));
    group.facts.push({
      field: field.name,
      label: field.label,
      value,
      shown,
      kind: field.kind,
      editable: !["programme", "round"].includes(field.kind),
      link: linked ? { noun: field.kind === "person" ? "person" : "organisation", id: value } : null,
    });
  }
  return groups;
}

function nextSteps(one: HeldCase): NextStep[] {
  const stages = STAGES[one.kind];
  const now = stages.find((stage) => stage.id === one.stage);
  const steps: NextStep[] = [];
  const decided = (now?.next ?? []).some((to) => stages.find((stage) => stage.id === to)?.decided);
  const asked = one.values.asked ?? null;
  if (decided && asked) {
    const held = findingsOf(one).filter((found) => found.severity === "block");
    steps.push(
      {
        action: "award",
        to: "offered",
        letter: null,
        label: `Award ${pounds(asked)}`,
        explains: "Awarding drafts the offer letter and the subsidy notice for you to read.",
        filled: true,
        missing: held,
      },
      { action: "reject", to: "rejected", letter: null, label: "Reject…", explains: null, filled: false, missing: [] },
      { action: "defer", to: "deferred", letter: null, label: "Defer…", explains: null, filled: false, missing: [] },
    );
  }
  if (now?.letters[0] && !register.letters.some((letter) => letter.case_id === one.id)) {
    steps.push({
      action: "letter",
      to: null,
      letter: now.letters[0],
      label: "Make the letter",
      explains: "Nothing has been sent yet.",
      filled: steps.length === 0,
      missing: [],
    });
  }
  for (const to of now?.next ?? []) {
    const stage = stages.find((other) => other.id === to);
    if (!stage || stage.decided) continue;
    steps.push({
      action: "move",
      to,
      letter: null,
      label: stage.verb,
      explains: null,
      filled: steps.length === 0,
      missing: missingFor(one, to),
    });
  }
  return steps;
}

export function record(id: string): CaseRecord {
  const one = byId(register.cases, id);
  const row = rowOf(one);
  const stages = STAGES[one.kind];
  const main = stages.filter((stage) => stage.path === "main");
  const at = main.findIndex((stage) => stage.id === one.stage);
  const steps: Step[] = main.map((stage, index) => ({
    stage: stage.id,
    label: stage.label,
    state: index < at ? "done" : index === at ? "now" : "ahead",
  }));
  const programme = byId(register.programmes, one.values.programme_id);
  const findings = findingsOf(one);
  const room: Headroom | null = one.kind === "partnership" ? null : headroom(one);
  const score =
    one.values.score && one.stage === "assessed"
      ? `Assessed ${one.values.score}/100, eligible. `
      : `${row.stage_label}. `;
  const due = one.due
    ? `${one.stage === "assessed" ? "Decision due" : "Due"} ${row.due_words}${daysTo(one.due) > 1 ? "" : `, ${dayWords(one.due)}`}.`
    : "Nothing falls due.";
  const contact = register.people.find((person) => person.id === one.values.contact_id);
  return {
    id,
    reference: one.reference,
    kind: one.kind,
    programme: { id: programme.id, name: programme.values.name ?? "" },
    round: row.round ? { id: one.values.round_id ?? "", name: row.round } : null,
    title: row.title,
    business: { id: one.values.organisation_id ?? "", name: row.business },
    stage: one.stage,
    stage_label: row.stage_label,
    standing: score + due,
    steps,
    next: nextSteps(one),
    findings,
    passed: 22,
    headroom: room,
    groups: factsOf(one.kind, one),
    people: contact
      ? [
          {
            id: contact.id,
            name: contact.values.name ?? "",
            role: "Contact",
            job_title: contact.values.job_title ?? null,
            email: contact.values.email ?? null,
            phone: contact.values.phone ?? null,
          },
        ]
      : [],
    other_cases: register.cases
      .filter((other) => other.id !== id && other.values.organisation_id === one.values.organisation_id)
      .map(rowOf),
    letters: register.letters.filter((letter) => letter.case_id === id),
    history: register.journal.filter((entry) => entry.about.includes(id)),
  };
}

export function edit(held: Held, noun: Noun, field: string, value: string | null): number {
  const spec = formOf(noun).find((one) => one.name === field);
  if (spec?.required && !value?.trim())
    throw problem("invalid", `${spec.label} is not filled in.`, { field, fix: "Fill it in." });
  const before = held.values[field] ?? null;
  const shown = (stored: string | null) =>
    factsOf(noun, { id: held.id, values: { ...held.values, [field]: stored } })
      .flatMap((group) => group.facts)
      .find((fact) => fact.field === field)?.shown ?? stored;
  const label = spec?.label ?? field;
  return change(
    `${label} changed`,
    [held.id],
    () => (held.values[field] = value),
    () => (held.values[field] = before),
    [{ field, label, old: shown(before), new: shown(value) }],
  );
}

export function move(one: HeldCase, to: string, label: string, awarded = one.awarded): number {
  const before = { stage: one.stage, due: one.due, awarded: one.awarded };
  return change(
    label,
    [one.id],
    () => Object.assign(one, { stage: to, due: "2026-12-07", awarded }),
    () => Object.assign(one, before),
  );
}

export const caseCommands: Partial<Commands> = {
  cases: async (query) => list(query),
  exportCases: async (_, path) => path,
  readAhead: async () => null,
  views: async () => [...register.views],
  keepView: async (name, text) => {
    const [before, id] = [register.views, newId()];
    const kept = [...before.filter((view) => view.name !== name.trim()), { id, name: name.trim(), text }];
    const entry = change(
      "Kept a view",
      [],
      () => (register.views = kept),
      () => (register.views = before),
    );
    return { id, reference: null, entry };
  },
  removeView: async (id) => {
    const before = register.views;
    const entry = change(
      "Removed a view",
      [],
      () => (register.views = before.filter((view) => view.id !== id)),
      () => (register.views = before),
    );
    return { id, reference: null, entry };
  },
  caseIds: async (text) => matching(text).map((row) => row.id),
  selectionSum: async (ids) => {
    const chosen = register.cases.filter((one) => ids.includes(one.id));
    const rounds = [...new Set(chosen.map((one) => one.values.round_id))].flatMap((id) => {
      const left = roundLeft(id);
      return left ? [{ round: left.name, left: money(left.left) }] : [];
    });
    return {
      count: chosen.length,
      asked: money(chosen.reduce((sum, one) => sum + Number(one.values.asked ?? 0), 0)),
      rounds,
    };
  },
  caseRecord: async (id) => record(id),
  editCase: async (id, field, value) => {
    const one = byId(register.cases, id);
    edit(one, one.kind, field, value);
    return record(id);
  },
  moveCase: async (id, to, fill) => {
    const one = byId(register.cases, id);
    const missing = missingFor({ ...one, values: { ...one.values, ...fill } }, to);
    if (missing.length) throw problem("refused", "This case cannot be moved yet.", { findings: missing });
    Object.assign(one.values, fill);
    move(one, to, `${one.reference}: ${STAGES[one.kind].find((stage) => stage.id === to)?.verb.toLowerCase()}`);
    return record(id);
  },
  acceptFinding: async (id, rule, reason) => {
    const one = byId(register.cases, id);
    change(
      `Confirmed ${rule}: ${reason}`,
      [id],
      () => (one.accepted = { ...one.accepted, [rule]: { by: "E. Lindqvist", on: TODAY, reason } }),
      () => (one.accepted = {}),
    );
    return record(id);
  },
  find: async (text, limit) => {
    const word = text.toLowerCase();
    return [
      ...matching(text.replace(/:/g, " ")).map((row) => ({
        noun: "case" as const,
        id: row.id,
        title: `${row.reference} ${row.business}`,
        detail: row.stage_label,
      })),
      ...register.organisations
        .filter((one) => one.values.name?.toLowerCase().includes(word))
        .map((one) => ({
          noun: "organisation" as const,
          id: one.id,
          title: one.values.name ?? "",
          detail: one.values.town ?? "",
        })),
      ...register.people
        .filter((one) => one.values.name?.toLowerCase().includes(word))
        .map((one) => ({
          noun: "person" as const,
          id: one.id,
          title: one.values.name ?? "",
          detail: nameOf(one.values.organisation_id),
        })),
    ].slice(0, limit);
  },
  today: async () => {
    const step = (id: string) => nextSteps(byId(register.cases, id))[0] ?? null;
    const line = (one: HeldCase, heading: string, text: string) => {
      const row = rowOf(one);
      return {
        case_id: one.id,
        reference: one.reference,
        heading,
        text,
        amount: row.awarded ?? row.asked,
        due_words: row.due_words ?? "",
        tone: row.tone,
        action: step(one.id),
      };
    };
    const due = (from: number, to: number) =>
      register.cases.filter((one) => one.due && !one.mark && daysTo(one.due) >= from && daysTo(one.due) <= to);
    const heading = (one: HeldCase) =>
      ({
        assessed: "Decide.",
        offered: "Chase acceptance.",
        claimed: "Check claim.",
        agreement_out: "Signatures.",
        complete: "Claim due.",
      })[one.stage] ?? "Next step.";
    const of = (one: HeldCase) => line(one, heading(one), nameOf(one.values.organisation_id));
    const left = roundLeft(register.rounds[1]?.id);
    return {
      groups: [
        { title: "Overdue", tone: "late" as const, lines: due(-99, -1).map(of) },
        { title: "Today and tomorrow", tone: "calm" as const, lines: due(0, 1).map(of) },
        { title: "This week", tone: "calm" as const, lines: due(2, 4).map(of) },
      ].filter((group) => group.lines.length > 0),
      round: left && {
        name: left.name,
        budget: money(left.budget),
        left: money(left.left),
        parts: left.parts.map(([label, amount]) => ({ label, amount: money(amount) })),
      },
    };
  },
};
