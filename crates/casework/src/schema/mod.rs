//! The register's tables, which of their columns are personal, and which rows are facts that left the house.

use register::{Migration, Schema, Table, TouchedRow};
use rusqlite::Connection;

use crate::{cases, letters, search};

/// What the register needs to know of this domain.
pub static SCHEMA: Schema = Schema {
    migrations: &[
        Migration::new(1, "start", include_str!("0001_start.sql")),
        Migration::new(2, "terms and facts that rules ask for", include_str!("0002_terms_and_facts.sql")),
        Migration::new(3, "speed", include_str!("0003_speed.sql")),
        Migration {
            then: Some(letters::templates::store::take_newer_texts),
            ..Migration::new(
                4,
                "letters owed by kind; who wrote a template",
                include_str!("0004_letters.sql"),
            )
        },
        Migration::new(5, "words", include_str!("0005_words.sql")),
        Migration::new(6, "computers", include_str!("0006_computers.sql")),
        Migration::new(7, "views", include_str!("0007_views.sql")),
    ],
    tables: &[
        plain("office"),
        personal("officers", &["name", "job_title", "email", "phone"]),
        plain("computers"),
        personal("views", &["name", "text"]),
        plain("statutory_limits"),
        plain("programmes"),
        plain("approval_limits"),
        plain("rounds"),
        // A sole trader's business fields are personal data, so the identifying ones are listed for all.
        personal(
            "organisations",
            &["name", "name_key", "trading_name", "address", "postcode", "phone", "website"],
        ),
        personal(
            "people",
            &[
                "title",
                "given_name",
                "family_name",
                "name",
                "job_title",
                "email",
                "phone",
                "salutation",
                "address",
            ],
        ),
        plain("cases"),
        plain("vouchers"),
        plain("placements"),
        plain("partnerships"),
        plain("stage_moves"),
        plain("decisions"),
        plain("awards"),
        plain("accepted_findings"),
        plain("subsidy_entries"),
        plain("templates"),
        Table { name: "letters", personal: &["recipient", "facts"], standing: Some("withdrawn_at") },
        Table { name: "letter_deliveries", personal: &[], standing: Some("withdrawn_at") },
        plain("import_mappings"),
        plain("imports"),
    ],
    derived: Some(derive),
    after_change: Some(follow),
};

fn derive(connection: &Connection) -> rusqlite::Result<()> {
    search::store::rebuild(connection)?;
    letters::owed::store::rebuild(connection)?;
    cases::list::store::rebuild(connection)
}

fn follow(connection: &Connection, touched: &[TouchedRow]) -> rusqlite::Result<()> {
    search::store::follow(connection, touched)?;
    letters::owed::store::follow(connection, touched)
}

const fn plain(name: &'static str) -> Table {
    Table { name, personal: &[], standing: None }
}

const fn personal(name: &'static str, personal: &'static [&'static str]) -> Table {
    Table { name, personal, standing: None }
}
