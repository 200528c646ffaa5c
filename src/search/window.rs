//! Windows: what a leaf has in one field of some thousand neighbouring documents, counted in one go.
//!
//! Postings are lists, articles neighbours: so lists are taken as they are stored, a block at a time,
//! and put down by document. Sets of bits say which documents have the leaf. Not for what a query makes
//! of it (`sieve`).

use super::bits;
use super::carriers::Carriers;
use super::listed::Counted;
use super::postings::Phrase;
use std::ops::Range;
use std::sync::Arc;
use tantivy::{DocId, TERMINATED};

/// So many neighbouring documents are looked at in one go.
pub const WIDTH: DocId = 4096;

/// Where a leaf occurs.
pub enum Source {
    /// In documents that have any of some forms; for each, what an occurrence counts.
    Forms(Vec<(f64, Counted)>),
    /// Where words stand in order.
    Phrase(Phrase),
    /// Where a name is carried.
    Carried(Arc<Carriers>),
}

/// Neighbouring documents, and what a leaf has in them.
pub struct Window {
    source: Source,
    /// The documents of the window, which goes forward only.
    docs: Range<DocId>,
    /// Whether any document of the window may have the leaf.
    any: bool,
    /// Which documents have it, from [`Window::base`] on, and how much it counts in each.
    has: Vec<u64>,
    counts: Vec<f64>,
    /// In which of these it counts more than one.
    often: Vec<u64>,
    /// No document between the window and this one has it.
    beyond: DocId,
}

impl Window {
    /// Begins at the first document.
    pub fn new(source: Source) -> Window {
        Window {
            source,
            docs: 0..0,
            any: false,
            has: Vec::new(),
            counts: Vec::new(),
            often: Vec::new(),
            beyond: 0,
        }
    }

    /// The document of the lowest bit: such that sets of the whole segment have their words there too.
    pub fn base(start: DocId) -> DocId {
        start & !63
    }

    /// The first document from `at` on that may have the leaf, or [`TERMINATED`].
    pub fn next(&mut self, at: DocId) -> DocId {
        if at < self.docs.end {
            let base = Window::base(self.docs.start);
            let found = bits::next(&self.has, at - base).filter(|_| self.any);
            return found.map_or(self.beyond.max(self.docs.end), |bit| base + bit);
        }
        if at > self.beyond || self.beyond == 0 {
            self.beyond = match &mut self.source {
                Source::Forms(forms) => {
                    let each = forms.iter_mut().map(|(_, list)| list.seek(at));
                    each.min().unwrap_or(TERMINATED)
                }
                Source::Phrase(phrase) => phrase.next(at),
                Source::Carried(carriers) => carriers.own().next(at),
            };
        }
        self.beyond
    }

    /// Whether a document lies in the window.
    pub fn covers(&self, doc: DocId) -> bool {
        self.docs.contains(&doc)
    }

    /// In how many documents the leaf may be.
    pub fn most(&self) -> u64 {
        match &self.source {
            Source::Forms(forms) => forms.iter().map(|(_, list)| list.most).sum(),
            Source::Phrase(phrase) => phrase.most(),
            Source::Carried(carriers) => carriers.own().len(),
        }
    }

    /// Moves to these documents; where some within them are given, nothing is known of the others afterwards.
    pub fn cover(&mut self, docs: &Range<DocId>, within: Option<&[Range<DocId>]>) {
        if self.docs == *docs {
            return;
        }
        let beyond = self.next(docs.start);
        self.clear();
        self.docs = docs.clone();
        self.any = beyond < docs.end;
        if self.any {
            let size = (docs.end - Window::base(docs.start)) as usize;
            // They are empty, and memory that is empty from the start is to be had for less.
            if self.counts.len() < size {
                self.has = vec![0; size.div_ceil(64)];
                self.often = self.has.clone();
                self.counts = vec![0.0; size];
            }
            match within {
                None => self.take(docs.clone()),
                Some(within) => within.iter().for_each(|docs| self.take(docs.clone())),
            }
        }
    }

    /// Forgets what was counted, where that is anything.
    fn clear(&mut self) {
        if !self.any {
            return;
        }
        // One by one where they are few.
        if bits::count(&self.has) > u64::from(WIDTH) / 24 {
            self.counts.fill(0.0);
        } else {
            let mut at = 0;
            while let Some(bit) = bits::next(&self.has, at) {
                self.counts[bit as usize] = 0.0;
                at = bit + 1;
            }
        }
        self.has.fill(0);
        self.often.fill(0);
    }

    /// Reads what these documents of the window have.
    fn take(&mut self, docs: Range<DocId>) {
        let base = Window::base(self.docs.start);
        let (has, counts, often) = (&mut self.has, &mut self.counts, &mut self.often);
        let mut add = |doc: DocId, count: f64| {
            let at = (doc - base) as usize;
            has[at / 64] |= 1 << (at % 64);
            counts[at] += count;
            often[at / 64] |= u64::from(counts[at] > 1.0) << (at % 64);
        };
        self.beyond = match &mut self.source {
            Source::Forms(forms) => {
                let mut beyond = TERMINATED;
                for (counts, list) in forms {
                    list.seek(docs.start);
                    list.take(docs.end, |doc, often| add(doc, *counts * f64::from(often)));
                    beyond = beyond.min(list.doc());
                }
                beyond
            }
            Source::Phrase(phrase) => phrase.take(&docs, |doc, often| add(doc, f64::from(often))),
            Source::Carried(carriers) => {
                let mut doc = carriers.own().next(docs.start);
                while doc < docs.end {
                    add(doc, 1.0);
                    doc = carriers.own().next(doc + 1);
                }
                doc
            }
        };
    }

    /// Which documents of the window have the leaf; `None` if none does.
    pub fn has(&self) -> Option<&[u64]> {
        self.any.then(|| &self.has[..self.size()])
    }

    /// In which it counts more than one occurrence of a word as typed; `None` as above.
    pub fn often(&self) -> Option<&[u64]> {
        self.any.then(|| &self.often[..self.size()])
    }

    /// How many words of bits the window takes; there is room for those of a larger one.
    fn size(&self) -> usize {
        (self.docs.end - Window::base(self.docs.start)).div_ceil(64) as usize
    }

    /// How much it counts in each of these documents of the window; `None` if in none of the window.
    pub fn counts(&self, docs: Range<DocId>) -> Option<&[f64]> {
        let at = |doc| (doc - Window::base(self.docs.start)) as usize;
        self.any.then(|| &self.counts[at(docs.start)..at(docs.end)])
    }
}
