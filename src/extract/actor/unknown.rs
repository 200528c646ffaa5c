//! Unknown names: capitalised words that neither the gazetteer nor a rule explains.
//!
//! Every occurrence in the article votes; a name that acts, speaks or is spoken of as somebody is
//! an actor of kind `unknown`, one that only stands behind prepositions of place is none.

use super::Reader;
use super::lexicon as l;
use super::scan::Case;
use crate::extract::hash::Map;
use crate::gazetteer::tokens::Shape;
use crate::gazetteer::{Key, Kind};
use std::ops::Range;

/// What speaks for and against a name.
#[derive(Debug, Default)]
pub(super) struct Votes {
    spans: Vec<Range<usize>>,
    acts: i32,
    lies: i32,
    /// Occurrences whose capital is no matter of position.
    firm: i32,
    /// What the gazetteer's places say against it, once.
    place: i32,
    media: bool,
}

impl Reader<'_> {
    /// Notes the capitalised run at `i`; returns where to go on.
    pub(super) fn unexplained(&mut self, i: usize) -> usize {
        let scan = &self.scan;
        let mut end = i + 1;
        let plain = scan.common(i) >= 2 && scan.weak_capital(i);
        if scan.text.as_bytes().get(scan.tokens.bytes(i..end).end) == Some(&b'$') {
            return end;
        }
        // `Deir el-Zour` is one name, whatever its small letters.
        if let Some((words, key)) = scan.hits(i).place
            && words > 1
            && (key.has(Key::MAJOR) || scan.common(i) == 0)
            && (i + 1..i + words).any(|t| scan.shape(t) == Shape::Lower)
        {
            return i + words;
        }
        // `Apple reports`, at the head of a sentence, counts if it is a name elsewhere.
        let alone = plain
            && scan.role(i).is_none()
            && scan.title(i).is_none()
            && !scan.has(i, l::SPEECH | l::ACT | l::AUXILIARY | l::OBJECT)
            && scan.joins(end)
            && self.verb(end);
        if plain
            && !alone
            && (!scan.is_capital(end)
                || !scan.runs_on(end)
                || scan.hits(end).actor.is_some()
                || scan.hits(end).state.is_some()
                || scan.given(end)
                || scan.shape(end) == Shape::Upper)
        {
            return end;
        }
        while end < scan.len()
            && end < i + 6
            && scan.runs_on(end)
            && scan.is_capital(end)
            && !scan.has(end, l::FUNCTION | l::CALENDAR)
            && (scan.hits(end).state.is_none()
                || matches!(scan.word(i), "air" | "radio" | "banco" | "team"))
            && scan.title(end).is_none()
            && !scan.digits(end)
            && !(scan.shape(end) == Shape::Upper && scan.hits(end).actor.is_some())
        {
            end += 1;
        }
        if scan.case != Case::Mixed {
            return i + 1;
        }
        let span = i..end;
        if let Some(done) = self.defined(span.clone()) {
            return done;
        }
        let scan = &self.scan;
        // `Gulf War`, `Minsk Agreement`.
        if scan.has(end - 1, l::THING)
            || scan.has(i, l::THING)
            || end - i == 1
                && (plain && !alone || scan.role(i).is_some() || scan.title(i).is_some())
        {
            return end;
        }
        if scan.headline(i) || scan.has(i, l::HEAD | l::COMPASS) && end - i == 1 {
            return end;
        }
        if (scan.word(i).len() < 2 || scan.digits(i)) && end - i == 1 {
            return end;
        }
        let (acts, lies) = (self.acting(&span), self.lying(&span));
        let scan = &self.scan;
        let place = scan
            .hits(i)
            .place
            .filter(|p| p.0 >= end - i)
            .map_or(0, |p| if p.1.has(Key::MAJOR) { 4 } else { 1 });
        let firm = i32::from(
            !scan.weak_capital(i) || scan.common(i) == 0 && scan.shape(i) == Shape::Upper,
        );
        let media = i > 0 && scan.has(i - 1, l::MEDIA) && scan.joins(i);
        let votes = self
            .unknown
            .entry(scan.tokens.key(span.clone()).to_string())
            .or_default();
        votes.acts += acts;
        votes.lies += lies;
        votes.firm += firm;
        votes.place = place;
        votes.media |= media;
        votes.spans.push(span);
        end
    }

    /// Whether the words around a name make it somebody.
    fn acting(&self, span: &Range<usize>) -> i32 {
        let scan = &self.scan;
        let next = span.end;
        let mut votes = 0;
        // `Engineers at Paloch can hear`, `churches at X, Y and Z became`: somebody else acts.
        let object = self.governed(span.start);
        let known = self.is_town(span);
        if self.apposed(next) && !object {
            votes += 2;
        }
        let subject = scan.joins(next) && !scan.possessive(next - 1) && self.verb(next);
        if subject && !object && !self.belongs(span.start, known) {
            votes += match scan.has(next, l::SPEECH | l::ACT) {
                true => 2,
                false => i32::from(!known),
            };
        }
        if scan.joins(next)
            && (scan.role(next).is_some() || scan.title(next).is_some())
            && scan.shape(next) != Shape::Title
        {
            votes += 2;
        }
        let civil = scan.role(next).is_some_and(|r| r.1.code == "CVL");
        if scan.possessive(next - 1)
            && !civil
            && (scan.has(next, l::DEED) || scan.role(next).is_some() || scan.title(next).is_some())
        {
            votes += 2;
        } else if scan.possessive(next - 1) && !civil && !scan.has(next, l::PART) {
            votes += 1;
        }
        if span.start > 0 && scan.joins(span.start) {
            let before = span.start - 1;
            // `said Wilson`, but `said Djibo was calm`.
            let told = subject && known;
            if matches!(scan.word(before), "said" | "says" | "added") && !told {
                votes += 2;
            }
            if scan.has(before, l::COMPANY | l::MEDIA) {
                votes += 2;
            }
            // Gunmen attack towns and men alike.
            let attacked = matches!(
                scan.word(before),
                "attack" | "attacked" | "destroy" | "targeting"
            );
            if scan.has(before, l::TOWARDS | l::OBJECT) && !known && !attacked {
                votes += 1;
            }
        }
        let upper = span.len() == 1
            && scan.shape(span.start) == Shape::Upper
            && scan.word(span.start).len() > 2;
        votes + i32::from(upper && votes > 0 && !scan.headline(span.start))
    }

    /// Whether places have the name and persons do not: of such a name it says little that something is said
    /// of it, or done to it. `ELN` is none, nor `the Force`, whatever towns are called so.
    fn is_town(&self, span: &Range<usize>) -> bool {
        let (scan, start) = (&self.scan, span.start);
        let articled = scan.before(start) == "the" && scan.joins(start);
        let otherwise = articled || scan.shape(start) == Shape::Upper;
        scan.hits(start).place.is_some_and(|(words, key)| {
            let borne = key.has(Key::SURNAME) || key.has(Key::GIVEN);
            words >= span.len() && !borne && !otherwise
        })
    }

    /// Whether a preposition of place governs the name at `start`, or the list that it stands in.
    pub(super) fn governed(&self, start: usize) -> bool {
        let scan = &self.scan;
        let mut k = start;
        while k > 0 && start - k < 12 {
            let before = k - 1;
            if scan.joins(k) && scan.has(before, l::LOCATIVE) {
                return true;
            }
            let list = scan.comma(k) && !scan.opens(k) && scan.is_capital(before)
                || scan.joins(k)
                    && (scan.is_capital(before)
                        || matches!(scan.word(before), "and" | "or")
                        || scan.particle(before) && scan.shape(before) == Shape::Lower);
            if !list {
                return false;
            }
            k -= 1;
        }
        false
    }

    /// Whether the name at `start` says where, whence or whose the subject is: `the mayor of Timbuktu said`, `the
    /// road to Bor was closed`, but `the wife of Okoro said`.
    fn belongs(&self, start: usize, town: bool) -> bool {
        let scan = &self.scan;
        if !scan.joins(start) {
            return false;
        }
        match scan.before(start) {
            "to" | "on" | "against" => true,
            "from" => town,
            "of" => {
                let head = scan.word(start.wrapping_sub(2));
                town && !matches!(head, "leader" | "leaders" | "head" | "spokesman")
                    || matches!(
                        head,
                        "bombardment"
                            | "bombing"
                            | "capture"
                            | "fall"
                            | "governor"
                            | "inhabitants"
                            | "mayor"
                            | "outskirts"
                            | "people"
                            | "residents"
                            | "shelling"
                            | "siege"
                            | "villagers"
                    )
            }
            _ => false,
        }
    }

    fn lying(&self, span: &Range<usize>) -> i32 {
        let scan = &self.scan;
        let mut votes = 0;
        if span.start > 0 && scan.joins(span.start) {
            let mut p = span.start - 1;
            if scan.word(p) == "the" && p > 0 {
                p -= 1;
            }
            if scan.has(p, l::LOCATIVE | l::COMPASS) {
                // `at Apple`, but `at Tinzaouaten` where that is known for a place.
                let place = scan.hits(span.start).place;
                let known = place.is_some_and(|h| h.0 >= span.len());
                let known = known && !scan.possessive(span.end - 1);
                votes += if scan.word(p) == "at" && !known { 0 } else { 2 };
            }
            if scan.word(p) == "of" && p > 0 {
                votes += if scan.has(p - 1, l::THING | l::PART)
                    || matches!(
                        scan.word(p - 1),
                        "siege" | "suburb" | "battle" | "fall" | "outskirts"
                    ) {
                    3
                } else {
                    0
                };
            }
        }
        if scan.role(span.end).is_some_and(|r| r.1.code == "CVL") && scan.joins(span.end) {
            votes += 3;
        }
        if scan.joins(span.end) && scan.has(span.end, l::THING | l::PART) {
            votes += 2;
        }
        votes
    }

    /// Decides every name by the votes of the whole article.
    pub(super) fn settle_unknown(&mut self) {
        let mut all: Vec<(String, Votes)> = self.unknown.drain().collect();
        all.sort_by(|a, b| a.1.spans[0].start.cmp(&b.1.spans[0].start));
        let mut rest = Vec::new();
        for (key, votes) in all {
            let single = votes
                .spans
                .first()
                .is_some_and(|s| s.len() == 1 && self.scan.common(s.start) >= 2);
            let often =
                votes.acts > 0 && !single && votes.firm > 0 && votes.lies + votes.place == 0;
            if votes.acts <= votes.lies + votes.place
                || votes.acts < 2 && !often
                || votes.firm == 0 && (single || votes.acts < 3)
                || single && votes.acts < 4 && votes.firm < 2
            {
                rest.push((key, votes));
                continue;
            }
            let mut member = None;
            for span in &votes.spans {
                if !self.cast.free(span.clone()) {
                    continue;
                }
                let kind = if votes.media { "media" } else { "unknown" };
                let at = match member {
                    Some(at) => at,
                    None => match self.firm(span) {
                        Some(row) => self.cast.entry(self.scan.entry(row)),
                        None => self.cast.text(self.scan.slice(span.clone()), kind),
                    },
                };
                member = Some(at);
                self.cast.mention(at, span.clone());
            }
        }
        self.fronts(rest);
    }

    /// The only organisation of the table that is called so: an everyday word such as `Apple` that
    /// the article has shown to be a name.
    fn firm(&self, span: &Range<usize>) -> Option<u32> {
        let scan = &self.scan;
        let (words, key) = scan.hits(span.start).actor?;
        let mut rows = scan
            .candidates(key)
            .iter()
            .filter(|c| !scan.entry(c.row()).kind().is_place() && scan.valid(*c, span.clone()));
        let one = rows.next().filter(|_| words == span.len())?;
        let organisation = scan.entry(one.row()).kind() == Kind::Organisation;
        (organisation && rows.next().is_none()).then_some(one.row())
    }

    /// `Northrop` for `Northrop Grumman`: the front of one organisation's name stands for it.
    fn fronts(&mut self, rest: Vec<(String, Votes)>) {
        // The organisations, by the fronts of their names.
        let mut wholes: Map<String, Vec<usize>> = Map::default();
        for (at, m) in self.cast.members.iter().enumerate() {
            if m.id.starts_with("text:") && m.kind != "person" && !m.mentions.is_empty() {
                for (end, _) in m.key.match_indices(' ') {
                    wholes.entry(m.key[..end].to_string()).or_default().push(at);
                }
            }
        }
        for (key, votes) in rest {
            let Some(&[member, ref more @ ..]) = wholes.get(&key).map(Vec::as_slice) else {
                continue;
            };
            if !more.is_empty()
                || votes.firm == 0
                || votes.place > 1
                || self
                    .scan
                    .has(votes.spans[0].start, l::PEOPLE | l::HEAD | l::MODIFIER)
            {
                continue;
            }
            for span in &votes.spans {
                self.cast.mention(member, span.clone());
            }
        }
    }
}
