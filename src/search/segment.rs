//! Segments: going through the articles of one segment, finding and scoring what matches.
//!
//! Not for lookups, not for the order of what was found (`best`), and not for showing anything.

use super::best::{Best, Candidate};
use super::bits;
use super::carriers::Carriers;
use super::kept::{self, Columns};
use super::matching::{Article, Lens, Occurrences};
use super::plan::{Places, Plan, Tree};
use super::postings::{Block, Cursor, Read};
use super::rank::{self, Parts, Shortest};
use super::sieve::{Looking, Sieve};
use super::window::{WIDTH, Window};
use super::words::Leaf;
use super::{Request, Scope};
use crate::error::{Error, Kind, Result};
use crate::index::Index;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use tantivy::{DocAddress, DocId, SegmentReader, TERMINATED};

/// From so many articles on that match of those that are sifted, it pays to look up which are brief: in the
/// first search of an opened index, and in others.
const MANY: [u64; 2] = [256, 16];

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

    /// Whether any article matches.
    pub(super) fn any(&mut self) -> Result<bool> {
        Ok(self.find(0)?.is_some())
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
        while let Some((start, passages)) = self.next(at)? {
            if self.matches(start, passages)? {
                return Ok(Some((start, passages)));
            }
            at = start + passages as DocId;
        }
        Ok(None)
    }

    /// The next article from `at` on that may match.
    fn next(&mut self, mut at: DocId) -> Result<Option<(DocId, usize)>> {
        loop {
            if let Some(doc) = self.sieve.next(at) {
                return Ok(self.columns.articles.around(doc));
            }
            at = at.max(self.sieve.docs.end);
            let Some(found) = self.lead(at)? else {
                return Ok(None);
            };
            if self.read != Read::Counts {
                return Ok(Some(found));
            }
            at = found.0;
            self.sift(at);
        }
    }

    /// The next article from `at` on to which all parts of the query lead.
    fn lead(&mut self, mut at: DocId) -> Result<Option<(DocId, usize)>> {
        loop {
            if self.request.stop.load(Relaxed) {
                return Err(Error::new(Kind::Stopped, self.index.path()));
            }
            let doc = self.bound(at);
            if doc >= self.columns.articles.max() {
                return Ok(None);
            }
            match self.columns.articles.around(doc) {
                None => at = doc + 1,
                // A part of the query leads beyond where the others were looked for: look again there.
                Some((start, _)) if start > at => at = start,
                found => return Ok(found),
            }
        }
    }

    /// Sifts the article that begins at `start` and those behind it.
    fn sift(&mut self, start: DocId) {
        let looking = Looking {
            cursors: &mut self.cursors,
            carriers: &self.carriers,
            filters: self.plan.filters,
            articles: &self.columns.articles,
            within_passage: self.request.within_passage,
            docs: self.columns.articles.some(start, WIDTH),
            within: None,
        };
        self.sieve = Sieve::sift(&self.plan.tree, looking);
    }

    /// The filters.
    fn filters(&self) -> &[Arc<Carriers>] {
        &self.carriers[..self.plan.filters]
    }

    /// No article that begins at or after `at` and ends before this document matches.
    fn bound(&mut self, at: DocId) -> DocId {
        let carried = self.filters().iter().map(|c| c.next(at));
        let carried = carried.max().unwrap_or(at);
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
        if self.read == Read::Counts {
            self.sifted(start, passages);
        } else if !self.reader.is_deleted(start) {
            let within = self.request.within_passage;
            let taken = |p: usize| {
                let doc = start + p as DocId;
                self.filters().iter().all(|c| c.taken(within).has(doc))
            };
            let taken: Vec<usize> = (0..passages).filter(|&p| taken(p)).collect();
            if !taken.is_empty() {
                let mut room = std::mem::take(&mut self.room);
                let looked = self.looked_at(&mut room, start, passages, &taken);
                self.room = room;
                looked?;
            }
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
            room.matched.push((doc - start) as usize);
            at = doc + 1;
        }
    }

    /// Finds the passages that match, of those that filters take, by where words stand.
    fn looked_at(
        &mut self,
        room: &mut Room,
        start: DocId,
        passages: usize,
        taken: &[usize],
    ) -> Result<()> {
        let address = DocAddress::new(self.number, start);
        let mut article = Article::new(self.lens(&mut room.occurrences), address, passages);
        let matched = article.matched()?;
        room.matched
            .extend(taken.iter().copied().filter(|&p| matched[p]));
        if !room.matched.is_empty() {
            article.fill(&mut room.block)?;
        }
        Ok(())
    }

    /// No passage of the article that was found last has a higher score.
    fn most(&mut self, start: DocId, passages: usize) -> f64 {
        self.measure(start, passages);
        let shortest = Shortest::of(&self.room.matched, &self.room.lengths);
        let of_leaf = |(leaf, cursor): (&Leaf, &Cursor)| match cursor {
            Cursor::Counted(both) if leaf.scored => {
                let (text, title) = counted(both, start, passages);
                leaf.weight * rank::most(&self.request.model, &shortest, text, title)
            }
            _ => 0.0,
        };
        let relevance = self.plan.leaves.iter().zip(&self.cursors).map(of_leaf);
        let matched = self.room.matched.iter();
        let carried = matched.filter_map(|&p| carried(self.filters(), start + p as DocId));
        rank::score(carried.reduce(f64::max), relevance.sum())
    }

    /// Looks up how long the passages of an article are.
    fn measure(&mut self, start: DocId, passages: usize) {
        let lengths = &self.columns.lengths;
        let docs = start..start + passages as DocId;
        self.room.lengths.clear();
        self.room.lengths.extend(docs.map(|doc| lengths.of(doc)));
    }

    /// Counts what was not needed to decide what matches, perhaps only in some articles.
    fn cover(&mut self, within: Option<Vec<Range<DocId>>>) {
        let docs = &self.sieve.docs;
        for cursor in &mut self.cursors {
            cursor.cover(docs, within.as_deref());
        }
    }

    /// The scores of the passages of the article that was found last, in parts.
    fn score(&mut self, start: DocId, passages: usize) -> &[(usize, Parts)] {
        if self.read == Read::Counts {
            self.cover(None);
        }
        self.measure(start, passages);
        let (leaves, filters) = (&self.plan.leaves, &self.carriers[..self.plan.filters]);
        let room = &mut self.room;
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
            let parts = Parts {
                carried: carried(filters, start + p as DocId),
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

    /// Adds the best passages of the segment to the best that are known; gives how many match in all, in
    /// passages and in articles. `first` says that the opened index was not searched before.
    pub(super) fn best(&mut self, best: &mut Best, first: bool) -> Result<(u64, u64)> {
        let many = MANY[usize::from(!first)];
        let (mut matched, mut articles) = (0, 0);
        let mut at = 0;
        if self.read == Read::Counts {
            while let Some((start, _)) = self.lead(at)? {
                self.sift(start);
                at = self.sieve.docs.end;
                let mut ends = self.sieve.ends(&self.columns.articles);
                matched += bits::count(self.sieve.matched());
                articles += bits::count(&ends);
                self.promising(best.least, many, &mut ends);
                let (base, mut bit) = (Window::base(start), 0);
                while let Some(end) = bits::next(&ends, bit) {
                    let (start, passages) = self.columns.articles.ending(base + end);
                    self.matches(start, passages)?;
                    if self.most(start, passages) >= best.least {
                        self.offer(start, passages, best);
                    }
                    bit = end + 1;
                }
            }
        } else {
            while let Some((start, passages)) = self.find(at)? {
                at = start + passages as DocId;
                articles += 1;
                matched += self.room.matched.len() as u64;
                self.offer(start, passages, best);
            }
        }
        best.close(self.columns);
        Ok((matched, articles))
    }

    /// Drops of the articles in the sieve, by their last documents, those that have each leaf but once, if they
    /// cannot have such a score. From `many` on, it pays to look up which are brief.
    fn promising(&mut self, least: f64, many: u64, ends: &mut [u64]) {
        let found = bits::count(ends);
        if found == 0 {
            return;
        }
        self.cover(self.columns.articles.ranges(&self.sieve.docs, ends));
        let (model, columns) = (&self.request.model, self.columns);
        let mut leaves: Vec<(f64, &[Window; 2])> = Vec::with_capacity(self.cursors.len());
        for (leaf, cursor) in self.plan.leaves.iter().zip(&self.cursors) {
            if let (true, Cursor::Counted(both)) = (leaf.scored, cursor) {
                leaves.push((leaf.weight, both));
            }
        }
        let filters = self.filters();
        let carried = (!filters.is_empty()).then(|| filters.iter().map(|c| c.most()).sum());
        let needed = rank::needed(carried, least);
        let suffices = |lengths: &Shortest| {
            let once = |of: &(f64, &[Window; 2])| of.0 * rank::most(model, lengths, 1.0, 0.0);
            leaves.iter().map(once).sum::<f64>() >= needed
        };
        if suffices(&Shortest::USUAL) {
            return;
        }
        let first = self.sieve.docs.start as usize / 64;
        let mut more = vec![0; ends.len()];
        if suffices(&Shortest::ANY) {
            let (matched, pays) = (self.sieve.matched(), found >= many);
            for ((more, matched), number) in more.iter_mut().zip(matched).zip(first..) {
                if *matched != 0 {
                    *more = matched & columns.lengths.brief(&columns.articles, number, pays);
                }
            }
        }
        for (_, [text, title]) in &leaves {
            let several = text
                .has()
                .map(|has| columns.articles.several_of(first, has));
            let sets = [several.as_deref(), text.often(), title.has()];
            for set in sets.into_iter().flatten() {
                more.iter_mut().zip(set).for_each(|(m, s)| *m |= s);
            }
        }
        let more = columns.articles.ends_of(first, &more);
        ends.iter_mut()
            .zip(more)
            .for_each(|(end, more)| *end &= more);
    }

    /// Adds the passages of the article that was found last to the best, where they are good enough.
    fn offer(&mut self, start: DocId, passages: usize, best: &mut Best) {
        let (number, columns, per_article) = (self.number, self.columns, self.request.per_article);
        let scored = self.score(start, passages);
        let least = best.least;
        if scored.iter().all(|(_, parts)| parts.score() < least) {
            return;
        }
        let candidate = |&(ordinal, parts): &(usize, Parts)| Candidate {
            score: parts.score(),
            parts,
            ordinal,
            passages,
            address: DocAddress::new(number, start + ordinal as DocId),
        };
        let good = scored.iter().filter(|(_, parts)| parts.score() >= least);
        best.add(good.map(candidate), per_article, columns);
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

/// How often a leaf occurs in an article that is covered: in its text and in its title.
fn counted([text, title]: &[Window; 2], start: DocId, passages: usize) -> (f64, f64) {
    let text = text.counts(start..start + passages as DocId);
    let title = title.counts(start..start + 1);
    (
        text.map_or(0.0, |counts| counts.iter().sum()),
        title.map_or(0.0, |counts| counts[0]),
    )
}

/// How well a passage carries the filters, where there are any.
fn carried(filters: &[Arc<Carriers>], doc: DocId) -> Option<f64> {
    (!filters.is_empty()).then(|| filters.iter().map(|c| c.passage(doc)).sum())
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
