//! Filters: actor, place and date, looked up once and kept as sets of passages.
//!
//! A name means every sense that the gazetteer knows and the index holds; what lies below an entry
//! (the towns of a country, the army of a state) is found through the ids in the index, so that a
//! change of hierarchy needs no new index. Not for ranking.

use crate::error::Result;
use crate::extract::date::Interval;
use crate::gazetteer::{Gazetteer, name_key};
use crate::index::{Index, days};
use std::collections::BTreeSet;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED};

/// What passages and articles must carry, beside the words.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filters {
    /// Actors: each must be carried. `=Name` takes only what the text calls so.
    pub actors: Vec<String>,
    /// Places: each must be carried.
    pub places: Vec<String>,
    /// Days that an event date or the publication date must overlap.
    pub dates: Option<Interval>,
    /// Days that the publication date must overlap.
    pub published: Option<Interval>,
    /// What belongs to an actor does not count for it.
    pub actor_only: bool,
}

impl Filters {
    /// Reports whether nothing is demanded.
    pub fn is_empty(&self) -> bool {
        *self == Filters::default()
    }
}

/// One filter, looked up: which ids or days it takes.
pub(super) enum Test {
    Ids(Field, Ids),
    Days(Interval),
    Published(Interval),
}

/// The ids that an entry name stands for.
pub(super) struct Ids {
    /// Ids taken as they are.
    exact: BTreeSet<String>,
    /// Ids taken with everything below them.
    above: Vec<String>,
    /// The folded name, for entries that only texts know.
    key: String,
}

/// The passages of one segment that a filter takes.
pub(super) struct Carriers {
    /// The passages that carry the value themselves.
    pub own: Bits,
    /// First passages of articles that carry it as a whole: publication dates.
    pub article: Bits,
    /// Passages that carry some other value of the kind, where that matters: dates.
    pub other: Option<Bits>,
}

/// What the filters stand for, and what the user should know of how they were read.
pub(super) fn look_up(index: &Index, gazetteer: &Gazetteer, filters: &Filters) -> (Vec<Test>, Vec<String>) {
    let mut tests = Vec::new();
    let mut notes = Vec::new();
    for (names, field, actors) in [(&filters.actors, index.fields().actor, true), (&filters.places, index.fields().place, false)] {
        for name in names {
            let senses = senses(gazetteer, name, actors);
            if senses.len() > 1 {
                let list: Vec<_> = senses.iter().take(5).map(|(id, name)| format!("{name} ({id})")).collect();
                let more = senses.len().saturating_sub(5);
                let more = if more > 0 { format!(" and {more} more") } else { String::new() };
                let option = if actors { "--actor" } else { "--place" };
                notes.push(format!("{option} {name}: every sense is searched: {}{more}; an id narrows it", list.join(", ")));
            }
            let ids: Vec<String> = senses.into_iter().map(|(id, _)| id).collect();
            let only = actors && filters.actor_only;
            tests.push(Test::Ids(
                field,
                Ids { above: if only { Vec::new() } else { ids.clone() }, exact: ids.into_iter().collect(), key: name_key(name.strip_prefix("text:").unwrap_or(name)) },
            ));
        }
    }
    tests.extend(filters.dates.map(Test::Days));
    tests.extend(filters.published.map(Test::Published));
    (tests, notes)
}

/// Ids and names of the entries that a name, or an id, stands for.
fn senses(gazetteer: &Gazetteer, name: &str, actors: bool) -> Vec<(String, String)> {
    if let Some(entry) = gazetteer.entry(name) {
        return vec![(entry.id(), entry.name().to_owned())];
    }
    let mut senses: Vec<(String, String)> = Vec::new();
    for candidate in gazetteer.names(&name_key(name)).iter() {
        let entry = gazetteer.row(candidate.row());
        if entry.kind().is_place() != actors && !senses.iter().any(|(id, _)| *id == entry.id()) {
            senses.push((entry.id(), entry.name().to_owned()));
        }
    }
    senses
}

