//! Lists: the postings of one form of a word, in the articles whose language it belongs to.
//!
//! A form that only French knows (`reporter` of `report`) does not count in English articles. Not for
//! finding the forms (`words`).

use super::kept;
use crate::analysis::stem::{Tongue, Tongues};
use crate::error::Result;
use crate::index::Index;
use tantivy::columnar::Column;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, TERMINATED, Term};

/// The postings of one form in one segment.
pub struct Listed {
    postings: SegmentPostings,
    only: Option<(Tongues, Column<u64>)>,
}

impl Listed {
    /// Opens the postings of a form, or `None` where it has none that count.
    pub fn open(
        index: &Index,
        number: u32,
        field: Field,
        (form, tongues): (&str, Tongues),
        option: IndexRecordOption,
    ) -> Result<Option<Listed>> {
        let only = if tongues == Tongues::ALL {
            None
        } else {
            let column = &kept::columns(index, number)?.tongue;
            match (column.min_value(), column.max_value()) {
                (one, other) if one == other && tongues.has(Tongue::of_number(one)) => None,
                (one, other) if one == other => return Ok(None),
                _ => Some((tongues, column.clone())),
            }
        };
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

    /// The document it stands on, or [`TERMINATED`].
    pub fn doc(&self) -> DocId {
        self.postings.doc()
    }

    /// Moves to the next document.
    pub fn advance(&mut self) -> DocId {
        self.postings.advance();
        self.settle()
    }

    /// Moves to the first document from `at` on.
    pub fn seek(&mut self, at: DocId) -> DocId {
        if self.doc() < at {
            self.postings.seek(at);
            self.settle();
        }
        self.doc()
    }

    /// How often the form occurs in the document.
    pub fn frequency(&self) -> u32 {
        self.postings.term_freq()
    }

    /// Appends the positions of the form in the document.
    pub fn append_positions(&mut self, positions: &mut Vec<u32>) {
        self.postings.append_positions_with_offset(0, positions);
    }

    fn settle(&mut self) -> DocId {
        let mut doc = self.postings.doc();
        if let Some((tongues, column)) = &self.only {
            while doc != TERMINATED {
                let tongue = column.first(doc).map_or(Tongue::UNSURE, Tongue::of_number);
                if tongues.has(tongue) {
                    break;
                }
                doc = self.postings.advance();
            }
        }
        doc
    }
}
