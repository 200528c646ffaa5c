//! Segments: going through the articles of one segment and keeping the best passages.
//!
//! A passage's rank is decided by score, day of publication, article id and order in the article, so
//! that it does not matter which segment it lies in. Not for lookups, and not for showing anything.

use super::Request;
use super::carriers::Carriers;
use super::matching::{Article, Lens};
use super::plan::{Places, Plan, Tree};
use super::postings::{Articles, Cursor, Read};
use super::rank::{self, Parts};
use crate::error::{Error, Kind, Result};
use crate::index::Index;
use std::cmp::Ordering;
use std::sync::atomic::Ordering::Relaxed;
use tantivy::columnar::{Column, StrColumn};
use tantivy::fieldnorm::FieldNormReader;
use tantivy::{DocAddress, DocId, SegmentReader, TERMINATED};

/// A passage that may become a hit, with all that decides its rank.
pub(super) struct Candidate {
    pub score: f64,
    pub parts: Parts,
    pub day: u64,
    pub article: String,
    pub root: String,
    pub ordinal: usize,
    /// How many passages its article has.
    pub passages: usize,
    pub address: DocAddress,
}

impl Candidate {
    /// The first passage of its article.
    pub(super) fn first(&self) -> DocAddress {
        let first = self.address.doc_id - self.ordinal as DocId;
        DocAddress::new(self.address.segment_ord, first)
    }

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
    parts: Parts,
    day: u64,
    article: (u64, u64),
    ordinal: usize,
    passages: usize,
    doc: DocId,
}

/// What was found in one article.
pub(super) struct Judged {
    /// The article's first document.
    pub start: DocId,
    /// How many passages it has.
    pub passages: usize,
    /// The passages that match, each with its score in parts, in order.
    pub matched: Vec<(usize, Parts)>,
}

/// An article that matches; they sort by id and root.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Whole {
    /// Its id and its root.
    pub id: (String, String),
    /// The number of its segment.
    pub segment: u32,
    /// Its first document.
    pub start: DocId,
    /// How many passages it has.
    pub passages: usize,
}

/// One segment of the index, opened for one request.
pub(super) struct Segment<'a> {
    index: &'a Index,
    plan: &'a Plan,
    request: &'a Request,
    read: Read,
    reader: &'a SegmentReader,
    number: u32,
    articles: Articles,
    lengths: FieldNormReader,
    days: Column<u64>,
    paths: Option<StrColumn>,
    roots: Option<StrColumn>,
    cursors: Vec<Cursor>,
    carriers: Vec<Carriers>,
}

