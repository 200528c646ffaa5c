//! Segments: going through the articles of one segment and keeping the best passages.
//!
//! A passage's rank is decided by score, day of publication, article id and order in the article, so
//! that it does not matter which segment it lies in. Not for lookups, and not for showing anything.

use super::carriers::Carriers;
use super::evaluate::{Articles, Block, Cursor};
use super::filter::Test;
use super::rank;
use super::words::Leaf;
use super::{Request, Results, Scope};
use crate::error::Result;
use crate::index::Index;
use crate::query::Occur;
use std::cmp::Ordering;
use tantivy::columnar::{Column, StrColumn};
use tantivy::fieldnorm::FieldNormReader;
use tantivy::{DocAddress, DocId, SegmentReader, TERMINATED};

/// A passage that may become a hit, with all that decides its rank.
pub(super) struct Candidate {
    pub score: f64,
    pub day: u64,
    pub article: String,
    pub root: String,
    pub ordinal: usize,
    pub address: DocAddress,
}

impl Candidate {
    pub(super) fn compare(a: &Candidate, b: &Candidate) -> Ordering {
        let key = |c: &Candidate| (c.day, c.ordinal);
        b.score
            .total_cmp(&a.score)
            .then_with(|| a.day.cmp(&b.day))
            .then_with(|| (&a.article, &a.root).cmp(&(&b.article, &b.root)))
            .then_with(|| key(a).cmp(&key(b)))
    }
}

/// A candidate before its article's id is looked up: the ranks of id and root in the segment stand for
/// them.
struct Local {
    score: f64,
    day: u64,
    article: (u64, u64),
    ordinal: usize,
    doc: DocId,
}

/// One segment of the index, opened for one request.
pub(super) struct Segment<'a> {
    reader: &'a SegmentReader,
    number: u32,
    articles: Articles,
    lengths: FieldNormReader,
    days: Column<u64>,
    paths: Option<StrColumn>,
    roots: Option<StrColumn>,
    cursors: Vec<Cursor>,
    carriers: Vec<Carriers>,
    found: Vec<Local>,
}

