//! Census: which terms of an index name what the gazetteer knows, and which name what lies below that.
//!
//! The index keeps no hierarchy, so that a change of one needs no new index; it is laid over the terms here,
//! each looked up once. Not for what a name means (`names`).

use super::filter::Kind;
use super::vocabulary::Vocabulary;
use crate::gazetteer::{Entry, Gazetteer};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

/// No chain of parents is longer.
const DEEPEST: usize = 8;

/// The terms of one field, by the rows of the gazetteer.
pub(super) struct Census {
    vocabulary: Arc<Vocabulary>,
    /// The terms of a row, by their numbers: ids, and `<id` of what texts say belongs to it.
    of: HashMap<u32, Vec<u32>>,
    /// The terms of all that lies in a row or belongs to it.
    below: HashMap<u32, Vec<u32>>,
}

impl Census {
    /// Looks up every term of the field that holds such names.
    pub(super) fn new(gazetteer: &Gazetteer, vocabulary: Arc<Vocabulary>, kind: Kind) -> Census {
        let is = |k: crate::gazetteer::Kind| k.is_place() == (kind == Kind::Place);
        let mut of: HashMap<u32, Vec<u32>> = HashMap::new();
        for (number, term) in vocabulary.terms().enumerate() {
            let entry = match term.strip_prefix('<') {
                Some(parent) => gazetteer.entry(parent),
                None if term.starts_with('=') => None,
                None if term.starts_with("text:") => gazetteer.adopted(term, is),
                None => gazetteer.entry(term),
            };
            if let Some(entry) = entry {
                of.entry(entry.row()).or_default().push(number as u32);
            }
        }
        let mut below: HashMap<u32, Vec<u32>> = HashMap::new();
        let mut known = HashMap::new();
        for (&row, terms) in &of {
            for &ancestor in above(gazetteer.row(row), &mut known, DEEPEST).iter() {
                if ancestor != row {
                    below.entry(ancestor).or_default().extend(terms);
                }
            }
        }
        Census {
            vocabulary,
            of,
            below,
        }
    }

    /// The terms that name an entry, `<id` among them.
    pub(super) fn of(&self, entry: &Entry) -> impl Iterator<Item = &str> {
        self.terms(self.of.get(&entry.row()))
    }

    /// The terms that name something below an entry.
    pub(super) fn below(&self, entry: &Entry) -> impl Iterator<Item = &str> {
        self.terms(self.below.get(&entry.row()))
    }

    fn terms<'c>(&'c self, numbers: Option<&'c Vec<u32>>) -> impl Iterator<Item = &'c str> {
        let numbers = numbers.into_iter().flatten();
        numbers.map(|&n| self.vocabulary.term(n as usize))
    }
}

/// The rows of all that an entry lies in or belongs to, each once; `known` has those looked up before.
fn above(entry: Entry, known: &mut HashMap<u32, Rc<[u32]>>, steps: usize) -> Rc<[u32]> {
    if let Some(rows) = known.get(&entry.row()) {
        return rows.clone();
    }
    let mut rows = Vec::new();
    for parent in entry.parents() {
        rows.push(parent.row());
        if steps > 0 {
            rows.extend_from_slice(&above(parent, known, steps - 1));
        }
    }
    rows.sort_unstable();
    rows.dedup();
    let rows: Rc<[u32]> = rows.into();
    // Cut short, it is not the whole answer for another way up.
    if steps > 0 {
        known.insert(entry.row(), rows.clone());
    }
    rows
}
