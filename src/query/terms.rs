//! Terms: the words of a phrase, as they are looked up one by one.
//!
//! Not for the forms that a word has in the index, which `search` finds.

use super::Form;
use crate::analysis::{fold, words};
use std::ops::Range;

/// One word of a phrase.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Term {
    /// In any form.
    Word(String),
    /// As written.
    Exact(String),
    /// With `*` for any letters and `?` for one.
    Pattern(String),
    /// With so many letters wrong.
    Fuzzy(String, u8),
    /// By a regular expression.
    Regex(String),
}

/// The terms of `text`.
pub(super) fn terms(text: &str, form: Form) -> Vec<Term> {
    if form == Form::Regex {
        return vec![Term::Regex(text.to_owned())];
    }
    pieces(text, form == Form::Usual)
        .into_iter()
        .map(|(range, wild)| {
            let word = text[range].to_owned();
            match form {
                Form::Exact => Term::Exact(word),
                Form::Fuzzy(n) => Term::Fuzzy(word, n),
                _ if wild => Term::Pattern(word),
                _ => Term::Word(word),
            }
        })
        .collect()
}

/// From the first to the last word of `text`; `None` where it has none.
pub(super) fn extent(text: &str, wildcards: bool) -> Option<Range<usize>> {
    let mut extent = 0..text.len();
    // What is cut off may have been what made a `?` beside it a wildcard.
    loop {
        let pieces = pieces(&text[extent.clone()], wildcards);
        let (first, last) = (&pieces.first()?.0, &pieces.last()?.0);
        let inner = extent.start + first.start..extent.start + last.end;
        if inner == extent {
            return Some(extent);
        }
        extent = inner;
    }
}

/// The words of `text`, each with whether it has a wildcard.
///
/// A wildcard joins what touches it: `wom?n` is one word. Without a letter or digit it is none.
fn pieces(text: &str, wildcards: bool) -> Vec<(Range<usize>, bool)> {
    let mut parts: Vec<(Range<usize>, bool)> = words(text)
        .filter(|w| !fold(&text[w.clone()]).is_empty())
        .map(|w| (w, false))
        .collect();
    if wildcards {
        parts.extend(wild(text).map(|at| (at..at + 1, true)));
        parts.sort_by_key(|(range, _)| range.start);
    }
    let mut joined: Vec<(Range<usize>, bool, bool)> = Vec::new();
    let mut last_wild = false;
    for (range, is_wild) in parts {
        match joined.last_mut() {
            Some((open, wild, word)) if open.end == range.start && (is_wild || last_wild) => {
                open.end = range.end;
                *wild |= is_wild;
                *word |= !is_wild;
            }
            _ => joined.push((range, is_wild, !is_wild)),
        }
        last_wild = is_wild;
    }
    joined.retain(|(_, _, word)| *word);
    joined.into_iter().map(|(r, wild, _)| (r, wild)).collect()
}

/// Where `text` has wildcards: every `*`, and `?` inside a word or in a word with `*`.
fn wild(text: &str) -> impl Iterator<Item = usize> {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let beside = |at: usize| {
        let head = text[..at].rsplit(char::is_whitespace).next().unwrap_or("");
        let tail = text[at..].split(char::is_whitespace).next().unwrap_or("");
        head.contains('*') || tail.contains('*')
    };
    text.char_indices().filter_map(move |(at, c)| {
        let inside =
            || letter(text[..at].chars().next_back()) && letter(text[at + 1..].chars().next());
        (c == '*' || c == '?' && (inside() || beside(at))).then_some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_join_words_and_question_marks_end_questions() {
        let read = |text: &str| {
            pieces(text, true)
                .into_iter()
                .map(|(r, wild)| (text[r].to_owned(), wild))
                .collect::<Vec<_>>()
        };
        let one = |text: &str, wild| vec![(text.to_owned(), wild)];
        assert_eq!(read("wom?n"), one("wom?n", true));
        assert_eq!(read("*bomb?"), one("*bomb?", true));
        assert_eq!(read("C-130?").last(), Some(&("130".to_owned(), false)));
        assert_eq!(read("?why?"), one("why", false));
        assert_eq!(
            read("Al-Shab*"),
            [("Al".to_owned(), false), ("Shab*".to_owned(), true)]
        );
        assert!(read("* ?* **").is_empty());
        assert_eq!(extent("?title:*", true), Some(1..6));
        assert_eq!(extent("?title*", true), Some(0..7));
    }
}
