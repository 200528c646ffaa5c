//! Strings: those of a value that are an article's text, and how they stand together.
//!
//! Not for what the letters of a string stand for (`scan`).

use std::ops::Range;

use super::scan::{fields, members, skip_white, value_end};
use crate::read::names::{CONTENT_HTML, TEXT};

/// A string of a text.
pub(super) struct Piece {
    /// What stands between its quotation marks.
    pub(super) inner: Range<usize>,
    /// Whether it is HTML by its name.
    pub(super) html: bool,
    /// Whether it goes on where the one before it ends, rather than in a paragraph of its own.
    pub(super) goes_on: bool,
}

/// The strings of a well-formed value: its own, its items', or those of its member `rendered` or of
/// a text field, as the blocks of an editor have them.
pub(super) fn pieces(text: &str, value: Range<usize>, html: bool) -> Vec<Piece> {
    let bytes = text.as_bytes();
    match bytes.get(value.start) {
        Some(b'"') => vec![Piece {
            inner: value.start + 1..value.end - 1,
            html,
            goes_on: false,
        }],
        Some(b'[') => {
            let mut items = Vec::new();
            let mut at = skip_white(bytes, value.start + 1);
            while at < value.end.saturating_sub(1) {
                let Some(end) = value_end(bytes, at).filter(|end| *end > at) else {
                    break;
                };
                items.push(pieces(text, at..end, html));
                at = skip_white(bytes, end);
                if bytes.get(at) == Some(&b',') {
                    at = skip_white(bytes, at + 1);
                }
            }
            let run = is_run(text, &items);
            let mut found: Vec<Piece> = items.into_iter().flatten().collect();
            let behind = found.iter_mut().skip(1);
            behind.for_each(|piece| piece.goes_on |= run);
            found
        }
        Some(b'{') => {
            let members = members(bytes, value.start);
            let rendered = fields(text, &members, &["rendered"]).map(|(_, value)| (true, value));
            let texts = fields(text, &members, TEXT)
                .map(|(name, value)| (html || name == CONTENT_HTML, value));
            let mut found = rendered
                .chain(texts)
                .map(|(html, value)| pieces(text, value, html));
            found.find(|pieces| !pieces.is_empty()).unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

/// Tells whether the items of an array are one text that was cut where its looks change, as messages
/// and editors do it, and not one paragraph each: two of them meet at white space within a sentence, and
/// no sentence ends where two meet without.
fn is_run(text: &str, items: &[Vec<Piece>]) -> bool {
    let mut strings = Vec::new();
    for item in items {
        match item.as_slice() {
            [] => {}
            [
                Piece {
                    inner, html: false, ..
                },
            ] => strings.push(&text[inner.clone()]),
            _ => return false,
        }
    }
    strings.retain(|string| !string.is_empty());
    let mut any = false;
    for pair in strings.windows(2) {
        let met = ends_in_space(pair[0]) || starts_with_space(pair[1]);
        match ends_sentence(pair[0]) {
            true if !met => return false,
            ended => any |= met && !ended,
        }
    }
    any
}

/// Tells whether a string, as JSON writes it, ends a sentence.
fn ends_sentence(string: &str) -> bool {
    let mut bare = string.trim_end();
    while let Some(rest) = SPACES.iter().find_map(|space| bare.strip_suffix(space)) {
        bare = rest.trim_end();
    }
    let bare = bare.trim_end_matches(['\\', '"', '\'', '”', '’', '»', ')', ']']);
    bare.ends_with(['.', '!', '?', '…', '。', '؟', '।', '։'])
}

/// Escapes of white space, as strings of JSON write it.
const SPACES: [&str; 4] = ["\\n", "\\t", "\\r", "\\u00a0"];

fn ends_in_space(string: &str) -> bool {
    string.ends_with(char::is_whitespace) || SPACES.iter().any(|space| string.ends_with(space))
}

fn starts_with_space(string: &str) -> bool {
    string.starts_with(char::is_whitespace) || SPACES.iter().any(|space| string.starts_with(space))
}
