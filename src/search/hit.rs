//! Hits: passages that were found → what is shown of them.
//!
//! Not for finding, and not for how it is shown.

use super::citation;
use super::filter::Test;
use super::matching::{Article, Mark};
use super::passage_text::Stored;
use super::plan::Plan;
use super::postings::At;
use super::rank::Parts;
use super::{Hit, Span};
use crate::error::Result;
use crate::extract::Named;
use crate::gazetteer::{Gazetteer, Kind};
use crate::index::Index;
use crate::index::stored::{StoredArticle, StoredEntry};
use std::ops::Range;
use std::sync::Arc;

/// Reads what is shown of some passages of one article, each with its score.
pub(super) fn hits(
    index: &Index,
    gazetteer: &Gazetteer,
    article: &mut Article,
    wanted: &[(usize, Parts)],
) -> Result<Vec<Hit>> {
    let shown = Arc::clone(article.stored(0)?.article(index)?);
    let below = citation::below(index, &shown)?;
    let mut hits = Vec::with_capacity(wanted.len());
    for &(ordinal, parts) in wanted {
        let marks = article.marks(ordinal)?;
        let title = spans(article, &marks, At::TITLE)?;
        let matches = matches(article, &marks, ordinal)?;
        hits.push(Hit {
            score: parts.score(),
            parts,
            spans: joined(ranges(&matches)),
            title_spans: joined(ranges(&title)),
            matches,
            below: below.clone(),
            ..shown_alone(gazetteer, &shown, ordinal, article.stored(ordinal)?)
        });
    }
    Ok(hits)
}

/// What is shown of a passage that nothing was looked for in.
pub(super) fn shown_alone(
    gazetteer: &Gazetteer,
    article: &Arc<StoredArticle>,
    ordinal: usize,
    stored: &Stored,
) -> Hit {
    let passage = &stored.passage;
    let named = |entries: &[StoredEntry], is: fn(Kind) -> bool| {
        let named = entries.iter().map(|e| named(gazetteer, e, is));
        named.collect()
    };
    Hit {
        score: 0.0,
        parts: Parts::default(),
        copies: Vec::new(),
        spans: Vec::new(),
        title_spans: Vec::new(),
        matches: Vec::new(),
        ordinal,
        article: Arc::clone(article),
        below: None,
        line: passage.line,
        bytes: passage.bytes,
        actors: named(&passage.actors, |kind| !kind.is_place()),
        places: named(&passage.places, Kind::is_place),
        dates: passage.dates.clone(),
        text: stored.text.clone(),
    }
}

/// How many stretches are marked in some passages of an article and in its headline, as
/// [`Hit::spans`] and [`Hit::title_spans`] have them.
pub(super) fn occurrences(
    article: &mut Article,
    ordinals: impl Iterator<Item = usize>,
) -> Result<usize> {
    let carried = |l: &super::words::Leaf| {
        l.carries.is_some() && l.stands_for.as_ref().is_some_and(|e| e.matches)
    };
    let carried = article.plan().leaves.iter().any(carried);
    let (mut count, mut headline) = (0, Vec::new());
    for ordinal in ordinals {
        let marks = article.marks(ordinal)?;
        headline.extend(stretches(&marks, At::TITLE));
        count += match carried {
            // Only the stored passage knows where a name is mentioned.
            true => joined(ranges(&matches(article, &marks, ordinal)?)).len(),
            false => apart(stretches(&marks, ordinal + 1).collect()),
        };
    }
    Ok(count + apart(headline))
}

/// The first and the last word of each mark in one part of an article.
fn stretches(marks: &[Mark], part: usize) -> impl Iterator<Item = (u32, u32)> {
    marks.iter().filter_map(move |mark| {
        let (start, end) = mark.words;
        let inside = (start.part()..=end.part()).contains(&part);
        let first = if start.part() == part {
            start.word()
        } else {
            0
        };
        let last = if end.part() == part {
            end.word()
        } else {
            u32::MAX
        };
        inside.then_some((first, last))
    })
}

/// How many stretches of words there are, overlapping ones taken as one.
fn apart(mut stretches: Vec<(u32, u32)>) -> usize {
    stretches.sort_unstable();
    let (mut count, mut end) = (0, None);
    for (first, last) in stretches {
        count += usize::from(end.is_none_or(|end| first > end));
        end = end.max(Some(last));
    }
    count
}

/// What matched in a passage, in order.
fn matches(article: &mut Article, marks: &[Mark], ordinal: usize) -> Result<Vec<Span>> {
    let mut matches = spans(article, marks, ordinal + 1)?;
    let plan = article.plan();
    let passage = &article.stored(ordinal)?.passage;
    let carried = passage.actors.iter().chain(&passage.places);
    matches.extend(carried.flat_map(|entry| mentions(plan, entry)));
    matches.sort_by(|a, b| in_order(a).cmp(&in_order(b)));
    matches.dedup();
    for span in &mut matches {
        span.bytes = passage.bytes_of(&span.range);
    }
    Ok(matches)
}

/// Marks in one part of an article as byte ranges of its text, in order.
fn spans(article: &mut Article, marks: &[Mark], part: usize) -> Result<Vec<Span>> {
    let mut spans = Vec::new();
    let Some(end) = stretches(marks, part).map(|(_, last)| last).max() else {
        return Ok(spans);
    };
    let text = article.text_to(part, end)?;
    for mark in marks {
        for (first, last) in stretches(std::slice::from_ref(mark), part) {
            let end = (text.len() as u32).saturating_sub(1);
            if let Some(range) = text.bytes(first, last.min(end)) {
                spans.push(Span {
                    range,
                    bytes: None,
                    clause: mark.clause.to_owned(),
                });
            }
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
fn mentions(plan: &Plan, entry: &StoredEntry) -> Vec<Span> {
    let asked = plan.leaves.iter().filter_map(|leaf| {
        let echo = leaf.stands_for.as_ref().filter(|e| e.matches)?;
        let Some(Test::Terms(_, terms)) = &leaf.carries else {
            return None;
        };
        terms.always.contains(&entry.id).then_some(&echo.typed)
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

/// Ranges that are in order, overlapping ones joined.
pub(super) fn joined(ranges: impl IntoIterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

fn ranges(spans: &[Span]) -> impl Iterator<Item = Range<usize>> {
    spans.iter().map(|span| span.range.clone())
}

/// A stored entry with what the gazetteer knows of it.
fn named(gazetteer: &Gazetteer, stored: &StoredEntry, is: fn(Kind) -> bool) -> Named {
    let mentions = stored
        .spans
        .iter()
        .map(|&(start, end)| start..end)
        .collect();
    let adopted = gazetteer.adopted(&stored.id, is);
    let entry = adopted.or_else(|| gazetteer.entry(&stored.id));
    let id = entry.map_or_else(|| stored.id.clone(), |e| e.id());
    let (name, kind, country, point) = match (stored.named.clone(), entry) {
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
