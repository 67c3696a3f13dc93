import type { Commands, HistoryLine, Noun } from "../contract";
import { factsOf, rowOf } from "./cases";
import { pounds } from "$/words/money";
import { headroom, money, roundLeft } from "./findings";
import { formOf } from "./forms";
import { byId, change, nameOf, newId, nounList, problem, register, type Held, type HeldCase } from "./register";

const casesOf = (field: string, id: string) => register.cases.filter((one) => one.values[field] === id);
const history = (id: string): HistoryLine[] => register.journal.filter((entry) => entry.about.includes(id));

function personRow(one: Held) {
  return {
    id: one.id,
    name: one.values.name ?? "",
    job_title: one.values.job_title ?? null,
    organisation: nameOf(one.values.organisation_id) || null,
    email: one.values.email ?? null,
    phone: one.values.phone ?? null,
  };
}

export const placeCommands: Partial<Commands> = {
  form: async (noun) => formOf(noun),
  values: async (noun, id) => ({
    ...(noun === "office"
      ? register.office
      : noun === "officer"
        ? byId(register.officers, id).values
        : byId(nounList(noun), id).values),
  }),
  save: async (noun, id, values) => {
    const asked = formOf(noun).filter((field) => id === null || field.name in values);
    const lacking = asked.find((field) => field.required && !values[field.name]?.trim());
    if (lacking)
      throw problem("invalid", `${lacking.label} is not filled in.`, { field: lacking.name, fix: "Fill it in." });
    if (noun === "office") {
      const before = { ...register.office };
      return {
        id: "office",
        reference: null,
        entry: change(
          "The office’s details changed",
          [],
          () => Object.assign(register.office, values),
          () => (register.office = before),
        ),
      };
    }
    if (id) {
      const held = byId(nounList(noun), id);
      const before = { ...held.values };
      return {
        id,
        reference: null,
        entry: change(
          `${values.name ?? values.title ?? "Record"} changed`,
          [id],
          () => Object.assign(held.values, values),
          () => (held.values = before),
        ),
      };
    }
    const fresh: Held = { id: newId(), values: { ...values } };
    if (noun === "voucher" || noun === "placement" || noun === "partnership") {
      const code = byId(register.programmes, values.programme_id).values.code;
      const made: HeldCase = {
        ...fresh,
        kind: noun as HeldCase["kind"],
        reference: `${code}-2026-0${300 + register.cases.length}`,
        stage: noun === "partnership" ? "lead" : "enquiry",
        due: "2026-11-25",
        awarded: null,
        mark: null,
        accepted: {},
      };
      const entry = change(
        `New case ${made.reference}`,
        [made.id],
        () => register.cases.push(made),
        () => (register.cases = register.cases.filter((one) => one !== made)),
      );
      return { id: made.id, reference: made.reference, entry };
    }
    const list = nounList(noun);
    return {
      id: fresh.id,
      reference: null,
      entry: change(
        `New: ${values.name ?? "record"}`,
        [fresh.id],
        () => list.push(fresh),
        () => list.splice(list.indexOf(fresh), 1),
      ),
    };
  },
  organisations: async (text, kind, offset, limit) => {
    const rows = register.organisations
      .filter(
        (one) =>
          (!kind || one.values.kind === kind) &&
          `${one.values.name} ${one.values.company_number} ${one.values.town} ${one.values.postcode}`
            .toLowerCase()
            .includes(text.toLowerCase()),
      )
      .sort((a, b) => (a.values.name ?? "").localeCompare(b.values.name ?? ""))
      .map((one) => ({
        id: one.id,
        name: one.values.name ?? "",
        kind: one.values.kind ?? "",
        town: one.values.town ?? null,
        postcode: one.values.postcode ?? null,
        company_number: one.values.company_number ?? null,
        cases: casesOf("organisation_id", one.id).length + casesOf("provider_id", one.id).length,
      }));
    return { rows: rows.slice(offset, offset + limit), total: rows.length };
  },
  organisationRecord: async (id) => {
    const one = byId(register.organisations, id);
    const cases = [...casesOf("organisation_id", id), ...casesOf("provider_id", id)];
    return {
      id,
      name: one.values.name ?? "",
      kind: one.values.kind ?? "",
      groups: factsOf("organisation", one),
      headroom: one.values.kind === "business" && cases[0] ? { ...headroom(cases[0]), this_award: "0.00" } : null,
      cases: cases.map(rowOf),
      people: register.people.filter((person) => person.values.organisation_id === id).map(personRow),
      history: history(id),
    };
  },
  people: async (text, offset, limit) => {
    const rows = register.people
      .map(personRow)
      .filter((one) => `${one.name} ${one.organisation} ${one.email}`.toLowerCase().includes(text.toLowerCase()))
      .sort((a, b) => a.name.localeCompare(b.name));
    return { rows: rows.slice(offset, offset + limit), total: rows.length };
  },
  personRecord: async (id) => {
    const one = byId(register.people, id);
    return {
      id,
      name: one.values.name ?? "",
      groups: factsOf("person", one),
      cases: casesOf("contact_id", id).map(rowOf),
      history: history(id),
    };
  },
  programmes: async () =>
    register.programmes.map((one) => ({
      id: one.id,
      code: one.values.code ?? "",
      name: one.values.name ?? "",
      kind: one.values.instrument ?? "",
      cases: casesOf("programme_id", one.id).length,
      rounds: register.rounds
        .filter((round) => round.values.programme_id === one.id)
        .map((round) => {
          const left = roundLeft(round.id);
          return {
            id: round.id,
            programme_id: one.id,
            name: round.values.name ?? "",
            opens_at: round.values.opens_at ?? null,
            closes_at: round.values.closes_at ?? null,
            budget: round.values.budget ?? "0.00",
            committed: money((left?.budget ?? 0) - (left?.left ?? 0)),
            left: money(left?.left ?? 0),
            cases: casesOf("round_id", round.id).length,
          };
        }),
      approval_limits: ["officer", "manager", "finance"].map((role) => ({
        role,
        amount: register.limits.find((limit) => limit.programme === one.id && limit.role === role)?.amount ?? null,
      })),
    })),
  setApprovalLimit: async (programme, role, amount) => {
    const before = register.limits;
    change(
      `Approval limit of ${role} changed`,
      [programme],
      () =>
        (register.limits = [
          ...before.filter((one) => one.programme !== programme || one.role !== role),
          ...(amount ? [{ programme, role, amount }] : []),
        ]),
      () => (register.limits = before),
    );
    return null;
  },
  limits: async () => {
    const choices = formOf("limit")[0]?.choices ?? [];
    return choices.flatMap(({ value, label }) => {
      const rows = register.law
        .filter((one) => one.values.code === value)
        .sort((a, b) => (b.values.valid_from ?? "").localeCompare(a.values.valid_from ?? ""));
      const held = rows.find((one) => (one.values.valid_from ?? "") <= "2026-11-23");
      return rows.map((one) => ({
        id: one.id,
        code: value,
        label,
        amount: value === "vat" ? `${Number(one.values.amount)}%` : pounds(one.values.amount ?? "0.00"),
        from: one.values.valid_from ?? "",
        to: one.values.valid_to ?? null,
        source: one.values.source ?? "",
        in_force: one === held,
      }));
    });
  },
  officers: async () =>
    register.officers.map(({ id, name, role, can_unlock, computers, limit }) => ({
      id,
      name,
      role,
      can_unlock,
      computers,
      limit,
    })),
  addOfficer: async (values, passphrase) => {
    if (passphrase.length < 8)
      throw problem("invalid", "The passphrase is too short to keep the register safe.", {
        field: "passphrase",
        fix: "Use four or more words.",
      });
    const fresh = {
      id: newId(),
      name: values.name ?? "",
      role: formOf("officer")[1]?.choices.find((one) => one.value === values.role)?.label ?? "",
      can_unlock: true,
      computers: [],
      limit: null,
      values,
    };
    const entry = change(
      `New officer ${fresh.name}`,
      [fresh.id],
      () => register.officers.push(fresh),
      () => (register.officers = register.officers.filter((one) => one !== fresh)),
    );
    return { id: fresh.id, reference: null, entry };
  },
  removeOfficer: async (id) => {
    const one = byId(register.officers, id);
    change(
      `${one.name} can no longer unlock`,
      [id],
      () => (one.can_unlock = false),
      () => (one.can_unlock = true),
    );
    return null;
  },
};

export type { Noun };
