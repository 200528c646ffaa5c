//! Synonyms: words of the domain that texts use for one another.
//!
//! The built-in groups are this project's own (`synonyms.tsv`); a user's file adds to them. A word
//! is known by its stem, so that every form of it has the synonyms. Not for names, which the
//! gazetteer knows.

use crate::analysis::language::Language;
use crate::analysis::stem::Stems;
use crate::analysis::{fold, words};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

const BUILTIN: &str = include_str!("synonyms.tsv");

/// Groups of words and phrases that mean nearly the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Synonyms(
    /// Without any: the built-in ones, of which only what a query needs is read.
    Option<Groups>,
);

#[derive(Debug, Clone, Default, PartialEq)]
struct Groups {
    groups: Vec<Vec<String>>,
    /// The groups of a term, by its stems.
    of: BTreeMap<Vec<String>, Vec<usize>>,
    /// The words of the longest term.
    longest: usize,
}

impl Synonyms {
    /// Those of this project.
    pub fn builtin() -> Arc<Synonyms> {
        Arc::new(Synonyms(None))
    }

    /// None at all.
    pub fn none() -> Synonyms {
        Synonyms(Some(Groups::default()))
    }

    /// The same with the groups of a text in addition: one a line, terms separated by tabs; `#` begins a
    /// comment.
    ///
    /// # Errors
    /// A group of fewer than two terms, a term without words, a term that is there twice: with the
    /// number of the line.
    pub fn with(&self, text: &str) -> Result<Synonyms, String> {
        let mut more = self.whole().into_owned();
        more.add(text, |_| true)?;
        Ok(Synonyms(Some(more)))
    }

    /// How many groups there are.
    pub fn len(&self) -> usize {
        self.whole().groups.len()
    }

    /// Reports whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn whole(&self) -> Cow<'_, Groups> {
        match &self.0 {
            Some(groups) => Cow::Borrowed(groups),
            None => Cow::Owned(Groups::builtin(|_| true)),
        }
    }

    /// The groups of terms whose first stem may be this.
    fn beginning(&self, stem: &str) -> Option<&Groups> {
        static BY_LETTER: [OnceLock<Groups>; 26] = [const { OnceLock::new() }; 26];
        if let Some(groups) = &self.0 {
            return Some(groups);
        }
        // A stem begins as its word does.
        let letter = *stem.as_bytes().first()?;
        let groups = BY_LETTER.get(usize::from(letter.checked_sub(b'a')?))?;
        let begins = |term: &str| {
            let first = term.bytes().next();
            first.is_some_and(|b| b.eq_ignore_ascii_case(&letter))
        };
        Some(groups.get_or_init(|| Groups::builtin(begins)))
    }

    /// The terms in a text, each with its bytes and the other terms of its groups.
    pub(super) fn find(&self, text: &str) -> Vec<(Range<usize>, Vec<String>)> {
        let stems = Stems::of(Language::new("en"));
        let stem = |range: &Range<usize>| stemmed(stems.as_ref(), &text[range.clone()]);
        let words: Vec<Range<usize>> = words(text).collect();
        let keys: Vec<String> = words.iter().map(stem).collect();
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let longest = self.beginning(&keys[at]).and_then(|groups| {
                let lengths = 1..=groups.longest.min(words.len() - at);
                let found = |n| Some((n, groups.of(&keys[at..at + n])?));
                lengths.rev().find_map(found)
            });
            let Some((n, groups)) = longest else {
                at += 1;
                continue;
            };
            let typed = &keys[at..at + n];
            let written: Vec<String> = words[at..at + n]
                .iter()
                .map(|w| fold(&text[w.clone()]))
                .collect();
            let mut others: Vec<String> = Vec::new();
            for group in groups {
                let (same, rest): (Vec<&String>, Vec<&String>) =
                    group.iter().partition(|t| key(stems.as_ref(), t) == typed);
                if same.iter().any(|term| is_form(&written, term)) {
                    let new = rest.into_iter().filter(|t| !others.contains(t)).cloned();
                    others.extend(new.collect::<Vec<_>>());
                }
            }
            if !others.is_empty() {
                found.push((words[at].start..words[at + n - 1].end, others));
            }
            at += n;
        }
        found
    }
}

impl Groups {
    /// The built-in groups of the terms that are wanted.
    fn builtin(wanted: impl Fn(&str) -> bool) -> Groups {
        let mut groups = Groups::default();
        let read = groups.add(BUILTIN, wanted);
        read.map_or_else(|_| Groups::default(), |()| groups)
    }

    /// The groups of a term.
    fn of(&self, key: &[String]) -> Option<impl Iterator<Item = &Vec<String>>> {
        let groups = self.of.get(key)?;
        Some(groups.iter().map(|&g| &self.groups[g]))
    }

