//! Sieves: which passages of neighbouring articles match, where postings alone decide it.
//!
//! The tree is worked out for 64 passages at a time. Not where it matters where words stand, nor for
//! filters that speak for articles (`matching`, `segment`).

use super::articles::Articles;
use super::bits;
use super::carriers::Carriers;
use super::plan::{Places, Tree};
use super::postings::Cursor;
use super::window::Window;
use std::ops::Range;
use std::sync::Arc;
use tantivy::DocId;

/// What neighbouring articles are sifted with.
pub(super) struct Looking<'a> {
    pub cursors: &'a mut [Cursor],
    pub carriers: &'a [Arc<Carriers>],
    pub articles: &'a Articles,
    /// Whether fields have to be carried by the passage itself.
    pub within_passage: bool,
    /// The documents of the articles.
    pub docs: Range<DocId>,
}

/// The passages of neighbouring articles that match, one bit each, from [`Window::base`] on.
#[derive(Default)]
pub(super) struct Sieve {
    /// The documents that were sifted.
    pub docs: Range<DocId>,
    matched: Vec<u64>,
}

impl Sieve {
    /// Sifts whole articles.
    pub(super) fn sift(tree: &Tree, mut looking: Looking) -> Sieve {
        let mut matched = looking.truth(tree);
        let (base, docs) = (Window::base(looking.docs.start), looking.docs);
        for (word, at) in matched.iter_mut().zip(base as usize / 64..) {
            *word &= looking.articles.passages(at);
        }
        matched[0] &= u64::MAX << (docs.start - base);
        if let Some(last) = matched.last_mut() {
            *last &= u64::MAX >> ((64 - docs.end % 64) % 64);
        }
        Sieve { docs, matched }
    }

    /// The first passage from `at` on that matches.
    pub(super) fn next(&self, at: DocId) -> Option<DocId> {
        if at >= self.docs.end {
            return None;
        }
        let base = Window::base(self.docs.start);
        bits::next(&self.matched, at - base).map(|bit| base + bit)
    }
}

impl Looking<'_> {
    /// How many words of bits the documents take.
    fn size(&self) -> usize {
        (self.docs.end - Window::base(self.docs.start)).div_ceil(64) as usize
    }

    /// Which documents match a part of the query.
    fn truth(&mut self, tree: &Tree) -> Vec<u64> {
        match tree {
            Tree::Place(Places::Leaf(leaf), _) => self.has(*leaf),
            Tree::AtLeast(times, Places::Leaf(leaf), _) => self.often(*leaf, *times),
            Tree::Any(trees) => {
                let mut any = vec![0; self.size()];
                for tree in trees {
                    let truth = self.truth(tree);
                    any.iter_mut().zip(truth).for_each(|(a, t)| *a |= t);
                }
                any
            }
            Tree::Both(trees) => {
                let mut both = vec![u64::MAX; self.size()];
                for tree in trees {
                    let truth = self.truth(tree);
                    both.iter_mut().zip(truth).for_each(|(b, t)| *b &= t);
                    if both.iter().all(|&b| b == 0) {
                        break;
                    }
                }
                both
            }
            Tree::Not(tree) => self.truth(tree).into_iter().map(|t| !t).collect(),
            Tree::Carries(test) => self.carries(*test),
            _ => vec![u64::MAX; self.size()],
        }
    }

    /// Which documents have a leaf; what the headline has, the first passage has.
    fn has(&mut self, leaf: usize) -> Vec<u64> {
        let (text, title) = match self.cursors[leaf].cover(&self.docs) {
            Some((text, title)) => (text.has(), title.has()),
            None => (None, None),
        };
        match (text, title) {
            (Some(text), Some(title)) => text.iter().zip(title).map(|(a, b)| a | b).collect(),
            (Some(one), None) | (None, Some(one)) => one.to_vec(),
            (None, None) => vec![0; self.size()],
        }
    }

    /// Which documents have a leaf so many times.
    fn often(&mut self, leaf: usize, times: u32) -> Vec<u64> {
        let (has, base) = (self.has(leaf), Window::base(self.docs.start));
        let mut often = vec![0; has.len()];
        let mut at = 0;
        while let Some(bit) = bits::next(&has, at) {
            let mut count = [0.0];
            let title = self.cursors[leaf].count(base + bit, &mut count);
            let enough = count[0] + title >= f64::from(times);
            often[bit as usize / 64] |= u64::from(enough) << (bit % 64);
            at = bit + 1;
        }
        often
    }

    /// Which passages, or whose articles, carry what a test asks for.
    fn carries(&self, test: usize) -> Vec<u64> {
        let (carriers, base) = (&self.carriers[test], Window::base(self.docs.start));
        let mut carry = vec![0; self.size()];
        let mut at = carriers.next(self.docs.start);
        while at < self.docs.end {
            let Some((start, passages)) = self.articles.around(at) else {
                at = carriers.next(at + 1);
                continue;
            };
            let end = start + passages as DocId;
            let here = |&doc: &DocId| carriers.passage(start, doc, self.within_passage).is_some();
            for bit in (start..end).filter(here).map(|doc| doc - base) {
                carry[bit as usize / 64] |= 1 << (bit % 64);
            }
            at = carriers.next(end);
        }
        carry
    }
}
