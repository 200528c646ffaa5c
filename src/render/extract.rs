//! What an article names: as text with labels under it, and as JSON Lines.

use super::json::{PublishedValue, object};
use super::labels::{self, Label};
use super::text::days;
use crate::analysis::language::Spoken;
use crate::extract::place::Place;
use crate::extract::{Extraction, Named};
use crate::gazetteer::Gazetteer;
use crate::read::Article;
use serde::Serialize;
use std::io::{self, Write};
use std::ops::Range;

#[derive(Serialize)]
struct ArticleLine<'a> {
    path: &'a str,
    record: Option<usize>,
    title: &'a str,
    published: Option<PublishedValue<'a>>,
    lang: Option<&'a str>,
    lang_confidence: Option<f64>,
    actors: Vec<ActorLine<'a>>,
    places: Vec<PlaceLine<'a>>,
    dates: Vec<DateLine<'a>>,
}

#[derive(Serialize)]
struct ActorLine<'a> {
    id: &'a str,
    name: &'a str,
    kind: &'a str,
    country: Option<&'a str>,
    mentions: Vec<MentionLine<'a>>,
}

#[derive(Serialize)]
struct PlaceLine<'a> {
    id: &'a str,
    name: &'a str,
    kind: &'a str,
    country: Option<&'a str>,
    lat: Option<f32>,
    lon: Option<f32>,
    mentions: Vec<MentionLine<'a>>,
}

#[derive(Serialize)]
struct MentionLine<'a> {
    start: Option<usize>,
    end: Option<usize>,
    text: &'a str,
}

#[derive(Serialize)]
struct DateLine<'a> {
    start: Option<String>,
    end: Option<String>,
    precision: &'a str,
    basis: &'a str,
    text: &'a str,
    bytes: Option<(usize, usize)>,
}

/// Writes one article's mentions as a JSON line.
pub fn json(
    out: &mut impl Write,
    path: &str,
    article: &Article,
    lang: Option<&Spoken>,
    found: &Extraction,
) -> io::Result<()> {
    let published = article
        .published
        .as_ref()
        .map(|p| (p.interval.start.to_string(), p.interval.end.to_string(), p));
    let mentions = |named: &Named| named.mentions.iter().map(|m| mention(article, m)).collect();
    object(
        out,
        &ArticleLine {
            path,
            record: article.record,
            title: article.text[article.title.clone()].trim(),
            published: published.as_ref().map(|(date, end, p)| PublishedValue {
                date,
                end,
                precision: p.precision.as_str(),
                from: p.from.as_str(),
            }),
            lang: lang.map(|l| l.code.as_str()),
            lang_confidence: lang.and_then(|l| l.confidence),
            actors: found
                .actors
                .iter()
                .map(|n| ActorLine {
                    id: &n.id,
                    name: &n.name,
                    kind: &n.kind,
                    country: n.country.as_deref(),
                    mentions: mentions(n),
                })
                .collect(),
            places: found
                .places
                .iter()
                .map(|n| PlaceLine {
                    id: &n.id,
                    name: &n.name,
                    kind: &n.kind,
                    country: n.country.as_deref(),
                    lat: n.point.map(|p| p.0),
                    lon: n.point.map(|p| p.1),
                    mentions: mentions(n),
                })
                .collect(),
            dates: found
                .dates
                .iter()
                .map(|d| DateLine {
                    start: d.value.map(|v| v.start.to_string()),
                    end: d.value.map(|v| v.end.to_string()),
                    precision: d.precision.as_str(),
                    basis: d.basis.as_str(),
                    text: &article.text[d.span.clone()],
                    bytes: article.map.range(d.span.clone()).map(|b| (b.start, b.end)),
                })
                .collect(),
        },
    )
}

fn mention<'a>(article: &'a Article, span: &Range<usize>) -> MentionLine<'a> {
    let bytes = article.map.range(span.clone());
    MentionLine {
        start: bytes.as_ref().map(|b| b.start),
        end: bytes.map(|b| b.end),
        text: &article.text[span.clone()],
    }
}

/// Writes one article's text, under each line the mentions that it holds.
pub fn text(
    out: &mut impl Write,
    path: &str,
    article: &Article,
    found: &Extraction,
) -> io::Result<()> {
    let published = article
        .published
        .as_ref()
        .map_or("undated".to_owned(), |p| {
            let interval = days(
                &p.interval.start.to_string(),
                &p.interval.end.to_string(),
                p.precision.as_str(),
            );
            format!("published {interval} (from {})", p.from.as_str())
        });
    writeln!(out, "== {path} == {published}")?;
    for note in &article.notes {
        writeln!(out, "note: {note}")?;
    }
    labels::lines(out, &article.text, None, of_extraction(found))?;
    writeln!(out)
}

/// Writes, for every name of a place, the entries that bear it, best first, with their scores.
///
/// The scores have no unit; differences below one half decide nothing.
pub fn candidates(out: &mut impl Write, gazetteer: &Gazetteer, places: &[Place]) -> io::Result<()> {
    for place in places {
        let verdict = if place.open { "open" } else { "resolved" };
        writeln!(out, "place {} = {} [{verdict}]", place.id, place.name)?;
        for candidate in &place.candidates {
            let entry = gazetteer.row(candidate.row);
            let unit = entry
                .admin1()
                .map_or(String::new(), |unit| format!(", {}", unit.name()));
            let country = entry.country().unwrap_or("-");
            let (name, kind) = (entry.name(), entry.kind_name());
            writeln!(
                out,
                "  {:8.2}  {} {name} [{kind}{unit}, {country}]",
                candidate.score,
                entry.id()
            )?;
        }
    }
    writeln!(out)
}

/// Every mention with its label.
fn of_extraction(found: &Extraction) -> Vec<Label> {
    let mut all = Vec::new();
    for (what, list) in [("actor", &found.actors), ("place", &found.places)] {
        for n in list {
            let label = labels::entry(what, &n.id, &n.name, &n.kind, n.country.as_deref());
            all.extend(n.mentions.iter().map(|m| (m.clone(), label.clone())));
        }
    }
    for date in &found.dates {
        let value = date.value.map(|v| (v.start.to_string(), v.end.to_string()));
        let value = value.as_ref().map(|(start, end)| (&**start, &**end));
        let label = labels::date(value, date.precision.as_str(), date.basis.as_str());
        all.push((date.span.clone(), label));
    }
    all
}
