//! Metadata: sources, languages and paths of articles → the terms of the index they stand for.
//!
//! Not for names of actors and places (`filter`).

use super::filter::Test;
use super::names::{Notes, Terms};
use super::vocabulary::Vocabulary;
use crate::analysis::key;
use crate::analysis::language::code;
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

/// Articles in a language, by its code (`en`, `eng`); what a region adds to it (`en-US`) does not matter.
pub(super) fn lang(index: &Index, value: &str, notes: &mut Notes) -> Result<Test> {
    let code = code(value);
    let vocabulary = Vocabulary::open(index, index.fields().lang)?;
    let terms: Terms = vocabulary
        .terms()
        .filter(|t| t.eq_ignore_ascii_case(value) || Some(*t) == code.as_deref())
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
/// is like it; with `=` before it, the one whose path it is. What starts with the end of a root's own
/// path, as citations do that tell roots apart, means the articles below that root.
pub(super) fn path(index: &Index, value: &str, notes: &mut Notes) -> Result<Test> {
    let fields = index.fields();
    let part = Part::of(value);
    let vocabulary = Vocabulary::open(index, fields.path)?;
    let anywhere: Terms = vocabulary.terms().filter(|t| part.is_of(t)).collect();
    let mut below = Vec::new();
    for root in Vocabulary::open(index, fields.root)?.terms() {
        let heads = part.below(root);
        let is_of = |term: &&str| {
            heads
                .iter()
                .any(|(file, rest)| file.is_none_or(|file| file == *term) && rest.is_of(term))
        };
        let terms: Terms = match heads.is_empty() {
            true => continue,
            false => vocabulary.terms().filter(is_of).collect(),
        };
        if terms.len() > 0 {
            below.push((root.to_owned(), terms));
        }
    }
    if anywhere.len() == 0 && below.is_empty() {
        notes.push(format!(
            "path:{value}: no path is like this; see `belli status`"
        ));
    }
    Ok(match below.is_empty() {
        true => Test::Terms(fields.path, anywhere.into()),
        false => Test::Paths(anywhere.into(), below.into()),
    })
}

/// What is asked of a path.
enum Part {
    /// All of it, as it is written.
    Whole(String),
    /// A pattern of all of it, in small letters.
    Like(String),
    /// What it has somewhere, in small letters.
    Within(String),
    /// What it starts with, in small letters.
    Start(String),
}

impl Part {
    fn of(value: &str) -> Part {
        match value.strip_prefix('=') {
            Some(exact) => Part::Whole(exact.to_owned()),
            None if value.contains(['*', '?']) => Part::Like(value.to_lowercase()),
            None => Part::Within(value.to_lowercase()),
        }
    }

    /// Whether the article of an id is asked for; one of a file of many has its number behind the path.
    fn is_of(&self, id: &str) -> bool {
        let is = |path: &str| match self {
            Part::Whole(whole) => path == whole,
            Part::Like(pattern) => like(pattern, &path.to_lowercase()),
            Part::Within(part) => path.to_lowercase().contains(part),
            Part::Start(part) => path.to_lowercase().starts_with(part),
        };
        is(id) || id.rsplit_once('!').is_some_and(|(file, _)| is(file))
    }

    /// What is asked of the paths below a root, for each way in which the root's own path may end where the
    /// value starts; where the root is a file, it is the only path.
    fn below<'r>(&self, root: &'r str) -> Vec<(Option<&'r str>, Part)> {
        let (value, rest): (&str, fn(&str) -> Part) = match self {
            Part::Whole(value) => (value, |rest| Part::Whole(rest.to_owned())),
            Part::Like(value) => (value, |rest| Part::Like(rest.to_owned())),
            Part::Within(value) | Part::Start(value) => {
                (value, |rest| Part::Start(rest.to_owned()))
            }
        };
        let cased = |path: &str| match self {
            Part::Whole(_) => format!("/{path}"),
            _ => format!("/{}", path.to_lowercase()),
        };
        let mut found = Vec::new();
        for (at, _) in value.match_indices('/') {
            let head = format!("/{}", value[..at].trim_start_matches('/'));
            if head.len() == 1 {
                continue;
            }
            if cased(root).ends_with(&head) {
                found.push((None, rest(&value[at + 1..])));
            }
            if let Some((folder, file)) = root.rsplit_once('/')
                && cased(folder).ends_with(&head)
            {
                found.push((Some(file), rest(&value[at + 1..])));
            }
        }
        found
    }
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
    use super::{Part, like};

    #[test]
    fn roots_are_told_as_citations_tell_them() {
        let is = |value: &str, root: &str, id: &str| {
            let heads = Part::of(value).below(root);
            heads
                .iter()
                .any(|(file, rest)| file.is_none_or(|file| file == id) && rest.is_of(id))
        };
        assert!(is("r1/a.txt", "/x/r1", "a.txt") && !is("r1/a.txt", "/x/r2", "a.txt"));
        assert!(is("x/R/sub", "/x/r", "sub/a.txt") && !is("x/r/sub", "/y/r", "sub/a.txt"));
        assert!(is("r1/", "/x/r1", "a.txt") && is("/x/r1/", "/x/r1", "a.jsonl!3"));
        assert!(is("r1/*.jsonl", "/x/r1", "a.jsonl!3") && is("=r1/a.txt", "/x/r1", "a.txt"));
        assert!(is("x/a.txt", "/x/a.txt", "a.txt") && !is("x/a.txt", "/x/b.txt", "a.txt"));
        assert!(!is("1/a.txt", "/x/r1", "a.txt") && !is("/a.txt", "/x/r1", "a.txt"));
        assert!(!is("r1", "/x/r1", "a.txt"));
    }

    #[test]
    fn patterns_match_whole_paths() {
        assert!(like("levant/*.txt", "levant/a.txt"));
        assert!(like("*/2020-??-*", "asia/2020-10-11.txt"));
        assert!(!like("levant/*.md", "levant/a.txt"));
        assert!(!like("levant", "levant/a.txt"));
    }
}
