// What the desk answers, in the words of the screens. The Rust types are the source: desk.ts holds this against the generated
// bindings, so that a difference does not compile.
// Amounts are text in pounds ("4950.00"), days are ISO dates ("2026-11-23"), instants are UTC ISO date-times, ids are UUIDs.
// Every command rejects with a Problem.

export type Id = string;
export type Money = string;
export type Day = string;
export type Instant = string;

export type Severity = "block" | "warn" | "inform";
/** A sentence an officer would say, the facts behind it, and what to do. */
export type Finding = {
  rule: string; severity: Severity; message: string;
  detail: string | null; fix: string | null; source: string | null;
  field: string | null; column: string | null;
  /** set when a warning was accepted with a reason */
  accepted: { by: string; on: Day; reason: string } | null;
};
export type Problem = {
  code: "invalid" | "refused" | "not_found" | "locked" | "wrong_passphrase" | "read_only" | "changed_since" | "file" | "printer" | "cancelled" | "damaged" | "internal";
  message: string; field: string | null; fix: string | null; findings: Finding[];
};

// ---- forms: one mechanism for every noun that is filled in by hand
export type Noun = "organisation" | "person" | "voucher" | "placement" | "partnership" | "programme" | "round" | "office" | "officer" | "limit";
export type FieldKind = "text" | "long" | "money" | "percent" | "day" | "instant" | "number" | "decimal" | "yes_no" | "choice" | "organisation" | "person" | "programme" | "round" | "provider" | "email" | "postcode" | "company_number";
export type FieldSpec = { name: string; label: string; kind: FieldKind; required: boolean; hint: string | null; start: string | null; choices: { value: string; label: string }[]; group: string };
export type Values = Partial<Record<string, string | null>>;
export type View = { id: Id; name: string; text: string };
export type Saved = { id: Id; reference: string | null; entry: number | null };

// ---- start
export type Start = { recent: { folder: string; name: string; officers: string[]; remembered: boolean }[]; practice_folder: string; practice_made: boolean };
export type NewRegister = { folder: string; office_name: string; officer_name: string; passphrase: string };
export type DeskState = {
  name: string; folder: string; office_name: string; officer: string; role: string; practice: boolean;
  read_only: { who: string; device: string; since: Instant } | null;
  as_of: Day | null; today: Day; undo: { entry: number; label: string } | null; redo: { entry: number; label: string } | null;
  counts: { due: number; overdue: number; letters_owed: number; cases: number };
  backed_up_at: Instant | null;
};

// ---- cases
export type CaseKind = "voucher" | "placement" | "partnership";
export type CaseSort = "reference" | "business" | "stage" | "asked" | "awarded" | "due" | "received";
export type CaseQuery = { text: string; sort: CaseSort; descending: boolean; offset: number; limit: number };
export type CaseRow = {
  id: Id; reference: string; kind: CaseKind; programme: string; round: string | null; stage: string; stage_label: string;
  business: string; title: string; asked: Money | null; awarded: Money | null; received_on: Day | null;
  due: Day | null; due_words: string | null; tone: "late" | "soon" | "calm"; mark: string | null;
};
export type CaseList = { rows: CaseRow[]; total: number; asked: Money; awarded: Money };
export type SelectionSum = { count: number; asked: Money; rounds: { round: string; left: Money }[] };
export type Step = { stage: string; label: string; state: "done" | "now" | "ahead" };
/** One thing that may be done next, with what stands in its way. */
export type NextStep = {
  action: "award" | "reject" | "defer" | "move" | "letter"; to: string | null; letter: string | null;
  label: string; explains: string | null; filled: boolean; missing: Finding[];
};
export type Fact = { field: string; label: string; value: string | null; shown: string; kind: FieldKind; editable: boolean; link: { noun: Noun; id: Id } | null };
export type Headroom = {
  enterprise: string; members: string[]; limit: Money; used: Money; this_award: Money; left: Money; from: Day; to: Day;
  lines: { given_on: Day | null; what: string; amount: Money; source: string }[]; source: string;
};
export type LetterRow = {
  id: Id; number: string; kind: string; label: string; case_id: Id; reference: string; to: string; issued_on: Day; issued_by: string; pages: number; sha256: string;
  printed: { at: Instant; by: string; queue: string }[]; withdrawn_on: Day | null; superseded_by: string | null;
};
export type HistoryLine = {
  entry: number; at: Instant; by: string; label: string; undone: boolean; undone_by: number | null; undoable: boolean;
  changes: { field: string; label: string; old: string | null; new: string | null }[];
};
export type CaseRecord = {
  id: Id; reference: string; kind: CaseKind; programme: { id: Id; name: string }; round: { id: Id; name: string } | null;
  title: string; business: { id: Id; name: string }; stage: string; stage_label: string; standing: string;
  steps: Step[]; next: NextStep[]; findings: Finding[]; passed: number; headroom: Headroom | null;
  groups: { title: string; facts: Fact[] }[];
  people: { id: Id; name: string; role: string; job_title: string | null; email: string | null; phone: string | null }[];
  other_cases: CaseRow[]; letters: LetterRow[]; history: HistoryLine[];
};

