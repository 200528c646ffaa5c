//! Packing: rows of tables → the block of bytes that `format` describes.
//!
//! Run by the build script for the built-in tables and at run time for a user's own. Reading the
//! tables is `tables`'s, so that each of their shapes is known in one place only.

use crate::gazetteer::format::{
    COUNTRY, Candidate, Field, HEADER, Key, LINK, LINKED, LinkKind, MAGIC, NONE, ROW, SECTIONS,
    STEP, hash, slots,
};
use crate::gazetteer::key::name_key;
use crate::gazetteer::kind::Kind;
use std::collections::HashMap;

/// One row before packing.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// Stable id: `geonames:616052`, `country:AZE`, `region:donbas` …
    pub id: String,
    /// Canonical name.
    pub name: String,
    /// What it is.
    pub kind: Option<Kind>,
    /// Alpha-3 code of its country, or empty.
    pub country: String,
    /// Id of the first-level unit, or empty.
    pub admin1: String,
    /// Id of the second-level unit, or empty.
    pub admin2: String,
    /// Latitude and longitude in degrees.
    pub point: Option<(f64, f64)>,
    /// Inhabitants, 0 where unknown.
    pub population: u32,
    /// Rough radius of its extent in kilometres, 0 for a point.
    pub radius_km: u16,
    /// Names as written with their [`Candidate`] flags; the canonical name is not among them.
    pub aliases: Vec<(String, u32)>,
    /// Keys that find the row but are no names to show.
    pub derived: Vec<(String, u32)>,
    /// Links to other rows.
    pub links: Vec<Link>,
}

/// A link before packing.
#[derive(Debug, Clone)]
pub struct Link {
    /// Id of the row it leads to.
    pub to: String,
    /// What it means.
    pub kind: LinkKind,
    /// First day as `yyyymmdd`, unknown parts 0; 0 for "always".
    pub from: u32,
    /// Last day, likewise; 0 for "still".
    pub until: u32,
}

/// Everything that goes into a pack.
#[derive(Debug, Default)]
pub struct Tables {
    /// All rows, in any order.
    pub rows: Vec<Row>,
    /// Alpha-3 codes of countries by alpha-2.
    pub alpha3: HashMap<String, String>,
    /// Keys that are also common words, with how common (1–3).
    pub common: HashMap<String, u8>,
    /// Keys that are words of grammar to the extractors, with their [`Key`] flags: given names, titles, roles.
    pub marked: Vec<(String, u32)>,
    /// The tables' sources and licences, one a line.
    pub sources: String,
    /// What is wrong with the tables without being fatal; a test keeps this empty.
    pub problems: Vec<String>,
    /// Ids that others stand for: the old one and the new one.
    pub merged: Vec<(String, String)>,
    /// Keys that no longer name an entry, with its id.
    pub parted: Vec<(String, String)>,
    /// What written names mean in parts of a corpus, as lines of text.
    pub overrides: String,
}

/// What a pack lies on: the rows that its own may add to, stand for and link to.
pub trait Ground {
    /// How many rows there are.
    fn rows(&self) -> u32;
    /// A hash of everything in it.
    fn hash(&self) -> u64;
    /// How many words its candidate lists have.
    fn lists(&self) -> u32;
    /// The row of an id.
    fn row(&self, id: &str) -> Option<u32>;
    /// The number of a country, from 1, by its alpha-3 code.
    fn country(&self, alpha3: &str) -> Option<u32>;
    /// The flags of a key and its bearers with theirs.
    fn bearers(&self, key: &str) -> Option<(u64, Vec<(u32, u32)>)>;
    /// What decides the order of bearers and the flags of their keys.
    fn weight(&self, row: u32) -> Weight;
    /// The keys that find a row by a name that it shows.
    fn keys(&self, row: u32) -> Vec<String>;
}

/// An id has so many bytes at most: its length takes one.
const LONGEST_ID: usize = 255;

