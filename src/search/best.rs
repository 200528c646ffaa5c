//! The best: the passages that may become hits, and their order.
//!
//! A passage's rank is decided by score, day of publication, article id and order in the article, so
//! that it does not matter which segment it lies in. Not for what scores are made of (`rank`).

use super::kept;
use super::rank::Parts;
use crate::error::Result;
use crate::index::Index;
use std::cmp::Ordering;
use tantivy::{DocAddress, DocId};

/// A passage that may become a hit, with all that decides its rank.
#[derive(Clone, Copy)]
pub(super) struct Candidate {
    pub score: f64,
    pub parts: Parts,
    pub day: u64,
    /// The ranks of its article's id and root among those of the segment.
    pub article: (u64, u64),
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

    /// Adds the candidates of an article, at most so many of them.
    pub(super) fn add(&mut self, of_article: impl Iterator<Item = Candidate>, most: Option<usize>) {
        let before = self.here.len();
        self.here.extend(of_article);
        if let Some(most) = most.filter(|&most| self.here.len() > before.saturating_add(most)) {
            self.here[before..].sort_by(Candidate::compare);
            self.here.truncate(before + most);
        }
        if self.here.len() >= self.limit.saturating_mul(2) {
            self.shrink();
        }
    }

    /// Drops what is none of the best of the segment.
    fn shrink(&mut self) {
        if self.here.len() < self.limit {
            return;
        }
        let worst = self.limit - 1;
        self.here.select_nth_unstable_by(worst, Candidate::compare);
        self.here.truncate(self.limit);
        self.least = self.least.max(self.here[worst].score);
    }

    /// Ends a segment.
    pub(super) fn close(&mut self) {
        self.shrink();
        self.found.append(&mut self.here);
    }

    /// The best, best first.
    pub(super) fn sorted(mut self, index: &Index) -> Result<Vec<Candidate>> {
        sort(index, &mut self.found)?;
        self.found.truncate(self.limit);
        Ok(self.found)
    }
}
