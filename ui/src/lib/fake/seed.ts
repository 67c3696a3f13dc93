// All names are fictitious.
import type { CaseKind, Day, HistoryLine, Values } from "../contract";
import type { Entry, Held, HeldCase, Register } from "./register";

const id = (group: number, n: number) => `0193f000-000${group}-7000-8000-${n.toString().padStart(12, "0")}`;

const BUSINESSES =
  `Ångström Tooling (practice) Ltd|Blythe & Sons Saddlers|Cwm Derw Cheese Co-operative|Dosanjh Precision (practice) Ltd|Eko-Habitat CIC|Fox Lane Robotics Ltd|Brook Alloys (practice) Ltd|Gwynedd Sensors|Halesowen Glazing (practice)|Iqbal Textiles Ltd|J. O’Hara (sole trader)|Kestrel Optics (practice) LLP|Łódź Street Bakery|Meridian Farm Shop|Nant-y-Moch Timber|Old Forge Cycles (practice) Ltd|Pemberton Dyes|Quayside Acoustics Ltd|Ravensbourne Robotics (practice)|Saffron & Steel|Tamar Kelp Packaging|Uxbridge Mouldings (practice)|Vale Orthotics Ltd|Wye Valley Drones|Saltley Sonics (practice) Ltd|Hollin Hall Farms|Tern & Co (practice) Ltd|Brindle Bio-Plastics|Yarrow Looms Ltd|Zephyr Ducting (practice) Ltd`.split(
    "|",
  );
const TITLES =
  `Wear of a coated punch|Moisture in bridle leather|Ripening rooms without gas|Grinding burn found by sound|Straw panels in damp walls|Gripping soft fruit|Fatigue testing of a recycled-aluminium bracket|A sensor for peat bogs|Sealing glass at minus forty|Dyeing with less water|Balancing of a hand-built wheel|Lens coating by dip|Sourdough shelf life|Cold store energy study|Bending of green oak|Frame fatigue in cargo bikes|Colour-fast plant dyes|Quiet fan housings|Safe stop for a floor robot|Hardening of saffron knives|Kelp film for parcels|Mould cooling by design|Insoles from foot scans|Battery life in wet wind`.split(
    "|",
  );
const TOWNS = ["Marlbrook", "Marlbrook North", "Harrowgate Green", "Saltley Vale", "Cwm Derw", "Old Forge"];
const FIRST =
  "Adaeze Brook-Ó Sé|Blodwen Prys|Callum Achterberg|Dilpreet Dosanjh|Eilidh Fox|Farida Iqbal|Gethin Rhys|Hana Łodziak|Ismail Kestrel|Juno Pemberton|Kwame Saffron|Lowri Nant|Mads Quayle|Nkechi Vale|Oisín O’Hara".split(
    "|",
  );

