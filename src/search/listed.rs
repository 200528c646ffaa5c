//! Lists: the postings of one form of a word, in the articles whose language it belongs to.
//!
//! A form that only French knows (`reporter` of `report`) does not count in English articles. Not for
//! finding the forms (`words`).

use super::bits::Bits;
use super::kept;
use crate::analysis::stem::{Tongue, Tongues};
use crate::error::Result;
use crate::index::Index;
use std::sync::Arc;
use tantivy::postings::TermInfo;
use tantivy::postings::{BlockSegmentPostings, Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, InvertedIndexReader, SegmentReader, TERMINATED, Term};

/// In which documents of a segment a form counts.
#[derive(Clone)]
pub(super) enum Counting {
    All,
    None,
    In(Arc<Bits>),
}

impl Counting {
    /// Reads which articles are of these tongues.
    pub(super) fn read(index: &Index, number: u32, tongues: Tongues) -> Result<Counting> {
        let segment = &index.searcher().segment_readers()[number as usize];
        let inverted = segment
            .inverted_index(index.fields().tongue)
            .map_err(|e| index.damaged(e))?;
        // By first passages; the fewer ones are read, those of these tongues or the others.
        let (mut these, mut others) = (Vec::new(), Vec::new());
        let mut terms = inverted.terms().stream().map_err(|e| index.damaged(e))?;
        while terms.advance() {
            let tongue = <[u8; 8]>::try_from(terms.key()).map(u64::from_be_bytes);
            let tongue = tongue.map_or(Tongue::UNSURE, Tongue::of_number);
            let list = match tongues.has(tongue) {
                true => &mut these,
                false => &mut others,
            };
            list.push(terms.value().clone());
        }
        if others.is_empty() {
            return Ok(Counting::All);
        }
        if these.is_empty() {
            return Ok(Counting::None);
        }
        let size = |list: &[TermInfo]| list.iter().map(|info| info.doc_freq).sum::<u32>();
        let few = size(&these) <= size(&others);
        let mut first = Bits::new(segment.max_doc());
        for info in if few { these } else { others } {
            let option = IndexRecordOption::Basic;
            let postings = inverted.read_block_postings_from_terminfo(&info, option);
            first.add(postings.map_err(|e| index.damaged(e))?);
        }
        let articles = &kept::columns(index, number)?.articles;
        let mut docs = articles.whole(first);
        if !few {
            docs.turn_in(articles.living());
        }
        Ok(Counting::In(Arc::new(docs)))
    }

    /// Where a form of these tongues counts; `None` where it does nowhere in the segment.
    fn only(index: &Index, number: u32, tongues: Tongues) -> Result<Option<Only>> {
        if tongues == Tongues::ALL {
            return Ok(Some(None));
        }
        Ok(match kept::counting(index, number, tongues)? {
            Counting::All => Some(None),
            Counting::None => None,
            Counting::In(docs) => Some(Some(docs)),
        })
    }
}

/// In which documents a form counts, where it does not count in all.
type Only = Option<Arc<Bits>>;

/// A form in one segment, where it has postings that count.
struct Form {
    inverted: Arc<InvertedIndexReader>,
    info: TermInfo,
    only: Only,
}

impl Form {
    fn find(
        index: &Index,
        number: u32,
        field: Field,
        (form, tongues): (&str, Tongues),
    ) -> Result<Option<Form>> {
        let Some(info) = kept::infos(index, field, form)?[number as usize].clone() else {
            return Ok(None);
        };
        let Some(only) = Counting::only(index, number, tongues)? else {
            return Ok(None);
        };
        let segment = &index.searcher().segment_readers()[number as usize];
        let inverted = segment.inverted_index(field);
        Ok(Some(Form {
            inverted: inverted.map_err(|e| index.damaged(e))?,
            info,
            only,
        }))
    }
}

