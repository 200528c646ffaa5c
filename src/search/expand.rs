//! Expansion: wildcards, wrong letters and regular expressions → the words of the index they stand for.
//!
//! Automata walk the term dictionaries. More than [`MOST`] words are refused: the answer would be
//! cut short or take all day, and neither is to be taken for an answer. Not for stems (`words`).

use super::vocabulary::is_alive;
use crate::analysis::fold;
use crate::analysis::fold::is_apostrophe;
use crate::error::{Error, Kind, Result};
use crate::index::Index;
use crate::query::Term;
use regex_automata::dfa::{Automaton, dense};
use regex_automata::util::primitives::StateID;
use regex_automata::util::{start, syntax};
use regex_automata::{Anchored, MatchKind};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;
use unicode_normalization::UnicodeNormalization;

/// A pattern stands for at most so many words of the index.
pub(super) const MOST: usize = 2048;
/// An automaton takes at most so many bytes.
const LARGEST: usize = 16 << 20;

/// The words of the index that a pattern stands for.
///
/// Ends with an error once `stop` is set, in the middle of a dictionary too.
pub(super) fn expand(index: &Index, term: &Term, stop: &AtomicBool) -> Result<BTreeSet<String>> {
    let (shown, pattern) = match term {
        Term::Fuzzy(word, n) => {
            let shown = format!("{word}~{n}");
            let word = tantivy::Term::from_field_text(index.fields().text, &fold(word));
            let automaton = FuzzyTermQuery::new(word, *n, true)
                .automaton()
                .map_err(|e| index.damaged(e))?;
            return walk(index, &shown, automaton, stop);
        }
        Term::Pattern(text) => (text.clone(), of_wildcards(text)),
        Term::Regex(text) => (format!("/{text}/"), of_regex(text)),
        Term::Word(word) | Term::Exact(word) => return Ok(BTreeSet::from([fold(word)])),
    };
    let large = || {
        refused(
            index,
            format!("{shown} is too large a pattern; make it shorter"),
        )
    };
    let automaton = dense::Builder::new()
        .syntax(syntax::Config::new().unicode(true).utf8(true))
        .configure(
            dense::Config::new()
                .match_kind(MatchKind::All)
                .start_kind(regex_automata::dfa::StartKind::Anchored)
                .dfa_size_limit(Some(LARGEST))
                .determinize_size_limit(Some(LARGEST)),
        )
        .build(&pattern)
        .map_err(|_| large())?;
    let start = automaton
        .start_state(&start::Config::new().anchored(Anchored::Yes))
        .map_err(|_| large())?;
    walk(index, &shown, Whole { automaton, start }, stop)
}

/// A regular expression for a word with `*` and `?`, folded as the index is.
fn of_wildcards(text: &str) -> String {
    let mut pattern = String::new();
    let mut literal = String::new();
    let flush = |literal: &mut String, pattern: &mut String| {
        for c in fold(literal).chars() {
            if !c.is_alphanumeric() {
                pattern.push('\\');
            }
            pattern.push(c);
        }
        literal.clear();
    };
    for c in text.chars() {
        match c {
            '*' | '?' => {
                flush(&mut literal, &mut pattern);
                pattern.push_str(if c == '*' { ".*" } else { "." });
            }
            _ => literal.push(c),
        }
    }
    flush(&mut literal, &mut pattern);
    pattern
}

/// A regular expression for words as the index has them. What folds away leaves a place for what is said of
/// it: `U\.?N\.?` finds `un`.
fn of_regex(text: &str) -> String {
    const NOTHING: &str = "(?:)";
    let mut pattern = String::from("(?i:");
    let mut in_class = false;
    let mut chars = text.nfc().peekable();
    let mut before = ' ';
    while let Some(c) = chars.next() {
        let in_range = in_class && (before == '-' || chars.peek() == Some(&'-'));
        before = c;
        match c {
            '\\' => match chars.next() {
                Some('.' | '\'') if !in_class => pattern.push_str(NOTHING),
                Some(escaped) => pattern.extend([c, escaped]),
                None => pattern.push(c),
            },
            _ if is_apostrophe(c) && !in_class => pattern.push_str(NOTHING),
            '[' | ']' => {
                in_class = c == '[';
                pattern.push(c);
            }
            // The ends of a range fold to letters that bound another one.
            _ if c.is_ascii() || in_range => pattern.push(c),
            _ => match fold(c.encode_utf8(&mut [0; 4])) {
                folded if folded.is_empty() => pattern.push(c),
                folded if in_class && folded.chars().nth(1).is_some() => pattern.push(c),
                folded if in_class => pattern.push_str(&folded),
                folded => pattern.extend(["(?:", &folded, ")"]),
            },
        }
    }
    pattern.push(')');
    pattern
}