    /// Adds groups of which only the terms that are wanted will be looked for.
    fn add(&mut self, text: &str, wanted: impl Fn(&str) -> bool) -> Result<(), String> {
        let stems = Stems::of(Language::new("en"));
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        for (n, line) in text.lines().enumerate().map(|(n, l)| (n + 1, l)) {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let terms = || line.split('\t').map(str::trim);
            if terms().count() < 2 {
                return Err(format!(
                    "{n}: a group of one; write words that mean the same on one line, with tabs between them"
                ));
            }
            let mut seen = Vec::new();
            for term in terms().filter(|term| wanted(term)) {
                let key = key(stems.as_ref(), term);
                if key.concat().is_empty() {
                    return Err(format!("{n}: `{term}` has no words"));
                }
                if seen.contains(&key) {
                    return Err(format!("{n}: {term} is there twice, or in two forms"));
                }
                self.longest = self.longest.max(key.len());
                self.of
                    .entry(key.clone())
                    .or_default()
                    .push(self.groups.len());
                seen.push(key);
            }
            if !seen.is_empty() {
                self.groups.push(terms().map(str::to_owned).collect());
            }
        }
        Ok(())
    }
}

/// What English puts behind a word without making another of it.
const ENDINGS: [&str; 14] = [
    "", "s", "es", "e", "ed", "d", "ing", "ings", "y", "ies", "ied", "ion", "ions", "ation",
];

/// Whether folded words are a term in another form. A stemmer takes `mobile` for mobilisation and
/// `report` for a reporter: good enough to find a word, not to replace it by others.
fn is_form(written: &[String], term: &str) -> bool {
    let of = words(term).map(|w| fold(&term[w]));
    written.iter().zip(of).all(|(a, b)| {
        let same = a.chars().zip(b.chars()).take_while(|(a, b)| a == b);
        let stem: String = same.map(|(a, _)| a).collect();
        let ends = |word: &str| {
            let rest = &word[stem.len()..];
            // `kidnapped`: the letter before the ending is doubled.
            let single = stem.chars().next_back().and_then(|c| rest.strip_prefix(c));
            [Some(rest), single]
                .into_iter()
                .flatten()
                .any(|end| ENDINGS.contains(&end))
        };
        ends(a) && ends(&b)
    })
}

/// The stems of a term's words.
fn key(stems: Option<&Stems>, term: &str) -> Vec<String> {
    words(term).map(|w| stemmed(stems, &term[w])).collect()
}

fn stemmed(stems: Option<&Stems>, word: &str) -> String {
    let folded = fold(word);
    match stems {
        Some(stems) => stems.stem(&folded).into_owned(),
        None => folded,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_groups_can_be_read() {
        let groups = Synonyms::none().with(BUILTIN).unwrap();
        assert!(groups.len() >= 80, "{}", groups.len());
        assert_eq!(Synonyms::builtin().len(), groups.len());
    }

    #[test]
    fn the_built_in_groups_are_found_by_their_letter() {
        let whole = Synonyms(Some(Groups::builtin(|_| true)));
        for term in BUILTIN
            .lines()
            .filter(|l| !l.starts_with('#'))
            .flat_map(|l| l.split('\t'))
        {
            let found = whole.find(term);
            assert!(!found.is_empty(), "{term}");
            assert_eq!(Synonyms::builtin().find(term), found, "{term}");
        }
    }

    #[test]
    fn terms_are_found_in_any_form_and_the_longest_first() {
        let synonyms = Synonyms::none()
            .with(
                "truce\tceasefire\tcessation of hostilities\n# a comment\nhostilities\tfighting\n",
            )
            .unwrap();
        let found = synonyms.find("truces and the cessation of hostilities");
        let others: Vec<_> = found.iter().map(|(_, o)| o.join(", ")).collect();
        assert_eq!(
            others,
            ["ceasefire, cessation of hostilities", "truce, ceasefire"]
        );
    }

    #[test]
    fn other_words_of_the_same_stem_are_not_replaced() {
        let synonyms = Synonyms::none()
            .with("mobilisation\tdraft\nreporter\tjournalist\nkidnapping\tabduction\n")
            .unwrap();
        for (text, found) in [
            ("mobile phone", 0),
            ("the report", 0),
            ("reporters", 1),
            ("kidnapped", 1),
            ("kidnappings", 1),
        ] {
            assert_eq!(synonyms.find(text).len(), found, "{text}");
        }
    }

    #[test]
    fn bad_groups_are_named() {
        let error = |text| Synonyms::none().with(text).unwrap_err();
        assert!(error("truce\tceasefire\nalone").starts_with("2: "));
        assert!(error("truce\ttruces").contains("twice"));
        assert!(error("truce\t!").contains("no words"));
        assert!(error("truce\t\u{301}").contains("no words"));
    }
}
