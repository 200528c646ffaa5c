//! Packing: rows of tables → the block of bytes that `format` describes.
//!
//! Run by the build script for the built-in tables and at run time for a user's own. Reading the
//! tables is `tables`'s, so that each of their shapes is known in one place only.

use crate::gazetteer::format::{Candidate, HEADER, Key, LinkKind, MAGIC, NONE, ROW, SECTIONS};
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
}

impl Row {
    fn number(&self) -> Option<u32> {
        self.id.strip_prefix("geonames:")?.parse().ok()
    }

    fn kind(&self) -> Kind {
        self.kind.unwrap_or(Kind::Unknown)
    }

    /// Larger is more prominent; orders the bearers of one name.
    fn prominence(&self) -> u32 {
        let class = match self.kind() {
            Kind::Country | Kind::State => 400_000_000,
            Kind::Macroregion => 300_000_000,
            Kind::Admin1 | Kind::Region | Kind::Water => 3_000_000,
            Kind::Capital => 2_000_000,
            Kind::Admin2 | Kind::Quarter | Kind::Abandoned => 0,
            kind if kind.is_place() => 10_000,
            _ => 1_000_000,
        };
        let population = if self.kind() == Kind::Admin2 {
            self.population / 50
        } else {
            self.population
        };
        class + population + 100 * self.aliases.len().min(100) as u32
    }
}

/// Packs `tables`; fails with what is wrong with which row.
pub fn pack(mut tables: Tables) -> Result<Vec<u8>, String> {
    tables.rows.sort_by(|a, b| {
        (a.number().is_none(), a.number(), &a.id).cmp(&(b.number().is_none(), b.number(), &b.id))
    });
    if let Some(twice) = tables.rows.windows(2).find(|w| w[0].id == w[1].id) {
        return Err(format!("the id {} stands twice", twice[0].id));
    }
    if tables.rows.len() >= NONE as usize {
        return Err("too many rows".into());
    }
    let rows = &tables.rows;
    let numbered = rows.iter().take_while(|r| r.number().is_some()).count();
    let place: HashMap<&str, u32> = rows
        .iter()
        .enumerate()
        .map(|(i, r)| (r.id.as_str(), i as u32))
        .collect();
    let countries = countries(rows);
    let codes: HashMap<&str, u32> = countries
        .iter()
        .enumerate()
        .map(|(i, c)| (c.1.as_str(), i as u32 + 1))
        .collect();
    let (text, spans) = text(rows);
    let (links, starts) = links(rows, &place)?;
    let (names, lists) = names(&tables)?;

    let mut packed = Vec::with_capacity(rows.len() * ROW);
    for (i, row) in rows.iter().enumerate() {
        let country = codes.get(row.country.as_str()).copied().unwrap_or(0);
        let unit = |id: &str| {
            if id.is_empty() {
                Ok(NONE)
            } else {
                place
                    .get(id)
                    .copied()
                    .ok_or(format!("{}: no row {id}", row.id))
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
        packed.extend((unit(&row.admin1)? | (row.kind() as u32) << 24).to_le_bytes());
        packed.extend((unit(&row.admin2)? | country << 24).to_le_bytes());
        packed.extend(row.radius_km.to_le_bytes());
        packed.push(row.aliases.len().min(255) as u8);
        packed.push(if row.number().is_some() {
            0
        } else {
            spans[i].id_len
        });
        packed.extend(starts[i].to_le_bytes());
    }
    let mut list = Vec::with_capacity(countries.len() * 8);
    for (row, alpha3) in &countries {
        list.extend(row.to_le_bytes());
        list.extend(alpha3.bytes().chain(std::iter::repeat(0)).take(4));
    }
    let sections: [&[u8]; SECTIONS] = [
        &names,
        &packed,
        text.as_bytes(),
        &words(&lists),
        &words(&links),
        &list,
        tables.sources.as_bytes(),
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
    for s in sections {
        out.extend(s);
    }
    Ok(out)
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
            span.id_len = row.id.len().min(255) as u8;
            text.push_str(&row.id[..usize::from(span.id_len)]);
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

/// The link section and, for every row, where its links begin plus one; 0 for none.
fn links(rows: &[Row], place: &HashMap<&str, u32>) -> Result<(Vec<u32>, Vec<u32>), String> {
    let mut words = Vec::new();
    let mut starts = Vec::with_capacity(rows.len());
    for row in rows {
        if row.links.is_empty() {
            starts.push(0);
            continue;
        }
        starts.push(words.len() as u32 + 1);
        words.push(row.links.len() as u32);
        for link in &row.links {
            let to = place
                .get(link.to.as_str())
                .ok_or_else(|| format!("{}: no row {}", row.id, link.to))?;
            words.extend([to | (link.kind as u32) << 24, link.from, link.until]);
        }
    }
    Ok((words, starts))
}

/// The fst of names and the lists of those that several rows bear.
fn names(tables: &Tables) -> Result<(Vec<u8>, Vec<u32>), String> {
    let mut bearers: Vec<(String, u32, u32)> = Vec::with_capacity(tables.rows.len() * 5);
    for (i, row) in tables.rows.iter().enumerate() {
        let all = std::iter::once((&row.name, Candidate::MAIN))
            .chain(row.aliases.iter().chain(&row.derived).map(|(a, f)| (a, *f)));
        for (name, flags) in all {
            let key = name_key(name);
            if !key.is_empty() {
                bearers.push((key, i as u32, flags));
            }
        }
    }
    bearers.extend(
        tables
            .marked
            .iter()
            .map(|(k, flags)| (k.clone(), NONE, *flags)),
    );
    bearers.extend(tables.common.keys().map(|k| (k.clone(), NONE, 0)));
    bearers.sort_unstable();
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
        let prominence = |row: u32| tables.rows[row as usize].prominence();
        found.sort_by_key(|&(row, _)| (std::cmp::Reverse(prominence(row)), row));
        for &(row, _) in &found {
            let row = &tables.rows[row as usize];
            value |= if row.kind().is_place() {
                Key::PLACE
            } else {
                Key::ACTOR
            };
            let major = matches!(
                row.kind(),
                Kind::Country | Kind::Admin1 | Kind::Region | Kind::Macroregion
            ) || row.population >= 100_000;
            if row.kind().is_place() && major {
                value |= Key::MAJOR;
            }
        }
        match found[..] {
            [] => {}
            [(row, flags)] => {
                value |= Key::SOLE | u64::from(Candidate::new(row, flags).0) << Key::SHIFT
            }
            _ => {
                value |= Key::LIST | (lists.len() as u64) << Key::SHIFT;
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
