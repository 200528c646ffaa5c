//! A user's places: our sheet, or a dump of GeoNames as it is downloaded.
//!
//! | column | what it says |
//! |---|---|
//! | `name` | the canonical name |
//! | `id` | a known id adds to that entry; a new one is `own:` and what is written; none is made of the name |
//! | `kind` | `town`, `quarter`, `camp`, `region`, `site`, `admin1` … ; without one, a point is a town, a point with a radius a region |
//! | `country` | alpha-3 or alpha-2 code |
//! | `lat` `lon` | degrees |
//! | `radius_km` | extent; in a region, an island or a landscape lie the towns, camps, crossings and sites so near, of its country if it has one |
//! | `population` | inhabitants |
//! | `parents` | ids or names of what it lies in, between `\|` |
//! | `aliases` | other names, between `\|`; `=US` counts in this case only, `~Man` with further evidence only |

use super::draft::Draft;
use super::sheet::{Row as Line, Sheet, lines};
use crate::gazetteer::format::{Candidate, LinkKind};
use crate::gazetteer::pack::{Link, Row};
use crate::gazetteer::tables::{alias, regions};
use crate::gazetteer::tree::distance;
use crate::gazetteer::{Kind, name_key};
use std::collections::HashMap;

const COLUMNS: &[&str] = &[
    "name",
    "id",
    "kind",
    "country",
    "lat",
    "lon",
    "radius_km",
    "population",
    "parents",
    "aliases",
];

/// Cells of a line of a dump of GeoNames.
const DUMP: usize = 19;

/// Reads a file of places into the draft.
pub(super) fn read(draft: &mut Draft, file: &str, text: &str) {
    let is_dump = |line: &Line| {
        line.cells().len() == DUMP && line.cells()[0].bytes().all(|b| b.is_ascii_digit())
    };
    if lines(text).next().is_some_and(|first| is_dump(&first)) {
        return dump(draft, file, text);
    }
    let sheet = match Sheet::new(text, COLUMNS) {
        Ok(sheet) => sheet,
        Err((line, why)) => return draft.refuse(file, line, why),
    };
    let mut ids = Vec::new();
    for line in sheet.rows() {
        match place(draft, &sheet, line) {
            Ok(id) => ids.push((line, id)),
            Err(why) => draft.refuse(file, line.line, why),
        }
    }
    // Parents may stand further down.
    for (line, id) in ids {
        for parent in sheet.list(line, "parents") {
            if let Err(why) = lies_in(draft, &id, parent) {
                draft.refuse(file, line.line, why);
            }
        }
    }
}

fn place(draft: &mut Draft, sheet: &Sheet, line: &Line) -> Result<String, String> {
    let name = sheet.cell(line, "name");
    if name_key(name).is_empty() {
        return Err("a place needs a name".to_owned());
    }
    let country = draft.country(sheet.cell(line, "country"))?;
    let point = point(sheet.cell(line, "lat"), sheet.cell(line, "lon"))?;
    let kind = match sheet.cell(line, "kind") {
        "" => None,
        word => Some(regions::place_kind(word).ok_or_else(|| {
            format!(
                "no kind of place is called `{word}`; write one of {}",
                Kind::places()
                    .map(Kind::as_str)
                    .collect::<Vec<_>>()
                    .join(" ")
            )
        })?),
    };
    let id = match sheet.cell(line, "id") {
        "" => same(draft, name, &country, point).unwrap_or_else(|| draft.new_id(name)),
        id if id.contains(':') => id.to_owned(),
        id => format!("own:{id}"),
    };
    let known = draft.knows(&id);
    if id.starts_with("geonames:") && !known && id["geonames:".len()..].parse::<u32>().is_err() {
        return Err(format!(
            "`{id}` is no id of GeoNames; write geonames: and its number"
        ));
    }
    let radius = number(sheet.cell(line, "radius_km"), "radius_km")?;
    let population = number(sheet.cell(line, "population"), "population")?;
    let aliases: Vec<_> = sheet.list(line, "aliases").map(alias).collect();
    let row = draft.row_or_new(&id, name);
    if !known {
        row.kind = Some(match (point, radius) {
            (Some(_), None) => Kind::Town,
            _ => Kind::Region,
        });
    } else if !row.kind.is_some_and(Kind::is_place) {
        return Err(format!("{id} is an actor, and no place"));
    }
    row.kind = kind.or(row.kind);
    row.point = point.or(row.point);
    if !country.is_empty() {
        row.country = country;
    }
    row.radius_km = radius.map_or(row.radius_km, |r| r.min(20_000) as u16);
    row.population = population.unwrap_or(row.population);
    row.call(name);
    aliases
        .into_iter()
        .for_each(|(name, flags)| row.name(name, flags));
    if radius.is_some() {
        if row.point.is_none() {
            return Err("radius_km needs lat and lon".to_owned());
        }
        draft.circles.push(id.clone());
    }
    Ok(id)
}

