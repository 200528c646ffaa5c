//! Naming: which words make a person's name, and whether somebody speaks.
//!
//! Capitalised words with particles and initials between them, as far as nothing else claims them.
//! Whose name it is, and whether it is one at all, is decided by `persons`.

use super::Reader;
use super::lexicon::{self as l, Title};
use super::scan::Case;
use crate::gazetteer::tokens::{Gap, Shape};
use crate::gazetteer::{Candidate, Key, Kind};
use std::ops::Range;

impl Reader<'_> {
    /// The words of a person's name that begins at `k`.
    pub(super) fn name_at(&self, k: usize) -> Option<Range<usize>> {
        let scan = &self.scan;
        let mut end = k;
        let mut capitals = 0;
        let mut t = k;
        while t < scan.len() && capitals < 5 && t < k + 8 {
            if t > k && !scan.runs_on(t) {
                let initial = scan.abbreviated(t)
                    && (scan.word(t - 1).len() == 1 || matches!(scan.word(t - 1), "st" | "jr"));
                // `John “J.D.” Dorrian`
                let quoted = |t: usize| {
                    scan.gap(t).has(Gap::QUOTE)
                        && scan.gap(t).0 & !(Gap::SPACE | Gap::QUOTE) == 0
                        && scan.is_capital(t)
                };
                if t > k && quoted(t) && quoted(t + 1) && self.name_word(t + 1, k) {
                    capitals += 2;
                    t += 2;
                    end = t;
                    continue;
                }
                if !initial {
                    break;
                }
            }
            if self.name_word(t, k) {
                capitals += 1;
                t += 1;
                end = t;
            } else if scan.particle(t)
                && (t > k || scan.shape(t) == Shape::Lower)
                && (self.name_word(t + 1, k) || scan.particle(t + 1))
                && scan.runs_on(t + 1)
            {
                t += 1;
            } else {
                break;
            }
        }
        // A lone initial is no name.
        (capitals > 0 && (capitals > 1 || scan.word(end - 1).len() > 1)).then_some(k..end)
    }

    pub(super) fn name_word(&self, t: usize, first: usize) -> bool {
        let scan = &self.scan;
        if !scan.is_capital(t)
            || scan.has(
                t,
                l::FUNCTION | l::CALENDAR | l::HEAD | l::PEOPLE | l::THING,
            ) && !scan.given(t)
                && !self.last_name(t, first)
        {
            return false;
        }
        if scan.has(t, l::FUNCTION | l::AUXILIARY | l::SPEECH)
            && (scan.headline(t)
                || scan.case != Case::Mixed
                || scan.shape(t) != Shape::Title
                || scan.has(t, l::FUNCTION))
        {
            // `Will`, `May` and `An` are names too, but not the first guess.
            return scan.given(t)
                && scan.shape(t) == Shape::Title
                && scan.is_capital(t + 1)
                && !scan.weak_capital(t);
        }
        let hits = scan.hits(t);
        if hits.state.is_some()
            && !(scan.given(t) && t == first)
            && !(scan.given(t) && t > first && scan.given(t - 1) && scan.case == Case::Mixed)
            && !self.state_surname(t, first)
        {
            return false;
        }
        if scan.case != Case::Mixed || scan.headline(t) {
            return (scan.common(t) == 0 || scan.given(t))
                && scan.role(t).is_none()
                && scan.title(t).is_none()
                && !scan.has(t, l::ACT | l::SPEECH)
                && t < first + 3;
        }
        // `Putin President X`: a title inside ends the name, `King` last does not.
        t == first
            || scan
                .title(t)
                .is_none_or(|_| !scan.is_capital(t + 1) || !scan.runs_on(t + 1))
    }

    /// `Jack London`, `Roberto Lima`: a country or a capital directly behind a given name.
    fn state_surname(&self, t: usize, first: usize) -> bool {
        let scan = &self.scan;
        t == first + 1
            && scan.case == Case::Mixed
            && !scan.headline(t)
            && scan.shape(t) == Shape::Title
            && !scan.gap(t).has(Gap::NEWLINE)
            && scan.given(first)
            && scan.common(first) < 3
            && scan.hits(first).state.is_none()
            && scan.hits(first).actor.is_none_or(|a| a.0 < 2)
            && scan.hits(first).place.is_none_or(|p| !p.1.has(Key::MAJOR))
            && scan
                .hits(t)
                .state
                .is_some_and(|s| s.0 == 1 && s.2 & (Candidate::ADJECTIVE | Candidate::PEOPLE) == 0)
            && !(scan.is_capital(t + 1) && scan.runs_on(t + 1))
            && !scan.possessive(t)
    }

    /// Whether a name behind a comma is that of who holds the office before it: `the mayor of Zemio,
    /// Twiza Lukoji, was killed`.
    pub(super) fn office_before(&self, name: &Range<usize>) -> bool {
        let scan = &self.scan;
        let held = scan.comma(name.start)
            && !scan.opens(name.start)
            && scan.comma(name.end)
            && (2..=4).contains(&name.len())
            && !scan.has(name.start, l::COMPASS)
            && !scan.has(name.end - 1, l::THING | l::HEAD | l::PART);
        if !held {
            return false;
        }
        let mut of = name.start - 1;
        while of > 0 && name.start - of < 8 && scan.joins(of) {
            if matches!(scan.word(of), "of" | "for") {
                return (of.saturating_sub(4)..of)
                    .any(|k| scan.title(k).is_some_and(|t| k + t.0 == of));
            }
            of -= 1;
        }
        false
    }

    /// The title at `i`; `head` and `chief` are posts only before `of`.
    pub(super) fn post(&self, i: usize) -> Option<(usize, Title)> {
        let scan = &self.scan;
        let head = Title {
            kind: "civil",
            honorific: false,
            capital: false,
            low: false,
        };
        let of = scan.word(i + 1) == "of" && scan.joins(i + 1);
        scan.title(i)
            .or_else(|| (scan.word(i) == "head" && of).then_some((1, head)))
    }

    /// `Jim Press`: an ordinary word behind a given name and before none.
    pub(super) fn last_name(&self, t: usize, first: usize) -> bool {
        let scan = &self.scan;
        t == first + 1
            && scan.given(first)
            && !scan.has(t, l::FUNCTION | l::CALENDAR | l::FACILITY)
            && !(scan.is_capital(t + 1) && scan.runs_on(t + 1))
            && !scan.weak_capital(t)
    }

    /// Whether one word behind a title can be a surname.
    pub(super) fn single_name(&self, k: usize, lower_title: bool) -> bool {
        let scan = &self.scan;
        let hits = scan.hits(k);
        if hits.state.is_some()
            || scan.headline(k) && scan.common(k) > 0
            || scan.shape(k) == Shape::Upper && scan.case == Case::Mixed && scan.word(k).len() < 5
        {
            return false;
        }
        if hits.actor.is_some_and(|a| {
            scan.candidates(a.1).iter().any(|c| {
                matches!(
                    scan.entry(c.row()).kind(),
                    Kind::Group | Kind::Organisation | Kind::Organ
                )
            })
        }) {
            return false;
        }
        let place = hits
            .place
            .is_some_and(|p| p.1.has(Key::MAJOR) && !p.1.has(Key::SURNAME));
        if scan.case != Case::Mixed {
            return scan.common(k) == 0 && scan.role(k).is_none() && !place;
        }
        let doubtful = lower_title && place || scan.common(k) >= 3 && scan.weak_capital(k);
        !doubtful && scan.role(k).is_none() && scan.title(k).is_none()
    }

    /// Whether somebody speaks: `X said`, `said X`, `X, a spokesman for Y, said`, `X told`.
    pub(super) fn speaks(&self, name: &Range<usize>) -> bool {
        let scan = &self.scan;
        let after = name.end;
        let before = name.start.wrapping_sub(1);
        // `a resident of Y, said`, `the clinic at Y, warned`: somebody else speaks.
        let governed = name.start > 0
            && scan.joins(name.start)
            && (scan.has(before, l::LOCATIVE)
                || matches!(scan.word(before), "of" | "for" | "from" | "to"));
        let said = scan.has(after, l::SPEECH) && scan.shape(after) == Shape::Lower && !governed;
        if said && scan.joins(after) && !scan.possessive(after - 1) {
            return true;
        }
        if name.start > 0
            && matches!(
                scan.word(before),
                "said" | "says" | "told" | "added" | "warned"
            )
            && scan.joins(name.start)
            && scan.word(before) != "told"
        {
            return true;
        }
        if scan.word(after) == "of"
            && scan.joins(after)
            && self.party(after + 1).is_some_and(|p| p.1 == "media")
        {
            return true;
        }
        // `Y, insisted that`
        if said && scan.comma(after) {
            return true;
        }
        // `Y, the Armenian prime minister,` and `Y, 34,`.
        if scan.comma(after) {
            if scan.shape(after) == Shape::Digit
                && scan.word(after).len() == 2
                && scan.comma(after + 1)
            {
                return true;
            }
            let mut t = after;
            while t < after + 5 {
                if t > after && !scan.joins(t) {
                    return false;
                }
                if self.post(t).is_some() {
                    return true;
                }
                // `, the CIA director`, but `In San Vicente, FMLN commander`
                let party = self.party(t).map(|p| p.2).filter(|_| !governed);
                if party.is_none()
                    && !scan.has(t, l::DETERMINER | l::MODIFIER)
                    && !scan.possessive(t)
                {
                    return false;
                }
                t += party.unwrap_or(1);
            }
        }
        false
    }
}