// ---- decisions
export type Outcome = "award" | "reject" | "defer";
export type CaseDecision = {
  id: Id; reference: string; business: string; asked: Money | null; amount: Money | null;
  findings: Finding[]; blocked: boolean; another_amount_would_do: boolean; needs_reason: string[]; // rules whose warnings want a reason
};
export type DecisionPreview = { cases: CaseDecision[]; count: number; blocked: number; sum: Money; rounds: { round: string; budget: Money; left_before: Money; left_after: Money }[] };
export type DecisionInput = {
  outcome: Outcome; cases: { id: Id; amount: Money | null; accepted: { rule: string; reason: string }[] }[];
  reasons: string[]; feedback: string; note: string;
};
export type Decided = { entry: number | null; decided: { id: Id; reference: string; stage: string }[]; refused: { id: Id; reference: string; findings: Finding[] }[] };

// ---- letters
/** `cases`: those that owe it; where none does, all that may have it. */
export type LetterChoice = { kind: string; label: string; cases: Id[]; owed: boolean };
export type LetterDraft = { case_id: Id; reference: string; to: string; pages: number | null; ready: boolean; findings: Finding[] };
export type Queue = { name: string; description: string; is_default: boolean; accepting: boolean; duplex: boolean; trays: { value: string; label: string }[] };
export type PrintChoice = { queue: string; copies: number; duplex: boolean; tray: string | null };
export type Delivery = { how: "keep" } | { how: "print"; choice: PrintChoice } | { how: "save"; folder: string };
export type LetterResult = { case_id: Id; reference: string; number: string | null; outcome: "issued" | "printed" | "saved" | "refused" | "cancelled"; file: string | null; findings: Finding[] };
export type Template = {
  kind: string;
  label: string;
  version: number;
  text: string;
  written_by: string | null;
  written_on: Day | null;
  own_text: string | null;
  fields: string[];
  sources: string[];
};

// ---- import
export type ImportColumn = { index: number; heading: string; samples: string[]; field: string | null; note: string | null };
export type ImportSheet = {
  session: string; file_name: string; read_as: string; sheets: string[]; sheet: string | null; header_row: number; rows: number;
  columns: ImportColumn[]; fields: { name: string; label: string; required: boolean }[]; mapping_name: string | null; mappings: string[];
};
export type RowState = "ready" | "warned" | "refused" | "held";
export type ImportRow = {
  row: number; state: RowState; business: string; company_number: string; asked: string; received: string;
  reference: string | null; findings: Finding[];
  same_as: { id: Id; name: string; town: string | null; postcode: string | null; company_number: string | null; because: string[]; accepted: boolean } | null;
  values: { field: string; label: string; heading: string; as_received: string; value: string | null; mended: boolean }[];
};
export type ImportCheck = { rows: ImportRow[]; ready: number; warned: number; refused: number; held: number };
export type Imported = { entry: number | null; taken: number; left: number; references: string[] };

