//! Quotation marks of all scripts: what opens, and what closes it.

use crate::analysis::is_hebrew_stroke;

/// Quotation marks that open a phrase, and what closes each.
const QUOTES: [(char, &str); 10] = [
    ('"', "\"“”"),
    ('“', "”\"“"),
    ('”', "”"),
    ('„', "“”\""),
    ('«', "»"),
    ('»', "«"),
    ('「', "」"),
    ('『', "』"),
    ('‹', "›"),
    ('＂', "＂"),
];

pub(super) fn closing(open: char) -> Option<&'static str> {
    QUOTES
        .iter()
        .find(|(c, _)| *c == open)
        .map(|(_, close)| *close)
}

/// Where the phrase that begins a text ends: at one of these marks.
pub(super) fn end(text: &str, closers: &str) -> Option<usize> {
    let mut marks = text.char_indices().filter(|(_, c)| closers.contains(*c));
    let end = marks.find(|(at, _)| !is_hebrew_stroke(text, *at));
    end.map(|(at, _)| at)
}

/// A text without quotation marks.
pub(super) fn unquoted(text: &str) -> String {
    let marks = text.char_indices();
    let bare = marks.map(|(at, c)| match is_quote(c) && !is_hebrew_stroke(text, at) {
        true => ' ',
        false => c,
    });
    bare.collect()
}

pub(super) fn is_quote(c: char) -> bool {
    QUOTES
        .iter()
        .any(|(open, close)| *open == c || close.contains(c))
}

/// Whether what stands at `at` opens a phrase, as a quotation mark may without a space before it:
/// `truce"red cross"`.
pub(super) fn opens_inside(text: &str, at: usize) -> bool {
    let mark = |c| matches!(c, '"' | '“' | '„' | '«' | '「' | '『' | '＂');
    text[at..].starts_with(mark) && !is_hebrew_stroke(text, at)
}

/// Where a phrase in single quotation marks ends: at a mark that no letter follows.
pub(super) fn single(text: &str) -> Option<usize> {
    text.char_indices()
        .filter(|(_, c)| *c == '’')
        .map(|(i, c)| (i, text[i + c.len_utf8()..].chars().next()))
        .find(|(_, after)| !after.is_some_and(char::is_alphanumeric))
        .map(|(i, _)| i)
}
