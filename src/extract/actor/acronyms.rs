//! Acronyms that the article defines: `Rapid Support Forces (RSF)`, `FMLN [Farabundo …]`.
//!
//! A definition stands in brackets directly behind a name; from then on, and before, the acronym
//! means that name in this article. Acronyms that the gazetteer knows are `known`'s.

use super::Reader;
use super::lexicon as l;
use crate::gazetteer::tokens::{Gap, Shape};
use crate::gazetteer::{Kind, name_key};
use std::ops::Range;

impl Reader<'_> {
    /// If an acronym in brackets follows `span`, gives it to `member`; returns where to go on.
    pub(super) fn close_acronym(&mut self, member: usize, span: Range<usize>) -> usize {
        let at = span.end;
        let scan = &self.scan;
        if !self.bracketed(at) || !scan.is_capital(at) {
            return at;
        }
        let short = scan.slice(at..at + 1);
        let letters = short.chars().filter(|c| c.is_alphabetic()).count();
        let upper = scan.shape(at) == Shape::Upper
            || scan.case != super::scan::Case::Mixed
            || letters <= 5 && self.initials(&span, at);
        if !(2..=10).contains(&letters) || !upper {
            return at;
        }
        let key = scan.word(at).to_string();
        let member = self.known_acronym(member, &span, at);
        self.cast.mention(member, at..at + 1);
        self.acronyms.entry(key).or_insert(member);
        at + 1
    }

    /// The gazetteer's entry for a name that it has in other words, if the acronym and a word of
    /// the name are the entry's: `UN Support Mission (UNSMIL)`.
    fn known_acronym(&mut self, member: usize, span: &Range<usize>, at: usize) -> usize {
        let scan = &self.scan;
        if !self.cast.members[member].id.starts_with("text:") {
            return member;
        }
        let Some((1, key)) = scan.hits(at).actor else {
            return member;
        };
        let mut rows = scan.candidates(key).iter().filter(|c| {
            let entry = scan.entry(c.row());
            matches!(entry.kind(), Kind::Group | Kind::Organisation)
                && scan.valid(*c, at..at + 1)
                && std::iter::once(entry.name())
                    .chain(entry.aliases())
                    .any(|n| {
                        let name = name_key(n);
                        let shared = name
                            .split(' ')
                            .filter(|w| w.len() > 3 && span.clone().any(|t| scan.word(t) == *w));
                        2 * shared.count()
                            >= span.clone().filter(|&t| scan.word(t).len() > 3).count()
                    })
        });
        let (Some(one), None) = (rows.next(), rows.next()) else {
            return member;
        };
        let known = self.cast.entry(scan.entry(one.row()));
        self.cast.transfer(member, known);
        known
    }

    /// Whether exactly one word stands in brackets at `at`.
    pub(super) fn bracketed(&self, at: usize) -> bool {
        let scan = &self.scan;
        scan.gap(at).has(Gap::OPEN)
            && at < scan.len()
            && (scan.gap(at + 1).has(Gap::CLOSE) || at + 1 == scan.len())
    }

    /// Whether the word at `at` is made of the initials of the words of `span`.
    pub(super) fn initials(&self, span: &Range<usize>, at: usize) -> bool {
        let scan = &self.scan;
        let mut letters = scan.word(at).chars();
        let mut next = letters.next();
        let mut met = 0;
        for i in span.clone() {
            if scan.word(i).chars().next() == next {
                met += 1;
                next = letters.next();
            }
        }
        // The letters may follow another language's order: `National Revolutionary Movement (MNR)`.
        next.is_none() && met >= 2 || self.scrambled(span, at)
    }

    fn scrambled(&self, span: &Range<usize>, at: usize) -> bool {
        let scan = &self.scan;
        let mut first: Vec<char> = span
            .clone()
            .filter(|&i| !scan.has(i, l::FUNCTION | l::LINK))
            .filter_map(|i| scan.word(i).chars().next())
            .collect();
        let mut letters: Vec<char> = scan.word(at).chars().collect();
        first.sort_unstable();
        letters.sort_unstable();
        letters.len() > 2 && first == letters
    }

    /// A capitalised run before a bracketed acronym made of its initials is an organisation.
    pub(super) fn defined(&mut self, span: Range<usize>) -> Option<usize> {
        if span.len() < 2 || !self.bracketed(span.end) || !self.initials(&span, span.end) {
            return None;
        }
        let member = self.cast.text(self.scan.slice(span.clone()), "other");
        self.cast.mention(member, span.clone());
        Some(self.close_acronym(member, span))
    }

    /// Takes an acronym that the article has defined before.
    pub(super) fn acronym(&mut self, i: usize) -> Option<usize> {
        if self.acronyms.is_empty() || !self.scan.is_capital(i) || self.scan.has(i, l::FUNCTION) {
            return None;
        }
        let member = *self.acronyms.get(self.scan.word(i))?;
        self.cast.mention(member, i..i + 1).then_some(i + 1)
    }

    /// Marks the acronyms wherever else they stand.
    pub(super) fn settle_acronyms(&mut self) {
        if self.acronyms.is_empty() {
            return;
        }
        for i in 0..self.scan.len() {
            if !self.scan.is_capital(i)
                || self.scan.has(i, l::FUNCTION)
                || !self.cast.free(i..i + 1)
            {
                continue;
            }
            if let Some(&member) = self.acronyms.get(self.scan.word(i)) {
                self.cast.mention(member, i..i + 1);
            }
        }
    }
}
