//! The fenced parts of a template: what stands in a fixed place on the paper.

use crate::Fault;
use crate::blocks::{self, Block, Table, Text};
use crate::sealed;

/// A fenced part, read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Fence {
    /// Recipient, a line each.
    Address(Vec<Text>),
    /// Label and value: date, our ref, your ref.
    Refs(Vec<(Text, Text)>),
    /// Complimentary close, room to sign, then who signs.
    Signoff { close: Text, signatory: Vec<Text> },
    /// What is enclosed, or who has a copy.
    Notes { label: &'static str, lines: Vec<Text> },
    /// The part to cut off and send back.
    Slip { lines: Vec<FormLine>, return_to: Vec<Text> },
    /// A part to fill in by hand.
    Form(Vec<FormLine>),
}

/// A line of a slip or form.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum FormLine {
    Heading(Text),
    Paragraph(Text),
    /// A box to tick.
    Tick(Text),
    /// Lines to write on, side by side.
    Write(Vec<Blank>),
    /// A ruled table to write in.
    Table(Table),
}

/// A label with a line to write on.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Blank {
    pub label: Text,
    /// Tall enough for a signature.
    pub to_sign: bool,
}

pub(crate) fn read(name: &str, body: &str) -> Result<Fence, String> {
    let filled = || body.lines().map(str::trim).filter(|line| !line.is_empty());
    match name {
        "address" => Ok(Fence::Address(texts(filled())?)),
        "refs" => filled().map(label_and_value).collect::<Result<_, _>>().map(Fence::Refs),
        "signoff" => {
            let mut lines = filled().filter(|line| !is_rule(line));
            let close = text(lines.next().ok_or("a signoff needs a first line, such as “Yours sincerely”")?)?;
            Ok(Fence::Signoff { close, signatory: texts(lines)? })
        }
        "enclosures" => Ok(Fence::Notes { label: "Enc:", lines: texts(filled())? }),
        "copies" => Ok(Fence::Notes { label: "cc:", lines: texts(filled())? }),
        "slip" => {
            let (to, rest): (Vec<&str>, Vec<&str>) =
                body.lines().partition(|line| line.trim_start().starts_with('>'));
            let return_to = texts(to.iter().map(|line| line.trim_start().trim_start_matches('>')))?;
            let lines = form_lines(&rest)?;
            if lines.iter().any(|line| matches!(line, FormLine::Table(_))) {
                return Err("a slip has no room for a table; put it in a form".into());
            }
            Ok(Fence::Slip { lines, return_to })
        }
        "form" => Ok(Fence::Form(form_lines(&body.lines().collect::<Vec<_>>())?)),
        other => Err(format!(
            "“{other}” is no part of a letter; there are address, refs, signoff, enclosures, copies, slip and form"
        )),
    }
}

fn text(line: &str) -> Result<Text, String> {
    blocks::inline(line).map_err(|fault| match fault {
        Fault::Template { message, .. } => message,
        other => other.message(),
    })
}

fn texts<'a>(lines: impl Iterator<Item = &'a str>) -> Result<Vec<Text>, String> {
    lines.map(text).collect()
}

fn is_rule(line: &str) -> bool {
    line.len() >= 3 && line.bytes().all(|b| b == b'-')
}

fn label_and_value(line: &str) -> Result<(Text, Text), String> {
    let (label, value) = line
        .split_once(':')
        .ok_or_else(|| format!("“{}” needs a colon, as in “Our ref: 12”", opened(line)))?;
    Ok((text(label)?, text(value)?))
}

fn opened(line: &str) -> String {
    sealed::open(line).into_iter().map(|piece| piece.text).collect()
}

