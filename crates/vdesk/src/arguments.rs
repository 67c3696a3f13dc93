//! What may stand on the command line.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};

/// The command of Voucher Desk for IT, auditors and scripts.
#[derive(Parser)]
#[command(name = "vdesk", version, about, disable_help_subcommand = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub common: Common,
}

#[derive(Args)]
pub(crate) struct Common {
    /// Print JSON.
    #[arg(long, global = true)]
    pub json: bool,
    /// A file whose first line is the passphrase; else VDESK_PASSPHRASE is used.
    #[arg(long, global = true, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
    /// The officer who opens the register; may be left out where there is only one.
    #[arg(long = "as", global = true, value_name = "OFFICER")]
    pub officer: Option<String>,
    /// Work as on this day.
    #[arg(long, global = true, value_name = "YYYY-MM-DD")]
    pub today: Option<NaiveDate>,
}

#[derive(Args)]
pub(crate) struct Look {
    /// Answer as on the evening of this day, when nothing later was known.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub as_of: Option<NaiveDate>,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Make a register.
    New {
        /// The folder to make.
        register: PathBuf,
        /// Make the fictitious practice office.
        #[arg(long)]
        sample: bool,
        /// The office's name.
        #[arg(long, default_value = "Innovation Office")]
        office: String,
    },
    /// Set up or change a programme, and a round of it.
    Programme {
        register: PathBuf,
        /// The programme's code: 2 to 8 capitals or digits.
        code: String,
        /// A field of the programme, as in `--set value_max=5000`; without one, the programme is shown.
        #[arg(long, value_name = "FIELD=VALUE")]
        set: Vec<String>,
        /// The name of a round to make or change.
        #[arg(long)]
        round: Option<String>,
        /// A field of the round, as in `--set-round budget=140000`.
        #[arg(long, value_name = "FIELD=VALUE", requires = "round")]
        set_round: Vec<String>,
        #[command(flatten)]
        look: Look,
    },
    /// Show the limits of law by date, or add one.
    Limits {
        register: PathBuf,
        /// A field of a new limit: `--set code=mfa --set amount=315000 --set valid_from=2026-04-01 --set source=TEXT`.
        #[arg(long, value_name = "FIELD=VALUE")]
        set: Vec<String>,
    },
    /// Import applications from a spreadsheet or delimited file.
    Import {
        register: PathBuf,
        file: PathBuf,
        /// The programme's code.
        #[arg(long)]
        programme: String,
        /// The round's name; else the one that was open when each application came.
        #[arg(long)]
        round: Option<String>,
        /// A file of `heading=field` lines, or the name of a remembered mapping.
        #[arg(long)]
        mapping: Option<String>,
        /// Only say what would be taken.
        #[arg(long)]
        dry_run: bool,
        /// Where to save the rows that cannot be taken.
        #[arg(long, value_name = "FILE")]
        rest: Option<PathBuf>,
    },
    /// List cases.
    Cases {
        register: PathBuf,
        /// Words and fields, as in the window: `stage:offered due:<14d`.
        query: Vec<String>,
        #[command(flatten)]
        look: Look,
    },
    /// Show one case.
    Show {
        register: PathBuf,
        reference: String,
        #[command(flatten)]
        look: Look,
    },
    /// What was done with a case.
    History {
        register: PathBuf,
        reference: String,
        #[command(flatten)]
        look: Look,
    },
    /// Fill in fields of a case, its business or its contact.
    Set {
        register: PathBuf,
        reference: String,
        /// `FIELD=VALUE` of the case; `business.FIELD=VALUE` or `contact.FIELD=VALUE` of those.
        #[arg(required = true)]
        fields: Vec<String>,
    },
    /// Move a case to a stage.
    Move {
        register: PathBuf,
        reference: String,
        /// The stage's id.
        stage: String,
    },
    /// Decide a voucher.
    Decide {
        register: PathBuf,
        reference: String,
        outcome: Outcome,
        /// The amount to award; else what the programme proposes.
        #[arg(long)]
        amount: Option<String>,
        /// The reason for taking all open warnings, the code of a rejection's reason, or the note of a deferral.
        #[arg(long)]
        reason: Vec<String>,
        /// Take one warning with a reason: RULE=REASON.
        #[arg(long, value_name = "RULE=REASON")]
        accept: Vec<String>,
        /// Feedback for the letter.
        #[arg(long, default_value = "")]
        feedback: String,
    },
    /// Issue letters and save them as PDF files: those that are owed, or those of the cases that match.
    Letters {
        register: PathBuf,
        /// The kind of letter: award, mfa_notification, unsuccessful, placement_confirmation, partnership_confirmation.
        #[arg(long)]
        kind: String,
        query: Vec<String>,
        /// The folder for the files.
        #[arg(long)]
        out: PathBuf,
        /// Also save all in one file for one print job.
        #[arg(long)]
        combined: bool,
        /// Also for cases that have the letter already: the new one takes its place.
        #[arg(long)]
        again: bool,
        /// Issue nothing; say what is missing.
        #[arg(long)]
        dry_run: bool,
    },
    /// Undo the newest change, or the one of this number.
    Undo { register: PathBuf, entry: Option<i64> },
    /// Do again what was undone last.
    Redo { register: PathBuf },
    /// The newest entries of the journal.
    Journal {
        register: PathBuf,
        #[arg(long, default_value_t = 50)]
        limit: usize,
    },
    /// Recompute the chain and check the file.
    Verify { register: PathBuf },
    /// Save the list of cases for a spreadsheet, or the journal for an outsider who checks it: see docs/proof.md.
    Export {
        register: PathBuf,
        /// What to write.
        #[arg(long)]
        format: Format,
        /// Which cases; all where it is left out.
        query: Vec<String>,
        /// The file to write.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// Leave the personal values out of the journal; the chain can still be recomputed.
        #[arg(long)]
        without_personal: bool,
    },
    /// Erase the personal values of one person for good, and of their letters; it cannot be undone.
    Erase {
        register: PathBuf,
        /// The person's whole name or e-mail address.
        person: String,
        /// Why; it stays in the journal, so it may not name them.
        #[arg(long)]
        reason: String,
    },
    /// Take a verified backup.
    Backup { register: PathBuf },
    /// Put a backup in the register's place.
    Restore {
        register: PathBuf,
        /// The backup's name, as `vdesk backup` printed it; without one, the newest that can be read.
        backup: Option<String>,
    },
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Format {
    /// The list of cases as comma-separated values in UTF-8.
    Csv,
    /// The list of cases as an Excel workbook, with the query on a second sheet.
    Xlsx,
    /// The whole journal with its hashes, as lines of JSON.
    Journal,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Outcome {
    Award,
    Reject,
    Defer,
}
