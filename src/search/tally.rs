//! Tallies: how many of the passages and articles that match have each value of a field.
//!
//! Postings and columns alone: no stored text is read. Not for what values mean (`facets`,
//! `timeline`, `entries`).

use super::articles::Articles;
use super::kept;
use super::plan::Plan;
use super::postings::Read;
use super::segment::Segment;
use super::{Found, Request, undated};
use crate::error::Result;
use crate::gazetteer::Gazetteer;
use crate::index::Index;
use std::collections::BTreeMap;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, TERMINATED};

/// Articles and passages.
pub(super) type Count = (u64, u64);

/// The passages that count, by segment and document.
pub(super) struct Matched(Vec<Vec<bool>>);

impl Matched {
    /// Every passage of the index.
    pub(super) fn all(index: &Index) -> Result<(Matched, Found)> {
        let mut found = Found::default();
        let mut of_segments = Vec::new();
        for segment in index.searcher().segment_readers() {
            let articles = Articles::open(index, segment)?;
            let mut matched = vec![false; articles.max() as usize];
            for doc in (0..articles.max()).filter(|&doc| !segment.is_deleted(doc)) {
                let Some((start, _)) = articles.around(doc) else {
                    continue;
                };
                matched[doc as usize] = true;
                found.passages += 1;
                found.articles += u64::from(doc == start);
            }
            of_segments.push(matched);
        }
        Ok((Matched(of_segments), found))
    }

    /// The passages that match.
    pub(super) fn of(
        index: &Index,
        gazetteer: &Gazetteer,
        request: &Request,
    ) -> Result<(Matched, Found)> {
        if request.query.is_empty() && request.filters.is_empty() {
            return Matched::all(index);
        }
        let plan = Plan::new(index, gazetteer, request)?;
        let mut found = Found::default();
        let mut of_segments = Vec::new();
        for (number, reader) in index.searcher().segment_readers().iter().enumerate() {
            let mut matched = vec![false; reader.max_doc() as usize];
            let mut segment = Segment::open(index, &plan, request, Read::Needed, number as u32)?;
            segment.each(|judged| {
                found.articles += 1;
                found.passages += judged.matched.len() as u64;
                for &ordinal in judged.matched {
                    matched[judged.start as usize + ordinal] = true;
                }
            })?;
            of_segments.push(matched);
        }
        found.undated = undated(index, request, &plan)?;
        found.note(index, gazetteer, request, plan)?;
        Ok((Matched(of_segments), found))
    }
}

impl Matched {
    /// Counts by a value that is made of the ids of articles, and by root.
    pub(super) fn by_root(
        &self,
        index: &Index,
        mut value: impl FnMut(&str) -> String,
    ) -> Result<BTreeMap<String, BTreeMap<String, Count>>> {
        let mut counts: BTreeMap<String, BTreeMap<String, Count>> = BTreeMap::new();
        for (number, matched) in (0..).zip(&self.0) {
            let columns = kept::columns(index, number)?;
            // By the ranks of id and root: what several articles share is read once.
            let mut of_ids: BTreeMap<(u64, u64), Count> = BTreeMap::new();
            let mut last = None;
            for (doc, _) in (0..).zip(matched).filter(|(_, matched)| **matched) {
                let Some((start, _)) = columns.articles.around(doc) else {
                    continue;
                };
                let count = of_ids.entry(columns.article(start)).or_default();
                count.0 += u64::from(last.replace(start) != Some(start));
                count.1 += 1;
            }
            for (ranks, (articles, passages)) in of_ids {
                let (id, root) = columns.id(index, ranks)?;
                let count = counts
                    .entry(value(&id))
                    .or_default()
                    .entry(root)
                    .or_default();
                count.0 += articles;
                count.1 += passages;
            }
        }
        Ok(counts)
    }
}

/// Counts passages that carry the terms of some fields by the values that `values` gives for each
/// term; what the first passage carries for its article counts for all of the article's passages.
pub(super) fn tally<V: Ord>(
    index: &Index,
    matched: &Matched,
    fields: &[Field],
    mut values: impl FnMut(Field, &[u8], &mut Vec<V>),
) -> Result<BTreeMap<V, Count>> {
    let mut counts: BTreeMap<V, Count> = BTreeMap::new();
    let mut open = Vec::new();
    for (segment, matched) in index.searcher().segment_readers().iter().zip(&matched.0) {
        let articles = Articles::open(index, segment)?;
        let mut docs: BTreeMap<V, Vec<DocId>> = BTreeMap::new();
        for &field in fields {
            let inverted = segment.inverted_index(field);
            let inverted = inverted.map_err(|e| index.damaged(e))?;
            let mut terms = inverted.terms().stream().map_err(|e| index.damaged(e))?;
            while terms.advance() {
                values(field, terms.key(), &mut open);
                if open.is_empty() {
                    continue;
                }
                let postings =
                    inverted.read_postings_from_terminfo(terms.value(), IndexRecordOption::Basic);
                let mut postings = postings.map_err(|e| index.damaged(e))?;
                let mut carry = Vec::new();
                while postings.doc() != TERMINATED {
                    let doc = postings.doc();
                    let last = match articles.around(doc) {
                        Some((start, passages)) if index.fields().is_of_articles(field) => {
                            start + passages as DocId
                        }
                        _ => doc + 1,
                    };
                    carry.extend((doc..last).filter(|&d| matched[d as usize]));
                    postings.advance();
                }
                if carry.is_empty() {
                    open.clear();
                }
                for value in open.drain(..) {
                    docs.entry(value).or_default().extend(&carry);
                }
            }
        }
        for (value, mut docs) in docs {
            docs.sort_unstable();
            docs.dedup();
            let (of_articles, passages) = count(&articles, &docs);
            let count = counts.entry(value).or_default();
            count.0 += of_articles;
            count.1 += passages;
        }
    }
    Ok(counts)
}

/// Articles and passages of distinct documents in order.
pub(super) fn count(articles: &Articles, docs: &[DocId]) -> Count {
    let mut starts: Vec<DocId> = docs
        .iter()
        .filter_map(|&doc| Some(articles.around(doc)?.0))
        .collect();
    starts.dedup();
    (starts.len() as u64, docs.len() as u64)
}