/// Nothing: the built-in tables lie on no others.
pub struct Bare;

impl Ground for Bare {
    fn rows(&self) -> u32 {
        0
    }
    fn hash(&self) -> u64 {
        0
    }
    fn lists(&self) -> u32 {
        0
    }
    fn row(&self, _id: &str) -> Option<u32> {
        None
    }
    fn country(&self, _alpha3: &str) -> Option<u32> {
        None
    }
    fn bearers(&self, _key: &str) -> Option<(u64, Vec<(u32, u32)>)> {
        None
    }
    fn weight(&self, _row: u32) -> Weight {
        Weight {
            kind: Kind::Unknown,
            population: 0,
            aliases: 0,
        }
    }
    fn keys(&self, _row: u32) -> Vec<String> {
        Vec::new()
    }
}

/// What decides how prominent a row is among the bearers of a name.
#[derive(Debug, Clone, Copy)]
pub struct Weight {
    /// What it is.
    pub kind: Kind,
    /// Inhabitants.
    pub population: u32,
    /// How many aliases it has.
    pub aliases: u32,
}

impl Weight {
    /// Larger is more prominent; orders the bearers of one name.
    fn prominence(&self) -> u32 {
        let class = match self.kind {
            Kind::Country | Kind::State => 400_000_000,
            Kind::Macroregion => 300_000_000,
            Kind::Admin1 | Kind::Region | Kind::Water => 3_000_000,
            Kind::Capital => 2_000_000,
            Kind::Admin2 | Kind::Quarter | Kind::Abandoned => 0,
            kind if kind.is_place() => 10_000,
            _ => 1_000_000,
        };
        let population = if self.kind == Kind::Admin2 {
            self.population / 50
        } else {
            self.population
        };
        class + population + 100 * self.aliases.min(100)
    }

    fn is_major(&self) -> bool {
        let unit = matches!(
            self.kind,
            Kind::Country | Kind::Admin1 | Kind::Region | Kind::Macroregion
        );
        self.kind.is_place() && (unit || self.population >= 100_000)
    }
}

impl Row {
    fn number(&self) -> Option<u32> {
        self.id.strip_prefix("geonames:")?.parse().ok()
    }

    fn kind(&self) -> Kind {
        self.kind.unwrap_or(Kind::Unknown)
    }

    fn weight(&self) -> Weight {
        Weight {
            kind: self.kind(),
            population: self.population,
            aliases: self.aliases.len() as u32,
        }
    }
}