impl Ids {
    fn take(&self, gazetteer: &Gazetteer, term: &str) -> bool {
        let below = |id: &str| self.above.iter().any(|a| a == id || gazetteer.is_within(id, a));
        if let Some(parent) = term.strip_prefix('<') {
            return below(parent);
        }
        match term.strip_prefix("text:") {
            Some(own) => self.exact.contains(term) || own == self.key || ends_with_words(own, &self.key),
            None => self.exact.contains(term) || below(term),
        }
    }
}

/// A person is also found by the last of their names.
fn ends_with_words(name: &str, last: &str) -> bool {
    !last.is_empty() && name.strip_suffix(last).is_some_and(|rest| rest.ends_with(' '))
}

/// Opens a filter in one segment.
pub(super) fn carriers(index: &Index, segment: &SegmentReader, gazetteer: &Gazetteer, test: &Test) -> Result<Carriers> {
    let none = || Bits::new(segment.max_doc());
    let fields = index.fields();
    let day = |wanted: &Interval, term: &[u8]| days::interval(term).is_some_and(|(i, _)| i.start <= wanted.end && wanted.start <= i.end);
    Ok(match test {
        Test::Ids(field, ids) => {
            let own = collect(index, segment, *field, |term| std::str::from_utf8(term).is_ok_and(|t| ids.take(gazetteer, t)))?;
            Carriers { own, article: none(), other: None }
        }
        Test::Days(wanted) => Carriers {
            own: collect(index, segment, fields.date, |term| day(wanted, term))?,
            article: collect(index, segment, fields.published, |term| day(wanted, term))?,
            other: Some(collect(index, segment, fields.date, |term| !day(wanted, term))?),
        },
        Test::Published(wanted) => {
            Carriers { own: none(), article: collect(index, segment, fields.published, |term| day(wanted, term))?, other: None }
        }
    })
}

/// The documents of every term that `take` takes.
fn collect(index: &Index, segment: &SegmentReader, field: Field, take: impl Fn(&[u8]) -> bool) -> Result<Bits> {
    let mut bits = Bits::new(segment.max_doc());
    let inverted = segment.inverted_index(field).map_err(|e| index.damaged(e))?;
    let mut terms = inverted.terms().stream().map_err(|e| index.damaged(e))?;
    while terms.advance() {
        if !take(terms.key()) {
            continue;
        }
        let mut postings =
            inverted.read_postings_from_terminfo(terms.value(), IndexRecordOption::Basic).map_err(|e| index.damaged(e))?;
        let mut doc = postings.doc();
        while doc != TERMINATED {
            bits.set(doc);
            doc = postings.advance();
        }
    }
    Ok(bits)
}

/// A set of documents, one bit each.
pub(super) struct Bits(Vec<u64>);

impl Bits {
    fn new(size: DocId) -> Bits {
        Bits(vec![0; size as usize / 64 + 1])
    }

    fn set(&mut self, doc: DocId) {
        self.0[doc as usize / 64] |= 1 << (doc % 64);
    }

    /// Whether the set has `doc`.
    pub(super) fn has(&self, doc: DocId) -> bool {
        self.0.get(doc as usize / 64).is_some_and(|w| w >> (doc % 64) & 1 == 1)
    }

    /// The first member from `at` on, or [`TERMINATED`].
    pub(super) fn next(&self, at: DocId) -> DocId {
        let mut word = at as usize / 64;
        let Some(&first) = self.0.get(word) else { return TERMINATED };
        let mut rest = first & (u64::MAX << (at % 64));
        while rest == 0 {
            word += 1;
            match self.0.get(word) {
                Some(&next) => rest = next,
                None => return TERMINATED,
            }
        }
        (word * 64) as DocId + rest.trailing_zeros()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_find_their_members() {
        let mut bits = Bits::new(200);
        for doc in [3, 64, 199] {
            bits.set(doc);
        }
        assert_eq!([bits.next(0), bits.next(4), bits.next(65), bits.next(200)], [3, 64, 199, TERMINATED]);
        assert!(bits.has(64) && !bits.has(65));
    }

    #[test]
    fn a_last_name_is_a_name() {
        assert!(ends_with_words("jeyhun bayramov", "bayramov"));
        assert!(!ends_with_words("jeyhun bayramov", "ramov"));
    }
}
