//! Vocabulary: the distinct terms of a field over all segments, sorted.
//!
//! Actors and places have few compared with words, so filters look at each once. Not for words.

use crate::error::Result;
use crate::index::Index;
use std::collections::BTreeSet;
use tantivy::postings::TermInfo;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, InvertedIndexReader, SegmentReader, TERMINATED};

/// The distinct terms of one field.
pub(super) struct Vocabulary(Vec<String>);

/// Whether any document of a term is not deleted: a segment keeps the terms of those that are.
pub(super) fn is_alive(
    index: &Index,
    segment: &SegmentReader,
    inverted: &InvertedIndexReader,
    info: &TermInfo,
) -> Result<bool> {
    if !segment.has_deletes() {
        return Ok(true);
    }
    let postings = inverted.read_postings_from_terminfo(info, IndexRecordOption::Basic);
    let mut postings = postings.map_err(|e| index.damaged(e))?;
    while postings.doc() != TERMINATED && segment.is_deleted(postings.doc()) {
        postings.advance();
    }
    Ok(postings.doc() != TERMINATED)
}

impl Vocabulary {
    /// Reads the terms of every segment.
    pub(super) fn open(index: &Index, field: Field) -> Result<Vocabulary> {
        let mut terms = BTreeSet::new();
        for segment in index.searcher().segment_readers() {
            let inverted = segment
                .inverted_index(field)
                .map_err(|e| index.damaged(e))?;
            let mut stream = inverted.terms().stream().map_err(|e| index.damaged(e))?;
            while stream.advance() {
                if let Ok(term) = std::str::from_utf8(stream.key()) {
                    terms.insert(term.to_owned());
                }
            }
        }
        Ok(Vocabulary(terms.into_iter().collect()))
    }

    /// Every term: ids, `<id` for what own names belong to, `=Name` for names as written.
    pub(super) fn terms(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// A term by its number in that order.
    pub(super) fn term(&self, number: usize) -> &str {
        &self.0[number]
    }

    /// The ids alone.
    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.terms().filter(|t| !t.starts_with(['<', '=']))
    }
}