fn form_lines(lines: &[&str]) -> Result<Vec<FormLine>, String> {
    let mut out = vec![];
    let mut rest = lines;
    let mut paragraph: Vec<&str> = vec![];
    while let Some((line, after)) = rest.split_first() {
        let line = line.trim();
        let in_table = rest.iter().take_while(|line| line.trim_start().starts_with('|')).count();
        let special = read_special(line)?;
        if !paragraph.is_empty() && (line.is_empty() || in_table > 0 || special.is_some()) {
            out.push(FormLine::Paragraph(text(&paragraph.join(" "))?));
            paragraph.clear();
        }
        if in_table > 0 {
            out.push(FormLine::Table(table(&rest[..in_table])?));
            rest = &rest[in_table..];
            continue;
        }
        match special {
            Some(special) => out.push(special),
            None if line.is_empty() => {}
            None => paragraph.push(line),
        }
        rest = after;
    }
    if !paragraph.is_empty() {
        out.push(FormLine::Paragraph(text(&paragraph.join(" "))?));
    }
    Ok(out)
}

fn read_special(line: &str) -> Result<Option<FormLine>, String> {
    if let Some(heading) = line.strip_prefix("# ") {
        return Ok(Some(FormLine::Heading(text(heading)?)));
    }
    if let Some(tick) = line.strip_prefix("[ ]") {
        return Ok(Some(FormLine::Tick(text(tick)?)));
    }
    let blanks: Option<Vec<(&str, bool)>> = line.split(" | ").map(blank).collect();
    match blanks {
        Some(blanks) => {
            let read = |(label, to_sign)| Ok(Blank { label: text(label)?, to_sign });
            Ok(Some(FormLine::Write(blanks.into_iter().map(read).collect::<Result<_, String>>()?)))
        }
        None => Ok(None),
    }
}

/// `Name: ____` is a line to write on; `Signature: ________` one to sign on.
fn blank(part: &str) -> Option<(&str, bool)> {
    let part = part.trim();
    let label = part.trim_end_matches('_');
    let score = part.len() - label.len();
    (score >= 4).then(|| (label.trim_end().trim_end_matches(':'), score >= 8))
}

fn table(lines: &[&str]) -> Result<Table, String> {
    let source = lines.iter().map(|line| line.trim()).collect::<Vec<_>>().join("\n");
    match blocks::parse(&source) {
        Ok(parsed) => match parsed.into_iter().next() {
            Some(Block::Table(table)) => Ok(table),
            _ => Err("a table needs a line of dashes under its heads".into()),
        },
        Err(Fault::Template { message, .. }) => Err(message),
        Err(other) => Err(other.message()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocks::plain;

    #[test]
    fn a_form_has_boxes_to_tick_lines_to_write_on_and_tables() {
        let body = "# Head\nSome text\nover two lines\n[ ] Yes\nName: ____ | Date: ____\nSignature: ________\n| a | b |\n|---|---|\n| | |\n";
        let Ok(Fence::Form(lines)) = read("form", body) else { panic!("no form") };
        let blank = |label: &str, to_sign| Blank { label: plain(label), to_sign };
        assert_eq!(
            lines[..5],
            [
                FormLine::Heading(plain("Head")),
                FormLine::Paragraph(plain("Some text over two lines")),
                FormLine::Tick(plain("Yes")),
                FormLine::Write(vec![blank("Name", false), blank("Date", false)]),
                FormLine::Write(vec![blank("Signature", true)]),
            ]
        );
        assert!(matches!(&lines[5], FormLine::Table(table) if table.rows.len() == 1));
    }

    #[test]
    fn a_slip_keeps_the_return_address_apart() {
        let Ok(Fence::Slip { lines, return_to }) = read("slip", "# Accept\n> Office\n> Town\n") else {
            panic!()
        };
        assert_eq!((lines.len(), return_to), (1, vec![plain("Office"), plain("Town")]));
    }

    #[test]
    fn a_slip_has_no_room_for_a_table() {
        assert!(read("slip", "| a |\n|---|\n| b |").unwrap_err().contains("put it in a form"));
    }

    #[test]
    fn an_unknown_fence_lists_those_that_exist() {
        assert!(read("adress", "").unwrap_err().contains("address, refs, signoff"));
    }
}
