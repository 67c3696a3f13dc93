//! A PDF file written as its objects come: none is held longer than until its object stream is full.

use std::io::{self, Write};

use flate2::Compression;
use lopdf::{
    Dictionary, Object, ObjectId, ObjectStream, Stream,
    xref::{Xref, XrefEntry, XrefStreamBuilder, XrefType},
};

use crate::conform::{EFFORT, deflated};
use crate::objects::{count, name};
use crate::subset::deflate;

/// Objects to an object stream.
const TOGETHER: usize = 1_000;

/// A file under way.
pub(crate) struct Written<'out> {
    out: &'out mut dyn Write,
    /// How many bytes are written.
    at: usize,
    /// The last number given to an object.
    last: u32,
    xref: Xref,
    together: ObjectStream,
}

impl<'out> Written<'out> {
    /// Begins a file, in which the numbers up to `last` are given already.
    pub(crate) fn begin(out: &'out mut dyn Write, last: u32) -> io::Result<Written<'out>> {
        let xref = Xref::new(0, XrefType::CrossReferenceStream);
        let mut written = Written { out, at: 0, last, xref, together: together() };
        // The comment says to whoever moves the file that it is not text.
        written.bytes(b"%PDF-1.7\n%\xbb\xad\xc0\xde\n")?;
        Ok(written)
    }

    /// The next number.
    pub(crate) fn number(&mut self) -> ObjectId {
        self.last += 1;
        (self.last, 0)
    }

    /// The last number given.
    pub(crate) fn last(&self) -> u32 {
        self.last
    }

    /// Writes an object under its number.
    pub(crate) fn put(&mut self, id: ObjectId, object: Object) -> io::Result<()> {
        if let Object::Stream(stream) = object {
            return self.stream(id, stream);
        }
        self.together.add_object(id, object).map_err(io::Error::other)?;
        if self.together.object_count() >= TOGETHER { self.put_together() } else { Ok(()) }
    }

    /// Ends the file; `last` is the last number given to an object, `trailer` says where to begin.
    pub(crate) fn end(mut self, last: u32, trailer: &Dictionary) -> io::Result<()> {
        self.last = last;
        self.put_together()?;
        let id = self.number();
        let start = self.at;
        self.stands_here(id)?;
        let mut table = XrefStreamBuilder::new(&self.xref);
        let content = table.build_stream_content().map_err(io::Error::other)?;
        let widths = table.calculate_optimal_widths().map(count);
        let entries = [
            ("Type", name("XRef")),
            ("Size", Object::Integer(self.xref.size.into())),
            ("W", Object::Array(widths.to_vec())),
            ("Index", Object::Array(table.build_index_array())),
        ];
        let content = deflate(&content, Compression::new(EFFORT)).map_err(io::Error::other)?;
        let mut stream = deflated(entries, content).map_err(io::Error::other)?;
        stream.dict.extend(trailer);
        self.indirect(id, &stream)?;
        self.bytes(format!("startxref\n{start}\n%%EOF").as_bytes())
    }

    fn put_together(&mut self) -> io::Result<()> {
        let objects = std::mem::replace(&mut self.together, together());
        if objects.object_count() == 0 {
            return Ok(());
        }
        let mut stream = objects.to_stream_object().map_err(io::Error::other)?;
        for set_anew in [b"Filter".as_slice(), b"Length"] {
            stream.dict.remove(set_anew);
        }
        let mut safe = deflated([], stream.content).map_err(io::Error::other)?;
        safe.dict.extend(&stream.dict);
        let container = self.number();
        for (index, (id, _)) in objects.objects.keys().enumerate() {
            let index = u16::try_from(index).map_err(io::Error::other)?;
            self.xref.insert(*id, XrefEntry::Compressed { container: container.0, index });
        }
        self.stream(container, safe)
    }

    fn stream(&mut self, id: ObjectId, stream: Stream) -> io::Result<()> {
        self.stands_here(id)?;
        self.indirect(id, &stream)
    }

    fn stands_here(&mut self, id: ObjectId) -> io::Result<()> {
        // PDF's own tables count to 10 digits; lopdf's to four bytes.
        let offset = u32::try_from(self.at).map_err(io::Error::other)?;
        self.xref.insert(id.0, XrefEntry::Normal { offset, generation: 0 });
        Ok(())
    }

    fn indirect(&mut self, id: ObjectId, stream: &Stream) -> io::Result<()> {
        self.bytes(format!("{} 0 obj\n", id.0).as_bytes())?;
        self.bytes(&dictionary_bytes(&stream.dict)?)?;
        self.bytes(b"stream\n")?;
        self.bytes(&stream.content)?;
        self.bytes(b"\nendstream\nendobj\n")
    }

    fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.at += bytes.len();
        self.out.write_all(bytes)
    }
}

fn together() -> ObjectStream {
    ObjectStream::builder().max_objects(TOGETHER).compression_level(EFFORT).build()
}

/// A dictionary as it stands in a file. lopdf writes single objects only into object streams, so it is taken out of one.
fn dictionary_bytes(dictionary: &Dictionary) -> io::Result<Vec<u8>> {
    const BEFORE: &[u8] = b"1 0 ";
    let mut alone = together();
    alone.add_object((1, 0), Object::Dictionary(dictionary.clone())).map_err(io::Error::other)?;
    let content = alone.build_stream_content().map_err(io::Error::other)?;
    content
        .strip_prefix(BEFORE)
        .map(|bytes| bytes.trim_ascii_end().to_vec())
        .ok_or_else(|| io::Error::other("an object stream does not begin with its numbers"))
}
