//! Copies: passages that say nearly the same, kept with the best of them.
//!
//! Agencies' reports are printed by many papers, with a word changed or a sentence cut. Passages are
//! compared by their runs of three folded words, exactly, among the hits alone: so that nothing has
//! to be stored, and nothing depends on what else the index holds. Not for ranking.

use super::Hit;
use crate::analysis::{fold, words};
use std::collections::{HashMap, HashSet};
use xxhash_rust::xxh3::xxh3_64;

/// Two passages say the same when they share this part of the runs of the shorter one.
const SHARED: f64 = 0.8;
/// Passages with fewer runs are compared as they are: a short line says little of what it is from.
const FEWEST: usize = 8;

/// Puts every hit that nearly repeats a better one with the best that it repeats.
pub(super) fn collapse(hits: Vec<Hit>) -> Vec<Hit> {
    let mut kept: Vec<(Hit, usize)> = Vec::new();
    let mut holders: HashMap<u64, Vec<usize>> = HashMap::new();
    for hit in hits {
        let runs = runs(&hit.text);
        let mut shared: HashMap<usize, usize> = HashMap::new();
        for &holder in runs.iter().filter_map(|run| holders.get(run)).flatten() {
            *shared.entry(holder).or_default() += 1;
        }
        let repeats = |&(of, shared): &(usize, usize)| {
            let (ours, theirs) = (runs.len(), kept[of].1);
            match ours.min(theirs) {
                few if few < FEWEST => shared == ours && shared == theirs,
                fewer => shared as f64 >= SHARED * fewer as f64,
            }
        };
        match shared.into_iter().filter(repeats).map(|(of, _)| of).min() {
            Some(of) => kept[of].0.copies.push(hit),
            None => {
                for &run in &runs {
                    holders.entry(run).or_default().push(kept.len());
                }
                kept.push((hit, runs.len()));
            }
        }
    }
    kept.into_iter().map(|(hit, _)| hit).collect()
}

/// The distinct runs of three words, hashed; of a shorter text, the text.
fn runs(text: &str) -> HashSet<u64> {
    let words: Vec<String> = words(text).map(|w| fold(&text[w])).collect();
    words
        .windows(3.min(words.len().max(1)))
        .map(|run| xxh3_64(run.join(" ").as_bytes()))
        .collect()
}
