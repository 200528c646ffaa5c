//! The best: the passages that may become hits, and their order.
//!
//! A passage's rank is decided by score, day of publication, article id and order in the article, so
//! that it does not matter which segment it lies in. Not for what scores are made of (`rank`).

use super::kept::{self, Columns};
use super::rank::Parts;
use crate::error::Result;
use crate::index::Index;
use std::cmp::Ordering;
use tantivy::{DocAddress, DocId};

/// A passage that may become a hit.
#[derive(Clone, Copy)]
pub(super) struct Candidate {
    pub score: f64,
    pub parts: Parts,
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

    /// Within one segment. What is more than the score is looked up only where that does not decide.
    fn compare(&self, other: &Candidate, columns: &Columns) -> Ordering {
        let key = |c: &Candidate| {
            let first = c.first().doc_id;
            (columns.day(first), columns.article(first), c.ordinal)
        };
        let by_score = other.score.total_cmp(&self.score);
        by_score.then_with(|| key(self).cmp(&key(other)))
    }
}

/// Sorts candidates of any segments, the best first. Ids are looked up only where nothing else decides.
pub(super) fn sort(index: &Index, candidates: &mut [Candidate]) -> Result<()> {
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score));
    for level in candidates.chunk_by_mut(|a, b| a.score == b.score) {
        if level.len() == 1 {
            continue;
        }
        let mut keyed = Vec::with_capacity(level.len());
        for &candidate in level.iter() {
            let first = candidate.first();
            let columns = kept::columns(index, first.segment_ord)?;
            let (day, article) = (columns.day(first.doc_id), columns.article(first.doc_id));
            keyed.push(((day, first.segment_ord, article), candidate));
        }
        keyed.sort_by_key(|(key, candidate)| (*key, candidate.ordinal));
        for of_day in keyed.chunk_by_mut(|((day, ..), _), ((other, ..), _)| day == other) {
            if of_day
                .iter()
                .all(|((_, number, _), _)| *number == of_day[0].0.1)
            {
                continue;
            }
            let mut named = Vec::with_capacity(of_day.len());
            for &((day, number, article), candidate) in of_day.iter() {
                let id = kept::columns(index, number)?.id(index, article)?;
                named.push((id, ((day, number, article), candidate)));
            }
            named.sort_by(|(id, a), (other, b)| (id, a.1.ordinal).cmp(&(other, b.1.ordinal)));
            for (place, (_, of)) in of_day.iter_mut().zip(named) {
                *place = of;
            }
        }
        for (place, (_, candidate)) in level.iter_mut().zip(keyed) {
            *place = candidate;
        }
    }
    Ok(())
}

/// The best candidates of the segments that were gone through.
pub(super) struct Best {
    /// So many count.
    limit: usize,
    found: Vec<Candidate>,
    /// Those of the segment that is being gone through: only they can be compared in full.
    here: Vec<Candidate>,
    /// What scores less is none of the best.
    pub least: f64,
}

impl Best {
    pub(super) fn new(limit: usize) -> Best {
        Best {
            limit,
            found: Vec::new(),
            here: Vec::new(),
            least: f64::NEG_INFINITY,
        }
    }

    /// Adds the candidates of an article of the segment with these columns, at most so many of them.
    pub(super) fn add(
        &mut self,
        of_article: impl Iterator<Item = Candidate>,
        most: Option<usize>,
        columns: &Columns,
    ) {
        let before = self.here.len();
        self.here.extend(of_article);
        if let Some(most) = most.filter(|&most| self.here.len() > before.saturating_add(most)) {
            self.here[before..].sort_by(|a, b| a.compare(b, columns));
            self.here.truncate(before + most);
        }
        if self.here.len() >= self.limit.saturating_mul(2) {
            self.shrink(columns);
        }
    }

    /// Drops what is none of the best of the segment.
    fn shrink(&mut self, columns: &Columns) {
        if self.here.len() < self.limit {
            return;
        }
        let worst = self.limit - 1;
        let compare = |a: &Candidate, b: &Candidate| a.compare(b, columns);
        self.here.select_nth_unstable_by(worst, compare);
        self.here.truncate(self.limit);
        self.least = self.least.max(self.here[worst].score);
    }

    /// Ends a segment.
    pub(super) fn close(&mut self, columns: &Columns) {
        self.shrink(columns);
        self.found.append(&mut self.here);
    }

    /// The best, best first.
    pub(super) fn sorted(mut self, index: &Index) -> Result<Vec<Candidate>> {
        sort(index, &mut self.found)?;
        self.found.truncate(self.limit);
        Ok(self.found)
    }
}
