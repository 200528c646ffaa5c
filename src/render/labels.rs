//! Labels: a text with what it names under each line.
//!
//! Not for what is named and how it is called.

use super::text::harmless;
use std::io::{self, Write};
use std::ops::Range;
use unicode_width::UnicodeWidthStr;

/// A mention's bytes in a text, and what is written under it.
pub(super) type Label = (Range<usize>, String);

/// Writes a text, under each line the labels of the mentions that begin in it.
pub(super) fn lines(out: &mut impl Write, text: &str, mut labels: Vec<Label>) -> io::Result<()> {
    labels.sort_by(|a, b| (a.0.start, a.0.end, &a.1).cmp(&(b.0.start, b.0.end, &b.1)));
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        let shown = harmless(line.trim_end());
        if !shown.is_empty() {
            writeln!(out, "{shown}")?;
            let here = |label: &&Label| (start..end).contains(&label.0.start);
            for (span, label) in labels.iter().filter(here) {
                let before = harmless(&text[start..span.start]).width();
                let mention = harmless(text[span.start..span.end.min(end)].trim_end());
                let marks = "^".repeat(mention.width().max(1));
                writeln!(out, "{}{marks} {label}", " ".repeat(before))?;
            }
        }
        start = end;
    }
    Ok(())
}

/// What is written under an actor or a place.
pub(super) fn entry(what: &str, id: &str, name: &str, kind: &str, country: Option<&str>) -> String {
    let country = country.map_or(String::new(), |c| format!(" {c}"));
    format!("{what} {id} = {name} [{kind}{country}]")
}

/// What is written under a date.
pub(super) fn date(days: Option<(&str, &str)>, precision: &str, basis: &str) -> String {
    let value = days.map_or("open".to_owned(), |(start, end)| {
        super::text::days(start, end, precision)
    });
    format!("date {value} [{precision} {basis}]")
}
