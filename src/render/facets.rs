//! Values with how often they occur: as text, JSON Lines or CSV; specified in [`crate::render`].

use super::json::object;
use super::text::one_line;
use crate::search::{Described, Valued};
use serde::Serialize;
use std::io::{self, Write};

/// A value, and what it is where it is an actor or a place.
pub struct Row<'a> {
    /// The value and its counts.
    pub valued: &'a Valued,
    /// What it is.
    pub described: Option<&'a Described>,
}

#[derive(Serialize)]
struct FacetLine<'a> {
    field: &'a str,
    value: &'a str,
    #[serde(flatten)]
    entry: Option<EntryValue<'a>>,
    articles: u64,
    passages: u64,
}

#[derive(Serialize)]
struct EntryValue<'a> {
    name: &'a str,
    kind: &'a str,
    country: Option<&'a str>,
}

/// Writes the values of a field as JSON lines.
pub fn json(out: &mut impl Write, field: &str, rows: &[Row]) -> io::Result<()> {
    rows.iter().try_for_each(|row| {
        let line = FacetLine {
            field,
            value: &row.valued.value,
            entry: row.described.map(|d| EntryValue {
                name: &d.name,
                kind: &d.kind,
                country: d.country.as_deref(),
            }),
            articles: row.valued.articles,
            passages: row.valued.passages,
        };
        object(out, &line)
    })
}

/// Writes the values of a field as CSV with a header.
pub fn csv(out: &mut impl Write, entries: bool, rows: &[Row]) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    match entries {
        true => csv.write_record(["value", "name", "kind", "country", "articles", "passages"])?,
        false => csv.write_record(["value", "articles", "passages"])?,
    }
    for Row { valued, described } in rows {
        let (articles, passages) = (valued.articles.to_string(), valued.passages.to_string());
        let value = valued.value.as_str();
        match described {
            Some(d) => {
                let country = d.country.as_deref().unwrap_or("");
                csv.write_record([value, &d.name, &d.kind, country, &articles, &passages])?
            }
            None => csv.write_record([value, &articles, &passages])?,
        }
    }
    csv.flush()
}

/// Writes the values of a field for people: articles, passages, and what they are.
pub fn text(out: &mut impl Write, field: &str, rows: &[Row]) -> io::Result<()> {
    writeln!(out, "articles passages  {field}")?;
    for Row { valued, described } in rows {
        write!(out, "{:>8} {:>8}  ", valued.articles, valued.passages)?;
        let value = one_line(&valued.value);
        match described {
            Some(d) => {
                let country = d
                    .country
                    .as_ref()
                    .map_or(String::new(), |c| format!(" {c}"));
                writeln!(out, "{}  {value}  [{}{country}]", one_line(&d.name), d.kind)?;
            }
            None => writeln!(out, "{value}")?,
        }
    }
    Ok(())
}
