//! Postings: where articles lie in a segment, and where the words of a leaf stand in them.
//!
//! It goes article by article, because an article's passages are neighbours in the index: filters
//! and headlines speak for the whole article, and a passage's rank depends on the passages around
//! it. Not for what a query makes of it (`matching`) and not for weights (`rank`).

use super::listed::Listed;
use super::words::{Forms, Leaf};
use crate::error::Result;
use crate::index::Index;
use tantivy::columnar::Column;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, SegmentReader, TERMINATED};

/// One article's passages, and how often each leaf occurs in each.
pub struct Block {
    /// How many passages it has.
    pub passages: usize,
    /// Occurrences in the passages: `counts[leaf * passages + passage]`.
    pub counts: Vec<f64>,
    /// Occurrences in the title, by leaf.
    pub title: Vec<f64>,
}

impl Block {
    /// Takes echoes out of every part that has what was typed.
    pub fn without_repetition(mut self, leaves: &[Leaf]) -> Block {
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
        self
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
        leaf.carried_in.is_none() && (self == Read::Places || leaf.placed)
    }
}

/// The postings of one leaf in one segment: for each word, those of its forms.
pub struct Cursor {
    text: Vec<Vec<Form>>,
    title: Vec<Vec<Form>>,
    /// Whether a passage has the leaf or not, however many of its forms.
    once: bool,
}

/// The postings of one form of a word, and what an occurrence of it counts.
struct Form {
    counts: f64,
    list: Listed,
}

impl Cursor {
    /// Opens the postings of every form of every word of `leaf`; a form that was not typed counts
    /// `other`.
    pub fn open(
        index: &Index,
        segment: &SegmentReader,
        leaf: &Leaf,
        read: Read,
        other: f64,
    ) -> Result<Cursor> {
        let option = match (leaf.carried_in, read.places(leaf)) {
            (Some(_), _) => IndexRecordOption::Basic,
            (None, true) => IndexRecordOption::WithFreqsAndPositions,
            (None, false) => IndexRecordOption::WithFreqs,
        };
        let open = |field: Field| {
            leaf.words
                .iter()
                .map(|w| postings(index, segment, field, w, option, other))
                .collect::<Result<Vec<_>>>()
        };
        Ok(Cursor {
            text: open(leaf.carried_in.unwrap_or(index.fields().text))?,
            title: match leaf.carried_in {
                Some(_) => leaf.words.iter().map(|_| Vec::new()).collect(),
                None => open(index.fields().title)?,
            },
            once: leaf.carried_in.is_some(),
        })
    }

    /// The first document from `at` on in whose article the leaf may match, or [`TERMINATED`].
    pub fn next(&mut self, at: DocId) -> DocId {
        // Words of a phrase may stand in two passages of an article where its scope is wide.
        let words = self.text.iter_mut().zip(&mut self.title);
        words
            .map(|(text, title)| next_of(text, at).min(next_of(title, at)))
            .max()
            .unwrap_or(TERMINATED)
    }

    /// Counts a leaf of one word in the passages `start..start + counts.len()` and in the title.
    pub fn count(&mut self, start: DocId, counts: &mut [f64]) -> f64 {
        let mut title = [0.0];
        if let (Some(text), Some(headline)) = (self.text.first_mut(), self.title.first_mut()) {
            count_word(text, start, counts);
            count_word(headline, start, &mut title);
        }
        if self.once {
            counts.iter_mut().for_each(|n| *n = n.min(1.0));
        }
        title[0]
    }

    /// Where each of the words stands in the article, in order.
    ///
    /// With `together`, only in parts that have all of them.
    pub fn places(&mut self, start: DocId, passages: usize, together: bool) -> Vec<Vec<At>> {
        let mut found = vec![Vec::new(); self.text.len()];
        let mut read = Vec::new();
        let mut part = |fields: &mut [Vec<Form>], part: usize, doc: DocId| {
            let all = !together
                || fields
                    .iter_mut()
                    .all(|forms| forms.iter_mut().any(|f| f.list.seek(doc) == doc));
            if !all {
                return;
            }
            for (forms, found) in fields.iter_mut().zip(&mut found) {
                read.clear();
                for Form { list, .. } in forms.iter_mut() {
                    if list.seek(doc) == doc {
                        list.append_positions(&mut read);
                    }
                }
                read.sort_unstable();
                read.dedup();
                found.extend(read.iter().map(|&word| At::new(part, word)));
            }
        };
        part(&mut self.title, At::TITLE, start);
        for passage in 0..passages {
            part(&mut self.text, passage + 1, start + passage as DocId);
        }
        found
    }
}

fn postings(
    index: &Index,
    segment: &SegmentReader,
    field: Field,
    word: &Forms,
    option: IndexRecordOption,
    other: f64,
) -> Result<Vec<Form>> {
    let mut open = Vec::new();
    for (form, tongues) in &word.forms {
        let list = Listed::open(index, segment, field, (form, *tongues), option)?;
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

fn count_word(forms: &mut [Form], start: DocId, counts: &mut [f64]) {
    let end = start + counts.len() as DocId;
    for Form { counts: one, list } in forms {
        let mut doc = list.seek(start);
        while doc < end {
            counts[(doc - start) as usize] += *one * f64::from(list.frequency());
            doc = list.advance();
        }
    }
}
