//! Copies: passages that say nearly the same, kept with the best of them.
//!
//! Agencies' reports are printed by many papers, with a word changed or a sentence cut. Passages are
//! compared by their runs of three folded words, exactly, among the hits alone: so that nothing has
//! to be stored, and nothing depends on what else the index holds. Not for ranking.

use super::best::Candidate;
use super::passage_text;
use crate::analysis::{fold_into, words};
use crate::error::Result;
use crate::index::Index;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use xxhash_rust::xxh3::xxh3_64;

/// Two passages say the same when they share this part of the runs of the shorter one.
const SHARED: f64 = 0.8;
/// Passages with fewer runs are compared as they are: a short line says little of what it is from.
const FEWEST: usize = 8;
/// So many times as many passages are looked at as are wanted, and more only where too many are copies.
pub(super) const AT_ONCE: usize = 2;

/// Puts every passage that nearly repeats a better one with the best that it repeats: the first `limit`
/// that do not, each followed by its copies, by their numbers among the candidates.
pub(super) fn collapse(
    index: &Index,
    candidates: &[Candidate],
    limit: usize,
) -> Result<Vec<Vec<usize>>> {
    let mut kept: Vec<(Vec<usize>, usize)> = Vec::new();
    let mut holders = Holders::default();
    let mut shared: Vec<usize> = Vec::new();
    for (number, candidate) in candidates.iter().enumerate() {
        if kept.len() >= limit && number >= limit.saturating_mul(AT_ONCE) {
            break;
        }
        let runs = runs(&passage_text::text(index, candidate.address)?);
        shared.clear();
        shared.resize(kept.len(), 0);
        for holder in runs.iter().flat_map(|&run| holders.of(run)) {
            shared[holder] += 1;
        }
        let repeats = |&of: &usize| {
            let (shared, ours, theirs) = (shared[of], runs.len(), kept[of].1);
            match ours.min(theirs) {
                few if few < FEWEST => shared == ours && shared == theirs,
                fewer => shared as f64 >= SHARED * fewer as f64,
            }
        };
        match (0..kept.len()).find(repeats) {
            Some(of) => kept[of].0.push(number),
            None => {
                holders.add(&runs, kept.len());
                kept.push((vec![number], runs.len()));
            }
        }
    }
    kept.truncate(limit);
    Ok(kept.into_iter().map(|(copies, _)| copies).collect())
}

/// Which texts have a run. Nearly every run is one text's alone, so they are in one list.
#[derive(Default)]
struct Holders {
    /// Where the last holder of a run stands in the list.
    last: HashMap<u64, usize, BuildHasherDefault<Hashed>>,
    /// A holder, and where the one before it stands.
    list: Vec<(usize, Option<usize>)>,
}

impl Holders {
    fn add(&mut self, runs: &[u64], holder: usize) {
        self.last.reserve(runs.len());
        for &run in runs {
            let before = self.last.insert(run, self.list.len());
            self.list.push((holder, before));
        }
    }

    fn of(&self, run: u64) -> impl Iterator<Item = usize> {
        let mut next = self.last.get(&run).copied();
        std::iter::from_fn(move || {
            let (holder, before) = self.list[next?];
            next = before;
            Some(holder)
        })
    }
}

/// The distinct runs of three words, hashed; of a shorter text, the text.
fn runs(text: &str) -> Vec<u64> {
    let (mut folded, mut ends) = (String::with_capacity(text.len() + 16), vec![0]);
    for word in words(text) {
        fold_into(&text[word], &mut folded);
        folded.push(' ');
        ends.push(folded.len());
    }
    let run = |ends: &[usize]| xxh3_64(&folded.as_bytes()[ends[0]..ends[ends.len() - 1]]);
    let mut runs: Vec<u64> = ends.windows(4.min(ends.len())).map(run).collect();
    runs.sort_unstable();
    runs.dedup();
    runs
}

/// Of a number that is a hash, that number.
#[derive(Default)]
struct Hashed(u64);

impl Hasher for Hashed {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = xxh3_64(bytes);
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
