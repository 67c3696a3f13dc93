//! The figures as a Markdown table.

/// One figure.
pub struct Row {
    /// What was measured, and at what size.
    pub what: String,
    /// What it must be; none where the figure is told and not judged.
    pub must: Option<&'static str>,
    /// What it was measured against in the same run.
    pub baseline: String,
    /// What it is.
    pub is: String,
    /// Whether it is as it must be.
    pub met: Option<bool>,
}

/// All rows.
pub fn table(rows: &[Row]) -> String {
    let mut lines =
        vec!["| what | must | baseline | is | |".to_owned(), "| --- | --- | --- | --- | --- |".to_owned()];
    lines.extend(rows.iter().map(|row| {
        let verdict = match row.met {
            Some(true) => "met",
            Some(false) => "**not met**",
            None => "",
        };
        format!("| {} | {} | {} | {} | {verdict} |", row.what, row.must.unwrap_or(""), row.baseline, row.is)
    }));
    lines.join("\n")
}
