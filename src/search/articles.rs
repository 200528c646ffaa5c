//! Articles: where they lie in a segment.
//!
//! Their passages are neighbours, the first of which carries what is said of the whole; records of files
//! lie between them. Postings of what only the one sort or the other has tell them apart, which is a few
//! bytes an article. Not for what an article is called (`kept`).

use super::bits::Bits;
use crate::error::Result;
use crate::index::Index;
use std::ops::Range;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, SegmentReader};

/// Where articles begin and end in a segment.
pub struct Articles {
    /// First passages, and records.
    starts: Bits,
    records: Bits,
    max: DocId,
}

impl Articles {
    /// Reads where they begin.
    pub fn open(index: &Index, segment: &SegmentReader) -> Result<Articles> {
        let mut records = Bits::new(segment.max_doc());
        add_all(index, segment, index.fields().record, &mut records)?;
        let mut starts = Bits::new(segment.max_doc());
        add_all(index, segment, index.fields().root, &mut starts)?;
        starts.join(&records);
        Ok(Articles {
            starts,
            records,
            max: segment.max_doc(),
        })
    }

    /// The first document and the number of passages of the article that `doc` is a passage of;
    /// `None` for a record.
    pub fn around(&self, doc: DocId) -> Option<(DocId, usize)> {
        let start = self.starts.last(doc)?;
        let is_passage = doc < self.max && !self.records.has(doc);
        is_passage.then(|| (start, (self.after(doc) - start) as usize))
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

    /// Which of the documents `64 * number..64 * (number + 1)` are passages, if there are so many.
    pub fn passages(&self, number: usize) -> u64 {
        !self.records.word(number)
    }

    /// One past the last document of the segment.
    pub fn max(&self) -> DocId {
        self.max
    }
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
