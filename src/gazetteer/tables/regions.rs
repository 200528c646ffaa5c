//! Hand-written regions and conflict places, and what lies in them.
//!
//! Membership is worked out here, once: through named units and towns where a row lists them, else
//! through the radius around its point. Not for deciding what a text means.

use super::{Line, Table, alias};
use crate::gazetteer::format::LinkKind;
use crate::gazetteer::key::name_key;
use crate::gazetteer::kind::Kind;
use crate::gazetteer::pack::{Link, Row, Tables};
use std::collections::{HashMap, HashSet};

/// Beyond this radius a region's members are provinces, not towns.
const WIDE_KM: u16 = 250;

/// Reads `regions.tsv`; towns, units and countries must have been read.
///
/// A row for what GeoNames has as well (an administrative unit, a town) adds its names to that
/// entry instead of becoming a second one; what the table says lies in it, lies in that entry. A
/// unit takes the name of the row, which is the one that reports write.
pub fn regions(table: &Table, out: &mut Tables) -> Result<(), String> {
    let index = Index::new(out);
    let mut moved: HashMap<String, String> = HashMap::new();
    for line in table.lines() {
        if let Some(at) = index.same(&line, out) {
            moved.insert(id_of(&line), out.rows[at].id.clone());
            let row = &mut out.rows[at];
            join(row, &line);
            if row.kind == Some(Kind::Admin1) {
                rename(row, line.cell(&["name"]));
            }
        }
    }
    let ids: HashSet<String> = table.lines().map(|l| id_of(&l)).collect();
    let names = |line: &Line| -> Vec<String> {
        std::iter::once(line.cell(&["name"]))
            .chain(line.list(&["aliases"]))
            .map(|n| name_key(&alias(n).0))
            .collect()
    };
    let own: HashMap<String, String> = table
        .lines()
        .filter(|l| kind(l.cell(&["kind"])).is_town())
        .flat_map(|l| names(&l).into_iter().map(move |n| (n, id_of(&l))))
        .collect();
    let mut members: Vec<(usize, String)> = Vec::new();
    let mut own_members: Vec<(String, String)> = Vec::new();
    let mut found = Vec::new();
    for line in table.lines() {
        let id = id_of(&line);
        let target = moved.get(&id).cloned();
        let mut row = row(&line);
        for parent in line.list(&["parents"]) {
            match index.parent(parent, &ids) {
                Some(to) => row.link(moved.get(&to).cloned().unwrap_or(to)),
                None => out.problems.push(format!("{id}: no parent {parent}")),
            }
        }
        if let Some(target) = &target {
            let at = index.all[target];
            for link in row.links.drain(..).filter(|l| l.to != *target) {
                out.rows[at].link(link.to);
            }
        }
        let inside = target.clone().unwrap_or(id.clone());
        let countries = codes(&line);
        let mut by_units = target.is_some();
        for name in line.list(&["within"]) {
            by_units |= name.contains(':');
            match index.member(name, &countries) {
                Some(at) if out.rows[at].id != inside => members.push((at, inside.clone())),
                // A town that neither table has is no mistake of this one; a unit or an id is.
                None if !name.contains(':') => {
                    own_members.extend(
                        own.get(&name_key(name))
                            .filter(|m| **m != id)
                            .map(|m| (m.clone(), inside.clone())),
                    );
                }
                None => out.problems.push(format!("{id}: nothing is called {name}")),
                Some(_) => {}
            }
        }
        if let (false, true, Some(point)) = (by_units, row.kind.is_some_and(area), row.point) {
            let reached = |town: &Row| {
                town.kind.is_some_and(|k| taken_in(k, row.radius_km))
                    && (countries.is_empty() || countries.contains(&town.country.as_str()))
                    && town
                        .point
                        .is_some_and(|p| distance(p, point) <= f64::from(row.radius_km))
            };
            members.extend(
                out.rows
                    .iter()
                    .enumerate()
                    .filter(|(_, t)| reached(t))
                    .map(|(at, _)| (at, id.clone())),
            );
        }
        if target.is_none() {
            row.links.retain(|l| l.to != id);
            found.push(row);
        }
    }
    members.sort();
    members.dedup();
    for (at, region) in members {
        out.rows[at].link(region);
    }
    for row in &mut found {
        let regions: Vec<String> = own_members
            .iter()
            .filter(|m| m.0 == row.id)
            .map(|m| m.1.clone())
            .collect();
        regions.into_iter().for_each(|region| row.link(region));
    }
    out.rows.extend(found);
    Ok(())
}