impl<'a> Segment<'a> {
    pub(super) fn open(
        index: &'a Index,
        plan: &'a Plan,
        request: &'a Request,
        read: Read,
        number: u32,
    ) -> Result<Segment<'a>> {
        let reader = &index.searcher().segment_readers()[number as usize];
        let articles = Articles::open(index, reader)?;
        let column = |name: &str| reader.fast_fields().str(name).map_err(|e| index.damaged(e));
        Ok(Segment {
            lengths: reader
                .get_fieldnorms_reader(index.fields().text)
                .map_err(|e| index.damaged(e))?,
            days: reader
                .fast_fields()
                .u64("published_day")
                .map_err(|e| index.damaged(e))?,
            paths: column("path")?,
            roots: column("root")?,
            cursors: plan
                .leaves
                .iter()
                .map(|l| Cursor::open(index, reader, l, read, request.model.form))
                .collect::<Result<_>>()?,
            carriers: plan
                .tests
                .iter()
                .map(|t| Carriers::open(index, reader, &articles, t))
                .collect::<Result<_>>()?,
            index,
            plan,
            request,
            read,
            reader,
            number,
            articles,
        })
    }

    /// Goes through every article that matches, in the order of the segment.
    pub(super) fn each(&mut self, mut each: impl FnMut(Judged)) -> Result<()> {
        let mut at = 0;
        while let Some((start, passages)) = self.next(at) {
            let matched = self.judge(start, passages, |_, matched| Ok(matched))?;
            if !matched.is_empty() {
                each(Judged {
                    start,
                    passages,
                    matched,
                });
            }
            at = start + passages.max(1) as DocId;
        }
        Ok(())
    }

    /// The next article from `at` on that may match.
    fn next(&mut self, mut at: DocId) -> Option<(DocId, usize)> {
        loop {
            let doc = self.bound(at);
            if doc >= self.articles.max() {
                return None;
            }
            let Some((start, passages)) = self.articles.around(doc) else {
                at = doc + 1;
                continue;
            };
            // A part of the query leads beyond where the others were looked for: look again there.
            if start > at {
                at = start;
                continue;
            }
            if !self.reader.is_deleted(start) {
                return Some((start, passages));
            }
            at = start + passages.max(1) as DocId;
        }
    }

    /// No article that begins at or after `at` and ends before this document matches.
    fn bound(&mut self, at: DocId) -> DocId {
        let filters = &self.carriers[..self.plan.filters];
        let carried = filters.iter().map(|c| c.next(at)).max().unwrap_or(at);
        carried.max(bound(
            &self.plan.tree,
            &mut self.cursors,
            &self.carriers,
            at,
        ))
    }

    /// Looks at one article; `then` sees the passages that match, each with its score in parts, if any do.
    /// Calls have to go forward.
    pub(super) fn judge<T: Default>(
        &mut self,
        start: DocId,
        passages: usize,
        then: impl FnOnce(&mut Article<'a, '_>, Vec<(usize, Parts)>) -> Result<T>,
    ) -> Result<T> {
        if self.request.stop.load(Relaxed) {
            return Err(Error::new(Kind::Stopped, self.index.path()));
        }
        let carried = self.carried(start, passages);
        if carried.iter().all(Option::is_none) {
            return Ok(T::default());
        }
        let plan = self.plan;
        let lens = Lens {
            index: self.index,
            plan,
            request: self.request,
            read: self.read,
            cursors: &mut self.cursors,
            carriers: &self.carriers,
        };
        let mut article = Article::new(lens, DocAddress::new(self.number, start), passages);
        let matched = article.matched()?;
        let matched: Vec<usize> = (0..passages)
            .filter(|&p| carried[p].is_some() && matched[p])
            .collect();
        if matched.is_empty() {
            return Ok(T::default());
        }
        let block = article.block()?.without_repetition(&plan.leaves);
        let lengths: Vec<f64> = (0..passages)
            .map(|p| f64::from(self.lengths.fieldnorm(start + p as DocId)))
            .collect();
        let relevance = rank::relevance(&self.request.model, &block, &plan.leaves, &lengths);
        let parts = |p: usize| Parts {
            carried: carried[p].filter(|_| plan.filters > 0),
            ..relevance[p]
        };
        let scored = matched.into_iter().map(|p| (p, parts(p))).collect();
        then(&mut article, scored)
    }

    /// Looks at one article that is known to match. Calls have to go forward.
    pub(super) fn look_at(
        &mut self,
        start: DocId,
        passages: usize,
        then: impl FnOnce(&mut Article<'a, '_>) -> Result<()>,
    ) -> Result<()> {
        let lens = Lens {
            index: self.index,
            plan: self.plan,
            request: self.request,
            read: self.read,
            cursors: &mut self.cursors,
            carriers: &self.carriers,
        };
        then(&mut Article::new(
            lens,
            DocAddress::new(self.number, start),
            passages,
        ))
    }

    /// How well each passage carries the filters itself; `None` where it is not to be returned.
    fn carried(&self, start: DocId, passages: usize) -> Vec<Option<f64>> {
        let filters = &self.carriers[..self.plan.filters];
        if !filters.iter().all(|c| c.article(start, passages)) {
            return vec![None; passages];
        }
        let within = self.request.within_passage;
        let passage = |doc| filters.iter().map(|c| c.passage(start, doc, within)).sum();
        (start..start + passages as DocId).map(passage).collect()
    }

    /// The best passages of the segment, with their articles' ids, and how many match in all: in
    /// passages and in articles.
    pub(super) fn best(&mut self) -> Result<(Vec<Candidate>, u64, u64)> {
        let (limit, per_article) = (self.request.depth(), self.request.per_article);
        let (paths, roots, days) = (self.paths.clone(), self.roots.clone(), self.days.clone());
        let (mut passages, mut articles) = (0, 0);
        let mut found: Vec<Local> = Vec::new();
        self.each(|judged| {
            articles += 1;
            passages += judged.matched.len() as u64;
            let article = (rank(&paths, judged.start), rank(&roots, judged.start));
            let day = days.first(judged.start).unwrap_or(u64::MAX);
            let mut of_article: Vec<Local> = judged
                .matched
                .into_iter()
                .map(|(ordinal, parts)| Local {
                    score: parts.score(),
                    parts,
                    day,
                    article,
                    ordinal,
                    passages: judged.passages,
                    doc: judged.start + ordinal as DocId,
                })
                .collect();
            of_article.sort_by(compare);
            of_article.truncate(per_article.unwrap_or(usize::MAX));
            found.extend(of_article);
            if found.len() > 4 * limit.max(1024) {
                found.sort_by(compare);
                found.truncate(limit);
            }
        })?;
        found.sort_by(compare);
        found.truncate(limit);
        let best = found
            .into_iter()
            .map(|local| {
                let (article, root) = self.id(local.article)?;
                Ok(Candidate {
                    score: local.score,
                    parts: local.parts,
                    day: local.day,
                    article,
                    root,
                    ordinal: local.ordinal,
                    passages: local.passages,
                    address: DocAddress::new(self.number, local.doc),
                })
            })
            .collect::<Result<_>>()?;
        Ok((best, passages, articles))
    }

    /// Every article that matches.
    pub(super) fn all(&mut self) -> Result<Vec<Whole>> {
        let (paths, roots) = (self.paths.clone(), self.roots.clone());
        let mut found = Vec::new();
        self.each(|judged| {
            let article = (rank(&paths, judged.start), rank(&roots, judged.start));
            found.push((article, judged.start, judged.passages));
        })?;
        found
            .into_iter()
            .map(|(article, start, passages)| {
                Ok(Whole {
                    id: self.id(article)?,
                    segment: self.number,
                    start,
                    passages,
                })
            })
            .collect()
    }

    /// The id and the root that have these ranks in the segment.
    fn id(&self, article: (u64, u64)) -> Result<(String, String)> {
        let text = |column: &Option<StrColumn>, rank: u64| {
            let mut text = String::new();
            match column {
                Some(column) => column.ord_to_str(rank, &mut text).map(|_| text),
                None => Ok(text),
            }
        };
        let damaged = |e| self.index.damaged(e);
        Ok((
            text(&self.paths, article.0).map_err(damaged)?,
            text(&self.roots, article.1).map_err(damaged)?,
        ))
    }
}

