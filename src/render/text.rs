//! Hits for people: rank, title, date, place in the file, and the passage with its words marked.

use super::json::cited;
use crate::analysis::key;
use crate::extract::Named;
use crate::extract::date::Interval;
use crate::index::stored::{StoredArticle, StoredDate};
use crate::search::Hit;
use anstyle::{AnsiColor, Style};
use std::io::{self, Write};
use std::ops::Range;

/// How text is laid out.
#[derive(Debug, Clone, Copy)]
pub struct Layout {
    /// With colours; without, what matched stands between `[` and `]`.
    pub color: bool,
    /// Columns to wrap at.
    pub width: usize,
}

const TITLE: Style = Style::new().bold();
const WHERE: Style = AnsiColor::Cyan.on_default();
pub(super) const MATCH: Style = AnsiColor::Red.on_default().bold();
const FAINT: Style = Style::new().dimmed();

/// Writes one hit.
pub fn hit(out: &mut impl Write, layout: Layout, rank: usize, hit: &Hit) -> io::Result<()> {
    let paint = |style: Style, text: &str| {
        if layout.color {
            format!("{style}{text}{style:#}")
        } else {
            text.to_owned()
        }
    };
    let title = if hit.article.title.is_empty() {
        "(no title)".to_owned()
    } else {
        mark(
            &one_line(&hit.article.title),
            &hit.title_spans,
            layout,
            TITLE,
        )
    };
    let published = published(&hit.article);
    writeln!(out, "{rank}. {title}  {}", paint(FAINT, &published))?;
    let line = hit.line.map_or(String::new(), |l| format!(":{l}"));
    writeln!(
        out,
        "   {}",
        paint(WHERE, &format!("{}{line}", one_line(&cited(hit))))
    )?;
    wrapped(
        out,
        &mark(&harmless(&hit.text), &hit.spans, layout, Style::new()),
        layout.width,
    )?;
    for (label, values) in [
        ("actors", names(hit, &hit.actors)),
        ("places", names(hit, &hit.places)),
        ("dates", dates(&hit.dates)),
    ] {
        if !values.is_empty() {
            writeln!(
                out,
                "   {}",
                paint(FAINT, &format!("{label}: {}", values.join(", ")))
            )?;
        }
    }
    if !hit.copies.is_empty() {
        let mut others: Vec<String> = hit
            .copies
            .iter()
            .take(3)
            .map(|copy| one_line(&cited(copy)))
            .collect();
        if hit.copies.len() > others.len() {
            others.push("…".to_owned());
        }
        let note = format!(
            "{} nearly the same: {}",
            hit.copies.len(),
            others.join(", ")
        );
        writeln!(out, "   {}", paint(FAINT, &note))?;
    }
    Ok(())
}

/// When an article was published, and how that is known.
pub(super) fn published(article: &StoredArticle) -> String {
    match &article.published {
        Some((date, end, precision, from)) => {
            format!("{} (from {from})", days(date, end, precision))
        }
        None => "undated".to_owned(),
    }
}

/// Writes what a hit's score is made of.
pub fn parts(out: &mut impl Write, hit: &Hit) -> io::Result<()> {
    let parts = &hit.parts;
    if let Some(carried) = parts.carried {
        writeln!(
            out,
            "   score {:.3}: filters {carried:.2}, and relevance brought below 1 of:",
            hit.score
        )?;
    } else {
        writeln!(out, "   score {:.3}, the sum of:", hit.score)?;
    }
    writeln!(
        out,
        "   passage {:.3}, with neighbours {:.3}, article {:.3}, headline {:.3}, words near each other {:.3}",
        parts.own, parts.neighbours, parts.article, parts.headline, parts.near
    )
}

/// A title, a path or a note is one line of output; a line break in it becomes a space of the same length.
pub fn one_line(title: &str) -> String {
    harmless(&title.replace(['\n', '\r', '\t'], " "))
}

