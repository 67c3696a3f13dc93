//! Merged text to blocks: the Markdown that a letter can carry, and nothing else.

use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::Fault;
use crate::fences::{self, Fence};
use crate::sealed::{self, FieldIndex};

/// A stretch of text in one style.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Span {
    pub text: String,
    pub bold: bool,
    pub italic: bool,
    /// The field that it came from, to be named if it cannot be printed.
    pub field: Option<FieldIndex>,
}

/// Running text.
pub(crate) type Text = Vec<Span>;

/// Text in the plain style.
pub(crate) fn plain(text: &str) -> Text {
    vec![Span { text: text.into(), ..Span::default() }]
}

/// What a text says, without its styles.
pub(crate) fn words(text: &Text) -> String {
    text.iter().map(|span| span.text.as_str()).collect()
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Block {
    Heading {
        level: u8,
        text: Text,
    },
    Paragraph(Text),
    List {
        first: Option<u64>,
        items: Vec<Vec<Block>>,
    },
    Table(Table),
    Fence(Fence),
    /// `---`: a hairline.
    Rule,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Table {
    /// Which columns are set flush right.
    pub right: Vec<bool>,
    pub head: Vec<Text>,
    pub rows: Vec<Vec<Text>>,
}

/// Reads the merged text.
pub(crate) fn parse(merged: &str) -> Result<Vec<Block>, Fault> {
    let mut reader = Reader { source: merged, ..Reader::default() };
    let options = Options::ENABLE_TABLES | Options::ENABLE_SMART_PUNCTUATION;
    for (event, range) in Parser::new_ext(merged, options).into_offset_iter() {
        reader.event(event, range.start)?;
    }
    Ok(reader.finish())
}

/// Reads one line as running text, whatever it begins with.
pub(crate) fn inline(line: &str) -> Result<Text, Fault> {
    let blocks = parse(&format!("{}{}", sealed::INLINE, line.trim()))?;
    match blocks.into_iter().next() {
        Some(Block::Paragraph(text)) => Ok(text),
        _ => Ok(vec![]),
    }
}

#[derive(Default)]
struct Reader<'a> {
    source: &'a str,
    /// Blocks of the page, then of each list item that is open.
    stack: Vec<Vec<Block>>,
    done: Vec<Block>,
    lists: Vec<(Option<u64>, Vec<Vec<Block>>)>,
    raw: Vec<(String, bool, bool)>,
    bold: bool,
    italic: bool,
    table: Table,
    row: Vec<Text>,
    in_head: bool,
    fence: Option<(String, String)>,
}

impl Reader<'_> {
    fn event(&mut self, event: Event, at: usize) -> Result<(), Fault> {
        match event {
            Event::Text(text) => match &mut self.fence {
                Some((_, body)) => body.push_str(&text),
                None => self.push(&text),
            },
            Event::Code(text) => self.push(&text),
            Event::SoftBreak => self.push(" "),
            Event::HardBreak => self.push("\n"),
            Event::Rule => self.block(Block::Rule),
            Event::Start(tag) => self.start(tag, at)?,
            Event::End(tag) => self.end(tag, at)?,
            Event::Html(_) | Event::InlineHtml(_) => {
                return Err(self.refuse(at, "HTML cannot be printed; write “\\<” for “<”"));
            }
            _ => return Err(self.refuse(at, "this cannot be printed")),
        }
        Ok(())
    }

    fn start(&mut self, tag: Tag, at: usize) -> Result<(), Fault> {
        match tag {
            Tag::Strong => self.bold = true,
            Tag::Emphasis => self.italic = true,
            Tag::Table(columns) => {
                let right = columns.iter().map(|column| *column == Alignment::Right).collect();
                self.table = Table { right, ..Table::default() };
            }
            Tag::TableHead => self.in_head = true,
            Tag::List(first) => {
                // A list inside an item ends the item's own first line.
                self.loose_text();
                self.lists.push((first, vec![]));
            }
            Tag::Item => self.stack.push(vec![]),
            Tag::CodeBlock(CodeBlockKind::Fenced(name)) => {
                self.fence = Some((name.trim().to_owned(), String::new()))
            }
            Tag::CodeBlock(CodeBlockKind::Indented) => {
                return Err(self
                    .refuse(at, "a line that starts with four spaces is not running text; take them away"));
            }
            Tag::Image { .. } => return Err(self.refuse(at, "a picture cannot stand in the text")),
            Tag::Link { .. } => {
                return Err(self.refuse(at, "a link cannot be followed on paper; write the address out"));
            }
            Tag::BlockQuote(_) => return Err(self.refuse(at, "a quotation (“>”) cannot be printed")),
            Tag::HtmlBlock => return Err(self.refuse(at, "HTML cannot be printed; write “\\<” for “<”")),
            Tag::Paragraph | Tag::Heading { .. } | Tag::TableRow | Tag::TableCell => {}
            _ => return Err(self.refuse(at, "this cannot be printed")),
        }
        Ok(())
    }

    fn end(&mut self, tag: TagEnd, at: usize) -> Result<(), Fault> {
        match tag {
            TagEnd::Strong => self.bold = false,
            TagEnd::Emphasis => self.italic = false,
            TagEnd::Paragraph => {
                let text = self.take();
                self.block(Block::Paragraph(text));
            }
            TagEnd::Heading(level) => {
                let text = self.take();
                let level = if level == HeadingLevel::H1 { 1 } else { 2 };
                self.block(Block::Heading { level, text });
            }
            TagEnd::Item => {
                self.loose_text();
                if let (Some(item), Some((_, items))) = (self.stack.pop(), self.lists.last_mut()) {
                    items.push(item);
                }
            }
            TagEnd::List(_) => {
                if let Some((first, items)) = self.lists.pop() {
                    self.block(Block::List { first, items });
                }
            }
            TagEnd::TableCell => {
                let cell = self.take();
                self.row.push(cell);
            }
            TagEnd::TableHead => {
                self.in_head = false;
                self.table.head = std::mem::take(&mut self.row);
            }
            TagEnd::TableRow => self.table.rows.push(std::mem::take(&mut self.row)),
            TagEnd::Table => {
                let table = std::mem::take(&mut self.table);
                self.block(Block::Table(table));
            }
            TagEnd::CodeBlock => {
                if let Some((name, body)) = self.fence.take() {
                    let line = self.line(at);
                    let fence =
                        fences::read(&name, &body).map_err(|message| Fault::Template { line, message })?;
                    self.block(Block::Fence(fence));
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn push(&mut self, text: &str) {
        match self.raw.last_mut() {
            Some((last, bold, italic)) if *bold == self.bold && *italic == self.italic => last.push_str(text),
            _ => self.raw.push((text.into(), self.bold, self.italic)),
        }
    }

    /// The text read so far. Values are opened only here, when no parser will look at them again.
    fn take(&mut self) -> Text {
        let mut text = vec![];
        for (raw, bold, italic) in std::mem::take(&mut self.raw) {
            let opened = sealed::open(&raw).into_iter();
            text.extend(opened.map(|o| Span { text: o.text, bold, italic, field: o.field }));
        }
        text
    }

    /// Text of a tight list item, which Markdown does not wrap in a paragraph.
    fn loose_text(&mut self) {
        if !self.raw.is_empty() {
            let text = self.take();
            self.block(Block::Paragraph(text));
        }
    }

    fn block(&mut self, block: Block) {
        self.stack.last_mut().unwrap_or(&mut self.done).push(block);
    }

    fn refuse(&self, at: usize, message: &str) -> Fault {
        Fault::Template { line: self.line(at), message: message.into() }
    }

    fn line(&self, at: usize) -> u32 {
        let before = self.source.get(..at).unwrap_or_default();
        u32::try_from(1 + before.matches('\n').count()).unwrap_or(u32::MAX)
    }

    fn finish(self) -> Vec<Block> {
        self.done
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(parts: &[(&str, bool, bool)]) -> Text {
        parts
            .iter()
            .map(|(t, bold, italic)| Span { text: (*t).into(), bold: *bold, italic: *italic, field: None })
            .collect()
    }

    #[test]
    fn paragraphs_headings_and_styles_are_read() {
        assert_eq!(
            parse("# One\n\nTwo **three** *four*\nfive").unwrap(),
            [
                Block::Heading { level: 1, text: plain("One") },
                Block::Paragraph(text(&[
                    ("Two ", false, false),
                    ("three", true, false),
                    (" ", false, false),
                    ("four", false, true),
                    (" five", false, false)
                ])),
            ]
        );
    }

    #[test]
    fn a_list_in_a_list_stays_in_its_item() {
        let inner = Block::List { first: Some(1), items: vec![vec![Block::Paragraph(plain("b"))]] };
        assert_eq!(
            parse("- a\n  1. b\n- c").unwrap(),
            [Block::List {
                first: None,
                items: vec![vec![Block::Paragraph(plain("a")), inner], vec![Block::Paragraph(plain("c"))]]
            }]
        );
    }

    #[test]
    fn a_table_knows_which_columns_are_right_aligned() {
        let blocks = parse("| a | b |\n|---|--:|\n| c | d |").unwrap();
        let [Block::Table(table)] = &blocks[..] else { panic!("{blocks:?}") };
        assert_eq!((&table.right[..], table.head.len(), table.rows.len()), (&[false, true][..], 2, 1));
    }

    #[test]
    fn what_paper_cannot_carry_is_refused_with_its_line() {
        for source in ["a\n\n<b>c</b>", "a\n\n![x](y.png)", "a\n\n[x](http://y)", "a\n\n> b", "a\n\n    code"]
        {
            let fault = parse(source).unwrap_err();
            assert!(matches!(fault, Fault::Template { line: 3, .. }), "{source}: {fault:?}");
        }
    }

    #[test]
    fn a_line_of_a_fence_is_running_text_whatever_it_begins_with() {
        for line in ["- a", "# a", "1. a", "> a", "| a", "a"] {
            assert_eq!(words(&inline(line).unwrap()), line);
        }
        assert_eq!(inline("**a** b").unwrap(), text(&[("a", true, false), (" b", false, false)]));
    }
}
