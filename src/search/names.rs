//! Names: what the name of an actor or a place stands for among the terms of an index.
//!
//! A name means every sense that the gazetteer knows and the index holds; what lies below an entry
//! (the towns of a country, the army of a state) is found through the ids in the index, so that a
//! change of hierarchy needs no new index. Not for the other values of a filter (`filter`).

use super::census::Census;
use super::filter::{Area, Reach};
use super::vocabulary::Vocabulary;
use crate::analysis::stop::is_stop;
use crate::analysis::{alike, sounds};
use crate::gazetteer::tree::Period;
use crate::gazetteer::{Entry, Gazetteer, Kind, name_key};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The terms of the index that a value stands for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Terms {
    /// Those that count in every article.
    pub always: BTreeSet<String>,
    /// Those that count in articles of a time, and in articles without a date.
    pub during: BTreeMap<String, Vec<Period>>,
}

impl Terms {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.always.len() + self.during.len()
    }

    /// Whether a term is one of them, at whatever time.
    pub(super) fn has(&self, term: &str) -> bool {
        self.always.contains(term) || self.during.contains_key(term)
    }

    /// Those of what texts say belongs to something.
    pub(super) fn stated(&self) -> Terms {
        let stated = self.always.iter().map(String::as_str);
        stated.filter(|t| t.starts_with('<')).collect()
    }
}

impl<'t> FromIterator<&'t str> for Terms {
    fn from_iter<I: IntoIterator<Item = &'t str>>(terms: I) -> Terms {
        Terms {
            always: terms.into_iter().map(str::to_owned).collect(),
            during: BTreeMap::new(),
        }
    }
}

/// So many names of the gazetteer are looked at for a suggestion, and so many shown.
const SUGGESTED: usize = 40;
const SHOWN: usize = 6;

/// A name of fewer sounds is no other's by its sound.
const SOUNDS: usize = 5;

/// What the user should know of how values were read.
pub(super) type Notes = Vec<String>;

/// How the names of one option are looked up.
pub(super) struct Names<'a> {
    pub gazetteer: &'a Gazetteer,
    pub vocabulary: Arc<Vocabulary>,
    pub census: Arc<Census>,
    pub option: &'static str,
    pub actors: bool,
    pub reach: Reach,
}