impl<'a> Segment<'a> {
    pub(super) fn open(
        index: &'a Index,
        leaves: &[Leaf],
        tests: &[Test],
        number: u32,
    ) -> Result<Segment<'a>> {
        let reader = &index.searcher().segment_readers()[number as usize];
        let articles = Articles::open(index, reader)?;
        Ok(Segment {
            reader,
            number,
            lengths: reader
                .get_fieldnorms_reader(index.fields().text)
                .map_err(|e| index.damaged(e))?,
            days: reader
                .fast_fields()
                .u64("published_day")
                .map_err(|e| index.damaged(e))?,
            paths: reader
                .fast_fields()
                .str("path")
                .map_err(|e| index.damaged(e))?,
            roots: reader
                .fast_fields()
                .str("root")
                .map_err(|e| index.damaged(e))?,
            cursors: leaves
                .iter()
                .map(|l| Cursor::open(index, reader, l))
                .collect::<Result<_>>()?,
            carriers: tests
                .iter()
                .map(|t| Carriers::open(index, reader, &articles, t))
                .collect::<Result<_>>()?,
            articles,
            found: Vec::new(),
        })
    }

    /// Goes through every article that may match.
    pub(super) fn run(&mut self, request: &Request, leaves: &[Leaf], results: &mut Results) {
        let mut at = 0;
        loop {
            at = self.next(leaves, at);
            if at >= self.articles.max() {
                return;
            }
            let Some((start, passages)) = self.articles.around(at) else {
                at += 1;
                continue;
            };
            let end = start + passages.max(1) as DocId;
            if !self.reader.is_deleted(start) {
                self.judge(request, leaves, start, passages, results);
            }
            at = end.max(at + 1);
        }
    }

    /// The first document from `at` on whose article may match.
    fn next(&mut self, leaves: &[Leaf], at: DocId) -> DocId {
        let carried = self.carriers.iter().map(|c| c.next(at)).max();
        if let Some(doc) = carried {
            // Only a lower bound where the article's first passages lie before `doc`; the article
            // around it is looked at whole.
            return self.start_of(doc, at);
        }
        let all = leaves.iter().all(|l| l.occur == Occur::Not);
        if all {
            return at;
        }
        let must = leaves.iter().position(|l| l.occur == Occur::Must);
        match must {
            Some(leaf) => self.cursors[leaf].next(at),
            None => {
                let any = leaves
                    .iter()
                    .zip(&mut self.cursors)
                    .filter(|(l, _)| l.occur == Occur::Any);
                any.map(|(_, c)| c.next(at)).min().unwrap_or(TERMINATED)
            }
        }
    }

    fn start_of(&self, doc: DocId, at: DocId) -> DocId {
        if doc >= self.articles.max() {
            return doc;
        }
        self.articles
            .around(doc)
            .map_or(doc, |(start, _)| start.max(at))
    }

    /// Decides which passages of one article are hits.
    fn judge(
        &mut self,
        request: &Request,
        leaves: &[Leaf],
        start: DocId,
        passages: usize,
        results: &mut Results,
    ) {
        let carried = self.carried(request, start, passages);
        if carried.iter().all(Option::is_none) {
            return;
        }
        let mut block = Block {
            passages,
            counts: vec![0.0; leaves.len() * passages],
            title: vec![0.0; leaves.len()],
        };
        for (leaf, cursor) in self.cursors.iter_mut().enumerate() {
            block.title[leaf] = cursor.count(
                start,
                &mut block.counts[leaf * passages..(leaf + 1) * passages],
            );
        }
        let matched: Vec<usize> = (0..passages)
            .filter(|&p| carried[p].is_some() && matches(&block, leaves, p, request.scope))
            .collect();
        if matched.is_empty() {
            return;
        }
        let lengths: Vec<f64> = (0..passages)
            .map(|p| f64::from(self.lengths.fieldnorm(start + p as DocId)))
            .collect();
        let relevance = rank::relevance(&block, leaves, &lengths);
        let rank = |column: &Option<StrColumn>| {
            column
                .as_ref()
                .and_then(|c| c.term_ords(start).next())
                .unwrap_or(u64::MAX)
        };
        let article = (rank(&self.paths), rank(&self.roots));
        let day = self.days.first(start).unwrap_or(u64::MAX);
        results.articles += 1;
        results.passages += matched.len() as u64;
        let mut found: Vec<Local> = matched
            .into_iter()
            .map(|p| Local {
                score: rank::score(relevance[p], carried[p].unwrap_or(0.0), self.carriers.len()),
                day,
                article,
                ordinal: p,
                doc: start + p as DocId,
            })
            .collect();
        found.sort_by(compare);
        found.truncate(request.per_article.unwrap_or(usize::MAX));
        self.found.extend(found);
        if self.found.len() > 4 * request.limit.max(1024) {
            self.keep(request.limit);
        }
    }

    /// How well each passage carries the filters itself; `None` where it is not to be returned.
    fn carried(&self, request: &Request, start: DocId, passages: usize) -> Vec<Option<f64>> {
        if !self.carriers.iter().all(|c| c.article(start, passages)) {
            return vec![None; passages];
        }
        let passage = |doc| {
            self.carriers
                .iter()
                .map(|c| c.passage(start, doc, request.within_passage))
                .sum()
        };
        (start..start + passages as DocId).map(passage).collect()
    }

    fn keep(&mut self, limit: usize) {
        self.found.sort_by(compare);
        self.found.truncate(limit);
    }

    /// The best candidates of the segment, with their articles' ids.
    pub(super) fn best(mut self, index: &Index, limit: usize) -> Result<Vec<Candidate>> {
        self.keep(limit);
        let mut best = Vec::with_capacity(self.found.len());
        for local in self.found {
            let text = |column: &Option<StrColumn>, rank: u64| {
                let mut text = String::new();
                match column {
                    Some(column) => column.ord_to_str(rank, &mut text).map(|_| text),
                    None => Ok(text),
                }
            };
            let article = text(&self.paths, local.article.0).map_err(|e| index.damaged(e))?;
            let root = text(&self.roots, local.article.1).map_err(|e| index.damaged(e))?;
            best.push(Candidate {
                score: local.score,
                day: local.day,
                article,
                root,
                ordinal: local.ordinal,
                address: DocAddress::new(self.number, local.doc),
            });
        }
        Ok(best)
    }
}

fn compare(a: &Local, b: &Local) -> Ordering {
    b.score
        .total_cmp(&a.score)
        .then_with(|| (a.day, a.article, a.ordinal).cmp(&(b.day, b.article, b.ordinal)))
}

/// Whether the words of a query match a passage.
fn matches(block: &Block, leaves: &[Leaf], passage: usize, scope: Scope) -> bool {
    let here = |leaf: usize| block.matches(leaf, passage);
    let counts = |leaf: usize| {
        if scope == Scope::Article {
            block.anywhere(leaf)
        } else {
            here(leaf)
        }
    };
    let of = |occur: Occur| {
        leaves
            .iter()
            .enumerate()
            .filter(move |(_, l)| l.occur == occur)
            .map(|(n, _)| n)
    };
    if of(Occur::Not).any(counts) || !of(Occur::Must).all(counts) {
        return false;
    }
    // Of an article that matches as a whole, the passages that carry a word of the query.
    let demanded = of(Occur::Must).next().is_some();
    let wanted = demanded || of(Occur::Any).next().is_some();
    if demanded && scope == Scope::Usual {
        return true;
    }
    !wanted || of(Occur::Must).chain(of(Occur::Any)).any(here)
}
