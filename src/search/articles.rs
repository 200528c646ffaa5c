//! Articles: where they lie in a segment.
//!
//! Their passages are neighbours, the first of which carries what is said of the whole; records of files
//! lie between them. Postings of what only the one sort or the other has tell them apart, which is a few
//! bytes an article. Not for what an article is called (`kept`).

use super::bits::{self, Bits};
use super::window::Window;
use crate::error::Result;
use crate::index::Index;
use std::ops::Range;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{BitSet, DocId, SegmentReader};

/// So many articles of a window are few.
const FEW: u64 = 12;

/// Where articles begin and end in a segment.
pub struct Articles {
    /// First passages, and records.
    starts: Bits,
    /// Passages that are not deleted.
    living: Bits,
    max: DocId,
}

impl Articles {
    /// Reads where they begin.
    pub fn open(index: &Index, segment: &SegmentReader) -> Result<Articles> {
        let max = segment.max_doc();
        let mut records = Bits::new(max);
        add_all(index, segment, index.fields().record, &mut records)?;
        let root = index.fields().root;
        // Most files are one article, which begins behind the record before it. Only where there are more
        // articles than that is it looked up where they begin.
        let mut starts = behind(&records, max);
        if starts.len() - records.len() < carriers(index, segment, root)? {
            add_all(index, segment, root, &mut starts)?;
        }
        let mut living = records;
        living.turn(max);
        if let Some(alive) = segment.alive_bitset() {
            // Its words are to be had only so.
            let mut words = BitSet::with_max_value_and_full(max);
            words.intersect_update(alive.bitset());
            for number in 0..max.div_ceil(64) {
                let alive = u64::from_le_bytes(words.tinyset(number).into_bytes());
                living.set_word(number as usize, living.word(number as usize) & alive);
            }
        }
        Ok(Articles {
            starts,
            living,
            max,
        })
    }

    /// The first document and the number of passages of the article that `doc` is a passage of;
    /// `None` for a record, and for what is deleted.
    pub fn around(&self, doc: DocId) -> Option<(DocId, usize)> {
        if !self.living.has(doc) {
            return None;
        }
        let start = self.starts.last(doc)?;
        Some((start, (self.after(doc) - start) as usize))
    }

    /// Where the article or record behind that of `doc` begins.
    fn after(&self, doc: DocId) -> DocId {
        self.starts.next(doc + 1).min(self.max)
    }

    /// Whole articles from `start` on: as many as have `width` passages together, but at least one.
    pub fn some(&self, start: DocId, width: DocId) -> Range<DocId> {
        let end = start.saturating_add(width);
        let end = match self.starts.last(end.min(self.max)) {
            _ if end >= self.max => self.max,
            Some(end) if end > start => end,
            _ => self.after(start),
        };
        start..end
    }

    /// Passages that are not deleted; articles are deleted whole.
    pub(super) fn living(&self) -> &Bits {
        &self.living
    }

    /// The last documents of the articles that have a member of a set. Of the set these are the words of bits
    /// from this number on; an article that reaches into them from before has no member in them.
    pub(super) fn ends_of(&self, first: usize, set: &[u64]) -> Vec<u64> {
        let mut carry = false;
        let words = (first..).zip(set);
        words
            .map(|(number, &word)| self.reached(number, word, &mut carry))
            .collect()
    }

    /// Members of a set, as above, in each article that has several.
    ///
    /// One taken from the number that an article's members are leaves none of them but the first; its last
    /// document stands in for one, so that there always is something to take from.
    pub(super) fn several_of(&self, first: usize, set: &[u64]) -> Vec<u64> {
        let mut borrow = false;
        let of_word = |(number, &word): (usize, &u64)| {
            let ends = self.ends(number);
            let (less, under) = (word | ends).overflowing_sub(self.starts.word(number));
            let (less, again) = less.overflowing_sub(u64::from(borrow));
            borrow = under || again;
            word & less
        };
        (first..).zip(set).map(of_word).collect()
    }

    /// The documents of the articles of a window that have these last ones, where they are so few that it pays
    /// to look at each alone.
    pub(super) fn ranges(&self, docs: &Range<DocId>, ends: &[u64]) -> Option<Vec<Range<DocId>>> {
        if bits::count(ends) > FEW {
            return None;
        }
        let (base, mut ranges, mut at) = (Window::base(docs.start), Vec::new(), 0);
        while let Some(bit) = bits::next(ends, at) {
            let end = base + bit;
            ranges.push(self.ending(end).0..end + 1);
            at = bit + 1;
        }
        Some(ranges)
    }

    /// The first document and the number of passages of the article that ends with this document.
    pub(super) fn ending(&self, end: DocId) -> (DocId, usize) {
        let start = self.starts.last(end).unwrap_or(0);
        (start, (end + 1 - start) as usize)
    }

    /// All documents of the articles that have a member of a set.
    pub(super) fn whole(&self, set: Bits) -> Bits {
        let mut whole = set;
        let mut carry = false;
        for number in 0..whole.words() {
            let reached = self.reached(number, whole.word(number), &mut carry);
            whole.set_word(number, reached);
        }
        // Their last documents are known: from each, down to where its article begins.
        let mut from_above = 0;
        for number in (0..whole.words()).rev() {
            let mut here = whole.word(number) | from_above << 63;
            if here == 0 {
                continue;
            }
            let mut way = !self.ends(number);
            here &= whole.word(number) | way;
            for by in [1, 2, 4, 8, 16, 32] {
                here |= way & (here >> by);
                way &= way >> by;
            }
            whole.set_word(number, here);
            from_above = here & 1;
        }
        whole
    }

