//! Postings: where articles lie in a segment, and where the words of a leaf stand in them.
//!
//! It goes article by article, because an article's passages are neighbours in the index: filters
//! and headlines speak for the whole article, and a passage's rank depends on the passages around
//! it. Not for what a query makes of it (`matching`) and not for weights (`rank`).

use super::carriers::Carriers;
use super::kept;
use super::listed::Listed;
use super::words::{Forms, Leaf};
use crate::error::Result;
use crate::index::Index;
use std::sync::Arc;
use tantivy::columnar::Column;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, SegmentReader, TERMINATED};

/// One article's passages, and how often each leaf occurs in each.
#[derive(Default)]
pub struct Block {
    /// How many passages it has.
    pub passages: usize,
    /// Occurrences in the passages: `counts[leaf * passages + passage]`.
    pub counts: Vec<f64>,
    /// Occurrences in the title, by leaf.
    pub title: Vec<f64>,
}

impl Block {
    /// Makes room for an article.
    pub fn clear(&mut self, leaves: usize, passages: usize) {
        self.passages = passages;
        self.counts.clear();
        self.counts.resize(leaves * passages, 0.0);
        self.title.clear();
        self.title.resize(leaves, 0.0);
    }

    /// Occurrences of a leaf in the passages.
    pub fn of(&mut self, leaf: usize) -> &mut [f64] {
        &mut self.counts[leaf * self.passages..(leaf + 1) * self.passages]
    }

    /// Takes echoes out of every part that has what was typed.
    pub fn drop_repetition(&mut self, leaves: &[Leaf]) {
        for (leaf, echo) in leaves.iter().enumerate() {
            let of = echo.stands_for.as_ref().map_or(&[][..], |e| &e.of);
            if of.is_empty() {
                continue;
            }
            if of.iter().all(|&typed| self.title[typed] > 0.0) {
                self.title[leaf] = 0.0;
            }
            for passage in 0..self.passages {
                if of.iter().all(|&typed| self.count(typed, passage) > 0.0) {
                    self.counts[leaf * self.passages + passage] = 0.0;
                }
            }
        }
    }

    /// Occurrences of a leaf in a passage's text.
    pub fn count(&self, leaf: usize, passage: usize) -> f64 {
        self.counts[leaf * self.passages + passage]
    }
}

/// Where articles begin and end in a segment.
pub struct Articles {
    ordinal: Column<u64>,
    passages: Column<u64>,
    max: DocId,
}

impl Articles {
    /// Opens the columns of a segment.
    pub fn open(index: &Index, segment: &SegmentReader) -> Result<Articles> {
        let column = |name: &str| {
            segment
                .fast_fields()
                .u64(name)
                .map_err(|e| index.damaged(e))
        };
        Ok(Articles {
            ordinal: column("ordinal")?,
            passages: column("passages")?,
            max: segment.max_doc(),
        })
    }

    /// The first document and the number of passages of the article that `doc` is a passage of;
    /// `None` for a record.
    pub fn around(&self, doc: DocId) -> Option<(DocId, usize)> {
        let ordinal = self.ordinal.first(doc)? as DocId;
        Some((
            doc.checked_sub(ordinal)?,
            self.passages.first(doc)? as usize,
        ))
    }

    /// One past the last document of the segment.
    pub fn max(&self) -> DocId {
        self.max
    }
}

/// A word of an article: the part it stands in, and how many words of the part stand before it.
/// Part 0 is the headline, part `p + 1` passage `p`. They sort as they are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct At(u64);

impl At {
    /// The headline.
    pub const TITLE: usize = 0;

    /// A word of a part.
    pub fn new(part: usize, word: u32) -> At {
        At((part as u64) << 32 | u64::from(word))
    }

    /// The part it stands in.
    pub fn part(self) -> usize {
        (self.0 >> 32) as usize
    }

    /// The passage that shows it: the headline is shown with the first.
    pub fn passage(self) -> usize {
        self.part().saturating_sub(1)
    }

    /// How many words of the part stand before it.
    pub fn word(self) -> u32 {
        self.0 as u32
    }

    /// A number whose differences are distances within a part.
    pub fn line(self) -> u64 {
        self.0
    }
}

/// Whether the places of words are wanted, or only how often they occur.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Read {
    /// Where a leaf needs them.
    Needed,
    /// Always: to mark them.
    Places,
}

impl Read {
    /// Whether the places of this leaf are read.
    pub fn places(self, leaf: &Leaf) -> bool {
        leaf.carries.is_none() && (self == Read::Places || leaf.placed)
    }
}

/// The postings of one leaf in one segment.
pub enum Cursor {
    /// How often it occurs in each passage, and in each headline.
    Counted(Window, Window),
    /// Where its words stand.
    Placed(Places),
    /// Which passages carry what it asks for.
    Carried(Arc<Carriers>),
}

