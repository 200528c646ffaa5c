//! Known names: groups, organisations, organs and persons of the gazetteer.
//!
//! A name with one bearer that asks for nothing is taken at once; the others wait until the article
//! has been read. States are `roles`'s and `agency`'s.

use super::lexicon::{self as l};
use super::{Pending, Reader};
use crate::gazetteer::format::LinkKind;
use crate::gazetteer::tokens::Shape;
use crate::gazetteer::{Candidate, Kind};

impl Reader<'_> {
    /// Takes the longest actor's name of the gazetteer at `i`.
    pub(super) fn known(&mut self, i: usize) -> Option<usize> {
        let scan = &self.scan;
        let (words, key) = scan.hits(i).actor?;
        let mut end = i + words;
        // The ordinary word at the head of a sentence is no name.
        if words == 1 && key.common() >= 2 && scan.weak_capital(i) && scan.shape(i) != Shape::Upper
        {
            return None;
        }
        // `The National` and `Time` magazine, but no other `national` or `time`.
        let named = scan.before(i) == "the" && scan.is_capital(i.wrapping_sub(1))
            || scan.has(end, l::MEDIA);
        if words == 1 && key.common() >= 3 && scan.shape(i) != Shape::Upper && !named {
            return None;
        }
        if scan.hits(i).place.is_some_and(|p| p.0 > words) {
            return None;
        }
        // In a text without case an ordinary word is no name.
        if words == 1 && key.common() >= 2 && scan.case == super::scan::Case::Void {
            return None;
        }
        let mut rows = Vec::new();
        let mut weak = true;
        for c in scan.candidates(key).iter() {
            let entry = scan.entry(c.row());
            if entry.kind().is_place() || entry.kind() == Kind::State || !scan.valid(c, i..end) {
                continue;
            }
            // A surname that needs more is `persons`'s.
            if entry.kind() == Kind::Person
                && c.has(Candidate::DERIVED)
                && (c.has(Candidate::WEAK) || key.common() >= 2)
            {
                continue;
            }
            // A weak name of several words is hardly ever something else.
            // `Metropolitan Police` is many a police; what has no country is rarely something else.
            let asks = c.has(Candidate::WEAK)
                && (words < 2 || words < 4 && (entry.country().is_some() || scan.weak_capital(i)));
            if !asks && weak {
                rows.clear();
                weak = false;
            }
            if asks == weak {
                rows.push(c.row());
            }
        }
        let &first = rows.first()?;
        let entry = scan.entry(first);
        if entry.kind() == Kind::Person && rows.len() == 1 && !weak {
            // A single word that is a person's other name, or the start of a longer one.
            if words == 1 && scan.is_capital(end) && scan.runs_on(end)
                || self.name_at(i).is_some_and(|n| n.end > end)
            {
                return None;
            }
            return Some(self.take_person(i, i..end, false, &[]));
        }
        if words == 1 && scan.is_capital(end) && scan.runs_on(end) && scan.given(i) {
            return None;
        }
        // `Minsk Group of the OSCE`: whom it belongs to is part of the name.
        if scan.word(end) == "of" && scan.joins(end) {
            let at = end + 1 + usize::from(scan.word(end + 1) == "the");
            if let Some((n, key)) = scan.hits(at).actor
                && scan
                    .candidates(key)
                    .iter()
                    .any(|c| entry.is_within(&scan.entry(c.row())) && c.row() != first)
            {
                end = at + n;
            }
        }
        let span = i..end;
        if rows.len() == 1 && !weak {
            let member = self.cast.entry(self.scan.entry(first));
            self.cast.mention(member, span.clone());
            // Behind `of the OSCE` the brackets explain the latter.
            return Some(if end > i + words {
                end
            } else {
                self.close_acronym(member, span)
            });
        }
        self.pending.push(Pending { span, rows, weak });
        Some(end)
    }

    /// Decides the names that had to wait.
    pub(super) fn settle_pending(&mut self) {
        let pending = std::mem::take(&mut self.pending);
        for p in &pending {
            let written = self.scan.tokens.key(p.span.clone());
            if let Some(&(_, member)) = self.acronyms.iter().find(|a| a.0 == written) {
                self.cast.mention(member, p.span.clone());
                continue;
            }
            if let Some(row) = self.choose(&p.rows, p.weak) {
                let member = self.cast.entry(self.scan.entry(row));
                self.cast.mention(member, p.span.clone());
            } else if p.span.len() > 1
                && self.cast.free(p.span.clone())
                && let Some(form) = self.shape(p.span.start).filter(|f| f.end <= p.span.end)
            {
                self.take_shape(form);
            }
        }
    }

    /// The bearer that the article speaks for, if it speaks for one.
    fn choose(&self, rows: &[u32], weak: bool) -> Option<u32> {
        let score = |&row: &u32| {
            let entry = self.scan.entry(row);
            let id = entry.id();
            let mut score = 0;
            if self
                .cast
                .by_id(&id)
                .is_some_and(|m| !self.cast.members[m].mentions.is_empty())
            {
                score += 4;
            }
            if let Some(country) = entry.country() {
                let state = format!("state:{country}");
                score += 2 * i32::from(
                    self.states
                        .iter()
                        .any(|s| self.scan.entry(s.row).country() == Some(country)),
                );
                score += i32::from(
                    self.cast
                        .members
                        .iter()
                        .any(|m| m.country.as_deref() == Some(country)),
                );
                score += i32::from(self.cast.by_id(&state).is_some());
            }
            score += 2 * entry
                .ancestors()
                .iter()
                .filter(|a| self.cast.by_id(&a.id()).is_some())
                .count()
                .min(1) as i32;
            score += i32::from(entry.kind() == Kind::Person && self.in_office(&entry));
            if self.alive(&entry) { score } else { score - 2 }
        };
        let best = rows.iter().map(|r| (score(r), *r)).max_by_key(|s| s.0)?;
        if weak && best.0 < 1 {
            return None;
        }
        let ties = rows.iter().filter(|r| score(r) == best.0).count();
        (ties == 1 || best.0 < 1 || !weak)
            .then(|| rows.iter().find(|r| score(r) == best.0).copied())
            .flatten()
    }

    /// Whether an entry existed when the article was published, as far as is known.
    fn alive(&self, entry: &crate::gazetteer::Entry<'_>) -> bool {
        let Some(published) = self.published else {
            return true;
        };
        let mut own = entry.links().filter(|l| l.to == *entry).peekable();
        own.peek().is_none() || own.any(|l| l.from.is_none_or(|f| f <= published))
    }

    /// Whether a person held an office when the article was published.
    pub(super) fn in_office(&self, entry: &crate::gazetteer::Entry<'_>) -> bool {
        let Some(published) = self.published else {
            return false;
        };
        entry.links().any(|l| {
            l.kind == LinkKind::Office
                && l.from.is_none_or(|f| f <= published)
                && l.until.is_none_or(|u| u >= published)
        })
    }

    /// Whether a word is one of grammar that no name begins with.
    pub(super) fn function(&self, i: usize) -> bool {
        self.scan.has(i, l::FUNCTION)
    }
}
