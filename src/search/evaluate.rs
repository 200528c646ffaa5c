//! Evaluation: which passages of an article a query matches, and how often.
//!
//! It goes article by article, because an article's passages are neighbours in the index: filters
//! and headlines speak for the whole article, and a passage's rank depends on the passages around
//! it. Not for weights (`rank`) and not for showing anything.

use super::words::{Forms, Leaf};
use crate::error::Result;
use crate::index::Index;
use tantivy::columnar::Column;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, Term};

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
    /// Occurrences of a leaf in a passage's text.
    pub fn count(&self, leaf: usize, passage: usize) -> f64 {
        self.counts[leaf * self.passages + passage]
    }

    /// Whether a leaf matches a passage: the headline counts with the first one.
    pub fn matches(&self, leaf: usize, passage: usize) -> bool {
        self.count(leaf, passage) > 0.0 || (passage == 0 && self.title[leaf] > 0.0)
    }

    /// Whether a leaf matches anywhere in the article.
    pub fn anywhere(&self, leaf: usize) -> bool {
        (0..self.passages).any(|p| self.matches(leaf, p))
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

/// The postings of one leaf in one segment.
pub struct Cursor {
    text: Vec<Vec<SegmentPostings>>,
    title: Vec<Vec<SegmentPostings>>,
    positions: Vec<Vec<u32>>,
}

impl Cursor {
    /// Opens the postings of every form of every word of `leaf`.
    pub fn open(index: &Index, segment: &SegmentReader, leaf: &Leaf) -> Result<Cursor> {
        let option = if leaf.words.len() > 1 {
            IndexRecordOption::WithFreqsAndPositions
        } else {
            IndexRecordOption::WithFreqs
        };
        let open = |field: Field| {
            leaf.words
                .iter()
                .map(|w| postings(index, segment, field, w, option))
                .collect::<Result<Vec<_>>>()
        };
        Ok(Cursor {
            text: open(index.fields().text)?,
            title: open(index.fields().title)?,
            positions: vec![Vec::new(); leaf.words.len()],
        })
    }

    /// The first document from `at` on that the leaf may match, or [`TERMINATED`].
    pub fn next(&mut self, at: DocId) -> DocId {
        next_of(&mut self.text, at).min(next_of(&mut self.title, at))
    }

    /// Counts the leaf in the passages `start..start + counts.len()` and in the title.
    pub fn count(&mut self, start: DocId, counts: &mut [f64]) -> f64 {
        let mut title = [0.0];
        if self.text.len() == 1 {
            count_word(&mut self.text[0], start, counts);
            count_word(&mut self.title[0], start, &mut title);
        } else {
            count_phrase(&mut self.text, &mut self.positions, start, counts);
            count_phrase(&mut self.title, &mut self.positions, start, &mut title);
        }
        title[0]
    }
}

fn postings(
    index: &Index,
    segment: &SegmentReader,
    field: Field,
    word: &Forms,
    option: IndexRecordOption,
) -> Result<Vec<SegmentPostings>> {
    let inverted = segment
        .inverted_index(field)
        .map_err(|e| index.damaged(e))?;
    let mut open = Vec::new();
    for form in &word.forms {
        let found = inverted
            .read_postings(&Term::from_field_text(field, form), option)
            .map_err(|e| index.damaged(e))?;
        open.extend(found);
    }
    Ok(open)
}

/// The first document from `at` on in which every word occurs in some form, looked at separately:
/// a lower bound for phrases.
fn next_of(words: &mut [Vec<SegmentPostings>], at: DocId) -> DocId {
    words
        .iter_mut()
        .map(|forms| {
            forms
                .iter_mut()
                .map(|p| seek(p, at))
                .min()
                .unwrap_or(TERMINATED)
        })
        .max()
        .unwrap_or(TERMINATED)
}

/// Moves postings to the first document from `at` on.
fn seek(postings: &mut SegmentPostings, at: DocId) -> DocId {
    let doc = postings.doc();
    if doc >= at { doc } else { postings.seek(at) }
}

fn count_word(forms: &mut [SegmentPostings], start: DocId, counts: &mut [f64]) {
    let end = start + counts.len() as DocId;
    for postings in forms {
        let mut doc = seek(postings, start);
        while doc < end {
            counts[(doc - start) as usize] += f64::from(postings.term_freq());
            doc = postings.advance();
        }
    }
}

fn count_phrase(
    words: &mut [Vec<SegmentPostings>],
    positions: &mut [Vec<u32>],
    start: DocId,
    counts: &mut [f64],
) {
    for (passage, count) in counts.iter_mut().enumerate() {
        let doc = start + passage as DocId;
        // Each word's positions, moved back by its place in the phrase, meet where the phrase starts.
        let all =
            words
                .iter_mut()
                .zip(positions.iter_mut())
                .enumerate()
                .all(|(n, (forms, places))| {
                    places.clear();
                    for postings in forms.iter_mut() {
                        if seek(postings, doc) == doc {
                            postings.append_positions_with_offset(0, places);
                        }
                    }
                    places.retain(|&p| p >= n as u32);
                    places.iter_mut().for_each(|p| *p -= n as u32);
                    places.sort_unstable();
                    !places.is_empty()
                });
        if all && let Some((first, rest)) = positions.split_first() {
            *count = first
                .iter()
                .filter(|p| rest.iter().all(|r| r.binary_search(p).is_ok()))
                .count() as f64;
        }
    }
}
