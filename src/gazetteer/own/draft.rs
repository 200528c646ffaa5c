//! Drafts: the rows of a user's tables while they are read.
//!
//! A row for a known id starts as a copy of the known entry. Not for the shapes of files.

use super::BadRow;
use crate::gazetteer::format::{Candidate, LinkKind};
use crate::gazetteer::pack::{Link, Row, Tables};
use crate::gazetteer::tables::{derive, regions};
use crate::gazetteer::tree::distance;
use crate::gazetteer::{Entry, Gazetteer, Kind, name_key};
use jiff::civil::Date;
use std::collections::HashMap;

/// The rows so far, and what is wrong with the files.
pub(super) struct Draft<'g> {
    pub below: &'g Gazetteer,
    pub tables: Tables,
    pub bad: Vec<BadRow>,
    /// Ids of places that the user gave a radius.
    pub circles: Vec<String>,
    /// Where the row of an id lies.
    at: HashMap<String, usize>,
}

impl<'g> Draft<'g> {
    pub(super) fn new(below: &'g Gazetteer) -> Draft<'g> {
        Draft {
            below,
            tables: Tables::default(),
            bad: Vec::new(),
            circles: Vec::new(),
            at: HashMap::new(),
        }
    }

    /// Reports whether an id is known, below or here.
    pub(super) fn knows(&self, id: &str) -> bool {
        self.at.contains_key(id) || self.below.entry(id).is_some()
    }

    /// The row of an id, if it is one of the user's or known below.
    pub(super) fn row(&mut self, id: &str) -> Option<&mut Row> {
        if !self.at.contains_key(id) {
            let known = copy(self.below, self.below.entry(id)?);
            return Some(self.add(known));
        }
        self.at.get(id).map(|&at| &mut self.tables.rows[at])
    }

    /// Adds a row of an id that is not known yet.
    pub(super) fn add(&mut self, row: Row) -> &mut Row {
        let at = self.tables.rows.len();
        self.at.insert(row.id.clone(), at);
        self.tables.rows.push(row);
        &mut self.tables.rows[at]
    }

    /// An id for a name that has none: `own:` and its key, numbered where that is taken.
    pub(super) fn new_id(&self, name: &str) -> String {
        let key = name_key(name).replace(' ', "-");
        let id = format!("own:{key}");
        let free = |id: &String| !self.knows(id);
        std::iter::once(id.clone())
            .chain((2..).map(|n| format!("{id}-{n}")))
            .find(free)
            .unwrap_or(id)
    }

    /// The row of an id, new if it is not known.
    pub(super) fn row_or_new(&mut self, id: &str, name: &str) -> &mut Row {
        if !self.knows(id) {
            return self.add(Row {
                id: id.to_owned(),
                name: name.to_owned(),
                ..Row::default()
            });
        }
        self.row(id).expect("a known id has a row")
    }

    /// The id of the one actor that a name alone means.
    pub(super) fn known_actor(&self, name: &str) -> Option<String> {
        let key = name_key(name);
        let mut own = self
            .tables
            .rows
            .iter()
            .filter(|r| !r.kind.is_some_and(Kind::is_place) && name_key(&r.name) == key);
        if let Some(own) = own.next() {
            return Some(own.id.clone());
        }
        let asks = Candidate::WEAK | Candidate::DERIVED;
        let bearers = self.below.names(&key);
        let plain = bearers.iter().filter(|c| c.flags() & asks == 0);
        let mut actors = plain
            .map(|c| self.below.row(c.row()))
            .filter(|e| !e.kind().is_place());
        let first = actors.next()?;
        actors.next().is_none().then(|| first.id())
    }

    /// An id for an actor that has none; `organ` ends that of a state's organ.
    pub(super) fn new_actor_id(&self, name: &str, organ: &str) -> String {
        let id = self.new_id(name);
        match organ {
            "" => id,
            organ => format!("{id}/{organ}"),
        }
    }

    /// Lets a name mean an entry and no other actor.
    pub(super) fn split(&mut self, id: &str, name: &str) {
        let key = name_key(name);
        let bearers = self.below.names(&key);
        let others: Vec<String> = bearers
            .iter()
            .map(|c| self.below.row(c.row()))
            .filter(|e| !e.kind().is_place() && e.id() != id)
            .map(|e| e.id())
            .filter(|other| !self.tables.merged.iter().any(|merged| merged.0 == *other))
            .collect();
        others.iter().for_each(|other| self.part(other, &key));
        self.row_or_new(id, name).name(name.to_owned(), 0);
    }

    /// Takes a name from an entry.
    pub(super) fn part(&mut self, id: &str, key: &str) {
        if let Some(row) = self.row(id) {
            row.aliases.retain(|a| name_key(&a.0) != key);
            self.tables.parted.push((key.to_owned(), id.to_owned()));
        }
    }

    /// Lets the entry of `new` stand for that of `old`, with its names and what it belongs to.
    pub(super) fn merge(&mut self, old: &str, new: &str) -> Result<(), String> {
        if self.at.contains_key(old) {
            return Err(format!(
                "{old} has a row of its own in these tables; leave that out, or merge the other way"
            ));
        }
        let gone = self.below.entry(old).map(|e| copy(self.below, e));
        let gone = gone.ok_or_else(|| format!("no entry has the id {old}"))?;
        if gone.kind == Some(Kind::State) || old.starts_with("state:") && !old.contains('/') {
            return Err(format!(
                "{old} is a state, which is merged into no other entry"
            ));
        }
        let row = self.row_or_new(new, "");
        row.name(gone.name, 0);
        for (name, flags) in gone.aliases {
            row.name(name, flags);
        }
        for link in gone.links {
            if link.to != old && link.to != new {
                row.link_dated(link);
            }
        }
        self.tables.merged.push((old.to_owned(), new.to_owned()));
        Ok(())
    }

    /// Notes a row that cannot be used.
    pub(super) fn refuse(&mut self, file: &str, line: usize, why: String) {
        self.bad.push(BadRow {
            file: file.to_owned(),
            line,
            why,
        });
    }

    /// The alpha-3 code of a country that is written as a code; nothing for nothing.
    pub(super) fn country(&self, code: &str) -> Result<String, String> {
        if code.is_empty() {
            return Ok(String::new());
        }
        let upper = code.to_ascii_uppercase();
        let entry = self.below.country(&upper);
        let known = entry.and_then(|e| e.country().map(str::to_owned));
        known.ok_or_else(|| {
            format!("no country has the code `{code}`; write an ISO 3166 code such as SDN")
        })
    }

    /// The id of an entry by id or name: the user's own first, then those of the country, then the
    /// most prominent.
    pub(super) fn find(
        &self,
        name: &str,
        country: &str,
        is: impl Fn(Kind) -> bool,
    ) -> Option<String> {
        if self.knows(name) {
            return Some(name.to_owned());
        }
        let key = name_key(name);
        let own = self.tables.rows.iter().find(|r| {
            let mut names = std::iter::once(&r.name).chain(r.aliases.iter().map(|a| &a.0));
            r.kind.is_some_and(&is) && names.any(|n| name_key(n) == key)
        });
        if let Some(own) = own {
            return Some(own.id.clone());
        }
        let bearers = self.below.names(&key);
        let entries = bearers.iter().map(|c| self.below.row(c.row()));
        let entries: Vec<Entry> = entries.filter(|e| is(e.kind())).collect();
        let home = entries.iter().find(|e| e.country() == Some(country));
        home.or(entries.first()).map(Entry::id)
    }

    /// Forgets units that neither the tables nor what lies below has.
    pub(super) fn drop_units_that_are_missing(&mut self) {
        let rows = std::mem::take(&mut self.tables.rows);
        self.tables.rows = rows
            .into_iter()
            .map(|mut row| {
                if !row.admin1.is_empty() && !self.knows(&row.admin1) {
                    row.admin1.clear();
                }
                if !row.admin2.is_empty() && !self.knows(&row.admin2) {
                    row.admin2.clear();
                }
                row
            })
            .collect();
    }

    /// All rows, or everything that is wrong.
    pub(super) fn finish(mut self) -> Result<Tables, Vec<BadRow>> {
        if !self.bad.is_empty() {
            return Err(self.bad);
        }
        self.fill_circles();
        derive::derive(&mut self.tables.rows);
        Ok(self.tables)
    }

    /// Lets what lies within the radius of an area lie in the area.
    fn fill_circles(&mut self) {
        for id in std::mem::take(&mut self.circles) {
            let Some(area) = self.row(&id).map(|row| row.clone()) else {
                continue;
            };
            let (Some(kind), Some((lat, lon))) = (area.kind, area.point) else {
                continue;
            };
            if !regions::area(kind) {
                continue;
            }
            let (point, km) = ((lat as f32, lon as f32), f32::from(area.radius_km));
            let fits = |kind: Kind, country: &str, own: bool| {
                let spot = matches!(kind, Kind::Camp | Kind::Crossing | Kind::Site);
                (spot || own && kind.is_town() || regions::taken_in(kind, area.radius_km))
                    && (area.country.is_empty() || area.country == country)
            };
            let known = self.below.near(point, km).into_iter().map(|(e, _)| e);
            let known = known.filter(|e| fits(e.kind(), e.country().unwrap_or(""), false));
            let known = known.map(|e| e.id()).filter(|id| !self.at.contains_key(id));
            let own = self.tables.rows.iter().filter(|row| {
                let near = |p: (f64, f64)| distance((p.0 as f32, p.1 as f32), point) <= km;
                row.kind.is_some_and(|k| fits(k, &row.country, true)) && row.point.is_some_and(near)
            });
            let inside: Vec<String> = known.chain(own.map(|row| row.id.clone())).collect();
            for place in inside.iter().filter(|place| **place != id) {
                if let Some(row) = self.row(place) {
                    row.link_to(id.clone(), LinkKind::Within);
                }
            }
        }
    }
}

/// A row with everything that is known of an entry.
fn copy(gazetteer: &Gazetteer, entry: Entry) -> Row {
    let id_of = |e: Option<Entry>| e.map_or_else(String::new, |e| e.id());
    let flags = |alias: &str| {
        let bearers = gazetteer.names(&name_key(alias));
        let own = bearers
            .iter()
            .find(|c| gazetteer.row(c.row()).row() == entry.row());
        own.map_or(0, |c| c.flags() & !Candidate::MAIN)
    };
    Row {
        id: entry.id(),
        name: entry.name().to_owned(),
        kind: Some(entry.kind()),
        country: entry.country().unwrap_or("").to_owned(),
        admin1: id_of(entry.admin1()),
        admin2: id_of(entry.admin2()),
        point: entry.point().map(|p| (f64::from(p.0), f64::from(p.1))),
        population: entry.population(),
        radius_km: entry.radius_km() as u16,
        aliases: entry.aliases().map(|a| (a.to_owned(), flags(a))).collect(),
        derived: Vec::new(),
        links: entry
            .links()
            .map(|l| Link {
                to: l.to.id(),
                kind: l.kind,
                from: l.from.map_or(0, number),
                until: l.until.map_or(0, number),
            })
            .collect(),
    }
}

/// A day as `yyyymmdd`.
fn number(day: Date) -> u32 {
    day.year().max(0) as u32 * 10000 + day.month() as u32 * 100 + day.day() as u32
}
