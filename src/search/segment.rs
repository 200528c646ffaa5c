//! Segments: going through the articles of one segment, finding and scoring what matches.
//!
//! Not for lookups, not for the order of what was found (`best`), and not for showing anything.

use super::best::{Best, Candidate};
use super::carriers::Carriers;
use super::kept::{self, Columns};
use super::matching::{Article, Lens, Occurrences};
use super::plan::{Places, Plan, Tree};
use super::postings::{Block, Cursor, Read};
use super::rank::{self, Parts, Shortest};
use super::sieve::{Looking, Sieve};
use super::window::WIDTH;
use super::words::Leaf;
use super::{Request, Scope};
use crate::error::{Error, Kind, Result};
use crate::index::Index;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use tantivy::{DocAddress, DocId, SegmentReader, TERMINATED};

/// What was found in one article.
pub(super) struct Found<'r> {
    /// The article's first document.
    pub start: DocId,
    /// How many passages it has.
    pub passages: usize,
    /// The numbers of the passages that match, in order.
    pub matched: &'r [usize],
}

/// Room for what is found in an article, used again for the next one.
#[derive(Default)]
struct Room {
    block: Block,
    occurrences: Vec<Option<Occurrences>>,
    lengths: Vec<f64>,
    /// How well each passage carries the filters; empty where there are none.
    carried: Vec<Option<f64>>,
    /// The passages that match.
    matched: Vec<usize>,
    scored: Vec<(usize, Parts)>,
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
    sieve: Sieve,
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
        let read = match read {
            Read::Needed if plan.counted => Read::Counts,
            read => read,
        };
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
            sieve: Sieve::default(),
            room: Room::default(),
        })
    }

    /// Goes through every article that matches, in the order of the segment.
    pub(super) fn each(&mut self, mut each: impl FnMut(Found)) -> Result<()> {
        let mut at = 0;
        while let Some((start, passages)) = self.find(at)? {
            each(Found {
                start,
                passages,
                matched: &self.room.matched,
            });
            at = start + passages as DocId;
        }
        Ok(())
    }

    /// The next article from `at` on, where one begins, that matches; the passages that do are in the
    /// room then.
    fn find(&mut self, mut at: DocId) -> Result<Option<(DocId, usize)>> {
        loop {
            let next = self.next(at);
            if self.request.stop.load(Relaxed) {
                return Err(Error::new(Kind::Stopped, self.index.path()));
            }
            let Some((start, passages)) = next else {
                return Ok(None);
            };
            if !self.reader.is_deleted(start) && self.matches(start, passages)? {
                return Ok(Some((start, passages)));
            }
            at = start + passages as DocId;
        }
    }

    /// The next article from `at` on that may match; none either when the search is to stop.
    fn next(&mut self, mut at: DocId) -> Option<(DocId, usize)> {
        loop {
            if let Some(doc) = self.sieve.next(at) {
                return self.columns.articles.around(doc);
            }
            at = at.max(self.sieve.docs.end);
            let doc = self.bound(at);
            if doc >= self.columns.articles.max() || self.request.stop.load(Relaxed) {
                return None;
            }
            match self.columns.articles.around(doc) {
                None => at = doc + 1,
                // A part of the query leads beyond where the others were looked for: look again there.
                Some((start, _)) if start > at => at = start,
                Some((start, _)) if self.read == Read::Counts => self.sift(start),
                found => return found,
            }
        }
    }

    /// Sifts the article that begins at `start` and those behind it.
    fn sift(&mut self, start: DocId) {
        let looking = Looking {
            cursors: &mut self.cursors,
            carriers: &self.carriers,
            articles: &self.columns.articles,
            within_passage: self.request.within_passage,
            docs: self.columns.articles.some(start, WIDTH),
        };
        self.sieve = Sieve::sift(&self.plan.tree, looking);
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

    /// Whether an article matches; puts the passages that do into the room. Calls have to go forward.
    fn matches(&mut self, start: DocId, passages: usize) -> Result<bool> {
        self.room.matched.clear();
        if self.plan.filters > 0 && !self.carried(start, passages) {
            return Ok(false);
        }
        if self.read == Read::Counts {
            self.sifted(start, passages);
        } else {
            let mut room = std::mem::take(&mut self.room);
            let looked = self.looked_at(&mut room, start, passages);
            self.room = room;
            looked?;
        }
        Ok(!self.room.matched.is_empty())
    }

    /// Finds the passages that match in the sieve.
    fn sifted(&mut self, start: DocId, passages: usize) {
        if !self.sieve.docs.contains(&start) {
            self.sift(start);
        }
        let (room, end) = (&mut self.room, start + passages as DocId);
        let mut at = start;
        while let Some(doc) = self.sieve.next(at).filter(|&doc| doc < end) {
            let passage = (doc - start) as usize;
            if is_returned(&room.carried, passage) {
                room.matched.push(passage);
            }
            at = doc + 1;
        }
    }

    /// Finds the passages that match by where words stand.
    fn looked_at(&mut self, room: &mut Room, start: DocId, passages: usize) -> Result<()> {
        let address = DocAddress::new(self.number, start);
        let mut article = Article::new(self.lens(&mut room.occurrences), address, passages);
        let matched = article.matched()?;
        let judged = (0..passages).filter(|&p| matched[p] && is_returned(&room.carried, p));
        room.matched.extend(judged);
        if !room.matched.is_empty() {
            article.fill(&mut room.block)?;
        }
        Ok(())
    }

    /// No passage of the article that was found last has a higher score.
    fn most(&mut self, start: DocId, passages: usize) -> f64 {
        self.cover();
        self.measure(start, passages);
        let shortest = Shortest::of(&self.room.matched, &self.room.lengths);
        let docs = start..start + passages as DocId;
        let of_leaf = |(leaf, cursor): (&Leaf, &Cursor)| match cursor {
            Cursor::Counted(both) if leaf.scored => {
                let [text, title] = &**both;
                let text = text.counts(docs.clone()).map_or(0.0, |c| c.iter().sum());
                let title = title.counts(start..start + 1).map_or(0.0, |c| c[0]);
                leaf.weight * rank::most(&self.request.model, &shortest, text, title)
            }
            _ => 0.0,
        };
        let relevance = self.plan.leaves.iter().zip(&self.cursors).map(of_leaf);
        let carried = self
            .room
            .matched
            .iter()
            .filter_map(|&p| self.room.carried.get(p).copied()?);
        let carried = carried.fold(None, |most: Option<f64>, c| {
            Some(most.map_or(c, |m| m.max(c)))
        });
        rank::score(carried, relevance.sum())
    }

    /// Looks up how long the passages of an article are.
    fn measure(&mut self, start: DocId, passages: usize) {
        let lengths = &self.columns.lengths;
        let docs = start..start + passages as DocId;
        self.room.lengths.clear();
        let each = docs.map(|doc| f64::from(lengths.fieldnorm(doc)));
        self.room.lengths.extend(each);
    }

    /// Counts what was not needed to decide what matches.
    fn cover(&mut self) {
        let docs = &self.sieve.docs;
        for cursor in &mut self.cursors {
            cursor.cover(docs);
        }
    }

    /// The scores of the passages of the article that was found last, in parts.
    fn score(&mut self, start: DocId, passages: usize) -> &[(usize, Parts)] {
        if self.read == Read::Counts {
            self.cover();
        }
        self.measure(start, passages);
        let room = &mut self.room;
        let leaves = &self.plan.leaves;
        if self.read == Read::Counts {
            room.block.clear(leaves.len(), passages);
            for (leaf, cursor) in self.cursors.iter().enumerate() {
                room.block.title[leaf] = cursor.count(start, room.block.of(leaf));
            }
        }
        room.block.drop_repetition(leaves);
        let relevance = rank::relevance(&self.request.model, &room.block, leaves, &room.lengths);
        room.scored.clear();
        room.scored.extend(room.matched.iter().map(|&p| {
            let carried = room.carried.get(p).copied().flatten();
            let parts = Parts {
                carried,
                ..relevance(p)
            };
            (p, parts)
        }));
        &room.scored
    }

    /// The passages of one article that match, each with its score in parts. Calls have to go forward.
    pub(super) fn judge(&mut self, start: DocId, passages: usize) -> Result<&[(usize, Parts)]> {
        match self.matches(start, passages)? {
            true => Ok(self.score(start, passages)),
            false => Ok(&[]),
        }
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

    /// Puts into the room how well each passage carries the filters itself, `None` where it is not to be
    /// returned; whether any is.
    fn carried(&mut self, start: DocId, passages: usize) -> bool {
        let (filters, carried) = (&self.carriers[..self.plan.filters], &mut self.room.carried);
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

    /// Adds the best passages of the segment to the best that are known; gives how many match in all, in
    /// passages and in articles.
    pub(super) fn best(&mut self, best: &mut Best) -> Result<(u64, u64)> {
        let (number, columns, per_article) = (self.number, self.columns, self.request.per_article);
        let (mut matched, mut articles) = (0, 0);
        let mut at = 0;
        while let Some((start, passages)) = self.find(at)? {
            at = start + passages as DocId;
            articles += 1;
            matched += self.room.matched.len() as u64;
            if self.read == Read::Counts && self.most(start, passages) < best.least {
                continue;
            }
            let scored = self.score(start, passages);
            if scored.iter().all(|(_, parts)| parts.score() < best.least) {
                continue;
            }
            let (article, day) = (columns.article(start), columns.day(start));
            let candidate = |&(ordinal, parts): &(usize, Parts)| Candidate {
                score: parts.score(),
                parts,
                day,
                article,
                ordinal,
                passages,
                address: DocAddress::new(number, start + ordinal as DocId),
            };
            let least = best.least;
            let good = scored.iter().filter(|(_, parts)| parts.score() >= least);
            best.add(good.map(candidate), per_article);
        }
        best.close();
        Ok((matched, articles))
    }

    /// Every article that matches.
    pub(super) fn all(&mut self) -> Result<Vec<Whole>> {
        let columns = self.columns;
        let mut found = Vec::new();
        self.each(|of| found.push((columns.article(of.start), of.start, of.passages)))?;
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

/// Whether a passage carries the filters, where there are any.
fn is_returned(carried: &[Option<f64>], passage: usize) -> bool {
    carried.get(passage).is_none_or(Option::is_some)
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
