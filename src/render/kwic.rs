//! Keywords in context, one occurrence a line: text aligned on the keyword, or JSON Lines; specified
//! in [`crate::render`].
//!
//! Columns are those of a terminal: two for an ideograph, none for a combining mark. Not for sorting.

use super::json::{cited, object, passage_id};
use super::text::{Layout, MATCH, one_line};
use crate::search::Occurrence;
use serde::Serialize;
use std::io::{self, Write};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// An occurrence with as much of its context as is shown.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    left: String,
    keyword: String,
    right: String,
    id: String,
    #[serde(skip)]
    cited: String,
    root: String,
    path: String,
    line: Option<usize>,
    bytes: Option<(usize, usize)>,
    in_title: bool,
}

impl Line {
    /// Cuts the context to at most `width` columns on each side.
    pub fn new(occurrence: &Occurrence, width: usize) -> Line {
        let (text, range) = (occurrence.text(), occurrence.range.clone());
        let article = &occurrence.hit.article;
        Line {
            left: end_of(&text[..range.start], width),
            keyword: text[range.clone()].to_owned(),
            right: start_of(&text[range.end..], width),
            id: passage_id(article, occurrence.hit.ordinal),
            cited: format!("{}#{}", cited(occurrence.hit), occurrence.hit.ordinal),
            root: article.root.clone(),
            path: article.path.clone(),
            line: occurrence.line(),
            bytes: occurrence.bytes(),
            in_title: occurrence.in_title,
        }
    }
}

/// Writes an occurrence as a JSON line.
pub fn json(out: &mut impl Write, line: &Line) -> io::Result<()> {
    object(out, line)
}

/// Writes an occurrence with its keyword behind `width` columns, and where it stands.
pub fn text(out: &mut impl Write, layout: Layout, width: usize, line: &Line) -> io::Result<()> {
    let keyword = on_one_line(&line.keyword).collect::<String>();
    let (before, after) = match layout.color {
        true => (format!("{MATCH}"), format!("{MATCH:#}")),
        false => ("[".to_owned(), "]".to_owned()),
    };
    let pad = |text: &str| " ".repeat(width.saturating_sub(text.width()));
    let place = match (line.in_title, line.line) {
        (true, _) => " (headline)".to_owned(),
        (false, Some(line)) => format!(":{line}"),
        (false, None) => String::new(),
    };
    let id = one_line(&line.cited);
    let (left, right) = (&line.left, &line.right);
    writeln!(
        out,
        "{}{left}{before}{keyword}{after}{right}{}  {id}{place}",
        pad(left),
        pad(right)
    )
}

/// The first columns of a text.
fn start_of(text: &str, width: usize) -> String {
    let mut shown = String::new();
    for c in on_one_line(text) {
        shown.push(c);
        if shown.width() > width {
            shown.pop();
            break;
        }
    }
    shown
}

/// The last columns of a text.
fn end_of(text: &str, width: usize) -> String {
    // White space is made one from the front, so as much is taken as may be needed, and cut.
    let mut from = text.len();
    let mut columns = 0;
    let mut white = false;
    for (at, c) in text.char_indices().rev() {
        let is_white = c.is_whitespace();
        if !(is_white && white) {
            columns += if is_white { 1 } else { c.width().unwrap_or(1) };
        }
        white = is_white;
        if columns > width {
            break;
        }
        from = at;
    }
    // A mark that combines with what was cut off goes with it.
    let kept = text[from..].trim_start_matches(|c: char| c.width() == Some(0) && from > 0);
    on_one_line(kept).collect()
}

/// White space made one, and control characters drawn, not obeyed.
fn on_one_line(text: &str) -> impl Iterator<Item = char> {
    let mut white = false;
    text.chars().filter_map(move |c| {
        let before = std::mem::replace(&mut white, c.is_whitespace());
        match (c.is_whitespace(), before) {
            (true, true) => None,
            (true, false) => Some(' '),
            (false, _) if c.is_control() => Some('?'),
            (false, _) => Some(c),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_those_of_a_terminal() {
        assert_eq!(start_of(" held\n\n in Goma", 8), " held in");
        assert_eq!(end_of("the  truce\nwas ", 6), "e was ");
        // Two columns an ideograph, none a combining mark.
        assert_eq!(end_of("停火协议", 5), "协议");
        assert_eq!(start_of("停火协议", 5), "停火");
        assert_eq!(end_of("cafe\u{301} ", 2), "e\u{301} ");
        assert_eq!(end_of("cafe\u{301}s ", 2), "s ");
        assert_eq!(start_of("e\u{301}a", 1), "e\u{301}");
        assert_eq!(end_of("\u{1b}[2J", 9), "?[2J");
    }
}
