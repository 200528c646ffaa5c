//! Parsing: one pass over the characters of a query.
//!
//! Not for deciding what a word matches.

use super::{Atom, Clause, Occur, Query, QueryError};
use crate::analysis::words;

/// Quotation marks that open a phrase, and what closes each.
const QUOTES: [(char, &str); 6] = [
    ('"', "\"“”"),
    ('“', "”\"“"),
    ('„', "“”\""),
    ('«', "»"),
    ('»', "«"),
    ('「', "」"),
];

pub(super) fn parse(text: &str) -> Result<Query, QueryError> {
    let mut query = Query::default();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        let (occur, start) = occur(text, at, c);
        let next = text[start..].chars().next().unwrap_or(' ');
        if let Some(closing) = closing(next) {
            let from = start + next.len_utf8();
            let Some(to) = text[from..].find(|c| closing.contains(c)).map(|i| from + i) else {
                return Err(QueryError {
                    message: "this quotation mark has no partner: close it, leave it out, or use -F to take every character as it is"
                        .to_owned(),
                    query: text.to_owned(),
                    at: start..from,
                });
            };
            push(&mut query, occur, &text[from..to], true);
            at = to + text[to..].chars().next().map_or(0, char::len_utf8);
        } else {
            let end = text[start..]
                .find(char::is_whitespace)
                .map_or(text.len(), |i| start + i);
            // A quotation mark may follow a word without a space: `truce"red cross"`.
            let end = text[start..end]
                .char_indices()
                .skip(1)
                .find(|(_, c)| closing_opens(*c))
                .map_or(end, |(i, _)| start + i);
            for part in text[start..end].split(is_separator) {
                push(&mut query, occur, part, false);
            }
            at = end.max(start + next.len_utf8());
        }
    }
    Ok(query)
}

pub(super) fn literal(text: &str) -> Query {
    let mut query = Query::default();
    for word in text.split(|c: char| c.is_whitespace() || is_separator(c)) {
        push(&mut query, Occur::Any, word, false);
    }
    query
}

/// `+` and `-` count where something follows at once; elsewhere they are punctuation.
fn occur(text: &str, at: usize, c: char) -> (Occur, usize) {
    let follows = text[at + c.len_utf8()..]
        .chars()
        .next()
        .is_some_and(|n| n.is_alphanumeric() || closing(n).is_some());
    match c {
        '+' if follows => (Occur::Must, at + 1),
        '-' if follows => (Occur::Not, at + 1),
        _ => (Occur::Any, at),
    }
}

/// Punctuation that stands between words, never inside one.
fn is_separator(c: char) -> bool {
    matches!(c, '—' | '–' | '/' | ',' | ';' | '(' | ')' | '[' | ']' | '|')
}

fn closing(c: char) -> Option<&'static str> {
    QUOTES
        .iter()
        .find(|(open, _)| *open == c)
        .map(|(_, close)| *close)
}

fn closing_opens(c: char) -> bool {
    matches!(c, '"' | '“' | '„' | '«' | '「')
}

/// Adds a clause, unless it has no letters and no digits. A word that the analyzer cuts in two
/// (`Al-Shabaab`) is a phrase.
fn push(query: &mut Query, occur: Occur, text: &str, phrase: bool) {
    let inner: Vec<_> = words(text).collect();
    let (Some(first), Some(last)) = (inner.first(), inner.last()) else {
        return;
    };
    let typed = &text[first.start..last.end];
    let atom = if phrase || inner.len() > 1 {
        Atom::Phrase(typed.to_owned())
    } else {
        Atom::Word(typed.to_owned())
    };
    query.clauses.push(Clause { occur, atom });
}

#[cfg(test)]
mod tests {
    use super::super::Query;

    #[test]
    fn queries_read_back_as_typed() {
        for (typed, read) in [
            ("who broke the ceasefire", "who broke the ceasefire"),
            (
                "+truce -football \"red cross\"",
                "+truce -football \"red cross\"",
            ),
            ("+“Minsk Group”", "+\"Minsk Group\""),
            (
                "Al-Shabaab Sana'a U.N. killed:12",
                "\"Al-Shabaab\" Sana'a U.N. \"killed:12\"",
            ),
            ("- + ? ! (wagner", "wagner"),
            ("truce\"red cross\"", "truce \"red cross\""),
            ("", ""),
        ] {
            let query = Query::parse(typed).expect(typed);
            assert_eq!(query.to_string(), read);
            assert_eq!(Query::parse(&query.to_string()).expect(read), query);
        }
    }

    #[test]
    fn an_unbalanced_quotation_mark_is_pointed_at() {
        let error = Query::parse("the \"red cross").expect_err("unbalanced");
        assert_eq!(error.at, 4..5);
        assert!(error.to_string().ends_with("\n      ^"), "{error}");
        assert_eq!(
            Query::literal("the \"red cross").to_string(),
            "the red cross"
        );
    }
}