// ---- organisations, people, programmes
export type OrganisationRow = { id: Id; name: string; kind: string; town: string | null; postcode: string | null; company_number: string | null; cases: number };
export type OrganisationRecord = { id: Id; name: string; kind: string; groups: { title: string; facts: Fact[] }[]; headroom: Headroom | null; cases: CaseRow[]; people: PersonRow[]; history: HistoryLine[] };
export type PersonRow = { id: Id; name: string; job_title: string | null; organisation: string | null; email: string | null; phone: string | null };
export type PersonRecord = { id: Id; name: string; groups: { title: string; facts: Fact[] }[]; cases: CaseRow[]; history: HistoryLine[] };
export type RoundRow = { id: Id; programme_id: Id; name: string; opens_at: Instant | null; closes_at: Instant | null; budget: Money; committed: Money; left: Money; cases: number };
export type ProgrammeRow = { id: Id; code: string; name: string; kind: string; cases: number; rounds: RoundRow[]; approval_limits: { role: string; amount: Money | null }[] };
export type LimitRow = { id: Id; code: string; label: string; amount: string; from: Day; to: Day | null; source: string; in_force: boolean };
export type Hit = { noun: "case" | "organisation" | "person"; id: Id; title: string; detail: string };

// ---- today
export type TodayLine = { case_id: Id; reference: string; heading: string; text: string; amount: Money | null; due_words: string; tone: "late" | "soon" | "calm"  ; action: NextStep | null};
export type Today = { groups: { title: string; tone: "late" | "soon" | "calm"; lines: TodayLine[] }[]; round: { name: string; budget: Money; left: Money; parts: { label: string; amount: Money }[] } | null };

// ---- the register
export type JournalLine = HistoryLine & { kind: "do" | "undo" | "redo" | "erase" | "upgrade"; records: number };
export type UndoPlan = { entry: number; label: string; also: { entry: number; label: string; by: string; at: Instant }[]; withdraws: string[]; refused: string | null };
export type Undone = { entry: number; label: string; count: number };
export type Verification = { sound: boolean; entries: number; head: string; faults: string[] };
export type Backup = { file: string; taken_at: Instant; size: number; verified: boolean };
export type OfficerRow = {
  id: Id;
  name: string;
  role: string;
  can_unlock: boolean;
  /** open the register for them without a passphrase */
  computers: string[];
  limit: Money | null;
};
export type Progress = { job: string; done: number; total: number; text: string };
/** sent as the event "changed" with the names of the tables that changed; screens ask again when theirs is among them */
export type Changed = { tables: string[] };

export interface Commands {
  start(): Promise<Start>;
  createRegister(input: NewRegister): Promise<{ recovery_key: string }>;
  openRegister(folder: string, officer: string, passphrase: string): Promise<DeskState>;
  /** opens with what this computer's key ring holds; null when the passphrase is to be asked for */
  openRemembered(folder: string): Promise<DeskState | null>;
  isRemembered(): Promise<boolean>;
  remember(remembered: boolean): Promise<null>;
  forgetComputer(officer: Id, computer: string): Promise<null>;
  recoverRegister(folder: string, recoveryKey: string, officer: string, newPassphrase: string): Promise<DeskState>;
  restoreLastGood(folder: string, officer: string, passphrase: string): Promise<{ taken_at: Instant; desk: DeskState }>;
  openPractice(): Promise<DeskState>;
  lock(): Promise<null>;
  saveRecoverySheet(recoveryKey: string, path: string): Promise<string>;
  printRecoverySheet(recoveryKey: string, choice: PrintChoice): Promise<null>;
  deskState(): Promise<DeskState | null>;
  lookBack(day: Day | null): Promise<DeskState>;
  somebodyIsThere(): Promise<null | void>;
  /** minutes; 0 is never */
  lockAfter(): Promise<number>;
  setLockAfter(minutes: number): Promise<null>;
  /** a file dialog of the system: "folder", "spreadsheet", "save_csv", "save_list", "save_pdf", "register" */
  choosePath(what: string, suggested: string | null): Promise<string | null>;

  form(noun: Noun): Promise<FieldSpec[]>;
  values(noun: Noun, id: Id): Promise<Values>;
  save(noun: Noun, id: Id | null, values: Values): Promise<Saved>;

