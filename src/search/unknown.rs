//! Unknown words: what was asked for that no passage has, and what the index has like it.
//!
//! Not for names of actors and places, which the gazetteer knows.

use super::Request;
use super::plan::Plan;
use super::postings::Read;
use super::segment::Segment;
use super::words::frequency;
use crate::analysis::fold;
use crate::error::Result;
use crate::gazetteer::Gazetteer;
use crate::index::Index;
use crate::query::{Form, Node, Phrase, Query, Term};
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
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

/// Those of some words that stand nowhere, with what is like them.
pub(super) fn all(
    index: &Index,
    gazetteer: &Gazetteer,
    words: Vec<Term>,
    stop: &Arc<AtomicBool>,
) -> Result<Vec<Unknown>> {
    let mut unknown = Vec::new();
    for term in words {
        let (word, form) = match term {
            Term::Word(word) | Term::Pattern(word) => (word, Form::Usual),
            Term::Exact(word) => (word, Form::Exact),
            Term::Fuzzy(word, n) => (word, Form::Fuzzy(n)),
            Term::Regex(word) => (word, Form::Regex),
        };
        let request = Request {
            stop: Arc::clone(stop),
            ..Request::new(Query::from(Node::Words(Phrase {
                text: word.clone(),
                form,
                slop: 0,
                quoted: false,
            })))
        };
        if !is_anywhere(index, gazetteer, &request)? {
            let nearest = match form {
                Form::Regex => Vec::new(),
                _ => nearest(index, &word)?,
            };
            unknown.push(Unknown { word, nearest });
        }
    }
    Ok(unknown)
}

/// Whether any passage matches.
fn is_anywhere(index: &Index, gazetteer: &Gazetteer, request: &Request) -> Result<bool> {
    let plan = Plan::new(index, gazetteer, request)?;
    for number in 0..index.searcher().segment_readers().len() as u32 {
        if Segment::open(index, &plan, request, Read::Needed, number)?.any()? {
            return Ok(true);
        }
    }
    Ok(false)
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
            let mut often = 0;
            for field in [index.fields().text, index.fields().title] {
                often += frequency(index, field, std::iter::once(&word))?;
            }
            if often > 0 {
                found.push((Reverse(often), word));
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
        for field in [text, index.fields().title] {
            let inverted = segment
                .inverted_index(field)
                .map_err(|e| index.damaged(e))?;
            let terms = inverted.terms().search(&automaton).into_stream();
            let mut terms = terms.map_err(|e| index.damaged(e))?;
            while terms.advance() {
                if let Ok(term) = std::str::from_utf8(terms.key()) {
                    found.insert(term.to_owned());
                }
            }
        }
    }
    Ok(found)
}