/// Packs `tables`, to lie on `ground`; fails with what is wrong with which row.
pub fn pack(mut tables: Tables, ground: &dyn Ground) -> Result<Vec<u8>, String> {
    tables.rows.sort_by(|a, b| {
        (a.number().is_none(), a.number(), &a.id).cmp(&(b.number().is_none(), b.number(), &b.id))
    });
    if let Some(twice) = tables.rows.windows(2).find(|w| w[0].id == w[1].id) {
        return Err(format!("the id {} stands twice", twice[0].id));
    }
    if let Some(long) = tables.rows.iter().find(|r| r.id.len() > LONGEST_ID) {
        return Err(format!(
            "the id {} is longer than {LONGEST_ID} bytes",
            long.id
        ));
    }
    let first = ground.rows();
    if tables.rows.len() + first as usize >= NONE as usize {
        return Err("too many rows".into());
    }
    let rows = &tables.rows;
    let numbered = rows.iter().take_while(|r| r.number().is_some()).count();
    let place = Places {
        own: rows
            .iter()
            .enumerate()
            .map(|(i, r)| (r.id.as_str(), first + i as u32))
            .collect(),
        ground,
    };
    let countries = countries(rows);
    let codes: HashMap<&str, u32> = countries
        .iter()
        .enumerate()
        .map(|(i, c)| (c.1.as_str(), i as u32 + 1))
        .collect();
    let (text, spans) = text(rows);
    let links = links(rows, &place)?;
    let replaced = replaced(&tables, &place)?;
    let (names, lists) = names(&tables, &place, &replaced)?;

    let mut packed = Vec::with_capacity(rows.len() * ROW);
    for (i, row) in rows.iter().enumerate() {
        let code = row.country.as_str();
        let country = codes.get(code).copied().or_else(|| ground.country(code));
        let unit = |id: &str| {
            if id.is_empty() {
                Ok(NONE)
            } else {
                place.of(id).ok_or(format!("{}: no row {id}", row.id))
            }
        };
        let (lat, lon) = row.point.map_or((i32::MIN, 0), |(y, x)| {
            ((y * 1e5).round() as i32, (x * 1e5).round() as i32)
        });
        let number = row.number().unwrap_or(spans[i].id);
        packed.extend(number.to_le_bytes());
        packed.extend(spans[i].name.to_le_bytes());
        packed.extend(spans[i].name_len.to_le_bytes());
        packed.extend(spans[i].aliases_len.to_le_bytes());
        packed.extend(lat.to_le_bytes());
        packed.extend(lon.to_le_bytes());
        packed.extend(row.population.to_le_bytes());
        let linked = if row.links.is_empty() { 0 } else { LINKED };
        let kind = (row.kind() as u32) << 24 | linked;
        packed.extend((unit(&row.admin1)? | kind).to_le_bytes());
        packed.extend((unit(&row.admin2)? | country.unwrap_or(0) << 24).to_le_bytes());
        packed.extend(row.radius_km.to_le_bytes());
        packed.push(row.aliases.len().min(255) as u8);
        packed.push(if row.number().is_some() {
            0
        } else {
            spans[i].id_len
        });
    }
    let mut list = Vec::with_capacity(countries.len() * COUNTRY);
    for (row, alpha3) in &countries {
        let alpha2 = tables.alpha3.iter().find(|(_, a3)| *a3 == alpha3);
        let codes = alpha3.bytes().chain(std::iter::repeat(0)).take(3);
        let short = alpha2.map_or("", |(a2, _)| a2).bytes();
        list.extend(row.to_le_bytes());
        list.extend(codes.chain(short.chain(std::iter::repeat(0)).take(5)));
    }
    let number = |row: &Row| row.number().unwrap_or(0);
    let numbers: Vec<u32> = rows[..numbered].iter().step_by(STEP).map(number).collect();
    let replaced: Vec<u32> = replaced.into_iter().flat_map(|(a, b)| [a, b]).collect();
    let sections: [&[u8]; SECTIONS] = [
        &names,
        &packed,
        text.as_bytes(),
        &words(&lists),
        &words(&links),
        &list,
        tables.sources.as_bytes(),
        &words(&replaced),
        tables.overrides.as_bytes(),
        &words(&numbers),
        &words(&ids(rows, numbered)),
    ];
    let mut out = Vec::with_capacity(HEADER + sections.iter().map(|s| s.len() + 4).sum::<usize>());
    out.extend(MAGIC);
    let mut at = HEADER;
    for s in sections {
        out.extend((at as u32).to_le_bytes());
        out.extend((s.len() as u32).to_le_bytes());
        at += s.len();
    }
    out.extend((numbered as u32).to_le_bytes());
    out.extend(first.to_le_bytes());
    out.extend(ground.hash().to_le_bytes());
    out.extend(0u64.to_le_bytes());
    for s in sections {
        out.extend(s);
    }
    let hash = hash(&out);
    out[Field::Hash as usize..][..8].copy_from_slice(&hash.to_le_bytes());
    Ok(out)
}

/// Row numbers by id: a pack's own, then those below.
struct Places<'a> {
    own: HashMap<&'a str, u32>,
    ground: &'a dyn Ground,
}

impl Places<'_> {
    fn of(&self, id: &str) -> Option<u32> {
        self.own.get(id).copied().or_else(|| self.ground.row(id))
    }
}

