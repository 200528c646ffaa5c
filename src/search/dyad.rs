//! Dyads: how near to each other a passage names two actors.
//!
//! Distances are bytes between mentions, as the index stores them. Not for which passages name both
//! (`carriers`).

use super::bits::Bits;
use super::names::Terms;
use super::passage_text::Stored;
use crate::error::Result;
use crate::index::Index;
use crate::index::stored::{StoredEntry, StoredPassage};
use std::collections::HashMap;
use tantivy::{DocId, SegmentReader};

/// At this distance two mentions are half as near as side by side: a short clause.
const HALF: f64 = 80.0;

/// Blocks of stored documents that are kept at hand.
const BLOCKS: usize = 8;

/// One side of a dyad in a segment.
pub(super) struct Party<'a> {
    /// What stands for it.
    pub terms: &'a Terms,
    /// The passages in which a text says of a name of its own that it belongs to it.
    pub stated: Bits,
}

/// An actor of a passage by its number, and its mentions that count.
type Actor = (usize, Vec<(usize, usize)>);

/// How near each of some passages names two actors, one of either party: from 1, side by side, to
/// 0, where only the headline has one of them. Passages in which one actor would have to be both
/// (the army, where the other party is its state) are left out.
pub(super) fn nearness(
    index: &Index,
    segment: &SegmentReader,
    passages: &Bits,
    one: &Party,
    other: &Party,
) -> Result<HashMap<DocId, f64>> {
    let store = segment
        .get_store_reader(BLOCKS)
        .map_err(|e| index.damaged(e))?;
    let mut near = HashMap::new();
    for doc in passages.members().filter(|&doc| !segment.is_deleted(doc)) {
        let document = store.get(doc).map_err(|e| index.damaged(e))?;
        let Stored { passage, text, .. } = Stored::of(index, document)?;
        let actors = |party: &Party| party.actors(&passage, &text, party.stated.has(doc));
        let (ours, theirs) = (actors(one), actors(other));
        let pairs = ours.iter().flat_map(|a| theirs.iter().map(move |b| (a, b)));
        let distances: Vec<_> = pairs
            .filter(|(a, b)| a.0 != b.0)
            .map(|(a, b)| distance(&a.1, &b.1))
            .collect();
        if !distances.is_empty() {
            let least = distances.into_iter().flatten().min();
            near.insert(doc, least.map_or(0.0, |d| HALF / (HALF + d as f64)));
        }
    }
    Ok(near)
}

impl Party<'_> {
    /// The actors of a passage that belong to it: by id, as written or, where it is `stated` of one
    /// of them, those that only the text knows.
    fn actors(&self, passage: &StoredPassage, text: &str, stated: bool) -> Vec<Actor> {
        let has = |term: &str| self.terms.has(term);
        let written = |&(start, end): &(usize, usize)| {
            let words: Vec<&str> = text
                .get(start..end)
                .unwrap_or("")
                .split_whitespace()
                .collect();
            has(&format!("={}", words.join(" ")))
        };
        let of = |(n, entry): (usize, &StoredEntry)| {
            let all = has(&entry.id) || stated && entry.named.is_some();
            let spans = entry.spans.iter().copied();
            let spans: Vec<_> = spans.filter(|s| all || written(s)).collect();
            (all || !spans.is_empty()).then_some((n, spans))
        };
        passage.actors.iter().enumerate().filter_map(of).collect()
    }
}

/// The bytes between the nearest of two lists of spans, of which no two are the same.
fn distance(ours: &[(usize, usize)], theirs: &[(usize, usize)]) -> Option<usize> {
    let pairs = ours.iter().flat_map(|a| theirs.iter().map(move |b| (a, b)));
    pairs
        .filter(|(a, b)| a != b)
        .map(|(a, b)| b.0.saturating_sub(a.1).max(a.0.saturating_sub(b.1)))
        .min()
}