/// The known place that a row without an id means: of its name, in its country, where it is.
fn same(draft: &Draft, name: &str, country: &str, point: Option<(f64, f64)>) -> Option<String> {
    let bearers = draft.below.names(&name_key(name));
    let entries = bearers.iter().map(|c| draft.below.row(c.row()));
    let mut fitting = entries.filter(|e| {
        let near = |p: (f64, f64)| {
            let point = (p.0 as f32, p.1 as f32);
            e.point().is_some_and(|q| distance(point, q) < 5.0)
        };
        // On a border it lies in several countries.
        let inside = || {
            draft
                .below
                .country(country)
                .is_some_and(|c| e.is_within(&c))
        };
        e.kind().is_place()
            && (country.is_empty() || e.country() == Some(country) || inside())
            && point.is_none_or(near)
    });
    let first = fitting.next()?;
    (fitting.next().is_none() || point.is_some()).then(|| first.id())
}

fn lies_in(draft: &mut Draft, id: &str, parent: &str) -> Result<(), String> {
    let country = draft.row(id).map_or(String::new(), |r| r.country.clone());
    let to = draft
        .find(parent, &country, Kind::is_place)
        .ok_or_else(|| format!("no place is called `{parent}`; write its id, or add it"))?;
    let outer = draft
        .row(&to)
        .map(|r| (r.kind, r.admin1.clone(), r.country.clone()));
    let Some((kind, admin1, outside)) = outer else {
        return Ok(());
    };
    let Some(row) = draft.row(id).filter(|r| r.id != to) else {
        return Ok(());
    };
    match kind {
        Some(Kind::Admin1) if row.admin1.is_empty() => row.admin1.clone_from(&to),
        Some(Kind::Admin2) if row.admin2.is_empty() => {
            row.admin2.clone_from(&to);
            if row.admin1.is_empty() {
                row.admin1 = admin1;
            }
        }
        Some(Kind::Country) if row.country.is_empty() => row.country.clone_from(&outside),
        _ => row.link_to(to, LinkKind::Within),
    }
    if row.country.is_empty() && kind.is_some_and(Kind::is_admin) {
        row.country = outside;
    }
    Ok(())
}

fn point(lat: &str, lon: &str) -> Result<Option<(f64, f64)>, String> {
    if lat.is_empty() && lon.is_empty() {
        return Ok(None);
    }
    let read = |cell: &str, most: f64, name: &str| match cell.parse::<f64>() {
        Ok(degrees) if degrees.abs() <= most => Ok(degrees),
        _ => Err(format!(
            "{name} `{cell}` is not between -{most} and {most} degrees"
        )),
    };
    Ok(Some((read(lat, 90.0, "lat")?, read(lon, 180.0, "lon")?)))
}

fn number(cell: &str, column: &str) -> Result<Option<u32>, String> {
    if cell.is_empty() {
        return Ok(None);
    }
    let read = cell.parse::<f64>().ok().filter(|n| (0.0..4e9).contains(n));
    let read = read.ok_or_else(|| format!("{column} `{cell}` is no number from 0 on"))?;
    Ok(Some(read.ceil() as u32))
}

/// Reads a dump of GeoNames: 19 cells a line, no column names.
fn dump(draft: &mut Draft, file: &str, text: &str) {
    // Units are named by codes in a dump; which code is which unit, the dump's units say, and
    // its places that are known.
    let mut units: HashMap<(String, String), String> = HashMap::new();
    let mut second: HashMap<(String, String, String), String> = HashMap::new();
    for line in lines(text) {
        let c = line.cells();
        if c.len() != DUMP {
            continue;
        }
        let (country, first, id) = (
            c[8].to_owned(),
            c[10].to_owned(),
            format!("geonames:{}", c[0]),
        );
        match c[7] {
            "ADM1" => {
                units.insert((country, first), id);
            }
            "ADM2" => {
                second.insert((country, first, c[11].to_owned()), id);
            }
            _ => {
                if let Some(unit) = draft.below.entry(&id).and_then(|e| e.admin1()) {
                    units.entry((country, first)).or_insert_with(|| unit.id());
                }
            }
        }
    }
    for line in lines(text) {
        let c = line.cells();
        if c.len() != DUMP {
            let why = format!("{} cells; a line of a dump of GeoNames has {DUMP}", c.len());
            draft.refuse(file, line.line, why);
            continue;
        }
        if let Err(why) = feature(draft, c, &units, &second) {
            draft.refuse(file, line.line, why);
        }
    }
    draft.drop_units_that_are_missing();
}