  cases(query: CaseQuery): Promise<CaseList>;
  /** the officer's own */
  views(): Promise<View[]>;
  keepView(name: string, text: string): Promise<Saved>;
  removeView(id: Id): Promise<Saved>;
  /** Has the register read what a first search would wait for. */
  readAhead(): Promise<null | void>;
  /** where the file was saved; a workbook, or CSV where it is named so */
  exportCases(query: CaseQuery, path: string): Promise<string>;
  caseIds(text: string): Promise<Id[]>;
  selectionSum(ids: Id[]): Promise<SelectionSum>;
  caseRecord(id: Id): Promise<CaseRecord>;
  editCase(id: Id, field: string, value: string | null): Promise<CaseRecord>;
  /** fills in what the stage asks for and moves the case there, as one change */
  moveCase(id: Id, to: string, fill: Values, note: string | null): Promise<CaseRecord>;
  acceptFinding(id: Id, rule: string, reason: string): Promise<CaseRecord>;
  find(text: string, limit: number): Promise<Hit[]>;
  today(): Promise<Today>;

  decisionReasons(): Promise<{ code: string; label: string }[]>;
  decisionPreview(outcome: Outcome, cases: { id: Id; amount: Money | null }[]): Promise<DecisionPreview>;
  decide(input: DecisionInput): Promise<Decided>;

  letterChoices(ids: Id[]): Promise<LetterChoice[]>;
  letterDrafts(kind: string, ids: Id[]): Promise<LetterDraft[]>;
  /** the PDF, base64 */
  letterPreview(kind: string, caseId: Id): Promise<string>;
  issueLetters(kind: string, ids: Id[], delivery: Delivery, job: string): Promise<LetterResult[]>;
  letters(text: string, offset: number, limit: number): Promise<{ rows: LetterRow[]; total: number }>;
  letterPdf(id: Id): Promise<string>;
  printLetters(ids: Id[], choice: PrintChoice, job: string): Promise<LetterResult[]>;
  saveLetters(ids: Id[], folder: string): Promise<string[]>;
  cancel(job: string): Promise<null | void>;
  printers(): Promise<Queue[]>;
  printChoice(): Promise<PrintChoice | null>;
  setPrintChoice(choice: PrintChoice): Promise<null>;
  printWindowTest(choice: PrintChoice): Promise<string>;
  templates(): Promise<Template[]>;
  writeTemplate(kind: string, text: string): Promise<number | null>;
  tryTemplate(kind: string, text: string): Promise<string>;

  importOpen(path: string, programmeId: Id, roundId: Id | null, job: string): Promise<ImportSheet>;
  importChooseSheet(session: string, sheet: string): Promise<ImportSheet>;
  importCheck(session: string, columns: (string | null)[], mappingName: string): Promise<ImportCheck>;
  importMend(session: string, row: number, field: string, value: string): Promise<ImportRow>;
  importSameBusiness(session: string, row: number, accepted: boolean): Promise<ImportRow>;
  importTakeAnyway(session: string, row: number, take: boolean): Promise<ImportRow>;
  importCommit(session: string): Promise<Imported>;
  importSaveRest(session: string, path: string): Promise<string>;

  organisations(text: string, kind: string | null, offset: number, limit: number): Promise<{ rows: OrganisationRow[]; total: number }>;
  organisationRecord(id: Id): Promise<OrganisationRecord>;
  people(text: string, offset: number, limit: number): Promise<{ rows: PersonRow[]; total: number }>;
  personRecord(id: Id): Promise<PersonRecord>;
  erasePerson(id: Id, reason: string): Promise<{ letters: number; backups_before: number }>;
  programmes(): Promise<ProgrammeRow[]>;
  setApprovalLimit(programmeId: Id, role: string, amount: Money | null): Promise<null>;

  limits(): Promise<LimitRow[]>;
  officers(): Promise<OfficerRow[]>;
  addOfficer(values: Values, passphrase: string): Promise<Saved>;
  removeOfficer(id: Id): Promise<null>;
  journal(before: number | null, limit: number): Promise<JournalLine[]>;
  entryChanges(entry: number): Promise<HistoryLine["changes"]>;
  undoPlan(entry: number | null): Promise<UndoPlan | null>;
  undo(entry: number): Promise<Undone>;
  redo(): Promise<Undone | null>;
  verify(): Promise<Verification>;
  backups(): Promise<Backup[]>;
  backupNow(): Promise<Backup>;
  restore(file: string, passphrase: string): Promise<DeskState>;
  licences(): Promise<{ name: string; version: string; licence: string }[]>;
}