/// The postings of the words of a leaf, each with its forms: in the text and in the headline.
pub struct Places {
    text: Vec<Vec<Form>>,
    title: Vec<Vec<Form>>,
    /// Whether all words have to stand in one part.
    together: bool,
    /// Room for the places of each word in a part.
    read: Vec<Vec<u32>>,
}

/// The postings of one form of a word, and what an occurrence of it counts.
struct Form {
    counts: f64,
    list: Listed,
}

impl Cursor {
    /// Opens the postings of every form of every word of `leaf`; a form that was not typed counts
    /// `other`. With `together`, the words of a phrase have to stand in one part.
    pub fn open(
        index: &Index,
        number: u32,
        leaf: &Leaf,
        read: Read,
        together: bool,
        other: f64,
    ) -> Result<Cursor> {
        if let Some(test) = &leaf.carries {
            return Ok(Cursor::Carried(kept::carriers(index, number, test)?));
        }
        let fields = index.fields();
        let open = |field: Field, word: &Forms, option| {
            postings(index, number, field, word, option, other)
        };
        if read.places(leaf) {
            let option = IndexRecordOption::WithFreqsAndPositions;
            let each = |field| leaf.words.iter().map(move |w| open(field, w, option));
            return Ok(Cursor::Placed(Places {
                text: each(fields.text).collect::<Result<_>>()?,
                title: each(fields.title).collect::<Result<_>>()?,
                together: together && leaf.words.len() > 1,
                read: vec![Vec::new(); leaf.words.len()],
            }));
        }
        let Some(word) = leaf.words.first() else {
            return Ok(Cursor::Counted(Window::default(), Window::default()));
        };
        let window = |field| {
            let forms = open(field, word, IndexRecordOption::WithFreqs)?;
            Ok(Window::new(forms))
        };
        Ok(Cursor::Counted(window(fields.text)?, window(fields.title)?))
    }

    /// The first document from `at` on in whose article the leaf may match, or [`TERMINATED`].
    pub fn next(&mut self, at: DocId) -> DocId {
        match self {
            Cursor::Counted(text, title) => text.next(at).min(title.next(at)),
            Cursor::Carried(carriers) => carriers.next(at),
            Cursor::Placed(places) => {
                let together = places.together;
                next(&mut places.text, at, together).min(next(&mut places.title, at, together))
            }
        }
    }

    /// Counts a leaf in the passages `start..start + counts.len()` and in the title; of a phrase, how often
    /// its words stand in order.
    pub fn count(&mut self, start: DocId, counts: &mut [f64]) -> f64 {
        match self {
            Cursor::Counted(text, title) => {
                counts.copy_from_slice(text.around(start, counts.len()));
                title.around(start, 1)[0]
            }
            Cursor::Carried(carriers) => {
                for (doc, count) in (start..).zip(counts) {
                    *count = f64::from(u8::from(carriers.has(doc)));
                }
                0.0
            }
            Cursor::Placed(places) => {
                for (doc, count) in (start..).zip(counts) {
                    *count = in_order(&mut places.text, doc, &mut places.read);
                }
                in_order(&mut places.title, start, &mut places.read)
            }
        }
    }

    /// Where each of the words stands in the article, in order; words of a phrase in parts that have
    /// all of them, unless the scope is wide.
    pub fn places(&mut self, start: DocId, passages: usize) -> Vec<Vec<At>> {
        let Cursor::Placed(places) = self else {
            return Vec::new();
        };
        let mut found = vec![Vec::new(); places.text.len()];
        let mut read = Vec::new();
        let together = places.together;
        let mut part = |fields: &mut [Vec<Form>], part: usize, doc: DocId| {
            if together && !fields.iter_mut().all(|forms| next_of(forms, doc) == doc) {
                return;
            }
            for (forms, found) in fields.iter_mut().zip(&mut found) {
                positions(forms, doc, &mut read);
                found.extend(read.iter().map(|&word| At::new(part, word)));
            }
        };
        part(&mut places.title, At::TITLE, start);
        for passage in 0..passages {
            part(&mut places.text, passage + 1, start + passage as DocId);
        }
        found
    }
}

/// So many neighbouring documents are counted in one go.
const WIDTH: usize = 2048;

/// Occurrences of a word in neighbouring documents, counted form by form: postings are lists, articles
/// neighbours.
#[derive(Default)]
pub struct Window {
    forms: Vec<Form>,
    /// The first document of the window; it goes forward only.
    first: DocId,
    /// By document, from the first one on.
    counts: Vec<f64>,
    /// The documents of the window that have the word, one bit each.
    has: Vec<u64>,
    /// The first document behind the window that has the word.
    beyond: DocId,
}

impl Window {
    fn new(forms: Vec<Form>) -> Window {
        let beyond = forms.iter().map(|f| f.list.doc()).min();
        Window {
            forms,
            beyond: beyond.unwrap_or(TERMINATED),
            ..Window::default()
        }
    }