impl Names<'_> {
    /// The terms of the index that a name stands for.
    pub(super) fn terms(&self, name: &str, notes: &mut Notes) -> Terms {
        if let Some(written) = name.strip_prefix('=') {
            let written = written.split_whitespace().collect::<Vec<_>>().join(" ");
            let of = |term: &&str| term.strip_prefix('=').is_some_and(|t| holds(t, &written));
            return self.vocabulary.terms().filter(of).collect();
        }
        let mut senses = self.senses(name);
        let own = self.own_names(name);
        let known = !senses.is_empty();
        if !known && own.is_empty() {
            senses = self.sounding(name);
        }
        let mut taken = Terms::default();
        let mut held = Vec::new();
        for (id, title) in &senses {
            let Some(sense) = self.gazetteer.entry(id) else {
                continue;
            };
            let mut any = false;
            let below = self.reach == Reach::Below;
            for term in self.census.of(&sense) {
                if below || !term.starts_with('<') {
                    any = true;
                    taken.always.insert(term.to_owned());
                    taken.during.remove(term);
                }
            }
            for term in self.census.below(&sense).filter(|_| below) {
                any = true;
                self.take(term, &sense, &mut taken);
            }
            if any {
                held.push(format!("{title} ({id})"));
            }
        }
        if !known && !held.is_empty() {
            notes.push(format!(
                "{} {name}: read as what sounds alike: {}; ={name} takes this spelling only",
                self.option,
                some(&held)
            ));
            return taken;
        }
        // What has the name as it is spelled leaves no room for those that only sound like it.
        let mut alike = match known {
            true => Vec::new(),
            false => self.own_sounding(name),
        };
        alike.retain(|id| !own.contains(id));
        if !alike.is_empty() {
            notes.push(format!(
                "{} {name}: also what sounds alike: {}; ={name} takes this spelling only",
                self.option,
                some(&alike)
            ));
        }
        held.extend(own.iter().map(|id| format!("as the text has it ({id})")));
        taken.always.extend(own.into_iter().chain(alike));
        if held.len() > 1 {
            notes.push(format!(
                "{} {name}: every sense is searched: {}; an id narrows it",
                self.option,
                some(&held)
            ));
        }
        if taken.len() == 0 {
            notes.push(self.nothing(name, &senses));
        }
        taken
    }

    /// Takes a term of something below `sense`; of an actor's only for the time when it was.
    fn take(&self, term: &str, sense: &Entry, taken: &mut Terms) {
        // What a text states holds in it.
        let stated = !self.actors || term.starts_with('<');
        if taken.always.contains(term) {
            return;
        }
        let entry = match stated {
            true => None,
            false if term.starts_with("text:") => {
                self.gazetteer.adopted(term, |kind| self.fits(kind))
            }
            false => self.gazetteer.entry(term),
        };
        let always = vec![(None, None)];
        let periods = entry.map_or(always, |entry| entry.belonged_to(sense));
        if periods.contains(&(None, None)) {
            taken.always.insert(term.to_owned());
            taken.during.remove(term);
        } else if !periods.is_empty() {
            let during = taken.during.entry(term.to_owned()).or_default();
            during.extend(periods);
        }
    }

    /// Ids of what a name or an id stands for: entries, then names that only texts know.
    pub(super) fn ids(&self, name: &str, notes: &mut Notes) -> Vec<String> {
        let mut senses = self.senses(name);
        let mut own = self.own_names(name);
        if senses.is_empty() {
            own.extend(self.own_sounding(name));
        }
        if senses.is_empty() && own.is_empty() {
            senses = self.sounding(name);
        }
        let mut ids: Vec<String> = senses.into_iter().map(|(id, _)| id).collect();
        for id in own {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        if ids.is_empty() {
            notes.push(self.nothing(name, &[]));
        }
        ids
    }

    /// What lies around a place: around each sense that the index names, or around all where it
    /// names none.
    pub(super) fn around(&self, place: &str, km: f32, notes: &mut Notes) -> Vec<Area> {
        let senses = self.senses(place);
        let point = |id: &str| self.gazetteer.entry(id).and_then(|entry| entry.point());
        let mut located: Vec<_> = senses
            .iter()
            .filter_map(|(id, name)| Some((id, name, point(id)?)))
            .collect();
        let named = |id: &str| self.vocabulary.ids().any(|held| held == id);
        if located.iter().any(|(id, ..)| named(id)) {
            located.retain(|(id, ..)| named(id));
        }
        if located.is_empty() {
            notes.push(match senses.first() {
                Some((id, name)) => {
                    format!("--near {place}: of {name} ({id}) it is not known where it lies")
                }
                None => self.nothing(place, &[]),
            });
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
            if self.fits(entry.kind()) && !found.iter().any(|(id, _)| *id == entry.id()) {
                found.push((entry.id(), entry.name().to_owned()));
            }
        }
        found
    }

    /// Entries that only texts know: by their id alone, by their whole name, or by its last words, unless
    /// a small word ties these to others: `University of El Salvador` is no El Salvador.
    fn own_names(&self, name: &str) -> Vec<String> {
        let tied = |rest: &str| is_stop(rest.rsplit(' ').next().unwrap_or(rest));
        let key = name_key(name);
        let own = |id: &&str| match self.is_id(name) {
            true => *id == name,
            false => id.strip_prefix("text:").is_some_and(|own| {
                own == key
                    || (!key.is_empty()
                        && own
                            .strip_suffix(key.as_str())
                            .and_then(|rest| rest.strip_suffix(' '))
                            .is_some_and(|rest| !tied(rest)))
            }),
        };
        self.vocabulary
            .ids()
            .filter(own)
            .map(str::to_owned)
            .collect()
    }

    /// Whether a name is an id, which stands for what has it and nothing else.
    fn is_id(&self, name: &str) -> bool {
        name.starts_with("text:") || self.gazetteer.entry(name).is_some()
    }

    /// How a name sounds, unless it is an id or too short: many names sound like `Foo`.
    fn sound(&self, name: &str) -> Vec<Vec<String>> {
        let sound = match self.is_id(name) {
            true => Vec::new(),
            false => sounds(name),
        };
        let least = |keys: &Vec<String>| keys.iter().map(String::len).min().unwrap_or(0);
        match sound.iter().map(least).sum::<usize>() < SOUNDS {
            true => Vec::new(),
            false => sound,
        }
    }

    fn fits(&self, kind: Kind) -> bool {
        kind.is_place() != self.actors
    }

    /// Entries that the index holds, by a name that sounds alike; persons by their surnames, too.
    fn sounding(&self, name: &str) -> Vec<(String, String)> {
        let sound = self.sound(name);
        if sound.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<(String, String)> = Vec::new();
        let entries = self
            .vocabulary
            .ids()
            .filter_map(|id| self.gazetteer.entry(id));
        for entry in entries.filter(|e| self.fits(e.kind())) {
            let person = entry.kind() == Kind::Person;
            let mut names = std::iter::once(entry.name()).chain(entry.aliases());
            let meets = |written: &str| {
                let words = sounds(written);
                let tail = words.len().saturating_sub(sound.len());
                alike(&words, &sound) || person && alike(&words[tail..], &sound)
            };
            if names.any(meets) && !found.iter().any(|(id, _)| *id == entry.id()) {
                found.push((entry.id(), entry.name().to_owned()));
            }
        }
        found
    }

    /// Names that only texts know, and that sound alike as a whole.
    fn own_sounding(&self, name: &str) -> Vec<String> {
        let sound = self.sound(name);
        let own = |id: &&str| {
            id.strip_prefix("text:")
                .is_some_and(|own| alike(&sounds(own), &sound))
        };
        match sound.is_empty() {
            true => Vec::new(),
            false => self
                .vocabulary
                .ids()
                .filter(own)
                .map(str::to_owned)
                .collect(),
        }
    }

    /// Why a name takes nothing, and what to try.
    fn nothing(&self, name: &str, senses: &[(String, String)]) -> String {
        let option = self.option;
        if let Some((id, title)) = senses.first() {
            return format!(
                "{option} {name}: read as {title} ({id}), which no article of the index names"
            );
        }
        let fits = |kind| self.fits(kind);
        let mut near = self.gazetteer.suggest(name, fits, SUGGESTED);
        // What the index names is the likelier, and the only one that would find something.
        near.sort_by_key(|(_, entry)| {
            let id = entry.id();
            !self.vocabulary.ids().any(|held| held == id)
        });
        let mut near: Vec<String> = near.into_iter().map(|(name, _)| name).collect();
        near.truncate(SHOWN);
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

/// Whether a mention as written has these words, as written and whole: `President Volodymyr Zelensky`
/// has `Zelensky`.
fn holds(mention: &str, words: &str) -> bool {
    let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !words.is_empty()
        && mention.match_indices(words).any(|(at, found)| {
            !inside(mention[..at].chars().next_back())
                && !inside(mention[at + found.len()..].chars().next())
        })
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
