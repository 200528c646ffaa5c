//! Sets of documents of one segment, one bit each.
//!
//! Not for what the documents have in common.

use tantivy::postings::BlockSegmentPostings;
use tantivy::{DocId, TERMINATED};

/// A set of documents, one bit each.
#[derive(Clone)]
pub(super) struct Bits(Vec<u64>);

impl Bits {
    /// An empty set, with room for documents below `size`.
    pub(super) fn new(size: DocId) -> Bits {
        Bits(vec![0; size as usize / 64 + 1])
    }

    /// The documents below `size`.
    #[cfg(test)]
    pub(super) fn all(size: DocId) -> Bits {
        let mut all = Bits::new(size);
        all.turn(size);
        all
    }

    /// Takes those of the documents below `size` that it has not.
    pub(super) fn turn(&mut self, size: DocId) {
        self.0.iter_mut().for_each(|word| *word = !*word);
        self.cut(size);
    }

    /// Drops the documents from `size` on, of a set that has room for those below.
    pub(super) fn cut(&mut self, size: DocId) {
        self.0[size as usize / 64] &= !(u64::MAX << (size % 64));
    }

    pub(super) fn set(&mut self, doc: DocId) {
        self.0[doc as usize / 64] |= 1 << (doc % 64);
    }

    /// Adds the documents of a list, from the block on which it stands.
    pub(super) fn add(&mut self, mut postings: BlockSegmentPostings) {
        // Many a list is dense: a word of bits is put down when it is full.
        let (mut number, mut word) = (0, 0);
        while !postings.docs().is_empty() {
            for &doc in postings.docs() {
                if doc as usize / 64 != number {
                    self.0[number] |= word;
                    (number, word) = (doc as usize / 64, 0);
                }
                word |= 1 << (doc % 64);
            }
            postings.advance();
        }
        self.0[number] |= word;
    }

    pub(super) fn meet(&mut self, other: &Bits) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a &= b);
    }

    pub(super) fn join(&mut self, other: &Bits) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a |= b);
    }

    /// Takes those of a set that it has not.
    pub(super) fn turn_in(&mut self, set: &Bits) {
        self.0
            .iter_mut()
            .zip(&set.0)
            .for_each(|(a, b)| *a = b & !*a);
    }

    /// The documents `64 * number..64 * (number + 1)`, the first of them in the lowest bit.
    pub(super) fn word(&self, number: usize) -> u64 {
        self.0.get(number).copied().unwrap_or(0)
    }

    /// Sets the documents that belong to such a word.
    pub(super) fn set_word(&mut self, number: usize, word: u64) {
        self.0[number] = word;
    }

    /// How many such words there are.
    pub(super) fn words(&self) -> usize {
        self.0.len()
    }

    /// How many members there are.
    pub(super) fn len(&self) -> u64 {
        count(&self.0)
    }

    /// How many members it has in common with another set.
    pub(super) fn common(&self, other: &Bits) -> u64 {
        let words = self.0.iter().zip(&other.0);
        words.map(|(a, b)| u64::from((a & b).count_ones())).sum()
    }

    /// The members, in order.
    pub(super) fn members(&self) -> impl Iterator<Item = DocId> {
        let next = |at: DocId| Some(self.next(at)).filter(|&d| d != TERMINATED);
        std::iter::successors(next(0), move |&doc| next(doc + 1))
    }

    pub(super) fn has(&self, doc: DocId) -> bool {
        self.word(doc as usize / 64) >> (doc % 64) & 1 == 1
    }

    /// The first member from `at` on, or [`TERMINATED`].
    pub(super) fn next(&self, at: DocId) -> DocId {
        next(&self.0, at).unwrap_or(TERMINATED)
    }

    /// The last member up to `at`.
    pub(super) fn last(&self, at: DocId) -> Option<DocId> {
        let mut word = at as usize / 64;
        let mut rest = self.word(word) & (u64::MAX >> (63 - at % 64));
        while rest == 0 {
            word = word.checked_sub(1)?;
            rest = self.word(word);
        }
        Some(word as DocId * 64 + rest.ilog2())
    }
}

/// How many bits are set.
pub(super) fn count(words: &[u64]) -> u64 {
    words.iter().map(|w| u64::from(w.count_ones())).sum()
}

/// The first bit from `at` on that is set.
pub(super) fn next(words: &[u64], at: u32) -> Option<u32> {
    let mut word = at as usize / 64;
    let mut rest = words.get(word)? & (u64::MAX << (at % 64));
    while rest == 0 {
        word += 1;
        rest = *words.get(word)?;
    }
    Some(word as u32 * 64 + rest.trailing_zeros())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_find_their_members() {
        let mut bits = Bits::new(200);
        for doc in [3, 64, 199] {
            bits.set(doc);
        }
        assert_eq!(
            [bits.next(0), bits.next(4), bits.next(65), bits.next(200)],
            [3, 64, 199, TERMINATED]
        );
        assert_eq!(
            [bits.last(2), bits.last(63), bits.last(198), bits.last(199)],
            [None, Some(3), Some(64), Some(199)]
        );
        assert!(bits.has(64) && !bits.has(65));
        assert_eq!(bits.len(), 3);
    }
}
