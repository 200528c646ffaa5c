//! Segments: going through the articles of one segment and keeping the best passages.
//!
//! A passage's rank is decided by score, day of publication, article id and order in the article, so
//! that it does not matter which segment it lies in. Not for lookups, and not for showing anything.

use super::carriers::Carriers;
use super::kept::{self, Columns};
use super::matching::{Article, Lens, Occurrences};
use super::plan::{Places, Plan, Tree};
use super::postings::{Block, Cursor, Read};
use super::rank::{self, Parts};
use super::{Request, Scope};
use crate::error::{Error, Kind, Result};
use crate::index::Index;
use std::cmp::Ordering;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use tantivy::{DocAddress, DocId, SegmentReader, TERMINATED};

/// A passage that may become a hit, with all that decides its rank.
#[derive(Clone, Copy)]
pub(super) struct Candidate {
    pub score: f64,
    pub parts: Parts,
    pub day: u64,
    /// The ranks of its article's id and root among those of the segment.
    article: (u64, u64),
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

    /// Within one segment.
    fn compare(&self, other: &Candidate) -> Ordering {
        let key = |c: &Candidate| (c.day, c.address.segment_ord, c.article, c.ordinal);
        let by_score = other.score.total_cmp(&self.score);
        by_score.then_with(|| key(self).cmp(&key(other)))
    }

    fn is_level_with(&self, other: &Candidate) -> bool {
        self.score == other.score && self.day == other.day
    }
}

/// Sorts candidates of any segments, the best first. Ids are looked up only where nothing else decides.
pub(super) fn sort(index: &Index, candidates: &mut [Candidate]) -> Result<()> {
    candidates.sort_by(Candidate::compare);
    for level in candidates.chunk_by_mut(Candidate::is_level_with) {
        let number = |c: &Candidate| c.address.segment_ord;
        if level.iter().all(|c| number(c) == number(&level[0])) {
            continue;
        }
        let mut named = Vec::with_capacity(level.len());
        for &candidate in level.iter() {
            let columns = kept::columns(index, number(&candidate))?;
            named.push((columns.id(index, candidate.article)?, candidate));
        }
        named.sort_by(|(id, a), (other, b)| (id, a.ordinal).cmp(&(other, b.ordinal)));
        for (place, (_, candidate)) in level.iter_mut().zip(named) {
            *place = candidate;
        }
    }
    Ok(())
}

/// What was found in one article.
pub(super) struct Judged<'r> {
    /// The article's first document.
    pub start: DocId,
    /// How many passages it has.
    pub passages: usize,
    /// The passages that match, each with its score in parts, in order.
    pub matched: &'r [(usize, Parts)],
}

