//! Vocabulary: the distinct terms of a field over all segments, sorted.
//!
//! Actors and places have few compared with words, so filters look at each once. Not for words.

use crate::error::Result;
use crate::index::Index;
use std::collections::BTreeSet;
use tantivy::schema::Field;

/// The distinct terms of one field.
pub(super) struct Vocabulary(Vec<String>);

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
