import type { Commands, LetterResult, PrintChoice } from "../contract";
import { pounds } from "$/words/money";
import { finding } from "./findings";
import { letterPdf } from "./pdf";
import { byId, changed, ME, nameOf, newId, problem, progress, register, TODAY } from "./register";

const KINDS = [
  { kind: "award", label: "Voucher offer", for_kind: "voucher" as const },
  { kind: "mfa_notification", label: "Subsidy notice", for_kind: "voucher" as const },
  { kind: "unsuccessful", label: "Unsuccessful application", for_kind: "voucher" as const },
  { kind: "placement_confirmation", label: "Placement confirmation", for_kind: "placement" as const },
  { kind: "partnership_confirmation", label: "Partnership confirmation", for_kind: "partnership" as const },
];
const cancelled = new Set<string>();
let choice: PrintChoice | null = { queue: "office_laser", copies: 1, duplex: true, tray: "tray-2" };

function missing(id: string) {
  const one = byId(register.cases, id);
  const contact = register.people.find((person) => person.id === one.values.contact_id);
  const found = [];
  if (!contact?.values.email)
    found.push(
      finding("LETTER", "block", "No e-mail address for the contact", {
        field: "email",
        fix: "Fill it in on the person’s record.",
      }),
    );
  if (!one.values.planned_end && one.values.planned_start)
    found.push(
      finding("LETTER", "block", "Planned end is not filled in", {
        field: "planned_end",
        fix: "Fill it in on the case.",
      }),
    );
  return found;
}

const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));

export const letterCommands: Partial<Commands> = {
  letterChoices: async (ids) =>
    KINDS.map(({ kind, label, for_kind }) => ({
      kind,
      label,
      cases: ids.filter((id) => byId(register.cases, id).kind === for_kind),
      owed: true,
    })).filter((choice) => choice.cases.length > 0),
  letterDrafts: async (_, ids) =>
    ids.map((id) => {
      const one = byId(register.cases, id);
      const found = missing(id);
      return {
        case_id: id,
        reference: one.reference,
        to: nameOf(one.values.organisation_id),
        pages: found.length ? null : 2,
        ready: found.length === 0,
        findings: found,
      };
    }),
  letterPreview: async (kind, id) => {
    const found = missing(id);
    if (found.length) throw problem("refused", "This letter cannot be made yet.", { findings: found });
    const one = byId(register.cases, id);
    return letterPdf(
      nameOf(one.values.organisation_id),
      one.reference,
      pounds(one.awarded ?? one.values.asked),
      `${one.reference}: ${KINDS.find((each) => each.kind === kind)?.label ?? kind}`,
    );
  },
  issueLetters: async (kind, ids, delivery, job) => {
    const results: LetterResult[] = [];
    for (const [at, id] of ids.entries()) {
      const one = byId(register.cases, id);
      if (cancelled.has(job)) {
        results.push({
          case_id: id,
          reference: one.reference,
          number: null,
          outcome: "cancelled",
          file: null,
          findings: [],
        });
        continue;
      }
      progress({ job, done: at, total: ids.length, text: `${one.reference}, ${nameOf(one.values.organisation_id)}` });
      await wait(250);
      const found = missing(id);
      if (found.length) {
        results.push({
          case_id: id,
          reference: one.reference,
          number: null,
          outcome: "refused",
          file: null,
          findings: found,
        });
        continue;
      }
      const number = `${one.reference}-L0${register.letters.filter((letter) => letter.case_id === id).length + 1}`;
      register.letters.unshift({
        id: newId(),
        number,
        kind,
        label: KINDS.find((each) => each.kind === kind)?.label ?? kind,
        case_id: id,
        reference: one.reference,
        to: nameOf(one.values.organisation_id),
        issued_on: TODAY,
        issued_by: ME,
        pages: 2,
        sha256: "c0de".repeat(16),
        withdrawn_on: null,
        superseded_by: null,
        printed: delivery.how === "print" ? [{ at: "2026-11-23T10:12:00Z", by: ME, queue: "Office laser" }] : [],
      });
      const outcome = { keep: "issued", print: "printed", save: "saved" }[delivery.how] as LetterResult["outcome"];
      results.push({
        case_id: id,
        reference: one.reference,
        number,
        outcome,
        file: delivery.how === "save" ? `${delivery.folder}/${number}.pdf` : null,
        findings: [],
      });
    }
    progress({ job, done: ids.length, total: ids.length, text: "Done" });
    changed();
    return results;
  },
  letters: async (text, offset, limit) => {
    const rows = register.letters.filter((letter) =>
      `${letter.number} ${letter.to} ${letter.label}`.toLowerCase().includes(text.toLowerCase()),
    );
    return { rows: rows.slice(offset, offset + limit), total: rows.length };
  },
  letterPdf: async (id) => {
    const letter = byId(register.letters, id);
    return letterPdf(letter.to, letter.reference, "£4,400", `${letter.reference}: ${letter.label}`);
  },
  printLetters: async (ids, _, job) =>
    ids.map((id, at) => {
      const letter = byId(register.letters, id);
      progress({ job, done: at + 1, total: ids.length, text: letter.number });
      letter.printed = [...letter.printed, { at: "2026-11-23T10:20:00Z", by: ME, queue: "Office laser" }];
      changed();
      return {
        case_id: letter.case_id,
        reference: letter.reference,
        number: letter.number,
        outcome: "printed" as const,
        file: null,
        findings: [],
      };
    }),
  saveLetters: async (ids, folder) => ids.map((id) => `${folder}/${byId(register.letters, id).number}.pdf`),
  cancel: async (job) => {
    cancelled.add(job);
    return null;
  },
  printers: async () => [
    {
      name: "office_laser",
      description: "Office laser",
      is_default: true,
      accepting: true,
      duplex: true,
      trays: [
        { value: "tray-1", label: "Tray 1" },
        { value: "tray-2", label: "Tray 2, letterhead" },
      ],
    },
    { name: "front_desk", description: "Front desk", is_default: false, accepting: false, duplex: false, trays: [] },
  ],
  printChoice: async () => choice,
  setPrintChoice: async (fresh) => {
    choice = fresh;
    return null;
  },
  printWindowTest: async () =>
    "The test page was sent to Office laser. Fold it as a letter and see whether the box stands in the window.",
  templates: async () =>
    KINDS.map((kind, at) => ({
      kind: kind.kind,
      label: kind.label,
      version: at + 1,
      written_by: null,
      written_on: null,
      own_text: null,
      fields: ["business.name", "case.reference", "award.amount", "award.accept_by", "office.name"],
      sources: ["Subsidy Control Act 2022, ss.36 and 37"],
      text: `Dear {{ contact.salutation }}\n\n# {{ case.reference }}: ${kind.label.toLowerCase()}\n\nI am pleased to offer **{{ business.name }}** an innovation voucher of {{ award.amount }}.\n\nTo accept, sign the slip and return it by {{ award.accept_by }}.\n`,
    })),
  writeTemplate: async () => null,
  tryTemplate: async (kind) => letterPdf("Quillfeather Foods Ltd", "WMIV-2026-0147", "£4,950.00", kind),
};
