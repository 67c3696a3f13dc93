import type { Commands, ImportRow } from "../contract";
import { pounds, readMoney } from "$/words/money";
import { finding } from "./findings";
import { change, newId, problem, register, type HeldCase } from "./register";

const FIELDS = [
  { name: "business", label: "Business", required: true },
  { name: "company_number", label: "Company number", required: false },
  { name: "contact", label: "Contact", required: false },
  { name: "email", label: "E-mail", required: false },
  { name: "postcode", label: "Postcode", required: false },
  { name: "title", label: "Project title", required: true },
  { name: "asked", label: "Asked for", required: true },
  { name: "received_at", label: "Received", required: false },
  { name: "provider_as_given", label: "Provider, as written", required: false },
];
const COLUMNS: [string, string | null, string[]][] = [
  ["Timestamp", "received_at", ["16/11/2026 09:12", "16/11/2026 10:40"]],
  ["Organisation name", "business", ["Brindle Bioplastics (practice) Ltd", "Hollin Hall Farms"]],
  ["Co. Reg. No.", "company_number", ["482", "SC12345678"]],
  ["Your name", "contact", ["Ada Brindle", "Tom Hollin"]],
  ["Work e-mail", "email", ["ada@brindle.example", "tom@hollin.example"]],
  ["Project", "title", ["Film from potato starch", "Cold store"]],
  ["Amount sought (£)", "asked", ["5.000,00", "3000"]],
  ["Who would you like to work with?", "provider_as_given", ["Uni of Marlbrook chem dept", ""]],
  ["How did you hear of us?", null, ["Breakfast", "A friend"]],
];
const NAMES =
  "Brindle Bioplastics (practice) Ltd|Hollin Hall Farms||Saltley Sonics (practice) Ltd|Tern & Co (practice) Ltd".split(
    "|",
  );
let rows: ImportRow[] = [];
const taken = new Set<number>();

function row(n: number): ImportRow {
  const bad = [18, 27, 33, 41, 58].indexOf(n);
  const worth = n % 9 === 4 && bad < 0;
  const held = n === 60 || n === 62;
  const business = bad >= 0 ? (NAMES[bad] ?? "") : `Practice Works ${n} Ltd`;
  const asked =
    ["5.000,00", "£3,000.00", "£5,000.00", "£4,400.00", "up to 5k"][bad] ?? pounds(`${2000 + ((n * 137) % 3000)}.00`);
  const number =
    ["00000482", "SC12345678", "00000519", "00000533", "00000571"][bad] ?? (n * 91).toString().padStart(8, "0");
  const received = bad === 3 ? "31/02/2026" : `${16 + (n % 3)} Nov 2026`;
  const stop = [
    finding("R-90", "block", "“5.000,00” can be read two ways", {
      column: "Amount sought (£)",
      field: "asked",
      detail:
        "Five thousand pounds, or five pounds. An amount is never guessed. All other rows of this file use a point for pence.",
    }),
    finding("R-72", "block", "“SC12345678” has ten characters", {
      field: "company_number",
      column: "Co. Reg. No.",
      detail: "A company number has eight. Two letters may come first.",
    }),
    finding("FORM", "block", "The business has no name", {
      field: "business",
      column: "Organisation name",
      detail: "A letter cannot be addressed without one.",
    }),
    finding("R-91", "block", "There is no day “31/02/2026”", {
      field: "received_at",
      column: "Timestamp",
      detail: "February 2026 has 28 days.",
    }),
    finding("R-90", "block", "“up to 5k” is not an amount", { field: "asked", column: "Amount sought (£)" }),
  ][bad];
  const mended = finding("R-71", "inform", "Company number mended from “482”", {
    field: "company_number",
    detail: "Excel drops leading zeros. Eight digits restored.",
  });
  const values = COLUMNS.filter(([, field]) => field).map(([heading, field, samples]) => {
    const shown: Record<string, string> = { business, company_number: number, asked, received_at: received };
    const value = shown[field ?? ""] ?? samples[0] ?? "";
    return {
      field: field ?? "",
      label: FIELDS.find((one) => one.name === field)?.label ?? heading,
      heading,
      as_received: field === "company_number" && bad === 0 ? "482" : value,
      value,
      mended: field === "company_number" && bad === 0,
    };
  });
  return {
    row: n,
    state: bad >= 0 ? "refused" : held ? "held" : worth ? "warned" : "ready",
    business,
    company_number: number,
    asked,
    received,
    reference: held ? "MIV-2026-0107" : null,
    findings: [
      ...(stop ? [stop] : []),
      ...(worth
        ? [
            finding("R-58", "warn", "Asked for more than the quote", {
              detail: "It is taken as written; look at it before deciding.",
            }),
          ]
        : []),
      ...(bad === 0 ? [mended] : []),
      ...(held
        ? [
            finding("HELD", "inform", "Already held as MIV-2026-0107", {
              detail: "The same row was taken on 16 Nov 2026.",
            }),
          ]
        : []),
    ],
    same_as:
      bad === 0 || n === 13
        ? {
            id: register.organisations[27]?.id ?? "",
            name: "Brindle Bio-Plastics",
            town: "Marlbrook",
            postcode: "B00 4QX",
            company_number: null,
            because: ["same postcode", "same e-mail domain", "no company number held"],
            accepted: false,
          }
        : null,
    values,
  };
}