/// The rank of a document's value among those of the segment.
fn rank(column: &Option<StrColumn>, doc: DocId) -> u64 {
    let value = column.as_ref().and_then(|c| c.term_ords(doc).next());
    value.unwrap_or(u64::MAX)
}

/// No article that begins at or after `at` and ends before this document matches the tree.
fn bound(tree: &Tree, cursors: &mut [Cursor], carriers: &[Carriers], at: DocId) -> DocId {
    match tree {
        Tree::All | Tree::Optional(_) | Tree::Not(_) => at,
        Tree::Place(places, _) | Tree::AtLeast(_, places, _) => bound_of(places, cursors, at),
        Tree::Any(trees) => {
            let bounds = trees.iter().map(|t| bound(t, cursors, carriers, at));
            bounds.min().unwrap_or(TERMINATED)
        }
        Tree::Both(trees) => {
            let bounds = trees.iter().map(|t| bound(t, cursors, carriers, at));
            bounds.max().unwrap_or(at)
        }
        Tree::Lead(tree) | Tree::Title(tree) => bound(tree, cursors, carriers, at),
        Tree::Carries(test) => carriers[*test].next(at),
    }
}

fn bound_of(places: &Places, cursors: &mut [Cursor], at: DocId) -> DocId {
    match places {
        Places::Leaf(leaf) => cursors[*leaf].next(at),
        Places::Any(any) => {
            let bounds = any.iter().map(|p| bound_of(p, cursors, at));
            bounds.min().unwrap_or(TERMINATED)
        }
        Places::Near(_, a, b) => bound_of(a, cursors, at).max(bound_of(b, cursors, at)),
    }
}

fn compare(a: &Local, b: &Local) -> Ordering {
    b.score
        .total_cmp(&a.score)
        .then_with(|| (a.day, a.article, a.ordinal).cmp(&(b.day, b.article, b.ordinal)))
}
