//! Nearest words: what the index holds that somebody may have meant.
//!
//! Not for names of actors and places, which the gazetteer knows.

use crate::analysis::fold;
use crate::error::Result;
use crate::index::Index;
use std::collections::BTreeMap;
use tantivy::Term;
use tantivy::query::FuzzyTermQuery;

/// So many are proposed.
const PROPOSED: usize = 5;

/// The nearest words of the index: one letter changed, or two where there are none; the most
/// frequent first.
pub(super) fn nearest(index: &Index, word: &str) -> Result<Vec<String>> {
    let folded = fold(word.trim_matches(['*', '?']));
    let letters = folded.chars().count();
    if letters < 3 {
        return Ok(Vec::new());
    }
    let text = index.fields().text;
    let mut found: BTreeMap<String, u64> = BTreeMap::new();
    for distance in 1..=if letters < 5 { 1 } else { 2 } {
        if !found.is_empty() {
            break;
        }
        let automaton = FuzzyTermQuery::new(Term::from_field_text(text, &folded), distance, true)
            .automaton()
            .map_err(|e| index.damaged(e))?;
        for segment in index.searcher().segment_readers() {
            let inverted = segment.inverted_index(text).map_err(|e| index.damaged(e))?;
            let mut terms = inverted
                .terms()
                .search(&automaton)
                .into_stream()
                .map_err(|e| index.damaged(e))?;
            while terms.advance() {
                if let Ok(term) = std::str::from_utf8(terms.key()) {
                    *found.entry(term.to_owned()).or_default() += u64::from(terms.value().doc_freq);
                }
            }
        }
    }
    let mut found: Vec<_> = found.into_iter().collect();
    found.sort_by_key(|(_, frequency)| std::cmp::Reverse(*frequency));
    found.truncate(PROPOSED);
    Ok(found.into_iter().map(|(word, _)| word).collect())
}
