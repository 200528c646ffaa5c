//! Dyads: how near to each other a passage names two actors.
//!
//! Distances are bytes between mentions, as the index stores them. Not for which passages name both
//! (`carriers`).

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

/// How near each of some passages names one of `one` and one of `other`: from 1, side by side, to
/// 0, where the text only says that something of theirs is named.
pub(super) fn nearness(
    index: &Index,
    segment: &SegmentReader,
    passages: impl Iterator<Item = DocId>,
    one: &Terms,
    other: &Terms,
) -> Result<HashMap<DocId, f64>> {
    let store = segment
        .get_store_reader(BLOCKS)
        .map_err(|e| index.damaged(e))?;
    let mut near = HashMap::new();
    for doc in passages.filter(|&doc| !segment.is_deleted(doc)) {
        let document = store.get(doc).map_err(|e| index.damaged(e))?;
        let Stored { passage, text, .. } = Stored::of(index, document)?;
        let (ours, theirs) = (spans(&passage, &text, one), spans(&passage, &text, other));
        let distance = distance(&ours, &theirs);
        near.insert(doc, distance.map_or(0.0, |d| HALF / (HALF + d as f64)));
    }
    Ok(near)
}

/// The mentions of terms: by id, or as written.
fn spans(passage: &StoredPassage, text: &str, terms: &Terms) -> Vec<(usize, usize)> {
    let has = |term: &str| terms.always.contains(term) || terms.during.contains_key(term);
    let written = |&(start, end): &(usize, usize)| {
        let words: Vec<&str> = text
            .get(start..end)
            .unwrap_or("")
            .split_whitespace()
            .collect();
        has(&format!("={}", words.join(" ")))
    };
    let of = |entry: &StoredEntry| {
        let all = has(&entry.id);
        let spans = entry.spans.iter().copied();
        spans.filter(|s| all || written(s)).collect::<Vec<_>>()
    };
    passage.actors.iter().flat_map(of).collect()
}

/// The bytes between the nearest of two lists of spans, of which no two are the same.
fn distance(ours: &[(usize, usize)], theirs: &[(usize, usize)]) -> Option<usize> {
    let pairs = ours.iter().flat_map(|a| theirs.iter().map(move |b| (a, b)));
    pairs
        .filter(|(a, b)| a != b)
        .map(|(a, b)| b.0.saturating_sub(a.1).max(a.0.saturating_sub(b.1)))
        .min()
}