    /// The last documents of articles and records, as [`Bits::word`] has them.
    fn ends(&self, number: usize) -> u64 {
        let ends = self.starts.word(number) >> 1 | self.starts.word(number + 1) << 63;
        match self.max.checked_sub(1) {
            Some(last) if last as usize / 64 == number => ends | 1 << (last % 64),
            _ => ends,
        }
    }

    /// The last documents of the articles that have a member of a set, of which this is one word: the words
    /// have to come in order, with a carry from each to the next.
    ///
    /// Added to ones, a member carries over to the end of its article and no further.
    fn reached(&self, number: usize, word: u64, carry: &mut bool) -> u64 {
        if word == 0 && !*carry {
            return 0;
        }
        let ends = self.ends(number);
        let (sum, over) = (word & !ends).overflowing_add(!ends);
        let (sum, again) = sum.overflowing_add(u64::from(*carry));
        *carry = over || again;
        (sum | word) & ends
    }

    /// One past the last document of the segment.
    pub fn max(&self) -> DocId {
        self.max
    }
}

/// Some documents with those behind them, and the first there is.
fn behind(documents: &Bits, max: DocId) -> Bits {
    let mut behind = documents.clone();
    let mut carry = 1;
    for number in 0..behind.words() {
        let word = documents.word(number);
        behind.set_word(number, word | word << 1 | carry);
        carry = word >> 63;
    }
    behind.cut(max);
    behind
}

/// How many documents have a term of a field of which each has at most one.
fn carriers(index: &Index, segment: &SegmentReader, field: Field) -> Result<u64> {
    let inverted = segment
        .inverted_index(field)
        .map_err(|e| index.damaged(e))?;
    let mut terms = inverted.terms().stream().map_err(|e| index.damaged(e))?;
    let mut carriers = 0;
    while terms.advance() {
        carriers += u64::from(terms.value().doc_freq);
    }
    Ok(carriers)
}

/// Adds the documents that have any term of a field.
fn add_all(index: &Index, segment: &SegmentReader, field: Field, bits: &mut Bits) -> Result<()> {
    let inverted = segment
        .inverted_index(field)
        .map_err(|e| index.damaged(e))?;
    let mut terms = inverted.terms().stream().map_err(|e| index.damaged(e))?;
    while terms.advance() {
        let postings =
            inverted.read_block_postings_from_terminfo(terms.value(), IndexRecordOption::Basic);
        bits.add(postings.map_err(|e| index.damaged(e))?);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::random;
    use super::*;

    #[test]
    fn what_lies_behind_is_found_across_words() {
        let mut records = Bits::new(129);
        for doc in [63, 64, 100, 128] {
            records.set(doc);
        }
        let found: Vec<DocId> = behind(&records, 129).members().collect();
        assert_eq!(found, [0, 63, 64, 65, 100, 101, 128]);
        assert_eq!(behind(&Bits::new(0), 0).len(), 0);
    }

    #[test]
    fn a_member_speaks_for_its_article() {
        let mut below = random::below();
        for _ in 0..2000 {
            let max = 1 + below(300) as DocId;
            let often = 1 + below(80);
            let mut starts = Bits::new(max);
            let mut set = Bits::new(max);
            starts.set(0);
            for doc in 0..max {
                if below(often) == 0 {
                    starts.set(doc);
                }
                if below(often) == 0 {
                    set.set(doc);
                }
            }
            let articles = Articles {
                starts,
                living: Bits::all(max),
                max,
            };
            let has = |&doc: &DocId| {
                let (start, passages) = articles.around(doc).unwrap();
                set.next(start) < start + passages as DocId
            };
            let whole: Vec<DocId> = articles.whole(set.clone()).members().collect();
            assert_eq!(whole, (0..max).filter(has).collect::<Vec<_>>());
            let words: Vec<u64> = (0..set.words()).map(|n| set.word(n)).collect();
            let bits = |of: Vec<u64>| {
                let next = |at| bits::next(&of, at);
                std::iter::successors(next(0), |&bit| next(bit + 1)).collect::<Vec<_>>()
            };
            let around = |doc| {
                let (start, passages) = articles.around(doc).unwrap();
                start..start + passages as DocId
            };
            let is_end = |doc: &DocId| around(*doc).end == doc + 1;
            let ends: Vec<DocId> = whole.iter().copied().filter(is_end).collect();
            assert_eq!(bits(articles.ends_of(0, &words)), ends);
            for &end in &ends {
                let (start, passages) = articles.ending(end);
                assert_eq!(articles.around(end), Some((start, passages)));
            }
            let mut several = bits(articles.several_of(0, &words));
            let members = |end: &DocId| around(*end).filter(|&doc| set.has(doc)).count();
            assert!(several.iter().all(|&doc| set.has(doc)));
            several
                .iter_mut()
                .for_each(|doc| *doc = around(*doc).end - 1);
            several.dedup();
            let expected: Vec<DocId> = ends.into_iter().filter(|end| members(end) > 1).collect();
            assert_eq!(several, expected);
        }
    }
}