export function seed(): Register {
  const organisations: Held[] = BUSINESSES.map((name, at) => ({
    id: id(1, at),
    values: {
      name,
      kind: "business",
      legal_form: /Ltd/.test(name) ? "limited" : "other",
      company_number: /Ltd|LLP/.test(name) ? (100 + at * 17).toString().padStart(8, "0") : null,
      address: `${3 + at} Millrace Yard`,
      town: TOWNS[at % TOWNS.length] ?? "",
      postcode: `B00 ${(at % 9) + 1}${"QXTRHN"[at % 6]}X`,
      area: "Marlbrook North",
      employees: String(4 + ((at * 19) % 120)),
      size: at % 3 ? "small" : "micro",
    },
  }));
  const providers = [
    "University of Marlbrook, Materials Testing",
    "Marlbrook College",
    "Institute of Practice Photonics",
  ].map((name, at) => ({
    id: id(1, 100 + at),
    values: {
      name,
      kind: "provider",
      town: "Marlbrook",
      postcode: `B00 4Q${"XYZ"[at]}`,
      ukprn: `1000001${at}`,
    } as Values,
  }));
  const people: Held[] = BUSINESSES.map((_, at) => ({
    id: id(2, at),
    values: {
      name: (FIRST[at % FIRST.length] ?? "") + (at >= FIRST.length ? " (practice)" : ""),
      organisation_id: id(1, at),
      job_title: at % 2 ? "Managing director" : "Director",
      email: at === 5 ? null : `contact${at}@practice.example`,
      phone: `01632 960${(100 + at).toString()}`,
    },
  }));
  const programmes: Held[] = [
    {
      id: id(3, 1),
      values: {
        code: "MIV",
        name: "Marlbrook Innovation Vouchers",
        instrument: "voucher",
        funder_name: "Marlbrook Combined Authority (practice)",
        value_min: "1000.00",
        value_max: "5000.00",
        intervention_rate: "75",
        match_kind: "cash",
        paid_to: "provider",
        vat_rule: "never",
        size_test: "headcount",
        subsidy_route: "mfa",
        decide_within_working_days: "20",
        accept_within_days: "14",
        start_within_days: "60",
        validity_months: "6",
        claim_within_days: "30",
        pay_within_working_days: "10",
        appeal_working_days: "20",
        retention_years: "7",
        look_back_months: "12",
      },
    },
    {
      id: id(3, 2),
      values: {
        code: "MPL",
        name: "Marlbrook Placements",
        instrument: "placement",
        funder_name: "University of Marlbrook (practice)",
        intervention_rate: "50",
        match_kind: "cash",
        paid_to: "business",
        vat_rule: "never",
        size_test: "headcount",
        subsidy_route: "mfa",
        decide_within_working_days: "10",
        accept_within_days: "14",
        start_within_days: "60",
        validity_months: "12",
        claim_within_days: "30",
        pay_within_working_days: "10",
        retention_years: "7",
      },
    },
    {
      id: id(3, 3),
      values: {
        code: "MPA",
        name: "Marlbrook Partnerships",
        instrument: "partnership",
        intervention_rate: "67",
        match_kind: "either",
        paid_to: "provider",
        vat_rule: "never",
        size_test: "none",
        subsidy_route: "not_subsidy",
        decide_within_working_days: "20",
        accept_within_days: "30",
        start_within_days: "90",
        validity_months: "36",
        claim_within_days: "30",
        pay_within_working_days: "10",
        retention_years: "7",
      },
    },
  ];
  const rounds: Held[] = [
    {
      id: id(4, 2),
      values: {
        programme_id: id(3, 1),
        name: "Round 2",
        opens_at: "2026-03-02T09:00",
        closes_at: "2026-05-29T12:00",
        budget: "120000.00",
      },
    },
    {
      id: id(4, 3),
      values: {
        programme_id: id(3, 1),
        name: "Round 3",
        opens_at: "2026-09-01T09:00",
        closes_at: "2026-11-20T12:00",
        decide_by: "2026-12-18",
        budget: "140000.00",
      },
    },
    {
      id: id(4, 4),
      values: {
        programme_id: id(3, 2),
        name: "Autumn 2026",
        opens_at: "2026-08-01T09:00",
        closes_at: null,
        budget: "24000.00",
      },
    },
  ];
  const cases: HeldCase[] = [];
  const scores = [61, 75, 82, 89, 62, 69, 74, 90, 63, 77, 84, 91, 78, 85, 92, 72, 79, 93, 66, 73, 80, 67, 74, 81];
  const dues = [
    "2026-11-20",
    "2026-11-24",
    "2026-11-24",
    "2026-11-24",
    null,
    "2026-11-25",
    "2026-11-25",
    "2026-11-25",
    "2026-11-26",
    "2026-11-26",
    "2026-11-26",
    "2026-11-27",
    "2026-11-27",
    "2026-11-27",
    "2026-11-30",
    "2026-11-30",
    "2026-11-30",
    "2026-12-01",
    "2026-12-01",
    "2026-12-01",
    "2026-12-02",
    "2026-12-02",
    "2026-12-02",
    "2026-12-03",
  ];
  const asks = [
    5000, 3500, 5000, 4800, 2400, 5000, 4950, 5000, 1750, 5000, 2000, 5000, 3150, 4200, 5000, 2600, 5000, 4400, 5000,
    3900, 5000, 1500, 5000, 4750,
  ];
  const add = (
    kind: CaseKind,
    code: string,
    year: number,
    n: number,
    org: number,
    stage: string,
    due: Day | null,
    values: Values,
    more: Partial<HeldCase> = {},
  ) => {
    cases.push({
      id: id(5, cases.length + 1),
      kind,
      reference: `${code}-${year}-${n.toString().padStart(4, "0")}`,
      stage,
      due,
      awarded: null,
      mark: null,
      accepted: {},
      values: {
        organisation_id: id(1, org),
        contact_id: id(2, org),
        provider_id: id(1, 100),
        channel: "web",
        ...values,
      },
      ...more,
    });
  };
  asks.forEach((asked, at) => {
    add(
      "voucher",
      "MIV",
      2026,
      107 + at + Math.floor(at / 4),
      at,
      "assessed",
      dues[at] ?? null,
      {
        programme_id: id(3, 1),
        round_id: id(4, 3),
        title: TITLES[at] ?? "Study",
        asked: `${asked}.00`,
        project_cost: `${Math.round(asked / 0.75)}.00`,
        score: String(scores[at]),
        received_at: `2026-11-${10 + (at % 7)}T09:2${at % 10}`,
        eligibility_checked_on: "2026-11-17",
        declaration: "yes",
        assistance_declared: at === 6 ? "18750.00" : "0.00",
        planned_start: "2027-01-11",
        planned_end: at === 13 ? null : "2027-04-09",
      },
      at === 4 ? { mark: "on hold" } : {},
    );
  });
  const later: [string, Day | null, string][] = [
    ["offered", "2026-11-27", "4400.00"],
    ["offered", "2026-12-04", "5000.00"],
    ["offered", "2026-12-07", "3000.00"],
    ["accepted", "2027-01-15", "5000.00"],
    ["in_progress", "2027-03-31", "4500.00"],
    ["in_progress", "2026-12-19", "5000.00"],
    ["complete", "2026-12-11", "2500.00"],
    ["claimed", "2026-11-25", "3120.00"],
    ["paid", null, "5000.00"],
    ["closed", null, "5000.00"],
    ["lapsed", null, "4000.00"],
    ["rejected", null, ""],
    ["deferred", null, ""],
  ];
  later.forEach(([stage, due, awarded], at) => {
    add(
      "voucher",
      "MIV",
      2026,
      40 + at * 3,
      (24 + at) % 30,
      stage,
      due,
      {
        programme_id: id(3, 1),
        round_id: id(4, at < 6 ? 3 : 2),
        title: TITLES[(at * 5) % 24] ?? "Study",
        asked: awarded || "5000.00",
        project_cost: "6600.00",
        score: String(64 + at),
        received_at: `2026-0${5 + (at % 4)}-12T10:00`,
        accepted_on: at > 2 && awarded ? "2026-10-02" : null,
      },
      { awarded: awarded || null },
    );
  });
  ["enquiry", "enquiry", "submitted", "submitted", "submitted", "checked", "checked"].forEach((stage, at) =>
    add("voucher", "MIV", 2026, 140 + at, 10 + at, stage, `2026-12-0${at + 1}`, {
      programme_id: id(3, 1),
      round_id: id(4, 3),
      title: TITLES[(at * 7 + 3) % 24] ?? "Study",
      asked: at < 2 ? null : "4000.00",
      received_at: "2026-11-19T15:10",
    }),
  );
  ["proposal", "host_checked", "agreement_out", "started", "ended"].forEach((stage, at) =>
    add("placement", "MPL", 2026, 5 + at, 12 + at, stage, at === 2 ? "2026-11-30" : "2026-12-15", {
      programme_id: id(3, 2),
      round_id: id(4, 4),
      title: `Placement: ${TITLES[at + 9]}`,
      role_title: "Process engineering intern",
      placement_type: "student",
      supervisor_id: id(2, 12 + at),
      asked: "1500.00",
      subsidy: at > 0 ? "1500.00" : null,
      planned_start: "2026-11-30",
      planned_end: "2027-02-26",
      hours_per_week: "35",
      pay_rate: "12.60",
      insurer: at > 0 ? "Practice Mutual" : null,
      insurance_expires: at > 0 ? "2027-06-30" : null,
      safety_checked_on: at > 0 ? "2026-10-20" : null,
      risk: "low",
      student_signed_on: at > 1 ? "2026-11-12" : null,
      provider_signed_on: at > 1 ? "2026-11-13" : null,
    }),
  );
  ["scoping", "matched", "signed", "live"].forEach((stage, at) =>
    add("partnership", "MPA", 2024 + (at % 3), 1 + at, 18 + at, stage, at === 3 ? "2027-01-22" : "2026-12-20", {
      programme_id: id(3, 3),
      title: `Partnership: ${TITLES[at + 15]}`,
      partnership_type: at === 3 ? "mou" : "ktp",
      need: "Bring the test method in-house",
      matched_on: at > 0 ? "2026-09-30" : null,
      signed_on: at > 1 ? "2026-10-01" : null,
      starts_on: at > 1 ? "2026-11-01" : null,
      value_total: "84000.00",
    }),
  );
  const line = (
    entry: number,
    at: string,
    by: string,
    label: string,
    about: string[],
    changes: HistoryLine["changes"] = [],
  ): Entry => ({
    entry,
    undone_by: null,
    at,
    by,
    label,
    undone: false,
    undoable: changes.length > 0,
    changes,
    about,
    kind: "do",
    revert: () => {},
    again: () => {},
  });
  const brook = cases[6]?.id ?? "";
  const journal = [
    line(418, "2026-11-20T16:02:00Z", "R. Castellanos", "Scored 74 by two assessors, spread 5", [brook]),
    line(
      402,
      "2026-11-18T10:41:00Z",
      ME_NAME,
      "Staff changed, on evidence of payroll",
      [brook, id(1, 6)],
      [{ field: "employees", label: "Staff", old: "32", new: "23" }],
    ),
    line(
      388,
      "2026-11-16T09:20:00Z",
      ME_NAME,
      "Imported 24 applications from “forms-6.xlsx”",
      cases.slice(0, 24).map((one) => one.id),
    ),
  ];
  return {
    cases,
    organisations: [...organisations, ...providers],
    people,
    programmes,
    rounds,
    journal,
    undone: [],
    views: [],
    limits: [
      { programme: id(3, 1), role: "officer", amount: "5000.00" },
      { programme: id(3, 1), role: "manager", amount: "25000.00" },
    ],
    law: [
      ["mfa", "315000.00", "2022-12-04", "Subsidy Control Act 2022, s.36(1)"],
      ["vat", "20.00", "2011-01-04", "Value Added Tax Act 1994, s.2(1)"],
      ["minimum_wage", "12.71", "2026-04-01", "National Minimum Wage Regulations 2015, from April 2026"],
      ["minimum_wage", "12.21", "2025-04-01", "National Minimum Wage Regulations 2015, from April 2025"],
    ].map(([code = "", amount = "", valid_from = "", source = ""], number) => ({
      id: id(9, number + 1),
      values: { code, amount, valid_from, valid_to: null, source },
    })),
    officers: [
      {
        id: id(6, 1),
        name: ME_NAME,
        role: "Programme officer",
        can_unlock: true,
        computers: [],
        limit: "5000.00",
        values: { name: ME_NAME, role: "officer" },
      },
      {
        id: id(6, 2),
        name: "T. Achterberg",
        role: "Manager",
        can_unlock: true,
        computers: [],
        limit: "25000.00",
        values: { name: "T. Achterberg", role: "manager" },
      },
      {
        id: id(6, 3),
        name: "R. Castellanos",
        role: "Finance officer",
        can_unlock: true,
        computers: [],
        limit: null,
        values: { name: "R. Castellanos", role: "finance" },
      },
    ],
    office: {
      name: "Marlbrook Vouchers",
      address: "Practice House\n14 Quayside\nMarlbrook\nB00 1AA",
      phone: "0117 496 0180",
      email: "office@marlbrook.example",
      signatory_name: "T. Achterberg",
      signatory_title: "Programme manager",
      window: "uk_dl",
      nudge_right: "0",
      nudge_down: "0",
      fold_marks: "yes",
    },
    letters: cases
      .filter((one) => one.awarded && one.stage !== "lapsed")
      .slice(0, 9)
      .map((one, at) => ({
        id: id(7, at),
        number: `${one.reference}-L01`,
        kind: "award",
        label: "Voucher offer",
        case_id: one.id,
        reference: one.reference,
        to: organisations.find((org) => org.id === one.values.organisation_id)?.values.name ?? "",
        issued_on: `2026-11-${20 - at}`,
        issued_by: ME_NAME,
        pages: 2,
        sha256: "9f2c".repeat(16),
        printed: at % 3 === 2 ? [] : [{ at: `2026-11-${20 - at}T15:12:00Z`, by: ME_NAME, queue: "Office laser" }],
        withdrawn_on: at === 4 ? "2026-11-18" : null,
        superseded_by: at === 5 ? `${one.reference}-L02` : null,
      })),
    mappings: {},
  };
}

const ME_NAME = "E. Lindqvist";