/// Control characters are drawn, not obeyed: an article must not steer the terminal. What stands
/// for one has its length, so that spans stay right.
pub(super) fn harmless(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c.is_control() && c != '\n' && c != '\r' && c != '\t' {
                if c.is_ascii() { '?' } else { '¿' }
            } else {
                c
            }
        })
        .collect()
}

fn mark(text: &str, spans: &[Range<usize>], layout: Layout, base: Style) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let plain = |out: &mut String, part: &str| {
        if layout.color && base != Style::new() {
            out.push_str(&format!("{base}{part}{base:#}"));
        } else {
            out.push_str(part);
        }
    };
    let mut at = 0;
    for span in spans {
        plain(&mut out, &text[at..span.start]);
        let part = &text[span.clone()];
        if layout.color {
            out.push_str(&format!("{MATCH}{part}{MATCH:#}"));
        } else {
            out.push_str(&format!("[{part}]"));
        }
        at = span.end;
    }
    plain(&mut out, &text[at..]);
    out
}

/// Writes paragraphs with an indent, wrapped at `width` columns; escape sequences take none.
fn wrapped(out: &mut impl Write, text: &str, width: usize) -> io::Result<()> {
    let limit = width.max(24) - 3;
    for paragraph in text.split("\n\n") {
        let mut column = 0;
        for word in paragraph.split_whitespace() {
            let len = visible(word);
            if column > 0 && column + 1 + len > limit {
                writeln!(out)?;
                column = 0;
            }
            write!(out, "{}{word}", if column == 0 { "   " } else { " " })?;
            column += len + usize::from(column > 0);
        }
        if column > 0 {
            writeln!(out)?;
        }
    }
    Ok(())
}

fn visible(word: &str) -> usize {
    let mut escaped = false;
    word.chars()
        .filter(|&c| {
            let hidden = escaped || c == '\u{1b}';
            escaped = hidden && c != 'm';
            !hidden
        })
        .count()
}

/// Names with their countries; where the text calls an entry otherwise, as written first.
fn names(hit: &Hit, found: &[Named]) -> Vec<String> {
    let name = |n: &Named| {
        let written = n
            .mentions
            .first()
            .map(|m| &hit.text[m.clone()])
            .filter(|w| !key(w).contains(&key(&n.name)));
        let written = written
            .filter(|_| n.kind != "state" && !n.id.contains('/'))
            .map(one_line);
        written.map_or(n.name.clone(), |written| format!("{written} = {}", n.name))
    };
    let shown = |n: &Named| match &n.country {
        Some(country) if *country != n.name => format!("{} ({country})", name(n)),
        _ => name(n),
    };
    found.iter().map(shown).collect()
}

fn dates(found: &[StoredDate]) -> Vec<String> {
    let mut values: Vec<String> = found
        .iter()
        .filter_map(|d| {
            let Interval { start, end } = d.days?;
            let (start, end) = (start.to_string(), end.to_string());
            Some(days(&start, &end, d.precision.as_str()))
        })
        .collect();
    values.dedup();
    values
}

/// An interval as people write it.
pub(super) fn days(start: &str, end: &str, precision: &str) -> String {
    match precision {
        "day" if start == end => start.to_owned(),
        "month" if start.get(..7) == end.get(..7) => start.get(..7).unwrap_or(start).to_owned(),
        "year" if start.get(..4) == end.get(..4) => start.get(..4).unwrap_or(start).to_owned(),
        _ => format!("{start}..{end}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_matched_is_marked_and_wrapping_keeps_words() {
        let layout = Layout {
            color: false,
            width: 30,
        };
        let marked = mark(
            "the truce was broken",
            std::slice::from_ref(&(4..9)),
            layout,
            Style::new(),
        );
        assert_eq!(marked, "the [truce] was broken");
        let mut out = Vec::new();
        wrapped(&mut out, &marked, 24).expect("memory");
        assert_eq!(
            String::from_utf8(out).expect("utf-8"),
            "   the [truce] was\n   broken\n"
        );
    }
}