/// The row of a line, with links to the countries that claim it.
fn row(line: &Line) -> Row {
    let countries = codes(line);
    let mut row = Row {
        id: id_of(line),
        name: line.cell(&["name"]).to_string(),
        kind: Some(kind(line.cell(&["kind"]))),
        country: if countries.len() == 1 {
            countries[0].to_string()
        } else {
            String::new()
        },
        point: line.point(),
        population: line.number(&["population"]).unwrap_or(0),
        radius_km: line.number(&["radius_km"]).map_or(0.0, f64::ceil) as u16,
        aliases: line.list(&["aliases"]).map(alias).collect(),
        ..Row::default()
    };
    // A region that spans countries lies in none of them; a disputed one, or a place on a border,
    // lies in each.
    let spans = line.cell(&["kind"]) != "disputed"
        && row.kind.is_some_and(|kind| {
            matches!(
                kind,
                Kind::Region
                    | Kind::Macroregion
                    | Kind::FormerState
                    | Kind::Water
                    | Kind::River
                    | Kind::Land
                    | Kind::Island
            )
        });
    if countries.len() > 1 && !spans {
        for country in countries {
            row.link(format!("country:{country}"));
        }
    }
    row
}

fn codes<'a>(line: &Line<'a>) -> Vec<&'a str> {
    line.cell(&["countries", "country"])
        .split(['|', ';', ',', ' '])
        .filter(|c| c.len() == 3)
        .collect()
}

/// Adds the names of a line to an entry that stands for the same place.
fn join(row: &mut Row, line: &Line) {
    let names = std::iter::once(line.cell(&["name"]))
        .chain(line.list(&["aliases"]))
        .map(alias);
    for (name, flags) in names {
        if name != row.name && !row.aliases.iter().any(|a| a.0 == name) {
            row.aliases.push((name, flags));
        }
    }
}

/// Makes one of its aliases a row's name, unless that only adds to the name it has: `Gezira State`,
/// `Punjab (Pakistan)`.
fn rename(row: &mut Row, name: &str) {
    if name.starts_with(&row.name) {
        return;
    }
    if let Some(alias) = row.aliases.iter_mut().find(|a| a.0 == name) {
        let old = std::mem::replace(&mut row.name, name.to_string());
        *alias = (old, 0);
    }
}

fn id_of(line: &Line) -> String {
    let id = line.cell(&["id"]);
    if id.contains(':') {
        id.to_string()
    } else {
        format!("region:{id}")
    }
}

/// Whether the radius of a place of this kind says what lies in it: not of points, lines, waters.
pub fn area(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Region | Kind::Island | Kind::Land | Kind::FormerState
    )
}

/// Whether a place of this kind is noted as lying in an area of this radius: of a wide one the
/// provinces are, and the towns through them.
pub fn taken_in(kind: Kind, radius_km: u16) -> bool {
    match radius_km > WIDE_KM {
        true => kind == Kind::Admin1,
        false => kind.is_town(),
    }
}

fn kind(word: &str) -> Kind {
    place_kind(word).unwrap_or(Kind::Region)
}

/// The kind of place that a word names, with the words that people use for it.
pub fn place_kind(word: &str) -> Option<Kind> {
    if let Some(kind) = Kind::parse(word) {
        return kind.is_place().then_some(kind);
    }
    Some(match word {
        "continent" | "macro-region" | "world" | "subcontinent" => Kind::Macroregion,
        "admin" => Kind::Admin1,
        "sea" | "strait" | "gulf" | "lake" | "bay" | "ocean" | "canal" | "reservoir"
        | "channel" => Kind::Water,
        "front" | "frontline" | "front line" | "border" | "boundary" | "demarcation" => Kind::Line,
        "mountain" | "mountains" | "valley" | "desert" | "plain" | "peninsula" | "forest"
        | "highland" | "heights" | "pass" | "range" => Kind::Land,
        "archipelago" | "islands" => Kind::Island,
        "checkpoint" | "border crossing" => Kind::Crossing,
        "former" | "former-state" | "former country" | "former-country" | "de-facto-state"
        | "breakaway" => Kind::FormerState,
        "village" | "city" | "settlement" => Kind::Town,
        "neighbourhood" | "district" | "suburb" => Kind::Quarter,
        "base" | "facility" | "plant" | "airport" | "airbase" | "prison" | "mosque" | "dam"
        | "bridge" | "oilfield" | "port" | "building" => Kind::Site,
        "highway" | "corridor" => Kind::Road,
        _ => return None,
    })
}