/// Room for what is found in an article, used again for the next one.
#[derive(Default)]
struct Room {
    block: Block,
    occurrences: Vec<Option<Occurrences>>,
    lengths: Vec<f64>,
    carried: Vec<Option<f64>>,
    matched: Vec<(usize, Parts)>,
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
    columns: &'a Columns,
    cursors: Vec<Cursor>,
    carriers: Vec<Arc<Carriers>>,
    room: Room,
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
        let together = request.scope == Scope::Usual;
        Ok(Segment {
            columns: kept::columns(index, number)?,
            cursors: plan
                .leaves
                .iter()
                .map(|l| Cursor::open(index, number, l, read, together, request.model.form))
                .collect::<Result<_>>()?,
            carriers: plan
                .tests
                .iter()
                .map(|t| kept::carriers(index, number, t))
                .collect::<Result<_>>()?,
            index,
            plan,
            request,
            read,
            reader,
            number,
            room: Room::default(),
        })
    }

    /// Goes through every article that matches, in the order of the segment.
    pub(super) fn each(&mut self, mut each: impl FnMut(Judged)) -> Result<()> {
        let mut at = 0;
        while let Some((start, passages)) = self.next(at) {
            let matched = self.judge(start, passages)?;
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
            if doc >= self.columns.articles.max() {
                return None;
            }
            let Some((start, passages)) = self.columns.articles.around(doc) else {
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

    /// The passages of one article that match, each with its score in parts. Calls have to go forward.
    pub(super) fn judge(&mut self, start: DocId, passages: usize) -> Result<&[(usize, Parts)]> {
        if self.request.stop.load(Relaxed) {
            return Err(Error::new(Kind::Stopped, self.index.path()));
        }
        let mut room = std::mem::take(&mut self.room);
        room.matched.clear();
        let judged = self.judge_in(&mut room, start, passages);
        self.room = room;
        judged.map(|()| self.room.matched.as_slice())
    }

    fn judge_in(&mut self, room: &mut Room, start: DocId, passages: usize) -> Result<()> {
        let plan = self.plan;
        let filtered = plan.filters > 0;
        if filtered && !self.carried(start, passages, &mut room.carried) {
            return Ok(());
        }
        let address = DocAddress::new(self.number, start);
        let mut article = Article::new(self.lens(&mut room.occurrences), address, passages);
        article.fill(&mut room.block)?;
        let matched = article.matched(&room.block)?;
        let returned = |p: usize| !filtered || room.carried[p].is_some();
        if !(0..passages).any(|p| matched[p] && returned(p)) {
            return Ok(());
        }
        room.block.drop_repetition(&plan.leaves);
        let lengths = &self.columns.lengths;
        let length = |p: usize| f64::from(lengths.fieldnorm(start + p as DocId));
        room.lengths.clear();
        room.lengths.extend((0..passages).map(length));
        let model = &self.request.model;
        let relevance = rank::relevance(model, &room.block, &plan.leaves, &room.lengths);
        let judged = (0..passages).filter(|&p| matched[p] && returned(p));
        room.matched.extend(judged.map(|p| {
            let carried = filtered.then(|| room.carried[p]).flatten();
            (
                p,
                Parts {
                    carried,
                    ..relevance(p)
                },
            )
        }));
        Ok(())
    }

    fn lens<'c>(&'c mut self, occurrences: &'c mut Vec<Option<Occurrences>>) -> Lens<'a, 'c> {
        Lens {
            index: self.index,
            plan: self.plan,
            request: self.request,
            read: self.read,
            cursors: &mut self.cursors,
            carriers: &self.carriers,
            occurrences,
        }
    }

    /// Looks at one article that is known to match. Calls have to go forward.
    pub(super) fn look_at(
        &mut self,
        start: DocId,
        passages: usize,
        then: impl FnOnce(&mut Article<'a, '_>) -> Result<()>,
    ) -> Result<()> {
        let mut occurrences = std::mem::take(&mut self.room.occurrences);
        let address = DocAddress::new(self.number, start);
        let seen = then(&mut Article::new(
            self.lens(&mut occurrences),
            address,
            passages,
        ));
        self.room.occurrences = occurrences;
        seen
    }

    /// Puts into `carried` how well each passage carries the filters itself, `None` where it is not to be
    /// returned; whether any is.
    fn carried(&self, start: DocId, passages: usize, carried: &mut Vec<Option<f64>>) -> bool {
        let filters = &self.carriers[..self.plan.filters];
        carried.clear();
        if !filters.iter().all(|c| c.article(start, passages)) {
            return false;
        }
        let within = self.request.within_passage;
        let passage =
            |doc| -> Option<f64> { filters.iter().map(|c| c.passage(start, doc, within)).sum() };
        carried.extend((start..start + passages as DocId).map(passage));
        carried.iter().any(Option::is_some)
    }

    /// The best passages of the segment, and how many match in all: in passages and in articles.
    pub(super) fn best(&mut self) -> Result<(Vec<Candidate>, u64, u64)> {
        let (limit, per_article) = (self.request.depth(), self.request.per_article);
        let (number, columns) = (self.number, self.columns);
        let (mut passages, mut articles) = (0, 0);
        let mut found: Vec<Candidate> = Vec::new();
        // What scores less than the worst of so many is none of the best.
        let mut least = f64::NEG_INFINITY;
        let most = limit.max(512).saturating_mul(2);
        self.each(|judged| {
            articles += 1;
            passages += judged.matched.len() as u64;
            let good = |(_, parts): &&(usize, Parts)| parts.score() >= least;
            if !judged.matched.iter().any(|m| good(&m)) {
                return;
            }
            let (article, day) = (columns.article(judged.start), columns.day(judged.start));
            let before = found.len();
            found.extend(judged.matched.iter().filter(good).map(|&(ordinal, parts)| {
                let doc = judged.start + ordinal as DocId;
                Candidate {
                    score: parts.score(),
                    parts,
                    day,
                    article,
                    ordinal,
                    passages: judged.passages,
                    address: DocAddress::new(number, doc),
                }
            }));
            if let Some(most) = per_article.filter(|&most| found.len() > before + most) {
                found[before..].sort_by(Candidate::compare);
                found.truncate(before + most);
            }
            if found.len() > most {
                found.select_nth_unstable_by(limit - 1, Candidate::compare);
                found.truncate(limit);
                least = found[limit - 1].score;
            }
        })?;
        found.sort_by(Candidate::compare);
        found.truncate(limit);
        Ok((found, passages, articles))
    }

    /// Every article that matches.
    pub(super) fn all(&mut self) -> Result<Vec<Whole>> {
        let columns = self.columns;
        let mut found = Vec::new();
        self.each(|judged| {
            let article = columns.article(judged.start);
            found.push((article, judged.start, judged.passages));
        })?;
        found
            .into_iter()
            .map(|(article, start, passages)| {
                Ok(Whole {
                    id: columns.id(self.index, article)?,
                    segment: self.number,
                    start,
                    passages,
                })
            })
            .collect()
    }
}

/// No article that begins at or after `at` and ends before this document matches the tree.
fn bound(tree: &Tree, cursors: &mut [Cursor], carriers: &[Arc<Carriers>], at: DocId) -> DocId {
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
