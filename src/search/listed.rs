//! Lists: the postings of one form of a word, in the articles whose language it belongs to.
//!
//! A form that only French knows (`reporter` of `report`) does not count in English articles. Not for
//! finding the forms (`words`).

use super::kept;
use crate::analysis::stem::{Tongue, Tongues};
use crate::error::Result;
use crate::index::Index;
use tantivy::columnar::Column;
use tantivy::postings::{BlockSegmentPostings, Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, TERMINATED, Term};

/// In which articles a form counts, where it does not count in all.
struct Only(Tongues, Column<u64>);

impl Only {
    /// What keeps a form to articles of some languages; `None` where it counts in none of a segment.
    fn open(index: &Index, number: u32, tongues: Tongues) -> Result<Option<Option<Only>>> {
        if tongues == Tongues::ALL {
            return Ok(Some(None));
        }
        let column = &kept::columns(index, number)?.tongue;
        Ok(match (column.min_value(), column.max_value()) {
            (one, other) if one == other && tongues.has(Tongue::of_number(one)) => Some(None),
            (one, other) if one == other => None,
            _ => Some(Some(Only(tongues, column.clone()))),
        })
    }

    fn takes(&self, doc: DocId) -> bool {
        let tongue = self.1.first(doc).map_or(Tongue::UNSURE, Tongue::of_number);
        self.0.has(tongue)
    }
}

/// The postings of one form in one segment, with positions.
pub struct Listed {
    postings: SegmentPostings,
    only: Option<Only>,
}

impl Listed {
    /// Opens the postings of a form, or `None` where it has none that count.
    pub fn open(
        index: &Index,
        number: u32,
        field: Field,
        (form, tongues): (&str, Tongues),
    ) -> Result<Option<Listed>> {
        let Some(only) = Only::open(index, number, tongues)? else {
            return Ok(None);
        };
        let option = IndexRecordOption::WithFreqsAndPositions;
        let found = index.searcher().segment_readers()[number as usize]
            .inverted_index(field)
            .map_err(|e| index.damaged(e))?
            .read_postings(&Term::from_field_text(field, form), option)
            .map_err(|e| index.damaged(e))?;
        Ok(found.map(|postings| {
            let mut list = Listed { postings, only };
            list.settle();
            list
        }))
    }

    /// Moves to the first document from `at` on, or to [`TERMINATED`].
    pub fn seek(&mut self, at: DocId) -> DocId {
        if self.postings.doc() < at {
            self.postings.seek(at);
            self.settle();
        }
        self.postings.doc()
    }

    /// Appends the positions of the form in the document.
    pub fn append_positions(&mut self, positions: &mut Vec<u32>) {
        self.postings.append_positions_with_offset(0, positions);
    }

    fn settle(&mut self) {
        let Some(only) = &self.only else { return };
        let mut doc = self.postings.doc();
        while doc != TERMINATED && !only.takes(doc) {
            doc = self.postings.advance();
        }
    }
}

/// The postings of one form in one segment, without positions: a block of documents at a time.
pub struct Counted {
    block: Box<BlockSegmentPostings>,
    /// Where it stands in the block.
    at: usize,
    only: Option<Only>,
}

impl Counted {
    /// Opens the postings of a form, or `None` where it has none that count.
    pub fn open(
        index: &Index,
        number: u32,
        field: Field,
        (form, tongues): (&str, Tongues),
    ) -> Result<Option<Counted>> {
        let Some(only) = Only::open(index, number, tongues)? else {
            return Ok(None);
        };
        let found = index.searcher().segment_readers()[number as usize]
            .inverted_index(field)
            .map_err(|e| index.damaged(e))?
            .read_block_postings(
                &Term::from_field_text(field, form),
                IndexRecordOption::WithFreqs,
            )
            .map_err(|e| index.damaged(e))?;
        Ok(found.map(|block| Counted {
            block: Box::new(block),
            at: 0,
            only,
        }))
    }

    /// The document it stands on, whether it counts there or not, or [`TERMINATED`].
    pub fn doc(&self) -> DocId {
        self.block
            .docs()
            .get(self.at)
            .copied()
            .unwrap_or(TERMINATED)
    }

    /// Moves to the first document from `at` on.
    pub fn seek(&mut self, at: DocId) -> DocId {
        if self.doc() < at {
            self.at = match self.block.docs().last() {
                Some(&last) if last >= at => {
                    let rest = &self.block.docs()[self.at..];
                    self.at + rest.partition_point(|&doc| doc < at)
                }
                _ => self.block.seek(at),
            };
        }
        self.doc()
    }

    /// Moves on to the first document from `end` on; calls `each` with the documents before it in which it
    /// counts, and how often it occurs in each.
    pub fn take(&mut self, end: DocId, mut each: impl FnMut(DocId, u32)) {
        while self.doc() < end {
            let rest = &self.block.docs()[self.at..];
            let until = rest.partition_point(|&doc| doc < end);
            let found = rest[..until].iter().zip(&self.block.freqs()[self.at..]);
            match &self.only {
                None => found.for_each(|(&doc, &often)| each(doc, often)),
                Some(only) => found
                    .filter(|&(&doc, _)| only.takes(doc))
                    .for_each(|(&doc, &often)| each(doc, often)),
            }
            self.at += until;
            if self.at == self.block.block_len() {
                self.block.advance();
                self.at = 0;
            }
        }
    }
}