/// Rows below that others stand for, by number: an own row for one of its id, and what was merged.
fn replaced(tables: &Tables, place: &Places) -> Result<Vec<(u32, u32)>, String> {
    let mut pairs = Vec::new();
    for row in &tables.rows {
        let own = place.own.get(row.id.as_str()).copied();
        pairs.extend(place.ground.row(&row.id).zip(own));
    }
    for (old, new) in &tables.merged {
        let new = place
            .of(new)
            .ok_or_else(|| format!("{old}: no row {new}"))?;
        pairs.extend(place.ground.row(old).map(|old| (old, new)));
    }
    pairs.sort_unstable();
    pairs.dedup();
    Ok(pairs)
}

fn words(list: &[u32]) -> Vec<u8> {
    list.iter().flat_map(|w| w.to_le_bytes()).collect()
}

/// Row and alpha-3 code of every country, by code.
fn countries(rows: &[Row]) -> Vec<(u32, String)> {
    let of =
        |(i, r): (usize, &Row)| (r.kind() == Kind::Country).then(|| (i as u32, r.country.clone()));
    let mut list: Vec<_> = rows.iter().enumerate().filter_map(of).collect();
    list.sort_by(|a, b| a.1.cmp(&b.1));
    list
}

/// Where a row's text lies in the text section.
#[derive(Default)]
struct Span {
    id: u32,
    id_len: u8,
    name: u32,
    name_len: u16,
    aliases_len: u16,
}

fn text(rows: &[Row]) -> (String, Vec<Span>) {
    let mut text = String::new();
    let mut spans = Vec::with_capacity(rows.len());
    for row in rows {
        let mut span = Span {
            id: text.len() as u32,
            ..Span::default()
        };
        if row.number().is_none() {
            span.id_len = row.id.len() as u8;
            text.push_str(&row.id);
        }
        span.name = text.len() as u32;
        span.name_len = row.name.len() as u16;
        text.push_str(&row.name);
        let from = text.len();
        for (alias, _) in &row.aliases {
            if text.len() - from + alias.len() + 1 > usize::from(u16::MAX) {
                break;
            }
            if text.len() > from {
                text.push('|');
            }
            text.push_str(alias);
        }
        span.aliases_len = (text.len() - from) as u16;
        spans.push(span);
    }
    (text, spans)
}

/// The section of rows without a number by their ids: half of it is vacant, so that little is tried.
fn ids(rows: &[Row], numbered: usize) -> Vec<u32> {
    let mut words = vec![0; 2 * (rows.len() - numbered)];
    for (number, row) in rows.iter().enumerate().skip(numbered) {
        let vacant = slots(row.id.as_bytes(), words.len()).find(|&slot| words[slot] == 0);
        if let Some(slot) = vacant {
            words[slot] = number as u32 + 1;
        }
    }
    words
}

/// The link section.
fn links(rows: &[Row], place: &Places) -> Result<Vec<u32>, String> {
    let linked = || rows.iter().enumerate().filter(|(_, r)| !r.links.is_empty());
    let mut words = vec![linked().count() as u32];
    let mut start = 1 + 2 * words[0];
    for (number, row) in linked() {
        words.extend([number as u32, start]);
        start += (1 + LINK * row.links.len()) as u32;
    }
    for (_, row) in linked() {
        words.push(row.links.len() as u32);
        for link in &row.links {
            let to = place
                .of(&link.to)
                .ok_or_else(|| format!("{}: no row {}", row.id, link.to))?;
            words.extend([to | (link.kind as u32) << 24, link.from, link.until]);
        }
    }
    Ok(words)
}

