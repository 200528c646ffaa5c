//! Metadata: sources, languages and paths of articles → the terms of the index they stand for.
//!
//! Not for names of actors and places (`filter`).

use super::filter::Test;
use super::names::{Notes, Terms};
use super::vocabulary::Vocabulary;
use crate::analysis::key;
use crate::error::Result;
use crate::index::Index;

/// Sources whose name has these words, side by side: `tass` is in `ITAR-TASS`.
pub(super) fn source(index: &Index, value: &str, notes: &mut Notes) -> Result<Test> {
    let wanted = format!(" {} ", key(value));
    let has = |term: &str| format!(" {} ", key(term)).contains(&wanted);
    let vocabulary = Vocabulary::open(index, index.fields().source)?;
    let terms: Terms = vocabulary.terms().filter(|t| has(t)).collect();
    if terms.always.is_empty() {
        notes.push(format!(
            "source:{value}: no article has this source{}",
            list(&vocabulary)
        ));
    }
    Ok(Test::Terms(index.fields().source, terms.into()))
}

/// Articles in a language, by its code; what a region adds to it (`en-US`) does not matter.
pub(super) fn lang(index: &Index, value: &str, notes: &mut Notes) -> Result<Test> {
    let is = |term: &str, code: &str| term.eq_ignore_ascii_case(code);
    let vocabulary = Vocabulary::open(index, index.fields().lang)?;
    let terms: Terms = vocabulary
        .terms()
        .filter(|t| is(t, value) || value.split(['-', '_']).next().is_some_and(|v| is(t, v)))
        .collect();
    if terms.always.is_empty() {
        notes.push(format!(
            "lang:{value}: no article is in this language{}",
            list(&vocabulary)
        ));
    }
    Ok(Test::Terms(index.fields().lang, terms.into()))
}

/// Articles whose path has this part, whatever the case; with `*` and `?`, those whose whole path
/// is like it; with `=` before it, the one whose path it is.
pub(super) fn path(index: &Index, value: &str, notes: &mut Notes) -> Result<Test> {
    let wanted = value.to_lowercase();
    let wild = wanted.contains(['*', '?']);
    let is = |term: &str| match value.strip_prefix('=') {
        Some(exact) => term == exact,
        None if wild => like(&wanted, &term.to_lowercase()),
        None => term.to_lowercase().contains(&wanted),
    };
    // An article of a file of many has its number behind the path.
    let has = |term: &str| is(term) || term.rsplit_once('!').is_some_and(|(file, _)| is(file));
    let vocabulary = Vocabulary::open(index, index.fields().path)?;
    let terms: Terms = vocabulary.terms().filter(|t| has(t)).collect();
    if terms.always.is_empty() {
        notes.push(format!(
            "path:{value}: no path is like this; see `belli status`"
        ));
    }
    Ok(Test::Terms(index.fields().path, terms.into()))
}

/// The first terms of a vocabulary, to choose from.
fn list(vocabulary: &Vocabulary) -> String {
    let terms: Vec<&str> = vocabulary.terms().take(9).collect();
    match terms.len() {
        0 => "; none states one".to_owned(),
        9 => format!("; there are {}, …", terms[..8].join(", ")),
        _ => format!("; there are {}", terms.join(", ")),
    }
}

/// Whether `text` is like a pattern with `*` and `?`, in time linear in both where stars are few.
fn like(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) =
        (pattern.chars().collect(), text.chars().collect());
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some('*') => {
                star = Some((p, t));
                p += 1;
            }
            Some(&c) if c == '?' || c == text[t] => {
                p += 1;
                t += 1;
            }
            _ => match star {
                Some((at, from)) => {
                    star = Some((at, from + 1));
                    p = at + 1;
                    t = from + 1;
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|&c| c == '*')
}

#[cfg(test)]
mod tests {
    use super::like;

    #[test]
    fn patterns_match_whole_paths() {
        assert!(like("levant/*.txt", "levant/a.txt"));
        assert!(like("*/2020-??-*", "asia/2020-10-11.txt"));
        assert!(!like("levant/*.md", "levant/a.txt"));
        assert!(!like("levant", "levant/a.txt"));
    }
}
