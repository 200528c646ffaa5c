//! Hits: passages that were found → what is shown of them.
//!
//! Not for finding, and not for how it is shown.

use super::matching::{Article, Mark};
use super::passage_text::{document, stored};
use super::postings::At;
use super::rank::Parts;
use super::{Hit, Span};
use crate::error::Result;
use crate::extract::Named;
use crate::gazetteer::{Gazetteer, Kind};
use crate::index::Index;
use crate::index::stored::{StoredArticle, StoredEntry, StoredPassage};
use std::ops::Range;
use tantivy::DocAddress;
use tantivy::schema::Value;

/// Reads what is shown of some passages of one article, each with its score.
pub(super) fn hits(
    index: &Index,
    gazetteer: &Gazetteer,
    article: &mut Article,
    wanted: &[(usize, Parts)],
) -> Result<Vec<Hit>> {
    let first = article.first();
    let shown: StoredArticle = stored(index, first, index.fields().article)?;
    let mut hits = Vec::with_capacity(wanted.len());
    for &(ordinal, parts) in wanted {
        let marks = article.marks(ordinal)?;
        let mut matches = spans(article, &marks, ordinal + 1)?;
        let title = spans(article, &marks, At::TITLE)?;
        let address = DocAddress::new(first.segment_ord, first.doc_id + ordinal as u32);
        let text = document(index, address)?
            .get_first(index.fields().text)
            .and_then(|v| v.as_str().map(str::to_owned))
            .unwrap_or_default();
        let passage: StoredPassage = stored(index, address, index.fields().passage)?;
        let carried = passage.actors.iter().chain(&passage.places);
        matches.extend(carried.flat_map(|entry| mentions(article, entry)));
        matches.sort_by(|a, b| in_order(a).cmp(&in_order(b)));
        matches.dedup();
        for span in &mut matches {
            span.bytes = passage.bytes_of(&span.range);
        }
        let named = |entries: Vec<StoredEntry>, is: fn(Kind) -> bool| {
            let named = entries.into_iter().map(|e| named(gazetteer, e, is));
            named.collect()
        };
        hits.push(Hit {
            score: parts.score(),
            parts,
            copies: Vec::new(),
            spans: joined(&matches),
            title_spans: joined(&title),
            matches,
            ordinal,
            article: shown.clone(),
            line: passage.line,
            bytes: passage.bytes,
            actors: named(passage.actors, |kind| !kind.is_place()),
            places: named(passage.places, Kind::is_place),
            dates: passage.dates,
            text,
        });
    }
    Ok(hits)
}

/// Marks in one part of an article as byte ranges of its text, in order.
fn spans(article: &mut Article, marks: &[Mark], part: usize) -> Result<Vec<Span>> {
    let mut spans = Vec::new();
    for mark in marks {
        let (start, end) = mark.words;
        if !(start.part()..=end.part()).contains(&part) {
            continue;
        }
        let text = article.text(part)?;
        let last = (text.len() as u32).saturating_sub(1);
        let first_word = if start.part() == part {
            start.word()
        } else {
            0
        };
        let last_word = if end.part() == part { end.word() } else { last };
        if let Some(range) = text.bytes(first_word, last_word) {
            spans.push(Span {
                range,
                bytes: None,
                clause: mark.clause.to_owned(),
            });
        }
    }
    spans.sort_by(|a, b| in_order(a).cmp(&in_order(b)));
    spans.dedup();
    Ok(spans)
}

fn in_order(span: &Span) -> (usize, usize, &str) {
    (span.range.start, span.range.end, &span.clause)
}

/// Where an entry is named that is searched for by another name.
fn mentions(article: &Article, entry: &StoredEntry) -> Vec<Span> {
    let asked = article.plan().leaves.iter().filter_map(|leaf| {
        let echo = leaf.stands_for.as_ref().filter(|e| e.matches)?;
        let word = leaf.words.first().filter(|_| leaf.carried_in.is_some())?;
        word.forms.contains_key(&entry.id).then_some(&echo.typed)
    });
    asked
        .flat_map(|typed| {
            entry.spans.iter().map(|&(start, end)| Span {
                range: start..end,
                bytes: None,
                clause: typed.clone(),
            })
        })
        .collect()
}

/// The ranges of spans in order, overlapping ones joined.
fn joined(spans: &[Span]) -> Vec<Range<usize>> {
    let mut joined: Vec<Range<usize>> = Vec::new();
    for span in spans {
        match joined.last_mut() {
            Some(last) if span.range.start < last.end => last.end = last.end.max(span.range.end),
            _ => joined.push(span.range.clone()),
        }
    }
    joined
}

/// A stored entry with what the gazetteer knows of it.
fn named(gazetteer: &Gazetteer, stored: StoredEntry, is: fn(Kind) -> bool) -> Named {
    let mentions = stored
        .spans
        .into_iter()
        .map(|(start, end)| start..end)
        .collect();
    let adopted = gazetteer.adopted(&stored.id, is);
    let entry = adopted.or_else(|| gazetteer.entry(&stored.id));
    let id = entry.map_or_else(|| stored.id.clone(), |e| e.id());
    let (name, kind, country, point) = match (stored.named, entry) {
        (Some((name, kind, country)), None) => (name, kind, country, None),
        (_, Some(entry)) => (
            entry.name().to_owned(),
            entry.kind_name().to_owned(),
            entry.country().map(str::to_owned),
            entry.point(),
        ),
        (None, None) => (stored.id.clone(), "unknown".to_owned(), None, None),
    };
    Named {
        id,
        name,
        kind,
        country,
        point,
        parents: Vec::new(),
        mentions,
    }
}
