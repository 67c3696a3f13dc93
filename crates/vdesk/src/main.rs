//! `vdesk`: Voucher Desk for IT, auditors and scripts. A thin shell over `casework`: it reads arguments, calls the same use-cases
//! as the window, and prints.

mod answers;
mod arguments;
mod cases;
mod export;
mod import;
mod letters;
mod limits;
mod open;
mod people;
mod programme;
mod register_care;

use std::process::ExitCode;

use casework::problem::Problem;
use clap::Parser;
use exchange::export::Format as List;

use answers::Answer;
use arguments::{Arguments, Command, Format};

fn main() -> ExitCode {
    // A workbook from outside is read by this same program in a child with bounds.
    exchange::child::run_if_child();
    let arguments = Arguments::parse();
    match run(&arguments) {
        Ok(answer) => answer.print(arguments.common.json),
        Err(problem) => answers::refuse(&problem, arguments.common.json),
    }
}

fn run(arguments: &Arguments) -> Result<Answer, Problem> {
    let common = &arguments.common;
    match &arguments.command {
        Command::New { register, sample, office } => register_care::new(common, register, *sample, office),
        Command::Programme { register, code, set, round, set_round, look } => {
            let set = programme::Set { fields: set, round: round.as_deref(), of_round: set_round };
            programme::programme(common, register, code, &set, look.as_of)
        }
        Command::Limits { register, set } => limits::limits(common, register, set),
        Command::Import { register, file, programme, round, mapping, dry_run, rest } => import::import(
            common,
            register,
            &import::Wanted {
                file,
                programme,
                round: round.as_deref(),
                mapping: mapping.as_deref(),
                dry_run: *dry_run,
                rest: rest.as_deref(),
            },
        ),
        Command::Cases { register, query, look } => {
            cases::list(common, register, &query.join(" "), look.as_of)
        }
        Command::Show { register, reference, look } => cases::show(common, register, reference, look.as_of),
        Command::History { register, reference, look } => {
            cases::history(common, register, reference, look.as_of)
        }
        Command::Set { register, reference, fields } => cases::set(common, register, reference, fields),
        Command::Move { register, reference, stage } => cases::move_case(common, register, reference, stage),
        Command::Decide { register, reference, outcome, amount, reason, accept, feedback } => cases::decide(
            common,
            register,
            reference,
            &cases::Wanted {
                outcome: *outcome,
                amount: amount.as_deref(),
                reasons: reason,
                accept,
                feedback,
            },
        ),
        Command::Letters { register, kind, query, out, combined, again, dry_run } => letters::letters(
            common,
            register,
            &letters::Wanted {
                kind,
                query: &query.join(" "),
                out,
                combined: *combined,
                again: *again,
                dry_run: *dry_run,
            },
        ),
        Command::Undo { register, entry } => register_care::undo(common, register, *entry),
        Command::Redo { register } => register_care::redo(common, register),
        Command::Journal { register, limit } => register_care::journal(common, register, *limit),
        Command::Verify { register } => register_care::verify(common, register),
        Command::Export { register, format, query, out, without_personal } => {
            let query = query.join(" ");
            match format {
                Format::Csv => export::cases(common, register, List::Csv, &query, out),
                Format::Xlsx => export::cases(common, register, List::Xlsx, &query, out),
                Format::Journal => export::journal(common, register, &query, out, *without_personal),
            }
        }
        Command::Erase { register, person, reason } => people::erase(common, register, person, reason),
        Command::Backup { register } => register_care::backup(common, register),
        Command::Restore { register, backup } => register_care::restore(common, register, backup.as_deref()),
    }
}
