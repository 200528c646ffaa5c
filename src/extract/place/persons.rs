//! Persons: capitalised words that a title, a given name or an initial makes a person of.
//!
//! Only so far as places need it: what is a person here is no place. Who it is, is `actor`'s.

use super::recognise::{Case, Match, Scan};
use super::words::{self, Cue};
use crate::gazetteer::tokens::{Gap, Shape};
use crate::gazetteer::{Key, Kind};

impl Scan<'_> {
    /// The end of a person's name that begins at `i`, if one does.
    pub(super) fn person(&mut self, i: usize, found: &[Match]) -> Option<usize> {
        if self.case != Case::Mixed {
            return None;
        }
        let stop = |m: &&Match| {
            self.token(i + m.words)
                .is_some_and(|t| t.gap.0 == Gap::STOP | Gap::SPACE)
        };
        let title = found
            .iter()
            .filter(|m| {
                m.key.has(Key::TITLE) && (!m.key.has(Key::PLACE) || m.key.common() > 1 || stop(m))
            })
            .map(|m| m.words)
            .max();
        let given =
            found.iter().any(|m| m.words == 1 && m.key.has(Key::GIVEN)) || self.initial_follows(i);
        let from = match (title, given) {
            (Some(words), _) => i + words,
            (None, true) => i + 1,
            _ => return None,
        };
        // A place's own name may begin with a given name: `San Jose`, `Jackson County`.
        let longest_place = found
            .iter()
            .filter(|m| m.key.has(Key::PLACE))
            .map(|m| m.words)
            .max()
            .unwrap_or(0);
        if longest_place > title.unwrap_or(1) {
            return None;
        }
        // `Israel`, `China` and `Georgia` are given names, but rarely.
        if title.is_none() && self.is_major(i) && !self.is_surname(i + 1) && !self.is_initial(i + 1)
        {
            return None;
        }
        let mut end = from;
        let mut last = None;
        while end < self.tokens.len() && end < from + 5 {
            let word = self.tokens.folded(end);
            let starts_name =
                if end == from && title.is_some() || end > from && self.is_initial(end - 1) {
                    self.follows_title(end)
                } else {
                    self.continues(end)
                };
            if starts_name && self.is_initial(end) {
                end += 1;
            } else if starts_name && self.token(end - 1).is_some_and(|t| !t.possessive) {
                if self.is_no_surname(end, word)
                    || end == from
                        && self.is_major_place(end)
                        && !(self.continues(end + 1) && self.is_surname(end + 1))
                {
                    break;
                }
                last = Some(end);
                end += 1;
            } else if words::is_person_particle(word)
                && self.tokens.joins(end)
                && self.continues(end + 1)
            {
                end += 1;
            } else {
                break;
            }
        }
        let last = last?;
        let word = title.is_none() && self.opens_sentence(i) && self.common(i) >= 2;
        if word && self.is_major(from) && !self.is_told_of(last + 1) {
            return None;
        }
        self.surnames.insert(self.tokens.folded(last));
        Some(last + 1)
    }

    /// Whether the words behind a name tell of a person: `Jack London, a teacher`, `, 43`.
    fn is_told_of(&self, end: usize) -> bool {
        self.token(end).is_some_and(|t| {
            t.gap.0 == Gap::COMMA | Gap::SPACE
                && (t.shape == Shape::Digit
                    || matches!(self.tokens.folded(end), "a" | "an" | "who" | "whose"))
        })
    }

    pub(super) fn is_surname(&self, i: usize) -> bool {
        self.key(i)
            .is_some_and(|k| (k.has(Key::SURNAME) || k.has(Key::GIVEN)) && k.common() < 2)
    }

    /// A capital with a stop and a capitalised word after it: `Roy A. Nelson`.
    pub(super) fn initial_follows(&self, i: usize) -> bool {
        self.is_initial(i + 1)
            && self
                .token(i + 2)
                .is_some_and(|t| t.shape == Shape::Title && t.gap.0 == Gap::STOP | Gap::SPACE)
            && self.common(i) < 3
    }

    pub(super) fn is_initial(&self, i: usize) -> bool {
        self.token(i).is_some_and(|t| {
            t.end - t.start == 1 && t.shape == Shape::Title && t.gap.0 == Gap::SPACE
        })
    }

    pub(super) fn follows_title(&self, i: usize) -> bool {
        self.is_capital(i)
            && self
                .token(i)
                .is_some_and(|t| t.gap.joins() || t.gap.0 == Gap::STOP | Gap::SPACE)
    }

    pub(super) fn is_major_place(&self, i: usize) -> bool {
        self.key(i).is_some_and(|k| {
            k.has(Key::MAJOR)
                && !k.has(Key::GIVEN)
                && self
                    .gazetteer
                    .candidates(k)
                    .iter()
                    .next()
                    .is_some_and(|c| self.gazetteer.row(c.row()).kind() == Kind::Country)
        })
    }

    /// Words that are capitalised after a name without being part of it.
    pub(super) fn is_no_surname(&self, i: usize, word: &str) -> bool {
        words::is_calendar(word)
            || words::cue_after(word) != Cue::None
            || words::is_compound_head(word)
            || words::is_street(word)
            || self.key(i).is_some_and(|k| {
                k.common() >= 2
                    && !k.has(Key::GIVEN)
                    && !k.has(Key::SURNAME)
                    && self.token(i).is_some_and(|t| t.shape == Shape::Title)
            })
    }
}
