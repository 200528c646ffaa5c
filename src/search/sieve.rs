//! Sieves: which passages of neighbouring articles match, where postings alone decide it.
//!
//! Tree and filters are worked out for 64 passages at a time. Not where it matters where words stand
//! (`matching`).

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
    /// So many of the carriers are demanded in any case.
    pub filters: usize,
    pub articles: &'a Articles,
    /// Whether fields have to be carried by the passage itself.
    pub within_passage: bool,
    /// The documents of the articles.
    pub docs: Range<DocId>,
    /// Those that may still match, where they are few: leaves are counted in them alone.
    pub within: Option<Vec<Range<DocId>>>,
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
        let mut matched = looking.truth(tree, true);
        let (first, docs) = (looking.first(), looking.docs.clone());
        let living = looking.articles.living();
        let filters = &looking.carriers[..looking.filters];
        let taken = filters.iter().map(|c| c.taken(looking.within_passage));
        for set in taken.chain([living]) {
            matched
                .iter_mut()
                .zip(first..)
                .for_each(|(word, number)| *word &= set.word(number));
        }
        keep(&mut matched, &docs);
        Sieve { docs, matched }
    }

    /// The passages that match.
    pub(super) fn matched(&self) -> &[u64] {
        &self.matched
    }

    /// The last passages of the articles that have one that matches.
    pub(super) fn ends(&self, articles: &Articles) -> Vec<u64> {
        articles.ends_of(self.docs.start as usize / 64, &self.matched)
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
    /// The number of the first word of bits.
    fn first(&self) -> usize {
        self.docs.start as usize / 64
    }

    /// How many words of bits the documents take.
    fn size(&self) -> usize {
        (self.docs.end - Window::base(self.docs.start)).div_ceil(64) as usize
    }

    /// Which documents match a part of the query; `must` says that no others match the whole.
    fn truth(&mut self, tree: &Tree, must: bool) -> Vec<u64> {
        match tree {
            Tree::Place(Places::Leaf(leaf), _) => self.has(*leaf),
            Tree::AtLeast(times, Places::Leaf(leaf), _) => self.often(*leaf, *times),
            Tree::Any(trees) => {
                let mut any = vec![0; self.size()];
                for tree in trees {
                    let truth = self.truth(tree, false);
                    any.iter_mut().zip(truth).for_each(|(a, t)| *a |= t);
                }
                any
            }
            Tree::Both(trees) => {
                let mut both = vec![u64::MAX; self.size()];
                keep(&mut both, &self.docs);
                // The rarest first.
                let mut order: Vec<&Tree> = trees.iter().collect();
                order.sort_by_key(|tree| self.most(tree));
                for (n, tree) in order.into_iter().enumerate() {
                    let truth = self.truth(tree, must);
                    both.iter_mut().zip(truth).for_each(|(b, t)| *b &= t);
                    if both.iter().all(|&b| b == 0) {
                        break;
                    }
                    if must && n + 1 < trees.len() {
                        let ends = self.articles.ends_of(self.first(), &both);
                        self.within = self.articles.ranges(&self.docs, &ends);
                    }
                }
                both
            }
            Tree::Not(tree) => self.truth(tree, false).into_iter().map(|t| !t).collect(),
            Tree::Carries(test) => self.carries(*test),
            _ => vec![u64::MAX; self.size()],
        }
    }

    /// How many documents may match a part of the query.
    fn most(&self, tree: &Tree) -> u64 {
        match tree {
            Tree::Place(Places::Leaf(leaf), _) | Tree::AtLeast(_, Places::Leaf(leaf), _) => {
                self.cursors[*leaf].most()
            }
            _ => u64::MAX,
        }
    }

    /// Which documents have a leaf; what the headline has, the first passage has.
    fn has(&mut self, leaf: usize) -> Vec<u64> {
        let (text, title) = match self.cursors[leaf].cover(&self.docs, self.within.as_deref()) {
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
        let taken = self.carriers[test].taken(self.within_passage);
        let numbers = (self.first()..).take(self.size());
        numbers.map(|number| taken.word(number)).collect()
    }
}

/// Keeps of a set that begins with [`Window::base`] these documents alone.
fn keep(set: &mut [u64], docs: &Range<DocId>) {
    if let Some(first) = set.first_mut() {
        *first &= u64::MAX << (docs.start % 64);
    }
    if let Some(last) = set.last_mut() {
        *last &= u64::MAX >> ((64 - docs.end % 64) % 64);
    }
}