    fn end(&self) -> DocId {
        self.first + self.counts.len() as DocId
    }

    /// The first document from `at` on that has the word, or [`TERMINATED`].
    fn next(&mut self, at: DocId) -> DocId {
        if self.forms.is_empty() {
            return TERMINATED;
        }
        if at < self.end() {
            let from = (at - self.first) as usize;
            let mut mask = u64::MAX << (from % 64);
            for (n, word) in self.has[from / 64..].iter().enumerate() {
                let rest = word & mask;
                if rest != 0 {
                    let bit = (from / 64 + n) * 64 + rest.trailing_zeros() as usize;
                    return self.first + bit as DocId;
                }
                mask = u64::MAX;
            }
        } else if at > self.beyond {
            self.beyond = next_of(&mut self.forms, at);
        }
        self.beyond
    }

    /// The counts of `len` documents from `start` on.
    fn around(&mut self, start: DocId, len: usize) -> &[f64] {
        static NONE: [f64; WIDTH] = [0.0; WIDTH];
        let end = start + len as DocId;
        if end > self.end() {
            if len <= WIDTH && self.next(start) >= end {
                return &NONE[..len];
            }
            self.move_to(start, len);
        }
        let from = (start - self.first) as usize;
        &self.counts[from..from + len]
    }

    /// Counts the window that begins at `start`, with room for `len` documents.
    fn move_to(&mut self, start: DocId, len: usize) {
        let old = self.end().saturating_sub(start) as usize;
        let kept = self.counts.len() - old.min(self.counts.len());
        self.counts.drain(..kept);
        self.counts.resize(WIDTH.max(len).next_multiple_of(64), 0.0);
        self.first = start;
        let end = self.end();
        self.beyond = TERMINATED;
        for Form { counts, list } in &mut self.forms {
            let mut doc = list.seek(start);
            while doc < end {
                self.counts[(doc - start) as usize] += *counts * f64::from(list.frequency());
                doc = list.advance();
            }
            self.beyond = self.beyond.min(doc);
        }
        let bits = |counts: &[f64]| {
            let each = counts.iter().enumerate();
            each.fold(0, |bits, (n, &count)| bits | u64::from(count > 0.0) << n)
        };
        self.has.clear();
        self.has.extend(self.counts.chunks_exact(64).map(bits));
    }
}

fn postings(
    index: &Index,
    number: u32,
    field: Field,
    word: &Forms,
    option: IndexRecordOption,
    other: f64,
) -> Result<Vec<Form>> {
    let mut open = Vec::new();
    for (form, tongues) in &word.forms {
        let list = Listed::open(index, number, field, (form, *tongues), option)?;
        let typed = word.typed.as_ref().is_none_or(|typed| typed == form);
        let counts = if typed { 1.0 } else { other };
        open.extend(list.map(|list| Form { counts, list }));
    }
    Ok(open)
}

/// The first document from `at` on that has a word in some form.
fn next_of(forms: &mut [Form], at: DocId) -> DocId {
    forms
        .iter_mut()
        .map(|f| f.list.seek(at))
        .min()
        .unwrap_or(TERMINATED)
}

/// The first document from `at` on in which the words may stand: all of them, or, where they need not
/// stand `together`, the last of them.
fn next(words: &mut [Vec<Form>], mut at: DocId, together: bool) -> DocId {
    loop {
        let nexts = words.iter_mut().map(|forms| next_of(forms, at));
        let (first, last) = nexts.fold((TERMINATED, 0), |(first, last), next| {
            (first.min(next), last.max(next))
        });
        if words.is_empty() {
            return TERMINATED;
        }
        if first == last || !together {
            return last;
        }
        at = last;
    }
}

/// The positions of a word in a document, in order.
fn positions(forms: &mut [Form], doc: DocId, read: &mut Vec<u32>) {
    read.clear();
    let mut of = 0;
    for Form { list, .. } in forms {
        if list.seek(doc) == doc {
            list.append_positions(read);
            of += 1;
        }
    }
    if of > 1 {
        read.sort_unstable();
        read.dedup();
    }
}

/// How often words stand side by side in a document.
fn in_order(words: &mut [Vec<Form>], doc: DocId, read: &mut [Vec<u32>]) -> f64 {
    if !words.iter_mut().all(|forms| next_of(forms, doc) == doc) {
        return 0.0;
    }
    for (forms, read) in words.iter_mut().zip(&mut *read) {
        positions(forms, doc, read);
    }
    let Some((first, rest)) = read.split_first() else {
        return 0.0;
    };
    let follow = |&&start: &&u32| {
        let mut behind = rest.iter().zip(start + 1..);
        behind.all(|(places, place)| places.binary_search(&place).is_ok())
    };
    first.iter().filter(follow).count() as f64
}
