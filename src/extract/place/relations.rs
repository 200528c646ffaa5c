//! Relations between toponyms: what is said to lie in what, what is enumerated together, what lies
//! near what.
//!
//! Read off the punctuation and small words between them; whether it is true, `resolve` finds out.

use super::recognise::{Case, ENOUGH, Scan, Toponym};
use super::words::{self, Cue};
use crate::gazetteer::tokens::{Gap, Shape};
use crate::gazetteer::tree::distance;
use crate::gazetteer::{Candidate, Key, Token};

/// So near a town stands for a chance word.
const NEXT_KM: f32 = 50.0;

impl Scan<'_> {
    /// Finds what the text says lies in what: `X, Y`, `X (Y)`, `X in Y`, `X region of Y`.
    pub(super) fn link(&mut self) {
        self.enumerations();
        for n in 0..self.toponyms.len() {
            let end = self.toponyms[n].span.end;
            let Some(next) = self.toponyms.get(n + 1) else {
                continue;
            };
            let start = next.span.start;
            let direct = start == end && self.token(start).is_some_and(|t| matches!(t.gap.0 & !Gap::NEWLINE, g if g == Gap::COMMA | Gap::SPACE || g == Gap::OPEN | Gap::SPACE || g == Gap::COMMA));
            let unit = self.toponyms[n].cue != Cue::None;
            let by_word = start > end
                && (start - end < 4 && (self.is_in(end, start) || unit && self.is_of(end, start))
                    || start - end < 10 && self.is_apposed(end, start));
            if direct
                && self.toponyms[n].list.is_some()
                && self.toponyms[n].list == self.toponyms[n + 1].list
            {
                continue;
            }
            if direct || by_word {
                let contains = self.may_contain(n, n + 1);
                if direct && !contains && self.goes_on_to_act(n + 1) {
                    continue;
                }
                self.toponyms[n].inside = Some(n + 1);
                if contains {
                    // That a chance word lies in what follows it would be a rare chance.
                    self.toponyms[n].score = (self.toponyms[n].score + 3.0).max(1.5);
                    self.toponyms[n + 1].score += 0.5;
                }
            }
        }
    }

    /// Whether a clause begins with the name behind a comma: `In Geneva, Syria's government`, `Erbil, Iran said`.
    fn goes_on_to_act(&self, n: usize) -> bool {
        let span = &self.toponyms[n].span;
        let possessive = self.token(span.end - 1).is_some_and(|t| t.possessive);
        possessive || self.speaks(span.start, span.end)
    }

    /// Whether `of` stands between a name with its unit and another: `the Man region of Ivory Coast`.
    fn is_of(&self, from: usize, to: usize) -> bool {
        let plain = |n: usize| {
            self.token(n)
                .is_some_and(|t| t.gap.0 & !Gap::NEWLINE == Gap::SPACE)
        };
        self.tokens.folded(from) == "of" && to == from + 1 && plain(from) && plain(to)
    }

    /// Whether the words between say what the first is and what it lies in: `X, a fishing town in the
    /// province of Y`.
    fn is_apposed(&self, from: usize, to: usize) -> bool {
        let plain = |n: &usize| {
            self.token(*n)
                .is_some_and(|t| t.gap.0 & !Gap::NEWLINE == Gap::SPACE)
        };
        let comma = |t: &Token| t.gap.0 & !Gap::NEWLINE == Gap::COMMA | Gap::SPACE;
        let word = |n: usize| self.tokens.folded(n);
        if !(self.token(from).is_some_and(comma)
            && matches!(word(from), "a" | "an" | "the")
            && (from + 1..=to).all(|n| plain(&n)))
        {
            return false;
        }
        let noun = |n: &usize| words::cue_before(word(*n)) != Cue::None;
        let Some(at) = (from + 1..to.min(from + 5)).find(noun) else {
            return false;
        };
        if word(at + 1) != "in" {
            return false;
        }
        let mut n = at + 2;
        n += usize::from(word(n) == "the" && n < to);
        if n + 1 < to && noun(&n) && word(n + 1) == "of" {
            n += 2;
        }
        (n..to).all(|n| words::is_direction(word(n)))
    }

    /// Whether the words between two names say `in`: `in`, `, in western`, `in the`.
    fn is_in(&self, from: usize, to: usize) -> bool {
        let runs_on = |n: usize, first: bool| {
            self.token(n).is_some_and(|t| {
                t.gap.0 & !Gap::NEWLINE & !(if first { Gap::COMMA } else { 0 }) == Gap::SPACE
            })
        };
        let plain =
            |n: usize| self.tokens.folded(n) == "the" || words::is_direction(self.tokens.folded(n));
        self.tokens.folded(from) == "in"
            && runs_on(from, true)
            && (from + 1..=to).all(|n| runs_on(n, false))
            && (from + 1..to).all(plain)
    }

    /// Marks enumerations: `A, B and C`, whose members are alike, not one in the other.
    pub(super) fn enumerations(&mut self) {
        let comma = |t: &Token| t.gap.0 & !Gap::NEWLINE == Gap::COMMA | Gap::SPACE;
        let mut start = 0;
        while start < self.toponyms.len() {
            let mut end = start + 1;
            let mut closed = false;
            while end < self.toponyms.len() && !closed {
                let (a, b) = (
                    self.toponyms[end - 1].span.end,
                    self.toponyms[end].span.start,
                );
                let and = |n: usize| {
                    matches!(
                        self.tokens.folded(n),
                        "and" | "or" | "y" | "et" | "und" | "и" | "e" | "i" | "та" | "і"
                    )
                };
                let by_and = b == a + 1
                    && and(a)
                    && self
                        .token(b)
                        .is_some_and(|t| t.gap.0 & !Gap::NEWLINE == Gap::SPACE);
                if by_and {
                    closed = true;
                } else if !(a == b && self.token(b).is_some_and(comma)) {
                    break;
                }
                end += 1;
            }
            let members = end - start;
            // `Goma, North Kivu, Congo` has three members and no `and`.
            if members > 3 || closed && members > 2 {
                for t in &mut self.toponyms[start..end] {
                    t.list = Some(start);
                    t.score += 0.6;
                }
            } else if closed {
                for t in &mut self.toponyms[start..end] {
                    t.score += 0.3;
                }
            }
            start = end;
        }
    }

    /// Lets a word that is a name as well count as one where its bearer lies next to a place that the
    /// text names for sure: that a chance word does so would be a rare chance. `Sake` beside Goma.
    pub(super) fn vouch(&mut self) {
        if self.case != Case::Mixed {
            return;
        }
        let doubtful = |t: &Toponym| {
            let i = t.name.start;
            // A surname counts where the text says that it is a place, or sets it beside one.
            let placed = |name: &str| {
                !self.surnames.contains(name)
                    && (t.firm || self.tokens.folded(i.wrapping_sub(1)) == "and")
            };
            let fits = |k: Key| match k.has(Key::SURNAME) || k.has(Key::GIVEN) {
                true => placed(self.tokens.folded(i)),
                false => k.common() > 0,
            };
            t.name.len() == 1
                && t.score < ENOUGH
                && !t.article
                && t.key.is_some_and(fits)
                && !self.continues(i + 1)
                && !(i > 0 && self.continues(i) && self.is_capital(i - 1))
                && self.token(i).is_some_and(|w| w.shape == Shape::Title)
                && !self.opens_sentence(i)
        };
        let all = 0..self.toponyms.len();
        let doubtful: Vec<usize> = all.filter(|&n| doubtful(&self.toponyms[n])).collect();
        if doubtful.is_empty() {
            return;
        }
        let point = |c: Candidate| {
            let entry = self.gazetteer.row(c.row());
            entry.point().filter(|_| entry.kind().is_town())
        };
        let bearers = |t: &Toponym| {
            let list = t.key.map(|k| self.gazetteer.candidates(k));
            list.unwrap_or_default().iter()
        };
        let sure: Vec<(f32, f32)> = self
            .toponyms
            .iter()
            .filter(|t| t.score >= ENOUGH && t.key.is_some_and(|k| k.common() == 0))
            .filter_map(|t| bearers(t).find_map(point))
            .collect();
        let next = |p: (f32, f32)| sure.iter().any(|s| distance(p, *s) < NEXT_KM);
        // Somebody put the bearer on a list, and the text is on its country: `in Muse` beside Lashio.
        let country = |c: Candidate| self.gazetteer.row(c.row()).country_number();
        let meant = self.toponyms.iter().filter(|t| t.score >= ENOUGH);
        let lands: Vec<u32> = meant
            .filter_map(|t| bearers(t).next().map(country))
            .filter(|&land| land > 0)
            .collect();
        let chosen = |c: Candidate| {
            let entry = self.gazetteer.row(c.row());
            entry.is_chosen() && entry.kind().is_place() && lands.contains(&country(c))
        };
        let vouched = |&n: &usize| {
            let t = &self.toponyms[n];
            let mut list = bearers(t).take(20);
            t.firm && bearers(t).take(20).any(chosen) || list.any(|c| point(c).is_some_and(next))
        };
        let vouched: Vec<usize> = doubtful.into_iter().filter(vouched).collect();
        for n in vouched {
            self.toponyms[n].score += 3.0;
        }
    }

    /// Whether some bearer of one name lies in some bearer of the other.
    pub(super) fn may_contain(&self, inner: usize, outer: usize) -> bool {
        let rows = |n: usize| -> Vec<u32> {
            let t: &Toponym = &self.toponyms[n];
            let key = t
                .stands_for
                .and_then(|s| self.gazetteer.lookup(s))
                .or(t.key);
            key.map_or_else(Vec::new, |k| {
                self.gazetteer
                    .candidates(k)
                    .iter()
                    .take(40)
                    .map(Candidate::row)
                    .collect()
            })
        };
        let outer = rows(outer);
        rows(inner).into_iter().any(|r| {
            let e = self.gazetteer.row(r);
            let up = [e.admin1(), e.admin2(), e.country_entry()];
            up.iter()
                .flatten()
                .any(|p| p.row() != r && outer.contains(&p.row()))
        })
    }
}
