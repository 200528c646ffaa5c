//! Lengths: how many words the passages of a segment have, and which are brief.
//!
//! Not for what a length does to a score (`rank`).

use super::articles::Articles;
use super::rank::Shortest;
use crate::error::Result;
use crate::index::Index;
use std::sync::OnceLock;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::{DocId, SegmentReader};

/// So many words of bits are looked up at once: 4096 documents.
const LOOKED_UP: usize = 64;

/// How many words each passage has, roughly.
pub(super) struct Lengths {
    words: FieldNormReader,
    /// The brief passages, as far as they have been asked for.
    brief: Vec<OnceLock<Vec<u64>>>,
    max: DocId,
}

impl Lengths {
    /// Opens the lengths of a segment.
    pub(super) fn open(index: &Index, segment: &SegmentReader) -> Result<Lengths> {
        let words = segment.get_fieldnorms_reader(index.fields().text);
        let size = segment.max_doc() as usize / (64 * LOOKED_UP) + 1;
        Ok(Lengths {
            words: words.map_err(|e| index.damaged(e))?,
            brief: (0..size).map(|_| OnceLock::new()).collect(),
            max: segment.max_doc(),
        })
    }

    /// How many words a passage has.
    pub(super) fn of(&self, doc: DocId) -> f64 {
        f64::from(self.words.fieldnorm(doc))
    }

    /// Of the passages `64 * number..64 * (number + 1)` those that are shorter than [`Shortest::USUAL`] has it,
    /// or whose articles are. Where it is not known yet and does not pay to know, it may be any.
    pub(super) fn brief(&self, articles: &Articles, number: usize, pays: bool) -> u64 {
        let known = &self.brief[number / LOOKED_UP];
        let known = match pays {
            true => Some(known.get_or_init(|| self.look_up(articles, number / LOOKED_UP))),
            false => known.get(),
        };
        known.map_or(u64::MAX, |bits| bits[number % LOOKED_UP])
    }

    fn look_up(&self, articles: &Articles, part: usize) -> Vec<u64> {
        let mut brief = vec![0; LOOKED_UP];
        let first = (64 * LOOKED_UP * part) as DocId;
        let end = (first + 64 * LOOKED_UP as DocId).min(self.max);
        let mut at = first;
        while at < end {
            let Some((start, passages)) = articles.around(at) else {
                at += 1;
                continue;
            };
            let all = start..start + passages as DocId;
            let words = |doc| self.words.fieldnorm(doc);
            let whole = all.clone().map(words).sum();
            let is_brief = |&doc: &DocId| !Shortest::USUAL.holds(words(doc), whole);
            for bit in (at..all.end.min(end))
                .filter(is_brief)
                .map(|doc| (doc - first) as usize)
            {
                brief[bit / 64] |= 1 << (bit % 64);
            }
            at = all.end;
        }
        brief
    }
}
