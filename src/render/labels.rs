//! Labels: a text with what it names under each line.
//!
//! Not for what is named and how it is called.

use super::text::harmless;
use std::io::{self, Write};
use std::ops::Range;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// A mention's bytes in a text, and what is written under it.
pub(super) type Label = (Range<usize>, String);

/// Writes a text, under each line the labels of the mentions that begin in it. With a width, lines
/// that are longer are broken at white space.
pub(super) fn lines(
    out: &mut impl Write,
    text: &str,
    width: Option<usize>,
    mut labels: Vec<Label>,
) -> io::Result<()> {
    labels.sort_by(|a, b| (a.0.start, a.0.end, &a.1).cmp(&(b.0.start, b.0.end, &b.1)));
    for row in rows(text, width) {
        let shown = harmless(text[row.clone()].trim_end());
        if shown.is_empty() {
            continue;
        }
        writeln!(out, "{shown}")?;
        for (span, label) in labels.iter().filter(|l| row.contains(&l.0.start)) {
            let before = harmless(&text[row.start..span.start]).width();
            let mention = harmless(text[span.start..span.end.min(row.end)].trim_end());
            let marks = "^".repeat(mention.width().max(1));
            writeln!(out, "{}{marks} {label}", " ".repeat(before))?;
        }
    }
    Ok(())
}

/// The lines of a text, those that are wider than `width` columns broken behind white space.
fn rows(text: &str, width: Option<usize>) -> Vec<Range<usize>> {
    let mut rows = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        let (mut columns, mut behind) = (0, start);
        for (at, c) in line.char_indices().map(|(i, c)| (end - line.len() + i, c)) {
            if c.is_whitespace() {
                behind = at + c.len_utf8();
            }
            columns += c.width().unwrap_or(0);
            if width.is_some_and(|w| columns > w) && !c.is_whitespace() && behind > start {
                rows.push(start..behind);
                start = behind;
                columns = text[behind..at + c.len_utf8()].width();
            }
        }
        rows.push(start..end);
        start = end;
    }
    rows
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_broken_with_their_labels_below() {
        let text = "The truce held in Goma.\nSo it did.\n";
        let mut out = Vec::new();
        let labels = vec![(18..22, "place".to_owned())];
        lines(&mut out, text, Some(16), labels).expect("memory");
        let shown = String::from_utf8(out).expect("utf-8");
        assert_eq!(
            shown,
            "The truce held\nin Goma.\n   ^^^^ place\nSo it did.\n"
        );
        assert_eq!(rows("停火 协议", Some(4)), [0..7, 7..13]);
        assert_eq!(rows("unbroken ", Some(3)).len(), 1);
    }
}
