//! Names that no table has: abbreviated states, acronyms that the text defines, unknown towns.
//!
//! Each needs the text to say that it is a place: `the village of X`, `X, Syria`. A guess by
//! capitals alone is not made.

use super::recognise::{Case, Scan, Toponym};
use super::words::{self, Cue};
use crate::gazetteer::tokens::{Gap, Shape};
use crate::gazetteer::{Key, Token};
use std::ops::Range;

impl Scan<'_> {
    /// `Alexandria, La.`, `Springfield, MA`, `S.C.`: the abbreviations of states.
    pub(super) fn abbreviations(&mut self) {
        if self.case == Case::Lower {
            return;
        }
        let mut added = Vec::new();
        for (i, t) in self.tokens.list().iter().enumerate().skip(1) {
            let short = t.end - t.start <= 6 && matches!(t.shape, Shape::Title | Shape::Upper);
            // Nothing but a postal code goes without a stop.
            let bytes = self.text.as_bytes();
            let stopped = !t.plain || bytes.get(t.end as usize) == Some(&b'.');
            if !short || !(stopped || t.shape == Shape::Upper) {
                continue;
            }
            // `W.Va.` is two words to the analyzer.
            let two = self.tokens.folded(i) == "w"
                && self.tokens.folded(i + 1) == "va"
                && self.text[t.end as usize..].starts_with('.');
            let end = if two { i + 2 } else { i + 1 };
            let Some(state) =
                words::state_abbreviation(if two { "wva" } else { self.tokens.folded(i) })
            else {
                continue;
            };
            let written = &self.text[t.start as usize..t.end as usize];
            let dotted = written.contains('.') && written.len() > 3;
            let stop = self.text[t.end as usize..].starts_with('.') || dotted;
            let postal = t.shape == Shape::Upper && written.len() == 2;
            let comma = t.gap.has(Gap::COMMA) && self.is_capital(i - 1);
            let alone = (dotted
                || two
                || stop && t.shape == Shape::Title && written.len() > 3 && self.common(i) == 0)
                && !t.gap.has(Gap::STOP);
            if (stop || postal) && comma || alone {
                added.push((i..end, state));
            }
        }
        for (words, state) in added {
            self.toponyms
                .retain(|t| t.span.end <= words.start || words.end <= t.span.start);
            self.toponyms.push(Toponym {
                name: words.clone(),
                span: words,
                key: None,
                stands_for: Some(state),
                cue: Cue::Unit,
                inside: None,
                list: None,
                score: 3.0,
                firm: true,
                article: false,
                street: false,
            });
        }
        self.toponyms.sort_by_key(|t| t.span.start);
    }

    /// `New South Wales (NSW)`: from there on the letters stand for the name.
    pub(super) fn acronyms(&mut self) {
        let mut defined: Vec<(String, Key, Cue)> = Vec::new();
        for t in &self.toponyms {
            let (Some(key), Some(next)) = (t.key, self.token(t.span.end)) else {
                continue;
            };
            if next.gap.0 != Gap::OPEN | Gap::SPACE || next.shape != Shape::Upper {
                continue;
            }
            let words = t.span.clone().map(|n| self.tokens.folded(n));
            let initials = words.filter_map(|word| word.chars().next());
            let letters = self.tokens.folded(t.span.end);
            if letters.len() > 1 && letters.chars().eq(initials) {
                defined.push((letters.to_string(), key, t.cue));
            }
        }
        for (letters, key, cue) in defined {
            for i in 0..self.tokens.len() {
                let fits = self.tokens.folded(i) == letters
                    && self.token(i).is_some_and(|t| t.shape == Shape::Upper);
                if fits && !self.toponyms.iter().any(|t| t.span.contains(&i)) {
                    self.toponyms.push(Toponym {
                        name: i..i + 1,
                        span: i..i + 1,
                        key: Some(key),
                        stands_for: None,
                        cue,
                        inside: None,
                        list: None,
                        score: 3.0,
                        firm: true,
                        article: false,
                        street: false,
                    });
                }
            }
        }
        self.toponyms.sort_by_key(|t| t.span.start);
    }

    /// Names that the gazetteer lacks and the text shows to be places: `the village of X`, `X, Syria`. Returns
    /// the other names that no toponym has.
    pub(super) fn unknown_names(&mut self) -> Vec<Range<usize>> {
        let mut others = Vec::new();
        if self.case == Case::Lower {
            return others;
        }
        let mut taken = vec![false; self.tokens.len() + 1];
        for t in &self.toponyms {
            taken[t.span.clone()].fill(true);
        }
        let mut added = Vec::new();
        let mut i = 1;
        while i < self.tokens.len() {
            if taken[i]
                || !self.is_capital(i)
                || self
                    .token(i)
                    .is_some_and(|t| matches!(t.shape, Shape::Upper | Shape::Caseless))
            {
                i += 1;
                continue;
            }
            let mut end = i + 1;
            while end < i + 4 && !taken[end] && !self.tokens.list()[end - 1].possessive {
                // `Umm al-Zarzur`
                end += match (self.continues(end), self.goes_on_by_article(end)) {
                    (true, _) => 1,
                    (_, true) => 2,
                    _ => break,
                };
            }
            match self.unknown_name(i, end) {
                Some(t) => added.push(t),
                None => others.push(i..end),
            }
            i = end;
        }
        self.toponyms.extend(added);
        self.toponyms.sort_by_key(|t| t.span.start);
        others
    }

    pub(super) fn unknown_name(&self, i: usize, end: usize) -> Option<Toponym> {
        let before = self.tokens.folded(i - 1);
        let joined = self.token(i).is_some_and(|t| t.gap.joins());
        let mut cue = Cue::None;
        if joined && before == "of" && i > 1 && self.token(i - 1).is_some_and(|t| t.gap.joins()) {
            cue = words::cue_before(self.tokens.folded(i - 2));
        } else if joined {
            cue = words::cue_directly_before(before);
        }
        let after = if self.tokens.joins(end) {
            self.tokens.folded(end)
        } else {
            ""
        };
        let mut span = i..end;
        if cue == Cue::None
            && !after.is_empty()
            && self.token(end).is_some_and(|t| t.shape == Shape::Lower)
        {
            cue = match after {
                "province" | "governorate" | "oblast" | "district" | "county" | "village"
                | "raion" | "township" | "municipality" | "neighborhood" | "neighbourhood" => {
                    words::cue_after(after)
                }
                "camp" if joined && words::is_locative(before) => Cue::Camp,
                _ => Cue::None,
            };
            span.end += usize::from(!matches!(cue, Cue::None | Cue::Town));
        }
        let by_comma = || {
            let comma = |t: &Token| t.gap.0 == Gap::COMMA | Gap::SPACE;
            let outer = |t: &&Toponym| t.span.start == end;
            let wide = |t: &Toponym| {
                t.stands_for.is_some() || t.key.is_some_and(|k| k.has(Key::MAJOR)) && t.score > 2.0
            };
            joined
                && self.token(end).is_some_and(comma)
                && matches!(
                    before,
                    "in" | "at" | "near" | "from" | "of" | "outside" | "around" | "to"
                )
                && self.toponyms.iter().find(outer).is_some_and(wide)
        };
        // A name that ends in a unit's word has been taken apart by the list of its kinds.
        let plain = |n| {
            let word = self.tokens.folded(n);
            words::is_arabic_article(word) || !words::is_calendar(word) && self.common(n) < 2
        };
        if end - i > 3 || (cue == Cue::None && !by_comma()) || !(i..end).all(plain) {
            return None;
        }
        Some(Toponym {
            name: i..end,
            span,
            key: None,
            stands_for: None,
            cue,
            inside: None,
            list: None,
            score: 2.0,
            firm: true,
            article: false,
            street: false,
        })
    }
}
