//! Entries of the gazetteer with how often an index names them, as text and JSON Lines; the format
//! is specified in [`crate::render`].

use super::json::object;
use super::text::harmless;
use crate::gazetteer::Gazetteer;
use crate::gazetteer::format::LinkKind;
use crate::search::Counted;
use jiff::civil::Date;
use serde::Serialize;
use std::io::{self, Write};

/// Aliases and spellings shown at most in text; JSON has all.
const SHOWN: usize = 24;

#[derive(Serialize)]
struct EntryLine<'a> {
    id: &'a str,
    name: String,
    kind: &'a str,
    country: Option<&'a str>,
    lat: Option<f32>,
    lon: Option<f32>,
    aliases: Vec<&'a str>,
    parents: Vec<ParentValue<'a>>,
    articles: u64,
    passages: u64,
    spellings: Vec<SpellingValue<'a>>,
}

#[derive(Serialize)]
struct ParentValue<'a> {
    id: String,
    name: &'a str,
    from: Option<String>,
    until: Option<String>,
}

#[derive(Serialize)]
struct SpellingValue<'a> {
    written: &'a str,
    mentions: u64,
}

fn line<'a>(gazetteer: &'a Gazetteer, counted: &'a Counted) -> EntryLine<'a> {
    let entry = gazetteer.entry(&counted.id);
    let day = |d: Option<Date>| d.map(|d| d.to_string());
    let links = entry.iter().flat_map(|e| e.links());
    let links = links.filter(|l| l.kind != LinkKind::Seat && Some(l.to) != entry);
    let mut parents: Vec<ParentValue> = links
        .map(|l| ParentValue {
            id: l.to.id(),
            name: l.to.name(),
            from: day(l.from),
            until: day(l.until),
        })
        .collect();
    for parent in entry.iter().flat_map(|e| e.parents()) {
        if !parents.iter().any(|p| p.id == parent.id()) {
            parents.push(ParentValue {
                id: parent.id(),
                name: parent.name(),
                from: None,
                until: None,
            });
        }
    }
    let point = entry.and_then(|e| e.point());
    let own = || {
        let named = counted.named.as_ref().map(|n| n.0.clone());
        let written = named.or_else(|| counted.spellings.first().map(|s| s.0.clone()));
        let key = counted.id.strip_prefix("text:").unwrap_or(&counted.id);
        written.unwrap_or_else(|| key.to_owned())
    };
    EntryLine {
        id: &counted.id,
        name: entry.map_or_else(own, |e| e.name().to_owned()),
        kind: match (entry, &counted.named) {
            (Some(entry), _) => entry.kind_name(),
            (None, Some(named)) => &named.1,
            (None, None) => "unknown",
        },
        country: match (entry, &counted.named) {
            (Some(entry), _) => entry.country(),
            (None, named) => named.as_ref().and_then(|n| n.2.as_deref()),
        },
        lat: point.map(|p| p.0),
        lon: point.map(|p| p.1),
        aliases: entry.iter().flat_map(|e| e.aliases()).collect(),
        parents,
        articles: counted.articles,
        passages: counted.passages,
        spellings: counted
            .spellings
            .iter()
            .map(|(written, mentions)| SpellingValue {
                written,
                mentions: *mentions,
            })
            .collect(),
    }
}

/// Writes an entry as one JSON line.
pub fn json(out: &mut impl Write, gazetteer: &Gazetteer, counted: &Counted) -> io::Result<()> {
    object(out, &line(gazetteer, counted))
}

/// Writes an entry in one line: how often, its name, id, kind and country.
pub fn brief(out: &mut impl Write, gazetteer: &Gazetteer, counted: &Counted) -> io::Result<()> {
    let line = line(gazetteer, counted);
    writeln!(
        out,
        "{:>7} {:>8}  {}  {}  [{}]",
        line.articles,
        line.passages,
        harmless(&line.name),
        line.id,
        sort(&line)
    )
}

/// Writes an entry with everything that is known of it, and a blank line.
pub fn text(out: &mut impl Write, gazetteer: &Gazetteer, counted: &Counted) -> io::Result<()> {
    let line = line(gazetteer, counted);
    writeln!(
        out,
        "{}  {}  [{}]",
        harmless(&line.name),
        line.id,
        sort(&line)
    )?;
    if let (Some(lat), Some(lon)) = (line.lat, line.lon) {
        writeln!(out, "   at: {lat:.4}, {lon:.4}")?;
    }
    list(
        out,
        "also called",
        line.aliases.iter().map(|a| (*a).to_owned()),
    )?;
    let parent = |p: &ParentValue| {
        let days = match (&p.from, &p.until) {
            (None, None) => String::new(),
            (from, until) => {
                let day = |d: &Option<String>| d.clone().unwrap_or_default();
                format!(" {}..{}", day(from), day(until))
            }
        };
        format!("{} ({}){days}", p.name, p.id)
    };
    list(out, "belongs to", line.parents.iter().map(parent))?;
    let (articles, passages) = (line.articles, line.passages);
    writeln!(out, "   named in: {articles} articles, {passages} passages")?;
    let spelling = |s: &SpellingValue| format!("{} ({})", harmless(s.written), s.mentions);
    list(out, "written", line.spellings.iter().map(spelling))?;
    writeln!(out)
}

fn sort(line: &EntryLine) -> String {
    match line.country {
        Some(country) => format!("{} {country}", line.kind),
        None => line.kind.to_owned(),
    }
}

fn list(out: &mut impl Write, label: &str, items: impl Iterator<Item = String>) -> io::Result<()> {
    let items: Vec<String> = items.collect();
    if items.is_empty() {
        return Ok(());
    }
    let more = items.len().saturating_sub(SHOWN);
    let shown = items[..items.len() - more].join(", ");
    match more {
        0 => writeln!(out, "   {label}: {shown}"),
        _ => writeln!(out, "   {label}: {shown} and {more} more"),
    }
}