fn feature(
    draft: &mut Draft,
    c: &[&str],
    units: &HashMap<(String, String), String>,
    second: &HashMap<(String, String, String), String>,
) -> Result<(), String> {
    let id: u32 = c[0]
        .parse()
        .map_err(|_| format!("`{}` is no id of GeoNames", c[0]))?;
    let id = format!("geonames:{id}");
    let (name, code) = (c[1], c[7]);
    if name_key(name).is_empty() {
        return Err("a place needs a name".to_owned());
    }
    let point = point(c[4], c[5])?.ok_or("a place of a dump needs a point")?;
    let people = number(c[14], "population")?.unwrap_or(0);
    // Countries have entries of their own, under their codes.
    let Some((kind, flags)) = kind_of(c[6], code) else {
        return Ok(());
    };
    let names = [c[2]].into_iter().chain(c[3].split(',')).map(str::trim);
    let names: Vec<&str> = names.filter(|n| *n != name && is_name(n)).collect();
    let known = draft.below.entry(&id);
    if let Some(entry) = known {
        // A place that is known by all its names needs no row.
        let finds = |n: &&str| {
            let bearers = draft.below.names(&name_key(n));
            bearers.iter().any(|b| draft.below.row(b.row()) == entry)
        };
        if [name].iter().chain(&names).all(finds) {
            return Ok(());
        }
    }
    let known = known.is_some();
    let country = draft.country(c[8]).unwrap_or_default();
    let row = draft.row_or_new(&id, name);
    if !known {
        row.kind = Some(kind);
        row.point = Some(point);
        row.population = people;
        row.country = country;
        let unit = (c[8].to_owned(), c[10].to_owned());
        if kind != Kind::Admin1 {
            row.admin1 = units.get(&unit).cloned().unwrap_or_default();
        }
        if kind != Kind::Admin2 {
            let unit = (unit.0, unit.1, c[11].to_owned());
            row.admin2 = second.get(&unit).cloned().unwrap_or_default();
        }
    }
    row.name(name.to_owned(), flags);
    names
        .into_iter()
        .for_each(|n| row.name(n.to_owned(), flags));
    Ok(())
}

/// The kind of a feature, and whether its name needs further evidence; `None` for countries.
fn kind_of(class: &str, code: &str) -> Option<(Kind, u32)> {
    let kind = match (class, code) {
        ("A", code) if code.starts_with("PCL") => return None,
        ("A", "ADM1") => Kind::Admin1,
        ("A", "ADM2") => Kind::Admin2,
        ("A", _) => Kind::Region,
        ("P", code) => Kind::of_feature(code),
        ("H", code) if code.starts_with("STM") => Kind::River,
        ("H", _) | ("U", _) => Kind::Water,
        ("T", code) if code.starts_with("ISL") => Kind::Island,
        ("T", _) | ("V", _) => Kind::Land,
        ("S", code) if code.starts_with("CMP") => Kind::Camp,
        ("S", _) => Kind::Site,
        ("R", _) => Kind::Road,
        ("L", _) => Kind::Region,
        _ => Kind::Unknown,
    };
    // Hotels, wells and hills are named like anything else.
    let plain = matches!(class, "A" | "P" | "L") || kind == Kind::Camp;
    Some((kind, if plain { 0 } else { Candidate::WEAK }))
}

/// Whether an alternate name of a dump is one: not a code, not an address.
fn is_name(name: &str) -> bool {
    let code = name.len() <= 4 && name.bytes().all(|b| b.is_ascii_uppercase());
    let odd = name.contains("://") || name.contains(|c: char| c.is_ascii_digit());
    !(name.is_empty() || code || odd || name.contains('|'))
}

impl Row {
    /// Adds a name, unless it has it.
    pub(super) fn name(&mut self, name: String, flags: u32) {
        if name != self.name && !self.aliases.iter().any(|a| a.0 == name) {
            self.aliases.push((name, flags));
        }
    }

    /// Makes a name the canonical one; the one before stays an alias.
    pub(super) fn call(&mut self, name: &str) {
        if self.name != name {
            self.aliases.retain(|a| a.0 != name);
            let before = std::mem::replace(&mut self.name, name.to_owned());
            self.name(before, 0);
        }
    }

    /// Adds a link without dates, unless it has it.
    pub(super) fn link_to(&mut self, to: String, kind: LinkKind) {
        if !self.links.iter().any(|l| l.to == to && l.kind == kind) {
            self.links.push(Link {
                to,
                kind,
                from: 0,
                until: 0,
            });
        }
    }
}