/// The terms of text and titles that an automaton takes.
fn walk<A: tantivy_fst::Automaton>(
    index: &Index,
    shown: &str,
    automaton: A,
    stop: &AtomicBool,
) -> Result<BTreeSet<String>>
where
    A::State: Clone,
{
    let fields: [Field; 2] = [index.fields().text, index.fields().title];
    let mut found = BTreeSet::new();
    let automaton = &Stopping { automaton, stop };
    for segment in index.searcher().segment_readers() {
        for field in fields {
            let inverted = segment
                .inverted_index(field)
                .map_err(|e| index.damaged(e))?;
            let mut terms = inverted
                .terms()
                .search(automaton)
                .into_stream()
                .map_err(|e| index.damaged(e))?;
            while terms.advance() {
                if let Ok(term) = std::str::from_utf8(terms.key())
                    && !found.contains(term)
                    && is_alive(index, segment, &inverted, terms.value())?
                {
                    found.insert(term.to_owned());
                }
                if found.len() > MOST {
                    return Err(refused(
                        index,
                        format!(
                            "{shown} stands for more than {MOST} words of the index; write more of its letters"
                        ),
                    ));
                }
            }
        }
    }
    match stop.load(Ordering::Relaxed) {
        true => Err(Error::new(Kind::Stopped, index.path())),
        false => Ok(found),
    }
}

fn refused(index: &Index, why: String) -> Error {
    Error::new(Kind::TooBroad(why), index.path())
}

/// An automaton that takes nothing more once `stop` is set.
struct Stopping<'s, A> {
    automaton: A,
    stop: &'s AtomicBool,
}

impl<A: tantivy_fst::Automaton> tantivy_fst::Automaton for Stopping<'_, A> {
    type State = A::State;

    fn start(&self) -> A::State {
        self.automaton.start()
    }

    fn is_match(&self, state: &A::State) -> bool {
        self.automaton.is_match(state)
    }

    fn can_match(&self, state: &A::State) -> bool {
        !self.stop.load(Ordering::Relaxed) && self.automaton.can_match(state)
    }

    fn accept(&self, state: &A::State, byte: u8) -> A::State {
        self.automaton.accept(state, byte)
    }
}

/// A regular expression that has to take the whole word.
struct Whole<A> {
    automaton: A,
    start: StateID,
}

impl<A: Automaton> tantivy_fst::Automaton for Whole<A> {
    type State = StateID;

    fn start(&self) -> StateID {
        self.start
    }

    fn is_match(&self, state: &StateID) -> bool {
        let end = self.automaton.next_eoi_state(*state);
        self.automaton.is_match_state(end)
    }

    fn can_match(&self, state: &StateID) -> bool {
        !self.automaton.is_dead_state(*state)
    }

    fn accept(&self, state: &StateID, byte: u8) -> StateID {
        self.automaton.next_state(*state, byte)
    }
}

#[cfg(test)]
mod tests {
    use super::of_regex;

    #[test]
    fn a_regular_expression_folds_as_words_do() {
        for (written, word) in [
            ("communiqués?", "communique"),
            ("communiqués?", "communiques"),
            ("Sana'?a", "sanaa"),
            (r"U\.?N\.?", "un"),
            ("caf[éè]s?", "cafes"),
            ("cafe\u{301}", "cafe"),
            ("straß?e", "strasse"),
            ("миномётов", "минометов"),
            ("[а-яё]+", "дом"),
            ("[Ѐ-ӿ]+", "дом"),
            ("[œe]", "e"),
        ] {
            let regex = regex_automata::meta::Regex::new(&format!("^{}$", of_regex(written)));
            assert!(regex.unwrap().is_match(word), "{written} {word}");
        }
    }
}
