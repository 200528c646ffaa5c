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
    /// Whether any document of the window has the leaf.
    any: bool,
    /// Which documents have it, from [`Window::base`] on, and how much it counts in each.
    has: Vec<u64>,
    counts: Vec<f64>,
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

    /// Moves to these documents.
    pub fn cover(&mut self, docs: &Range<DocId>) {
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
                self.counts = vec![0.0; size];
            }
            self.take();
        }
    }

    /// Forgets what was counted, where that is anything.
    fn clear(&mut self) {
        if !self.any {
            return;
        }
        let mut at = 0;
        while let Some(bit) = bits::next(&self.has, at) {
            self.counts[bit as usize] = 0.0;
            at = bit + 1;
        }
        self.has.fill(0);
    }

    /// Reads what lies within the window.
    fn take(&mut self) {
        let (docs, base) = (self.docs.clone(), Window::base(self.docs.start));
        let (has, counts) = (&mut self.has, &mut self.counts);
        let mut add = |doc: DocId, count: f64| {
            let at = (doc - base) as usize;
            has[at / 64] |= 1 << (at % 64);
            counts[at] += count;
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
            Source::Phrase(phrase) => {
                let mut doc = phrase.next(docs.start);
                while doc < docs.end {
                    let often = phrase.count(doc);
                    if often > 0 {
                        add(doc, f64::from(often));
                    }
                    doc = phrase.next(doc + 1);
                }
                doc
            }
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
        self.any.then_some(self.has.as_slice())
    }

    /// How much it counts in each of these documents of the window; `None` if in none of the window.
    pub fn counts(&self, docs: Range<DocId>) -> Option<&[f64]> {
        let at = |doc| (doc - Window::base(self.docs.start)) as usize;
        self.any.then(|| &self.counts[at(docs.start)..at(docs.end)])
    }
}