impl Row {
    fn link(&mut self, to: String) {
        if !self.links.iter().any(|l| l.to == to) {
            self.links.push(Link {
                to,
                kind: LinkKind::Within,
                from: 0,
                until: 0,
            });
        }
    }
}

/// Kilometres between two points.
pub fn distance(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (la, lb) = (a.0.to_radians(), b.0.to_radians());
    let x = ((lb - la) / 2.0).sin().powi(2)
        + la.cos() * lb.cos() * ((b.1 - a.1).to_radians() / 2.0).sin().powi(2);
    12742.0 * x.sqrt().min(1.0).asin()
}

/// Towns and units by country and key.
struct Index {
    towns: HashMap<(String, String), (u32, usize)>,
    units: HashMap<(String, String), usize>,
    alpha3: HashMap<String, String>,
    all: HashMap<String, usize>,
}

impl Index {
    fn new(tables: &Tables) -> Self {
        let mut index = Index {
            towns: HashMap::new(),
            units: HashMap::new(),
            alpha3: tables.alpha3.clone(),
            all: HashMap::new(),
        };
        for (at, row) in tables.rows.iter().enumerate() {
            index.all.insert(row.id.clone(), at);
            let names = std::iter::once(&row.name).chain(row.aliases.iter().map(|a| &a.0));
            match row.kind {
                Some(k) if k.is_town() => {
                    // A town's own name outweighs another's alias, whatever their sizes.
                    for (n, name) in names.enumerate() {
                        let weight = row.population / if n == 0 { 1 } else { 20 } + 1;
                        let best = index
                            .towns
                            .entry((row.country.clone(), name_key(name)))
                            .or_insert((0, at));
                        if weight > best.0 {
                            *best = (weight, at);
                        }
                    }
                }
                Some(Kind::Admin1) => {
                    for name in names {
                        let key = name_key(name);
                        let bare = super::derive::without_unit_word(&key).map(str::to_string);
                        for key in std::iter::once(key).chain(bare) {
                            index.units.entry((row.country.clone(), key)).or_insert(at);
                        }
                    }
                }
                _ => {}
            }
        }
        index
    }

    /// The row that stands for the same place as a line: its only unit, or the town of its name.
    fn same(&self, line: &Line, tables: &Tables) -> Option<usize> {
        match line.cell(&["kind"]) {
            "admin" => {
                // Towns may stand beside it.
                let mut units = line
                    .list(&["within"])
                    .filter_map(|name| name.strip_prefix("admin1:"));
                match (units.next(), units.next()) {
                    (Some(unit), None) => self.unit(unit),
                    _ => None,
                }
            }
            "town" => {
                let names = std::iter::once(line.cell(&["name"]))
                    .chain(line.list(&["aliases"]))
                    .map(|n| name_key(&alias(n).0));
                let point = line.point()?;
                let countries = codes(line);
                let near = |at: &usize| {
                    tables.rows[*at]
                        .point
                        .is_some_and(|p| distance(p, point) < 12.0)
                };
                let mut towns = names.flat_map(|n| {
                    countries
                        .iter()
                        .filter_map(move |c| self.towns.get(&(c.to_string(), n.clone())))
                });
                towns.find_map(|t| Some(t.1).filter(|at| near(at)))
            }
            _ => None,
        }
    }

    fn parent(&self, name: &str, regions: &HashSet<String>) -> Option<String> {
        let tries = [
            name.to_string(),
            format!("region:{name}"),
            format!("country:{name}"),
        ];
        tries
            .into_iter()
            .find(|id| regions.contains(id) || self.all.contains_key(id))
    }

    /// `UA.Donetsk` or `UKR.Donetsk`.
    fn unit(&self, code: &str) -> Option<usize> {
        let (country, name) = code.split_once('.')?;
        let country = self.alpha3.get(country).map_or(country, String::as_str);
        self.units
            .get(&(country.to_string(), name_key(name)))
            .copied()
    }

    fn member(&self, name: &str, countries: &[&str]) -> Option<usize> {
        if let Some(code) = name.strip_prefix("admin1:") {
            return self.unit(code);
        }
        if let Some(&at) = self.all.get(name) {
            return Some(at);
        }
        let key = name_key(name);
        countries
            .iter()
            .filter_map(|c| self.towns.get(&(c.to_string(), key.clone())))
            .max()
            .map(|t| t.1)
    }
}