/// The fst of names and the lists of those that several rows bear.
fn names(
    tables: &Tables,
    place: &Places,
    replaced: &[(u32, u32)],
) -> Result<(Vec<u8>, Vec<u32>), String> {
    let (ground, first) = (place.ground, place.ground.rows());
    let mut bearers: Vec<(String, u32, u32)> = Vec::with_capacity(tables.rows.len() * 5);
    for (i, row) in tables.rows.iter().enumerate() {
        let all = std::iter::once((&row.name, Candidate::MAIN))
            .chain(row.aliases.iter().chain(&row.derived).map(|(a, f)| (a, *f)));
        for (name, flags) in all {
            let key = name_key(name);
            if !key.is_empty() {
                bearers.push((key, first + i as u32, flags));
            }
        }
    }
    let marks = tables.marked.iter().map(|(k, f)| (k.clone(), NONE, *f));
    bearers.extend(marks);
    bearers.extend(tables.common.keys().map(|k| (k.clone(), NONE, 0)));
    // What a row below is called is complete here, too, so that no list names that row.
    let old = replaced.iter().flat_map(|&(old, _)| ground.keys(old));
    bearers.extend(old.map(|k| (k, NONE, 0)));
    bearers.extend(tables.parted.iter().map(|(k, _)| (k.clone(), NONE, 0)));
    bearers.sort_unstable();
    let weight = |row: u32| match row.checked_sub(first) {
        Some(own) => tables.rows[own as usize].weight(),
        None => ground.weight(row),
    };
    let parted: HashMap<&str, Vec<u32>> = tables.parted.iter().fold(
        HashMap::new(),
        |mut map: HashMap<&str, Vec<u32>>, (key, id)| {
            map.entry(key).or_default().extend(place.of(id));
            map
        },
    );
    let mut builder = fst::MapBuilder::memory();
    let mut lists = Vec::new();
    for group in bearers.chunk_by(|a, b| a.0 == b.0) {
        let key = &group[0].0;
        let mut value = u64::from(tables.common.get(key).copied().unwrap_or(0).min(3)) << 2;
        let mut found: Vec<(u32, u32)> = Vec::new();
        for (_, row, flags) in group {
            match found.iter_mut().find(|f| f.0 == *row) {
                _ if *row == NONE => value |= u64::from(*flags),
                // A row that bears the name twice bears it in the less demanding way.
                Some(f) => f.1 = merge(f.1, *flags),
                None => found.push((*row, *flags)),
            }
        }
        if let Some((marks, below)) = ground.bearers(key) {
            value |= marks;
            for (row, flags) in below {
                let at = replaced.binary_search_by_key(&row, |r| r.0);
                let row = at.map_or(row, |at| replaced[at].1);
                if !found.iter().any(|f| f.0 == row) {
                    found.push((row, flags));
                }
            }
        }
        if let Some(gone) = parted.get(key.as_str()) {
            found.retain(|f| !gone.contains(&f.0));
        }
        found.sort_by_key(|&(row, _)| (std::cmp::Reverse(weight(row).prominence()), row));
        for &(row, _) in &found {
            let weight = weight(row);
            value |= if weight.kind.is_place() {
                Key::PLACE
            } else {
                Key::ACTOR
            };
            if weight.is_major() {
                value |= Key::MAJOR;
            }
        }
        match found[..] {
            [] => {}
            [(row, flags)] => {
                value |= Key::SOLE | u64::from(Candidate::new(row, flags).0) << Key::SHIFT
            }
            _ => {
                let at = u64::from(ground.lists()) + lists.len() as u64;
                value |= Key::LIST | at << Key::SHIFT;
                lists.push(found.len() as u32);
                lists.extend(
                    found
                        .iter()
                        .map(|&(row, flags)| Candidate::new(row, flags).0),
                );
            }
        }
        builder.insert(key, value).map_err(|e| e.to_string())?;
    }
    Ok((builder.into_inner().map_err(|e| e.to_string())?, lists))
}

/// The flags of a name that a row bears in two ways.
fn merge(a: u32, b: u32) -> u32 {
    let asks = Candidate::EXACT | Candidate::WEAK | Candidate::DERIVED;
    (a & b & asks) | ((a | b) & !asks)
}
