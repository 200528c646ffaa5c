//! Entries: the actors or places that an index names, how often, and how they are written.
//!
//! Not for finding passages.

use super::articles::Articles;
use super::filter::LookUp;
use super::guarded;
use super::passage_text::Stored;
use super::tally::{Matched, count, tally};
use crate::error::Result;
use crate::gazetteer::{Gazetteer, Kind};
use crate::index::Index;
use std::collections::{BTreeMap, BTreeSet};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, TERMINATED};

/// Of so many passages at most the spellings are read.
const READ: usize = 10_000;

/// Which of two kinds of entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Actors.
    Actors,
    /// Places.
    Places,
}

impl Which {
    pub(super) fn field(self, index: &Index) -> Field {
        match self {
            Which::Actors => index.fields().actor,
            Which::Places => index.fields().place,
        }
    }

    fn fits(self, kind: Kind) -> bool {
        kind.is_place() == (self == Which::Places)
    }
}

/// An entry, and how often an index names it.
#[derive(Debug, Clone, PartialEq)]
pub struct Counted {
    /// Stable id; `text:folded name` for what only texts know.
    pub id: String,
    /// How many articles name it.
    pub articles: u64,
    /// How many passages do.
    pub passages: u64,
    /// How it is written, with how many mentions, the most frequent first; from the first 10,000
    /// passages. Empty in lists.
    pub spellings: Vec<(String, u64)>,
    /// Name, kind and country, of what only texts know, as the first of them has it. None in lists.
    pub named: Option<(String, String, Option<String>)>,
}

/// Counts every actor or place that the index names, the most frequent first.
///
/// # Errors
/// A damaged index.
pub fn counted(index: &Index, gazetteer: &Gazetteer, which: Which) -> Result<Vec<Counted>> {
    guarded(index, || {
        let (all, _) = Matched::all(index)?;
        let counts = tally(index, &all, &[which.field(index)], |_, term, ids| {
            ids.extend(canonical(gazetteer, which, term));
        })?;
        let counted = |(id, (articles, passages))| Counted {
            id,
            articles,
            passages,
            spellings: Vec::new(),
            named: None,
        };
        let mut found: Vec<Counted> = counts.into_iter().map(counted).collect();
        found.sort_by(|a, b| (b.articles, b.passages, &a.id).cmp(&(a.articles, a.passages, &b.id)));
        Ok(found)
    })
}

/// Finds the actors or places that a name or an id stands for, with counts and spellings; what the
/// user should know of how it was read goes into `notes`.
///
/// # Errors
/// A damaged index.
pub fn called(
    index: &Index,
    gazetteer: &Gazetteer,
    which: Which,
    name: &str,
    notes: &mut Vec<String>,
) -> Result<Vec<Counted>> {
    guarded(index, || {
        let mut look_up = LookUp::new(index, gazetteer);
        let ids = look_up.ids(name, which == Which::Actors)?;
        notes.append(&mut look_up.notes);
        let wanted: BTreeSet<&str> = ids.iter().map(String::as_str).collect();
        let mut found: Vec<Counted> = Vec::new();
        for id in &wanted {
            found.push(read(index, gazetteer, which, id)?);
        }
        let order = |c: &Counted| ids.iter().position(|id| *id == c.id);
        found.sort_by_key(|c| (std::cmp::Reverse(c.articles), order(c)));
        Ok(found)
    })
}

/// The id that a term stands for: its own, or that of what it was merged into.
pub(super) fn canonical(gazetteer: &Gazetteer, which: Which, term: &[u8]) -> Option<String> {
    let term = std::str::from_utf8(term).ok()?;
    if term.starts_with(['<', '=']) {
        return None;
    }
    let adopted = gazetteer.adopted(term, |kind| which.fits(kind));
    let entry = adopted.or_else(|| gazetteer.entry(term));
    Some(entry.map_or_else(|| term.to_owned(), |e| e.id()))
}

/// Counts one entry and reads how it is written.
fn read(index: &Index, gazetteer: &Gazetteer, which: Which, id: &str) -> Result<Counted> {
    let (mut articles, mut passages) = (0, 0);
    let mut written: BTreeMap<String, u64> = BTreeMap::new();
    let mut by_text = None;
    let mut left = READ;
    for segment in index.searcher().segment_readers() {
        let inverted = segment.inverted_index(which.field(index));
        let inverted = inverted.map_err(|e| index.damaged(e))?;
        let mut terms = inverted.terms().stream().map_err(|e| index.damaged(e))?;
        let mut docs: BTreeSet<DocId> = BTreeSet::new();
        while terms.advance() {
            if canonical(gazetteer, which, terms.key()).as_deref() != Some(id) {
                continue;
            }
            let postings =
                inverted.read_postings_from_terminfo(terms.value(), IndexRecordOption::Basic);
            let mut postings = postings.map_err(|e| index.damaged(e))?;
            while postings.doc() != TERMINATED {
                if !segment.is_deleted(postings.doc()) {
                    docs.insert(postings.doc());
                }
                postings.advance();
            }
        }
        let store = segment.get_store_reader(8).map_err(|e| index.damaged(e))?;
        for &doc in docs.iter().take(left) {
            let document = store.get(doc).map_err(|e| index.damaged(e))?;
            let Stored { passage, text, .. } = Stored::of(index, document)?;
            let named = match which {
                Which::Actors => passage.actors,
                Which::Places => passage.places,
            };
            let of = |e: &&crate::index::stored::StoredEntry| {
                canonical(gazetteer, which, e.id.as_bytes()).as_deref() == Some(id)
            };
            let mut told = named.iter().filter(of).filter_map(|e| e.named.as_ref());
            by_text = by_text.or_else(|| told.next().cloned());
            for &(start, end) in named.iter().filter(of).flat_map(|e| &e.spans) {
                let words = text.get(start..end).unwrap_or("").split_whitespace();
                let form = words.collect::<Vec<_>>().join(" ");
                *written.entry(form).or_default() += 1;
            }
        }
        left = left.saturating_sub(docs.len());
        let docs: Vec<DocId> = docs.into_iter().collect();
        let of_segment = count(&Articles::open(index, segment)?, &docs);
        articles += of_segment.0;
        passages += of_segment.1;
    }
    let mut spellings: Vec<(String, u64)> = written.into_iter().collect();
    spellings.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
    Ok(Counted {
        id: id.to_owned(),
        articles,
        passages,
        spellings,
        named: by_text,
    })
}
