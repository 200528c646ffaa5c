//! Filters: what passages and articles must carry beside the words, and what their names stand for.
//!
//! One function for each kind of value, so that an option and a clause of a query mean the same.
//! What a name stands for is `names`'s; not for the sets of passages (`carriers`), not for ranking.

use super::census::Census;
use super::kept::{self, Asked};
use super::names::{Names, Notes, Terms};
use crate::error::Result;
use crate::extract::date::Interval;
use crate::gazetteer::Gazetteer;
use crate::gazetteer::tree::distance;
use crate::index::Index;
use std::sync::Arc;
use tantivy::schema::Field;

/// What passages and articles must carry, beside the words.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filters {
    /// Actors, by name or id: each must be carried. `=Name` takes only what the text calls so.
    pub actors: Vec<String>,
    /// Pairs of actors, as above, that a passage has to name both; the nearer, the better.
    pub dyads: Vec<(String, String)>,
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
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Test {
    /// The passage or article has one of these terms.
    Terms(Field, Arc<Terms>),
    /// The article has one of these paths, or one of those that go with its root.
    Paths(Arc<Terms>, Arc<[(String, Terms)]>),
    /// The passage names one of these actors and one of those.
    Dyad(Arc<Terms>, Arc<Terms>),
    /// It has a date that overlaps.
    Days(Interval, DateField),
    /// The article was published then.
    Published(Interval),
    /// The article lies below this root.
    Root(String),
    /// The article has none of the dates that were asked for.
    Undated(DateField),
    /// Something has any value at all in this field.
    Has(Field),
    /// It is none of these articles, by root and id.
    Beside(Vec<(String, String)>),
}

/// What carries a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Actor,
    Place,
}

/// Looks values up in gazetteer and index, one at a time.
pub(super) struct LookUp<'a> {
    index: &'a Index,
    gazetteer: &'a Gazetteer,
    /// What the user should know of how the values were read.
    pub notes: Notes,
}

impl<'a> LookUp<'a> {
    pub(super) fn new(index: &'a Index, gazetteer: &'a Gazetteer) -> LookUp<'a> {
        LookUp {
            index,
            gazetteer,
            notes: Notes::default(),
        }
    }

    /// The field of places or of actors.
    pub(super) fn field(&self, kind: Kind) -> Field {
        match kind {
            Kind::Actor => self.index.fields().actor,
            Kind::Place => self.index.fields().place,
        }
    }

    /// The terms of that field, by what they name.
    pub(super) fn census(&self, kind: Kind) -> Result<Arc<Census>> {
        kept::census(self.index, self.gazetteer, kind, self.field(kind))
    }

    fn names(&self, kind: Kind, option: &'static str, reach: Reach) -> Result<Names<'a>> {
        Ok(Names {
            gazetteer: self.gazetteer,
            vocabulary: kept::vocabulary(self.index, self.field(kind))?,
            census: self.census(kind)?,
            option,
            actors: kind == Kind::Actor,
            reach,
        })
    }

    /// The terms of a name, found once.
    fn terms(
        &mut self,
        kind: Kind,
        option: &'static str,
        name: &str,
        reach: Reach,
    ) -> Result<Test> {
        let asked = Asked {
            option,
            name: name.to_owned(),
            reach,
            gazetteer: self.gazetteer.hash(),
        };
        let look = |notes: &mut Notes| {
            let names = self.names(kind, option, reach)?;
            Ok(names.terms(name, notes))
        };
        let (terms, notes) = kept::name(self.index, asked, look)?;
        self.notes.extend(notes);
        Ok(Test::Terms(self.field(kind), terms))
    }

    /// An actor by name, by id or as written (`=Name`), with what belongs to it or without.
    pub(super) fn actor(&mut self, value: &str, reach: Reach) -> Result<Test> {
        self.terms(Kind::Actor, "--actor", value, reach)
    }

    /// A place by name (`Tripoli, Libya`), by id or as written (`=Name`), with what lies in it.
    pub(super) fn place(&mut self, value: &str) -> Result<Test> {
        self.terms(Kind::Place, "--place", value, Reach::Below)
    }

    /// Ids of the entries that a name or an id stands for, those that only texts know last.
    pub(super) fn ids(&mut self, value: &str, actors: bool) -> Result<Vec<String>> {
        let names = match actors {
            true => self.names(Kind::Actor, "actors", Reach::Itself)?,
            false => self.names(Kind::Place, "places", Reach::Below)?,
        };
        Ok(names.ids(value, &mut self.notes))
    }

    /// Two actors in one passage.
    pub(super) fn dyad(&mut self, one: &str, other: &str, reach: Reach) -> Result<Test> {
        match (self.actor(one, reach)?, self.actor(other, reach)?) {
            (Test::Terms(_, one), Test::Terms(_, other)) => Ok(Test::Dyad(one, other)),
            (test, _) => Ok(test),
        }
    }

    /// Any place within so many kilometres of a place, in each of its senses.
    pub(super) fn near(&mut self, place: &str, km: f32) -> Result<Test> {
        let names = self.names(Kind::Place, "--near", Reach::Below)?;
        let areas = names.around(place, km, &mut self.notes);
        self.inside(&areas)
    }

    /// Any place in an area.
    pub(super) fn area(&self, area: &Area) -> Result<Test> {
        self.inside(std::slice::from_ref(area))
    }

    fn inside(&self, areas: &[Area]) -> Result<Test> {
        let field = self.field(Kind::Place);
        let vocabulary = kept::vocabulary(self.index, field)?;
        let point = |id: &str| self.gazetteer.entry(id).and_then(|entry| entry.point());
        let holds = |id: &&str| point(id).is_some_and(|p| areas.iter().any(|a| a.holds(p)));
        let terms: Terms = vocabulary.ids().filter(holds).collect();
        Ok(Test::Terms(field, terms.into()))
    }

    /// Every one of some filters.
    pub(super) fn all(&mut self, filters: &Filters) -> Result<Vec<Test>> {
        let reach = match filters.actor_only {
            true => Reach::Itself,
            false => Reach::Below,
        };
        let mut tests = Vec::new();
        for name in &filters.actors {
            tests.push(self.actor(name, reach)?);
        }
        for (one, other) in &filters.dyads {
            tests.push(self.dyad(one, other, reach)?);
        }
        for name in &filters.places {
            tests.push(self.place(name)?);
        }
        for area in &filters.areas {
            tests.push(self.area(area)?);
        }
        for (place, km) in &filters.near {
            tests.push(self.near(place, *km)?);
        }
        tests.extend(
            filters
                .dates
                .map(|days| Test::Days(days, filters.date_field)),
        );
        tests.extend(filters.published.map(Test::Published));
        tests.extend(filters.root.clone().map(Test::Root));
        Ok(tests)
    }
}

/// Whether what belongs to an actor counts for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Reach {
    /// It does.
    Below,
    /// Only the actor itself.
    Itself,
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
