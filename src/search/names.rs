//! Names: what the name of an actor or a place stands for among the terms of an index.
//!
//! A name means every sense that the gazetteer knows and the index holds; what lies below an entry
//! (the towns of a country, the army of a state) is found through the ids in the index, so that a
//! change of hierarchy needs no new index. Not for the other values of a filter (`filter`).

use super::filter::{Area, Reach};
use super::vocabulary::Vocabulary;
use crate::gazetteer::{Entry, Gazetteer, name_key};
use std::collections::BTreeSet;

/// The terms of the index that a value stands for.
#[derive(Debug, Clone, Default)]
pub(super) struct Terms {
    /// Those that count in every article.
    pub always: BTreeSet<String>,
}

impl<'t> FromIterator<&'t str> for Terms {
    fn from_iter<I: IntoIterator<Item = &'t str>>(terms: I) -> Terms {
        Terms {
            always: terms.into_iter().map(str::to_owned).collect(),
        }
    }
}

/// What the user should know of how values were read.
pub(super) type Notes = Vec<String>;

/// How the names of one option are looked up.
pub(super) struct Names<'a> {
    pub gazetteer: &'a Gazetteer,
    pub vocabulary: &'a Vocabulary,
    pub option: &'a str,
    pub actors: bool,
    pub reach: Reach,
}

impl Names<'_> {
    /// The terms of the index that a name stands for.
    pub(super) fn terms(&self, name: &str, notes: &mut Notes) -> Terms {
        if let Some(written) = name.strip_prefix('=') {
            let term = format!(
                "={}",
                written.split_whitespace().collect::<Vec<_>>().join(" ")
            );
            return self.vocabulary.terms().filter(|t| **t == term).collect();
        }
        let senses = self.senses(name);
        let mut taken = BTreeSet::new();
        let mut held = Vec::new();
        let entries: Vec<_> = self
            .vocabulary
            .terms()
            .map(|term| self.entry_of(term))
            .collect();
        for (id, title) in &senses {
            let Some(sense) = self.gazetteer.entry(id) else {
                continue;
            };
            let terms = self.vocabulary.terms().zip(&entries);
            let taken_by = |entry: &Entry| match self.reach {
                Reach::Below => entry.is_within(&sense),
                Reach::Itself => *entry == sense,
            };
            let of_sense = terms.filter(|(_, entry)| entry.as_ref().is_some_and(taken_by));
            let terms: Vec<String> = of_sense.map(|(term, _)| term.to_owned()).collect();
            if !terms.is_empty() {
                held.push(format!("{title} ({id})"));
                taken.extend(terms);
            }
        }
        let own = self.own_names(name);
        if !own.is_empty() {
            held.extend(own.iter().map(|id| format!("as the text has it ({id})")));
            taken.extend(own);
        }
        if held.len() > 1 {
            notes.push(format!(
                "{} {name}: every sense is searched: {}; an id narrows it",
                self.option,
                some(&held)
            ));
        }
        if taken.is_empty() {
            notes.push(self.nothing(name, &senses));
        }
        Terms { always: taken }
    }

    /// What lies around a place, in each of its senses.
    pub(super) fn around(&self, place: &str, km: f32, notes: &mut Notes) -> Vec<Area> {
        let senses = self.senses(place);
        let point = |id: &str| self.gazetteer.entry(id).and_then(|entry| entry.point());
        let located: Vec<_> = senses
            .iter()
            .filter_map(|(id, name)| Some((id, name, point(id)?)))
            .collect();
        if located.is_empty() {
            notes.push(self.nothing(place, &[]));
        }
        if located.len() > 1 {
            let list: Vec<_> = located
                .iter()
                .map(|(id, name, _)| format!("{name} ({id})"))
                .collect();
            notes.push(format!(
                "--near {place}: every sense is searched around: {}; an id narrows it",
                some(&list)
            ));
        }
        located
            .into_iter()
            .map(|(_, _, point)| Area::Around { point, km })
            .collect()
    }

    /// The entry that a term names, or that the text says an own name belongs to.
    fn entry_of(&self, term: &str) -> Option<Entry<'_>> {
        match term.strip_prefix('<') {
            Some(parent) => self
                .gazetteer
                .entry(parent)
                .filter(|_| self.reach == Reach::Below),
            None if term.starts_with(['=']) || term.starts_with("text:") => None,
            None => self.gazetteer.entry(term),
        }
    }

    /// Ids and names of the entries that a name, or an id, stands for. `X, Y` is the X in Y.
    fn senses(&self, name: &str) -> Vec<(String, String)> {
        if let Some(entry) = self.gazetteer.entry(name) {
            return vec![(entry.id(), entry.name().to_owned())];
        }
        let whole = self.bearers(name);
        if !whole.is_empty() {
            return whole;
        }
        let Some((inner, outer)) = name.rsplit_once(',') else {
            return whole;
        };
        let outer = self.bearers(outer);
        let mut inside = self.senses(inner.trim());
        inside.retain(|(id, _)| outer.iter().any(|(o, _)| self.gazetteer.is_within(id, o)));
        inside
    }

    fn bearers(&self, name: &str) -> Vec<(String, String)> {
        let mut found: Vec<(String, String)> = Vec::new();
        for candidate in self.gazetteer.names(&name_key(name)).iter() {
            let entry = self.gazetteer.row(candidate.row());
            if entry.kind().is_place() != self.actors
                && !found.iter().any(|(id, _)| *id == entry.id())
            {
                found.push((entry.id(), entry.name().to_owned()));
            }
        }
        found
    }

    /// Entries that only texts know: by their whole name, or by its last words.
    fn own_names(&self, name: &str) -> Vec<String> {
        let key = name_key(name.strip_prefix("text:").unwrap_or(name));
        let own = |id: &&str| {
            id.strip_prefix("text:").is_some_and(|own| {
                own == key
                    || (!key.is_empty()
                        && own
                            .strip_suffix(key.as_str())
                            .is_some_and(|rest| rest.ends_with(' ')))
            })
        };
        self.vocabulary
            .ids()
            .filter(own)
            .map(str::to_owned)
            .collect()
    }

    /// Why a name takes nothing, and what to try.
    fn nothing(&self, name: &str, senses: &[(String, String)]) -> String {
        let option = self.option;
        if let Some((id, title)) = senses.first() {
            return format!(
                "{option} {name}: read as {title} ({id}), which no article of the index names"
            );
        }
        let mut near: Vec<String> = self
            .gazetteer
            .suggest(name, 8)
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        near.dedup();
        match near.is_empty() {
            true => format!("{option} {name}: neither the gazetteer nor any article has this name"),
            false => format!(
                "{option} {name}: neither the gazetteer nor any article has this name; did you mean {}?",
                near.join(", ")
            ),
        }
    }
}

/// The first five of a list, and how many more there are.
fn some(list: &[String]) -> String {
    let more = list.len().saturating_sub(5);
    let shown = list[..list.len() - more].join(", ");
    if more > 0 {
        format!("{shown} and {more} more")
    } else {
        shown
    }
}