function check() {
  const count = (state: ImportRow["state"]) => rows.filter((one) => one.state === state).length;
  return { rows, ready: count("ready"), warned: count("warned"), refused: count("refused"), held: count("held") };
}
function find(n: number): ImportRow {
  const found = rows.find((one) => one.row === n);
  if (!found) throw problem("not_found", "This row is not in the file.");
  return found;
}
const put = (fresh: ImportRow) => {
  rows = rows.map((one) => (one.row === fresh.row ? fresh : one));
  return fresh;
};

const sheet = () => ({
  session: "practice",
  file_name: "forms-7.xlsx",
  read_as: "Excel workbook",
  sheets: ["Form1", "Notes"],
  sheet: "Form1",
  header_row: 1,
  rows: 63,
  columns: COLUMNS.map(([heading, field, samples], index) => ({
    index,
    heading,
    samples,
    field,
    note: heading === "Who would you like to work with?" ? "Matched by its wording; look twice." : null,
  })),
  fields: FIELDS,
  mapping_name: "Forms 2026",
  mappings: ["Forms 2026"],
});

export const importCommands: Partial<Commands> = {
  importOpen: async () => sheet(),
  importChooseSheet: async (_, name) => ({ ...sheet(), sheet: name }),
  importCheck: async () => {
    if (rows.length === 0) rows = Array.from({ length: 63 }, (_, at) => row(at + 2)).filter((one) => one.row <= 64);
    return check();
  },
  importMend: async (_, n, field, value) => {
    const one = find(n);
    if (field === "asked") {
      const read = readMoney(value);
      if (!read.ok) throw problem("invalid", read.why, { field });
      value = pounds(read.amount);
    }
    const left = one.findings.filter((each) => each.field !== field || each.severity !== "block");
    const key = { business: "business", company_number: "company_number", asked: "asked", received_at: "received" }[
      field
    ];
    return put({
      ...one,
      ...(key ? { [key]: value } : {}),
      findings: left,
      state: left.some((each) => each.severity === "block") ? "refused" : "ready",
      values: one.values.map((each) => (each.field === field ? { ...each, value, mended: true } : each)),
    });
  },
  importSameBusiness: async (_, n, accepted) => {
    const one = find(n);
    return put({ ...one, same_as: one.same_as && { ...one.same_as, accepted } });
  },
  importTakeAnyway: async (_, n, take) => {
    if (take) taken.add(n);
    else taken.delete(n);
    return put({ ...find(n), state: take ? "warned" : "held" });
  },
  importCommit: async () => {
    const good = rows.filter((one) => one.state === "ready" || one.state === "warned");
    const fresh: HeldCase[] = good.map((one, at) => ({
      id: newId(),
      kind: "voucher",
      reference: `MIV-2026-${(200 + at).toString().padStart(4, "0")}`,
      stage: "submitted",
      due: "2026-12-18",
      awarded: null,
      mark: null,
      accepted: {},
      values: {
        organisation_id: register.organisations[at % 30]?.id ?? null,
        programme_id: register.programmes[0]?.id ?? null,
        round_id: register.rounds[1]?.id ?? null,
        title: `Imported from forms-7.xlsx, row ${one.row}`,
        asked: "4000.00",
        received_at: "2026-11-18T10:00",
      },
    }));
    const entry = change(
      `Import of ${fresh.length} applications from “forms-7.xlsx”`,
      fresh.map((one) => one.id),
      () => register.cases.push(...fresh),
      () => (register.cases = register.cases.filter((one) => !fresh.includes(one))),
    );
    const left = rows.length - good.length;
    rows = [];
    return { entry, taken: fresh.length, left, references: fresh.map((one) => one.reference) };
  },
  importSaveRest: async (_, path) => path,
};
