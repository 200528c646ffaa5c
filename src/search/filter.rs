//! Filters: what passages and articles must carry beside the words, and what their names stand for.
//!
//! A name means every sense that the gazetteer knows and the index holds; what lies below an entry
//! (the towns of a country, the army of a state) is found through the ids in the index, so that a
//! change of hierarchy needs no new index. Not for the sets of passages (`carriers`), not for
//! ranking.

use super::vocabulary::Vocabulary;
use crate::error::Result;
use crate::extract::date::Interval;
use crate::gazetteer::tree::distance;
use crate::gazetteer::{Entry, Gazetteer, name_key};
use crate::index::Index;
use std::collections::BTreeSet;
use tantivy::schema::Field;

/// What passages and articles must carry, beside the words.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filters {
    /// Actors, by name or id: each must be carried. `=Name` takes only what the text calls so.
    pub actors: Vec<String>,
    /// Places, by name (`Tripoli`, `Tripoli, Libya`) or id: each must be carried. `=Name` as above.
    pub places: Vec<String>,
    /// Areas: in each, some place must lie.
    pub areas: Vec<Area>,
    /// Places, by name or id, with a distance in kilometres: near each, some place must lie.
    pub near: Vec<(String, f32)>,
    /// Days that a date must overlap.
    pub dates: Option<Interval>,
    /// Which dates count for `dates`.
    pub date_field: DateField,
    /// Days that the publication date must overlap.
    pub published: Option<Interval>,
    /// What belongs to an actor does not count for it.
    pub actor_only: bool,
    /// Only articles below this root, by its canonical path.
    pub root: Option<String>,
}

/// Which dates a filter looks at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum DateField {
    /// Event dates and the publication date.
    #[default]
    Any,
    /// Dates that the text names.
    Event,
    /// The publication date.
    Published,
}

/// A part of the earth; degrees and kilometres.
#[derive(Debug, Clone, PartialEq)]
pub enum Area {
    /// Within a distance of a point.
    Around {
        /// Latitude and longitude.
        point: (f32, f32),
        /// The distance in kilometres.
        km: f32,
    },
    /// Between two latitudes and two longitudes; it crosses the date line where west exceeds east.
    Box {
        /// Southern and western edge.
        south_west: (f32, f32),
        /// Northern and eastern edge.
        north_east: (f32, f32),
    },
}

impl Area {
    /// Whether a point lies in the area, its edge included.
    pub fn holds(&self, point: (f32, f32)) -> bool {
        match self {
            Area::Around { point: centre, km } => distance(*centre, point) <= *km,
            Area::Box {
                south_west,
                north_east,
            } => {
                let (west, east) = (south_west.1, north_east.1);
                let across = if west <= east {
                    west <= point.1 && point.1 <= east
                } else {
                    point.1 >= west || point.1 <= east
                };
                across && (south_west.0..=north_east.0).contains(&point.0)
            }
        }
    }
}

impl Filters {
    /// Reports whether nothing is demanded.
    pub fn is_empty(&self) -> bool {
        *self == Filters::default()
    }
}

/// One filter, looked up.
pub(super) enum Test {
    /// The passage or article has one of these terms.
    Terms(Field, BTreeSet<String>),
    /// It has a date that overlaps.
    Days(Interval, DateField),
    /// The article was published then.
    Published(Interval),
    /// The article lies below this root.
    Root(String),
    /// The article has none of the dates that were asked for.
    Undated(DateField),
}

/// What the filters stand for.
#[derive(Default)]
pub(super) struct LookedUp {
    pub tests: Vec<Test>,
    /// What the user should know of how they were read.
    pub notes: Vec<String>,
}

/// Looks up every filter.
pub(super) fn look_up(index: &Index, gazetteer: &Gazetteer, filters: &Filters) -> Result<LookedUp> {
    let mut found = LookedUp::default();
    let fields = index.fields();
    if !filters.actors.is_empty() {
        let vocabulary = Vocabulary::open(index, fields.actor)?;
        let names = Names {
            gazetteer,
            vocabulary: &vocabulary,
            option: "--actor",
            actors: true,
            below: !filters.actor_only,
        };
        for name in &filters.actors {
            let terms = names.terms(name, &mut found.notes);
            found.tests.push(Test::Terms(fields.actor, terms));
        }
    }
    if !(filters.places.is_empty() && filters.areas.is_empty() && filters.near.is_empty()) {
        let vocabulary = Vocabulary::open(index, fields.place)?;
        let names = Names {
            gazetteer,
            vocabulary: &vocabulary,
            option: "--place",
            actors: false,
            below: true,
        };
        for name in &filters.places {
            let terms = names.terms(name, &mut found.notes);
            found.tests.push(Test::Terms(fields.place, terms));
        }
        let inside = |areas: &[Area]| {
            let point = |id: &str| gazetteer.entry(id).and_then(|entry| entry.point());
            let holds = |id: &&str| point(id).is_some_and(|p| areas.iter().any(|a| a.holds(p)));
            Test::Terms(
                fields.place,
                vocabulary.ids().filter(holds).map(str::to_owned).collect(),
            )
        };
        found.tests.extend(
            filters
                .areas
                .iter()
                .map(|area| inside(std::slice::from_ref(area))),
        );
        for (place, km) in &filters.near {
            let areas = names.around(place, *km, &mut found.notes);
            found.tests.push(inside(&areas));
        }
    }
    found.tests.extend(
        filters
            .dates
            .map(|days| Test::Days(days, filters.date_field)),
    );
    found.tests.extend(filters.published.map(Test::Published));
    found.tests.extend(filters.root.clone().map(Test::Root));
    Ok(found)
}

/// How the names of one option are looked up.
struct Names<'a> {
    gazetteer: &'a Gazetteer,
    vocabulary: &'a Vocabulary,
    option: &'a str,
    actors: bool,
    below: bool,
}

impl Names<'_> {
    /// The terms of the index that a name stands for.
    fn terms(&self, name: &str, notes: &mut Vec<String>) -> BTreeSet<String> {
        if let Some(written) = name.strip_prefix('=') {
            let term = format!(
                "={}",
                written.split_whitespace().collect::<Vec<_>>().join(" ")
            );
            return self
                .vocabulary
                .terms()
                .filter(|t| **t == term)
                .map(str::to_owned)
                .collect();
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
            let taken_by = |entry: &Entry| match self.below {
                true => entry.is_within(&sense),
                false => *entry == sense,
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
        taken
    }

    /// What lies around a place, in each of its senses.
    fn around(&self, place: &str, km: f32, notes: &mut Vec<String>) -> Vec<Area> {
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
            Some(parent) => self.gazetteer.entry(parent).filter(|_| self.below),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_hold_their_points() {
        let goma = Area::Around {
            point: (-1.68, 29.23),
            km: 50.0,
        };
        assert!(goma.holds((-1.4, 29.2)));
        assert!(!goma.holds((-2.5, 28.86)));
        let fiji = Area::Box {
            south_west: (-20.0, 177.0),
            north_east: (-12.0, -178.0),
        };
        assert!(fiji.holds((-17.0, 178.0)) && fiji.holds((-16.0, -179.0)));
        assert!(!fiji.holds((-17.0, 0.0)));
    }
}
