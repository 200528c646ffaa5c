//! How much matches, in a line; the JSON is specified in [`crate::render`].

use super::json::object;
use super::text::harmless;
use crate::search::Counts;
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct CountLine<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    qid: Option<&'a str>,
    query: &'a str,
    passages: u64,
    articles: u64,
    occurrences: u64,
    undated: u64,
    notes: Vec<&'a str>,
}

/// Writes the counts of a query, as it was read and with its notes, as a JSON line.
pub fn json(
    out: &mut impl Write,
    qid: Option<&str>,
    query: (&str, &[String]),
    counts: &Counts,
) -> io::Result<()> {
    let notes = query.1.iter().chain(&counts.found.notes);
    let line = CountLine {
        qid,
        query: query.0,
        passages: counts.found.passages,
        articles: counts.found.articles,
        occurrences: counts.occurrences,
        undated: counts.found.undated,
        notes: notes.map(String::as_str).collect(),
    };
    object(out, &line)
}

/// Writes the counts in a line for people, the query's id and a tab before them.
pub fn text(out: &mut impl Write, qid: Option<&str>, counts: &Counts) -> io::Result<()> {
    if let Some(qid) = qid {
        write!(out, "{}\t", harmless(qid))?;
    }
    let (passages, articles) = (counts.found.passages, counts.found.articles);
    let occurrences = counts.occurrences;
    writeln!(
        out,
        "{passages} passages, {articles} articles, {occurrences} occurrences"
    )
}
