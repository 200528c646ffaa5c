//! A diagnosis for people, and the summary of a search as JSON; specified in [`crate::render`].

use crate::search::{Diagnosis, Part, Results, Unknown};
use serde::Serialize;
use std::io::{self, Write};

/// Writes why a request finds what it finds.
pub fn text(out: &mut impl Write, diagnosis: &Diagnosis) -> io::Result<()> {
    if !diagnosis.query.is_empty() {
        writeln!(out, "the query was read as `{}`", diagnosis.query)?;
    }
    let emptied = diagnosis.emptied_by();
    let empties = |part: &Part| emptied.iter().any(|e| std::ptr::eq(*e, part));
    let shown = |part: &Part| part.passages == 0 || part.depth == 0 || diagnosis.parts.len() < 24;
    if !diagnosis.parts.is_empty() {
        writeln!(out, "passages  of")?;
    }
    for part in diagnosis.parts.iter().filter(|p| shown(p)) {
        let indent = "  ".repeat(part.depth);
        write!(out, "{:>8}  {indent}{}", part.passages, part.text)?;
        match part.without {
            Some(0) if empties(part) => writeln!(out, "  <- empties the answer")?,
            Some(without) if empties(part) => {
                writeln!(out, "  <- empties the answer; {without} without it")?
            }
            _ => writeln!(out)?,
        }
    }
    let together = diagnosis.parts.iter().any(|p| p.without.is_some());
    if diagnosis.passages == 0 && together && emptied.is_empty() {
        writeln!(
            out,
            "each part finds something, but without any one of them there is still nothing"
        )?;
    }
    if let Some([events, published]) = diagnosis.days {
        let days = |days: Option<(jiff::civil::Date, jiff::civil::Date)>| {
            days.map_or("none".to_owned(), |(first, last)| {
                format!("{first}..{last}")
            })
        };
        let outside = match diagnosis.outside {
            true => "; what was asked for lies outside",
            false => "",
        };
        writeln!(
            out,
            "dates of the index: events {}, publication {}{outside}",
            days(events),
            days(published)
        )?;
    }
    if diagnosis.failed_files > 0 {
        writeln!(
            out,
            "{} files or folders are not in the index, or not whole; `belli status` says why",
            diagnosis.failed_files
        )?;
    }
    Ok(())
}

/// Says that no passage has a word.
pub fn unknown(unknown: &Unknown) -> String {
    let Unknown { word, nearest } = unknown;
    match nearest.is_empty() {
        true => format!("no passage has `{word}`, nor a word like it"),
        false => format!(
            "no passage has `{word}`; did you mean {}?",
            nearest.join(", ")
        ),
    }
}

#[derive(Serialize)]
struct Line<'a> {
    summary: Summary<'a>,
}

#[derive(Serialize)]
struct Summary<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    qid: Option<&'a str>,
    query: &'a str,
    passages: u64,
    articles: u64,
    shown: usize,
    undated: u64,
    notes: &'a [String],
    unknown: Vec<Missing<'a>>,
    failed_files: usize,
    #[serde(flatten)]
    diagnosis: Option<Parts<'a>>,
}

#[derive(Serialize)]
struct Parts<'a> {
    parts: Vec<PartValue<'a>>,
    emptied_by: Vec<&'a str>,
    days: Option<Days>,
    outside: bool,
}

#[derive(Serialize)]
struct PartValue<'a> {
    text: &'a str,
    depth: usize,
    passages: u64,
    without: Option<u64>,
}

#[derive(Serialize)]
struct Missing<'a> {
    word: &'a str,
    nearest: &'a [String],
}

impl Missing<'_> {
    fn new(unknown: &Unknown) -> Missing<'_> {
        Missing {
            word: &unknown.word,
            nearest: &unknown.nearest,
        }
    }
}

#[derive(Serialize)]
struct Days {
    event: Option<[String; 2]>,
    published: Option<[String; 2]>,
}

/// Writes the last line of a search: how much was found, and why.
pub fn summary(
    out: &mut impl Write,
    qid: Option<&str>,
    query: &str,
    results: &Results,
    failed_files: usize,
    diagnosis: Option<&Diagnosis>,
) -> io::Result<()> {
    let days = |days: Option<(jiff::civil::Date, jiff::civil::Date)>| {
        days.map(|(first, last)| [first.to_string(), last.to_string()])
    };
    let parts = diagnosis.map(|d| Parts {
        parts: d
            .parts
            .iter()
            .map(|p| PartValue {
                text: &p.text,
                depth: p.depth,
                passages: p.passages,
                without: p.without,
            })
            .collect(),
        emptied_by: d.emptied_by().iter().map(|p| p.text.as_str()).collect(),
        days: d.days.map(|[event, published]| Days {
            event: days(event),
            published: days(published),
        }),
        outside: d.outside,
    });
    let line = Line {
        summary: Summary {
            qid,
            query,
            passages: results.passages,
            articles: results.articles,
            shown: results.hits.len(),
            undated: results.undated,
            notes: &results.notes,
            unknown: results.unknown.iter().map(Missing::new).collect(),
            failed_files,
            diagnosis: parts,
        },
    };
    super::json::object(out, &line)
}
