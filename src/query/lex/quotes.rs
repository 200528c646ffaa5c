//! Quotation marks of all scripts: what opens, and what closes it.

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

pub(super) fn is_quote(c: char) -> bool {
    QUOTES
        .iter()
        .any(|(open, close)| *open == c || close.contains(c))
}

/// A quotation mark may follow a word without a space: `truce"red cross"`.
pub(super) fn opens_inside(c: char) -> bool {
    matches!(c, '"' | '“' | '„' | '«' | '「' | '『' | '＂')
}

/// Where a phrase in single quotation marks ends: at a mark that no letter follows.
pub(super) fn single(text: &str) -> Option<usize> {
    text.char_indices()
        .filter(|(_, c)| *c == '’')
        .map(|(i, c)| (i, text[i + c.len_utf8()..].chars().next()))
        .find(|(_, after)| !after.is_some_and(char::is_alphanumeric))
        .map(|(i, _)| i)
}
