//! Neighbours: what the words around a name are, seen from the name.
//!
//! Questions of writing and of word lists, without a judgement; that is `judge`'s.

use super::recognise::Scan;
use super::words;
use crate::gazetteer::Key;
use crate::gazetteer::tokens::{Gap, Shape};

impl Scan<'_> {
    /// Whether the capital of the word at `i` may be its sentence's only.
    pub(super) fn opens_sentence(&self, i: usize) -> bool {
        self.token(i).is_some_and(|t| {
            t.gap.has(
                Gap::PARAGRAPH
                    | Gap::NEWLINE
                    | Gap::QUOTE
                    | Gap::COLON
                    | Gap::DASH
                    | Gap::OTHER
                    | Gap::OPEN,
            ) || t.gap.has(Gap::STOP) && (i == 0 || !is_abbreviation(self.tokens.folded(i - 1)))
        })
    }

    pub(super) fn common(&self, i: usize) -> u8 {
        self.key(i).map_or(0, Key::common)
    }

    pub(super) fn is_major(&self, i: usize) -> bool {
        self.key(i).is_some_and(|k| k.has(Key::MAJOR))
    }

    /// A capitalised word that no list explains: part of a name.
    pub(super) fn is_unknown_capital(&self, i: usize) -> bool {
        let word = self.tokens.folded(i);
        if word.len() < 2
            || words::is_calendar(word)
            || self
                .token(i)
                .is_some_and(|t| t.shape == Shape::Upper || t.possessive)
        {
            return false;
        }
        match self.key(i) {
            None => true,
            Some(k) => {
                k.common() < 2
                    && !k.has(Key::TITLE)
                    && !k.has(Key::ROLE)
                    && !(k.has(Key::ACTOR))
                    && !k.has(Key::MAJOR)
                    || k.has(Key::GIVEN) && k.common() < 2
            }
        }
    }

    /// A common word with a capital that neither a sentence nor a headline explains: `Rift` in `Rift Valley`.
    pub(super) fn is_capital_word(&self, i: usize, end: usize) -> bool {
        let headline = |n: usize| {
            self.is_capital(n)
                && self.common(n) > 1
                && words::cue_after(self.tokens.folded(n)) == words::Cue::None
        };
        let plain = self.key(i).is_some_and(|k| {
            k.common() > 0 && !k.has(Key::TITLE) && !k.has(Key::ROLE) && !k.has(Key::ACTOR)
        });
        let explained = self.opens_sentence(i) || i > 0 && headline(i - 1) || headline(end);
        plain && !explained
    }

    /// A word whose capital a sentence's beginning explains.
    pub(super) fn is_clause_word(&self, i: usize) -> bool {
        self.opens_sentence(i) && self.common(i) >= 2
    }

    /// Whether a compound's last word follows within the capitalised words after a name.
    pub(super) fn compound_after(&self, from: usize, country: bool) -> bool {
        (from..from + 3)
            .take_while(|&n| n == from || self.continues(n))
            .any(|n| {
                let word = self.tokens.folded(n);
                words::is_compound_head(word) && !(country && n > from)
            })
    }

    pub(super) fn chunk_end(&self, from: usize) -> usize {
        let mut end = from;
        while end < from + 4 && self.continues(end) {
            end += 1;
        }
        end
    }

    /// Whether the neighbours of a word in capitals are in capitals too: a headline.
    pub(super) fn line_is_upper(&self, i: usize) -> bool {
        let upper = |n: usize| self.token(n).is_some_and(|t| t.shape == Shape::Upper);
        i > 0 && upper(i - 1) && upper(i + 1)
            || upper(i + 1) && upper(i + 2)
            || i > 1 && upper(i - 1) && upper(i - 2)
    }

    /// `KABUL, Afghanistan (AP) —`, `GOMA, 12 May -`: capitals at a paragraph's head.
    pub(super) fn is_dateline(&self, i: usize, end: usize) -> bool {
        let opens = self
            .token(i)
            .is_some_and(|t| t.gap.has(Gap::PARAGRAPH | Gap::NEWLINE));
        opens
            && self
                .token(end)
                .is_some_and(|t| t.gap.has(Gap::COMMA | Gap::DASH | Gap::OPEN | Gap::SLASH))
            && self.token(i).is_some_and(|t| t.shape == Shape::Upper)
    }

    /// Whether a capital speaks: `Moscow said`, `Washington has accused`.
    pub(super) fn speaks(&self, i: usize, end: usize) -> bool {
        // `a hospital in the Mukuru district of Nairobi said`
        if i > 0
            && (words::is_locative(self.tokens.folded(i - 1)) || self.tokens.folded(i - 1) == "of")
        {
            return false;
        }
        let next = self.tokens.folded(end);
        let joined = |n: usize| self.token(n).is_some_and(|t| t.gap.0 == Gap::SPACE);
        joined(end)
            && (words::is_speech(next)
                || matches!(next, "has" | "had" | "also")
                    && joined(end + 1)
                    && words::is_speech(self.tokens.folded(end + 1)))
    }
}

fn is_abbreviation(word: &str) -> bool {
    word.chars().count() == 1
        || matches!(
            word,
            "mr" | "mrs"
                | "ms"
                | "dr"
                | "gen"
                | "col"
                | "lt"
                | "sgt"
                | "capt"
                | "maj"
                | "st"
                | "sen"
                | "rep"
                | "gov"
                | "prof"
                | "rev"
                | "vs"
                | "no"
                | "jr"
                | "sr"
                | "us"
                | "un"
                | "uk"
        )
}