/// Where a form is listed in each segment.
pub(super) fn infos(index: &Index, field: Field, form: &str) -> Result<Vec<Option<TermInfo>>> {
    let term = Term::from_field_text(field, form);
    let of_segment = |segment: &SegmentReader| {
        let info = segment.inverted_index(field)?.get_term_info(&term);
        Ok(info?)
    };
    let segments = index.searcher().segment_readers().iter();
    let infos: tantivy::Result<_> = segments.map(of_segment).collect();
    infos.map_err(|e| index.damaged(e))
}

/// The postings of one form in one segment, with positions.
pub struct Listed {
    postings: SegmentPostings,
    only: Only,
}

impl Listed {
    /// Opens the postings of a form, or `None` where it has none that count.
    pub fn open(
        index: &Index,
        number: u32,
        field: Field,
        form: (&str, Tongues),
    ) -> Result<Option<Listed>> {
        let Some(form) = Form::find(index, number, field, form)? else {
            return Ok(None);
        };
        let option = IndexRecordOption::WithFreqsAndPositions;
        let postings = form
            .inverted
            .read_postings_from_terminfo(&form.info, option);
        let mut list = Listed {
            postings: postings.map_err(|e| index.damaged(e))?,
            only: form.only,
        };
        list.settle();
        Ok(Some(list))
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
        while doc != TERMINATED && !only.has(doc) {
            doc = self.postings.advance();
        }
    }
}

/// The postings of one form in one segment, without positions: a block of documents at a time.
pub struct Counted {
    block: Box<BlockSegmentPostings>,
    /// Where it stands in the block.
    at: usize,
    /// In how many documents the form is.
    pub most: u64,
    only: Only,
}

impl Counted {
    /// Opens the postings of a form, or `None` where it has none that count; `often` says whether it
    /// matters how often it occurs in a document.
    pub fn open(
        index: &Index,
        number: u32,
        field: Field,
        form: (&str, Tongues),
        often: bool,
    ) -> Result<Option<Counted>> {
        let Some(form) = Form::find(index, number, field, form)? else {
            return Ok(None);
        };
        let option = match often {
            true => IndexRecordOption::WithFreqs,
            false => IndexRecordOption::Basic,
        };
        let block = form
            .inverted
            .read_block_postings_from_terminfo(&form.info, option);
        Ok(Some(Counted {
            block: Box::new(block.map_err(|e| index.damaged(e))?),
            at: 0,
            most: form.info.doc_freq.into(),
            only: form.only,
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
    /// counts, and how often it occurs in each, if it was opened for that.
    pub fn take(&mut self, end: DocId, mut each: impl FnMut(DocId, u32)) {
        self.pass(end, |docs, freqs, only| {
            let found = docs.iter().zip(freqs);
            match only {
                None => found.for_each(|(&doc, &often)| each(doc, often)),
                Some(only) => found
                    .filter(|&(&doc, _)| only.has(doc))
                    .for_each(|(&doc, &often)| each(doc, often)),
            }
        });
    }

    /// The same, however often it occurs.
    pub fn take_docs(&mut self, end: DocId, mut each: impl FnMut(DocId)) {
        self.pass(end, |docs, _, only| {
            let counts = |doc: &&DocId| only.as_ref().is_none_or(|only| only.has(**doc));
            docs.iter().filter(counts).for_each(|&doc| each(doc));
        });
    }

    /// Moves on to the first document from `end` on; calls `each` with the documents before it, by parts, and
    /// how often it occurs in each.
    fn pass(&mut self, end: DocId, mut each: impl FnMut(&[DocId], &[u32], &Only)) {
        while self.doc() < end {
            let rest = &self.block.docs()[self.at..];
            let until = rest.partition_point(|&doc| doc < end);
            let freqs = self.block.freqs().get(self.at..).unwrap_or_default();
            each(&rest[..until], freqs, &self.only);
            self.at += until;
            if self.at == self.block.block_len() {
                self.block.advance();
                self.at = 0;
            }
        }
    }
}
