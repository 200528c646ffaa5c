//! Unknown words: what was asked for that no passage has, and what the index has like it.
//!
//! Not for names of actors and places, which the gazetteer knows.

use super::words::frequency;
use crate::analysis::fold;
use crate::error::Result;
use crate::index::Index;
use crate::query::Term;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use tantivy::query::FuzzyTermQuery;

/// So many are proposed.
const PROPOSED: usize = 5;

/// A word of a query that no passage has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// The word as it was typed, without the marks that say how to look for it.
    pub word: String,
    /// The nearest words of the index, the most frequent first.
    pub nearest: Vec<String>,
}

/// What is like each of these words.
pub(super) fn all(index: &Index, words: Vec<Term>) -> Result<Vec<Unknown>> {
    let unknown = |term| {
        Ok(match term {
            Term::Word(word) | Term::Exact(word) | Term::Pattern(word) | Term::Fuzzy(word, _) => {
                Unknown {
                    nearest: nearest(index, &word)?,
                    word,
                }
            }
            Term::Regex(word) => Unknown {
                word,
                nearest: Vec::new(),
            },
        })
    };
    words.into_iter().map(unknown).collect()
}

/// The words of the index with one letter changed, or two where there are none.
fn nearest(index: &Index, word: &str) -> Result<Vec<String>> {
    let folded = fold(word.trim_matches(['*', '?']));
    let farthest = match folded.chars().count() {
        0..3 => 0,
        3..5 => 1,
        _ => 2,
    };
    for distance in 1..=farthest {
        let mut found = Vec::new();
        for word in within(index, &folded, distance)? {
            match frequency(index, index.fields().text, std::iter::once(&word))? {
                0 => {}
                often => found.push((Reverse(often), word)),
            }
        }
        if !found.is_empty() {
            found.sort_unstable();
            found.truncate(PROPOSED);
            return Ok(found.into_iter().map(|(_, word)| word).collect());
        }
    }
    Ok(Vec::new())
}

/// The words of the index with so many letters changed.
fn within(index: &Index, folded: &str, distance: u8) -> Result<BTreeSet<String>> {
    let text = index.fields().text;
    let automaton =
        FuzzyTermQuery::new(tantivy::Term::from_field_text(text, folded), distance, true)
            .automaton()
            .map_err(|e| index.damaged(e))?;
    let mut found = BTreeSet::new();
    for segment in index.searcher().segment_readers() {
        let inverted = segment.inverted_index(text).map_err(|e| index.damaged(e))?;
        let mut terms = inverted
            .terms()
            .search(&automaton)
            .into_stream()
            .map_err(|e| index.damaged(e))?;
        while terms.advance() {
            if let Ok(term) = std::str::from_utf8(terms.key()) {
                found.insert(term.to_owned());
            }
        }
    }
    Ok(found)
}
