-- The first schema. Money is whole pence, a rate is hundredths of a percent, a day is ISO text,
-- an instant is UTC ISO text, a yes or no is 1 or 0, an id is a UUIDv7 of 16 bytes.

CREATE TABLE office (
    id BLOB PRIMARY KEY,
    name TEXT NOT NULL,
    address TEXT, phone TEXT, email TEXT, website TEXT,
    registered_line TEXT,
    signatory_name TEXT, signatory_title TEXT,
    privacy_notice TEXT, complaints_contact TEXT,
    window TEXT NOT NULL DEFAULT 'uk_dl',
    nudge_right INTEGER NOT NULL DEFAULT 0, -- hundredths of a millimetre
    nudge_down INTEGER NOT NULL DEFAULT 0,
    fold_marks INTEGER NOT NULL DEFAULT 1
) STRICT, WITHOUT ROWID;

CREATE TABLE officers (
    id BLOB PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    job_title TEXT, email TEXT, phone TEXT,
    left_on TEXT
) STRICT, WITHOUT ROWID;

-- Limits that law or an authority may change: dated rows, never constants.
CREATE TABLE statutory_limits (
    id BLOB PRIMARY KEY,
    code TEXT NOT NULL,
    amount INTEGER NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    source TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE programmes (
    id BLOB PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    instrument TEXT NOT NULL,
    funder_name TEXT,
    subsidy_route TEXT NOT NULL,
    subsidy_route_reason TEXT,
    subsidy_control_number TEXT,
    size_test TEXT NOT NULL,
    eligible_area TEXT,
    value_min INTEGER, value_max INTEGER,
    intervention_rate INTEGER NOT NULL,
    match_kind TEXT NOT NULL,
    paid_to TEXT NOT NULL,
    vat_rule TEXT NOT NULL,
    awards_per_business INTEGER,
    look_back_months INTEGER,
    accept_within_days INTEGER NOT NULL,
    start_within_days INTEGER NOT NULL,
    validity_months INTEGER NOT NULL,
    claim_within_days INTEGER NOT NULL,
    decide_within_working_days INTEGER NOT NULL,
    pay_within_working_days INTEGER NOT NULL,
    appeal_working_days INTEGER,
    retention_years INTEGER NOT NULL,
    publication_statement TEXT,
    closed_on TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE approval_limits (
    id BLOB PRIMARY KEY,
    programme_id BLOB NOT NULL REFERENCES programmes,
    role TEXT NOT NULL,
    amount INTEGER NOT NULL,
    UNIQUE (programme_id, role)
) STRICT, WITHOUT ROWID;

CREATE TABLE rounds (
    id BLOB PRIMARY KEY,
    programme_id BLOB NOT NULL REFERENCES programmes,
    name TEXT NOT NULL,
    opens_at TEXT, closes_at TEXT,
    decide_by TEXT,
    budget INTEGER NOT NULL,
    rules_as_of TEXT NOT NULL, -- the day whose statutory limits this round was opened with
    UNIQUE (programme_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE organisations (
    id BLOB PRIMARY KEY,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL, -- for comparing: folded, without legal suffix
    kind TEXT NOT NULL,
    trading_name TEXT,
    legal_form TEXT,
    company_number TEXT, charity_number TEXT,
    ukprn TEXT, ror TEXT,
    employees INTEGER, -- full-time equivalents in hundredths
    turnover INTEGER, balance_sheet INTEGER,
    size TEXT,
    vat_registered INTEGER,
    address TEXT, town TEXT, postcode TEXT,
    area TEXT,
    website TEXT, phone TEXT,
    group_root_id BLOB REFERENCES organisations, -- common control, Subsidy Control Act 2022 ss.7-8
    source TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX organisations_by_number ON organisations (company_number) WHERE company_number IS NOT NULL;
CREATE INDEX organisations_by_key ON organisations (name_key);
CREATE INDEX organisations_by_group ON organisations (group_root_id) WHERE group_root_id IS NOT NULL;
CREATE INDEX organisations_by_name ON organisations (name COLLATE NOCASE);

CREATE TABLE people (
    id BLOB PRIMARY KEY,
    organisation_id BLOB REFERENCES organisations,
    title TEXT,
    given_name TEXT, family_name TEXT,
    name TEXT NOT NULL, -- as they write it
    job_title TEXT, email TEXT, phone TEXT,
    salutation TEXT,
    address TEXT,
    may_contact INTEGER,
    source TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX people_by_organisation ON people (organisation_id);
CREATE INDEX people_by_name ON people (name COLLATE NOCASE);

CREATE TABLE cases (
    id BLOB PRIMARY KEY,
    kind TEXT NOT NULL,
    reference TEXT NOT NULL UNIQUE,
    programme_id BLOB NOT NULL REFERENCES programmes,
    round_id BLOB REFERENCES rounds,
    organisation_id BLOB NOT NULL REFERENCES organisations,
    provider_id BLOB REFERENCES organisations,
    provider_as_given TEXT,
    contact_id BLOB REFERENCES people,
    academic_id BLOB REFERENCES people,
    stage TEXT NOT NULL,
    stage_since TEXT NOT NULL,
    title TEXT NOT NULL,
    need TEXT,
    received_at TEXT,
    channel TEXT,
    asked INTEGER, project_cost INTEGER,
    due TEXT, due_for TEXT,
    recorded_by BLOB NOT NULL REFERENCES officers,
    external_reference TEXT,
    fingerprint TEXT -- of the imported row
) STRICT, WITHOUT ROWID;
CREATE INDEX cases_by_stage ON cases (stage, due);
CREATE INDEX cases_by_due ON cases (due, id);
CREATE INDEX cases_by_organisation ON cases (organisation_id);
CREATE INDEX cases_by_round ON cases (round_id, stage);
CREATE INDEX cases_by_programme ON cases (programme_id, reference);
CREATE INDEX cases_by_received ON cases (received_at, id);
CREATE INDEX cases_by_asked ON cases (asked, id);
CREATE INDEX cases_by_fingerprint ON cases (fingerprint) WHERE fingerprint IS NOT NULL;

-- What only a voucher, a placement or a partnership has. The id is the case's.
CREATE TABLE vouchers (
    id BLOB PRIMARY KEY REFERENCES cases,
    quote_reference TEXT, quote_date TEXT,
    match_cash INTEGER, match_in_kind INTEGER,
    other_funding TEXT, other_funding_amount INTEGER,
    earlier_vouchers TEXT,
    assistance_declared INTEGER,
    declaration INTEGER,
    score INTEGER,
    planned_start TEXT, planned_end TEXT,
    eligibility_checked_on TEXT,
    accepted_on TEXT,
    subsidy_declaration_on TEXT,
    work_started_on TEXT, work_ended_on TEXT,
    final_report_on TEXT,
    claimed INTEGER, claimed_on TEXT,
    paid INTEGER, paid_on TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE placements (
    id BLOB PRIMARY KEY REFERENCES cases,
    role_title TEXT, placement_type TEXT,
    student_id BLOB REFERENCES people,
    supervisor_id BLOB REFERENCES people,
    planned_start TEXT, planned_end TEXT,
    hours_per_week INTEGER, -- hundredths
    pay_rate INTEGER, -- pence an hour
    employer TEXT,
    site TEXT,
    insurer TEXT, insurance_number TEXT, insurance_expires TEXT,
    safety_checked_on TEXT, risk TEXT,
    funding_decided_on TEXT, subsidy INTEGER,
    advertised_on TEXT, selected_on TEXT, right_to_work_on TEXT,
    host_signed_on TEXT, student_signed_on TEXT, provider_signed_on TEXT,
    started_on TEXT, reviewed_on TEXT, ended_on TEXT,
    outcome TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE partnerships (
    id BLOB PRIMARY KEY REFERENCES cases,
    partnership_type TEXT,
    nda_on TEXT, first_meeting_on TEXT, matched_on TEXT,
    funder TEXT, call TEXT, call_closes TEXT, bid_reference TEXT, submitted_on TEXT,
    value_total INTEGER, business_cash INTEGER, in_kind INTEGER,
    funder_decided_on TEXT, grant_awarded INTEGER,
    heads_of_terms_on TEXT, agreement_basis TEXT, ip_basis TEXT,
    signed_on TEXT, starts_on TEXT, ends_on TEXT, review_on TEXT,
    hebci_head TEXT,
    outcome TEXT
) STRICT, WITHOUT ROWID;

-- Every move of a case along its stages. Rows are added, never changed.
CREATE TABLE stage_moves (
    id BLOB PRIMARY KEY,
    case_id BLOB NOT NULL REFERENCES cases,
    from_stage TEXT, to_stage TEXT NOT NULL,
    effective_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    officer_id BLOB NOT NULL REFERENCES officers,
    note TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX stage_moves_by_case ON stage_moves (case_id);

CREATE TABLE decisions (
    id BLOB PRIMARY KEY,
    case_id BLOB NOT NULL REFERENCES cases,
    outcome TEXT NOT NULL,
    amount INTEGER,
    decided_on TEXT NOT NULL,
    officer_id BLOB NOT NULL REFERENCES officers,
    reasons TEXT, -- codes, comma separated
    feedback TEXT,
    note TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX decisions_by_case ON decisions (case_id);

-- The terms of an award; one open award a case.
CREATE TABLE awards (
    id BLOB PRIMARY KEY,
    case_id BLOB NOT NULL REFERENCES cases,
    decision_id BLOB NOT NULL REFERENCES decisions,
    amount INTEGER NOT NULL,
    eligible_cost INTEGER NOT NULL,
    intervention_rate INTEGER NOT NULL,
    offered_on TEXT NOT NULL,
    accept_by TEXT NOT NULL,
    start_by TEXT NOT NULL,
    expires_on TEXT NOT NULL,
    claim_by TEXT NOT NULL,
    released_on TEXT
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX awards_open ON awards (case_id) WHERE released_on IS NULL;

-- A warning taken with a reason.
CREATE TABLE accepted_findings (
    id BLOB PRIMARY KEY,
    case_id BLOB NOT NULL REFERENCES cases,
    rule TEXT NOT NULL,
    reason TEXT NOT NULL,
    officer_id BLOB NOT NULL REFERENCES officers,
    accepted_on TEXT NOT NULL,
    UNIQUE (case_id, rule)
) STRICT, WITHOUT ROWID;

-- Assistance to an enterprise, ours or declared. Rows are adjusted by further rows.
CREATE TABLE subsidy_entries (
    id BLOB PRIMARY KEY,
    organisation_id BLOB NOT NULL REFERENCES organisations,
    case_id BLOB REFERENCES cases,
    kind TEXT NOT NULL,
    giver TEXT NOT NULL,
    ours INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    given_on TEXT NOT NULL,
    evidence TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX subsidy_entries_by_organisation ON subsidy_entries (organisation_id);
CREATE INDEX subsidy_entries_by_case ON subsidy_entries (case_id) WHERE case_id IS NOT NULL;

CREATE TABLE templates (
    id BLOB PRIMARY KEY,
    kind TEXT NOT NULL,
    version INTEGER NOT NULL,
    text TEXT NOT NULL,
    UNIQUE (kind, version)
) STRICT, WITHOUT ROWID;

-- Facts that left the house: no foreign keys, so that no undo can take what they name from under them.
CREATE TABLE letters (
    id BLOB PRIMARY KEY,
    case_id BLOB NOT NULL,
    reference TEXT NOT NULL,
    number TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    template_version INTEGER NOT NULL,
    recipient TEXT NOT NULL,
    facts TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    blob BLOB NOT NULL,
    pages INTEGER NOT NULL,
    issued_on TEXT NOT NULL,
    issued_by TEXT NOT NULL,
    superseded_by TEXT,
    withdrawn_at TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX letters_by_case ON letters (case_id);
CREATE INDEX letters_by_reference ON letters (reference);

CREATE TABLE letter_deliveries (
    id BLOB PRIMARY KEY,
    letter_id BLOB NOT NULL,
    at TEXT NOT NULL,
    officer TEXT NOT NULL,
    how TEXT NOT NULL, -- print or save
    place TEXT NOT NULL, -- the queue, or the file
    copies INTEGER NOT NULL,
    withdrawn_at TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX letter_deliveries_by_letter ON letter_deliveries (letter_id);

CREATE TABLE import_mappings (
    id BLOB PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    columns TEXT NOT NULL -- JSON
) STRICT, WITHOUT ROWID;

CREATE TABLE imports (
    id BLOB PRIMARY KEY,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    mapping TEXT NOT NULL,
    taken INTEGER NOT NULL,
    imported_at TEXT NOT NULL,
    officer_id BLOB NOT NULL REFERENCES officers
) STRICT, WITHOUT ROWID;

-- Derived: what the search box looks through. Rebuilt by one function, never journalled.
CREATE TABLE search_documents (
    rid INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    noun TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE search USING fts5 (
    body, content = 'search_documents', content_rowid = 'rid',
    tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3 4 5', detail = none
);
