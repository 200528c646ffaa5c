//! Dyads: how near to each other a passage names two actors.
//!
//! Distances are bytes between mentions, as the index stores them. Not for which passages name both
//! (`carriers`).

use super::names::Terms;
use crate::error::Result;
use crate::index::Index;
use crate::index::stored::{StoredEntry, StoredPassage, decode};
use std::collections::HashMap;
use tantivy::schema::Value;
use tantivy::store::StoreReader;
use tantivy::{DocId, SegmentReader, TantivyDocument};

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
        let (passage, text) = read(index, &store, doc)?;
        let (ours, theirs) = (spans(&passage, &text, one), spans(&passage, &text, other));
        let distance = distance(&ours, &theirs);
        near.insert(doc, distance.map_or(0.0, |d| HALF / (HALF + d as f64)));
    }
    Ok(near)
}

fn read(index: &Index, store: &StoreReader, doc: DocId) -> Result<(StoredPassage, String)> {
    let document: TantivyDocument = store.get(doc).map_err(|e| index.damaged(e))?;
    let bytes = document.get_first(index.fields().passage);
    let bytes = bytes.and_then(|v| v.as_bytes().map(<[u8]>::to_vec));
    let text = document.get_first(index.fields().text);
    let text = text.and_then(|v| v.as_str().map(str::to_owned));
    let passage = decode(&bytes.unwrap_or_default()).map_err(|e| index.damaged(e))?;
    Ok((passage, text.unwrap_or_default()))
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
