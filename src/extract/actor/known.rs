//! Known names: groups, organisations, organs and persons of the gazetteer.
//!
//! A name with one bearer that asks for nothing is taken at once; the others wait until the article
//! has been read. States are `roles`'s and `agency`'s.

use super::cast::{Cast, Member};
use super::lexicon::{self as l};
use super::scan::Scan;
use super::{Pending, Reader};
use crate::extract::hash::{Map, Set};
use crate::gazetteer::format::LinkKind;
use crate::gazetteer::tokens::Shape;
use crate::gazetteer::{Candidate, Key, Kind};
use std::ops::Range;

/// For so many years after an office a surname alone still means who held it.
const AFTER: i16 = 15;

impl Reader<'_> {
    /// Takes the longest actor's name of the gazetteer at `i`.
    pub(super) fn known(&mut self, i: usize) -> Option<usize> {
        self.known_by(i, self.scan.hits(i).actor?)
    }

    fn known_by(&mut self, i: usize, (words, key): (usize, Key)) -> Option<usize> {
        let scan = &self.scan;
        let mut end = i + words;
        // The ordinary word at the head of a sentence is no name.
        if words == 1 && key.common() >= 2 && scan.weak_capital(i) && scan.shape(i) != Shape::Upper
        {
            // `Congress passed` may be somebody's.
            let subject = scan.has(i, l::HEAD) && scan.runs_on(end);
            if !(subject && !scan.headline(i) && self.verb(end)) {
                self.doubtful.push(i);
                return None;
            }
        }
        if words == 1 && key.common() >= 3 && scan.weak_capital(i) && scan.headline(i) {
            return None;
        }
        if words == 1 && key.common() >= 3 && scan.shape(i) != Shape::Upper && !self.titular(i) {
            return None;
        }
        if scan.hits(i).place.is_some_and(|p| p.0 > words) {
            return None;
        }
        // `Alex Saab`, `Mr. Ford`: once the article has such a person, the surname is the person's.
        let namesake =
            words == 1 && scan.shape(i) == Shape::Title && self.surnames.contains_key(scan.word(i));
        // In a text without case an ordinary word is no name.
        if words == 1 && key.common() >= 2 && scan.case != super::scan::Case::Mixed {
            return None;
        }
        let (mut rows, mut weak) = (Vec::new(), true);
        let mut unborn = false;
        for c in scan.candidates(key).iter() {
            let entry = scan.entry(c.row());
            if entry.kind().is_place() || entry.kind() == Kind::State || !scan.valid(c, i..end) {
                continue;
            }
            if namesake && entry.kind() == Kind::Organisation {
                continue;
            }
            // `in Amhara` is the land of the people.
            if words == 1
                && entry.kind_name() == "ethnic-group"
                && super::stands_for_land(scan.tokens, i)
            {
                continue;
            }
            // Nobody wrote of it before there was one; the `Vanguard` is a newspaper that speaks.
            let word = words == 1 && key.common() >= 2 && scan.shape(i) != Shape::Upper;
            if self.unborn(&entry) {
                unborn = true;
                continue;
            }
            if word && entry.kind_name() == "media" && !self.titular(i) && !self.heard(i) {
                continue;
            }
            // A surname that needs more is `persons`'s.
            if entry.kind() == Kind::Person
                && c.has(Candidate::DERIVED)
                && (c.has(Candidate::WEAK) || key.common() >= 2 || !self.near_office(&entry, 8))
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
        // `OSCE monitors` were the OSCE's before there was the mission that is called so now.
        if rows.is_empty()
            && unborn
            && let Some(shorter) = scan.shorter(i, words)
        {
            return self.known_by(i, shorter);
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

    /// Whether an everyday word at `i` is written as a name: `told The National`, `Time magazine`,
    /// but no other `national` or `time`.
    fn titular(&self, i: usize) -> bool {
        let scan = &self.scan;
        let end = i + 1;
        let on = scan.runs_on(end);
        if on
            && matches!(
                scan.word(end),
                "newspaper" | "magazine" | "daily" | "weekly"
            )
        {
            let other = matches!(
                scan.before(i),
                "a" | "every" | "any" | "this" | "that" | "our" | "their"
            );
            return !scan.weak_capital(i) && !other;
        }
        if i == 0 || scan.before(i) != "the" || !scan.joins(i) || !scan.is_capital(i - 1) {
            return false;
        }
        // At the head of a sentence the article's capital says nothing, a verb of speaking does.
        !(on && scan.is_capital(end))
            && (!scan.weak_capital(i - 1) || on && scan.has(end, l::SPEECH))
    }

    /// Whether a word is told something, or says something.
    fn heard(&self, i: usize) -> bool {
        let scan = &self.scan;
        scan.joins(i)
            && matches!(
                scan.before(i),
                "told" | "by" | "newspaper" | "magazine" | "daily"
            )
            || scan.runs_on(i + 1) && scan.has(i + 1, l::SPEECH)
    }

    /// Decides the names that had to wait.
    pub(super) fn settle_pending(&mut self) {
        let pending = std::mem::take(&mut self.pending);
        if pending.is_empty() {
            return;
        }
        let mut tally = self.tally();
        for p in &pending {
            tally.note(&self.cast.members);
            let written = self.scan.tokens.key(p.span.clone()).to_string();
            if let Some(&member) = self.acronyms.get(&written) {
                self.cast.mention(member, p.span.clone());
                continue;
            }
            if let Some(row) = self.choose(p, &tally) {
                let member = self.cast.entry(self.scan.entry(row));
                self.cast.mention(member, p.span.clone());
            } else if self.cast.free(p.span.clone()) {
                self.generic(p, &mut tally);
            }
        }
    }

    /// An ordinary word at the head of a sentence is the name of an organisation that the article
    /// names elsewhere: `Apple unveils a telephone. A spokesman for Apple said`.
    pub(super) fn settle_doubtful(&mut self) {
        for i in std::mem::take(&mut self.doubtful) {
            let named = self.scan.hits(i).actor.and_then(|(_, key)| {
                self.scan.candidates(key).iter().find_map(|c| {
                    let entry = self.scan.entry(c.row());
                    let member = self.cast.by_id(&entry.id())?;
                    let said = !self.cast.members[member].mentions.is_empty();
                    (entry.kind() == Kind::Organisation && said).then_some(member)
                })
            });
            if let Some(member) = named {
                self.cast.mention(member, i..i + 1);
            }
        }
    }

    /// A name such as `National Guard` or `Congress` whose known bearers are other countries'.
    fn generic(&mut self, pending: &Pending, tally: &mut Tally) {
        let span = pending.span.clone();
        if let Some(member) = self.longer.owner(&self.scan, &self.cast, span.clone()) {
            self.cast.mention(member, span);
            return;
        }
        if span.len() > 1 {
            let Some(form) = self.shape(span.start).filter(|f| f.end <= span.end) else {
                return;
            };
            self.take_shape(form);
        } else {
            let entry = self.scan.entry(pending.rows[0]);
            if entry.kind() == Kind::Organisation && self.scan.shape(span.start) == Shape::Title {
                // What no table decides, the article may.
                self.unexplained(span.start);
                return;
            }
            let organ = entry.kind() == Kind::Organ && self.scan.has(span.start, l::HEAD);
            if !organ || tally.focus().is_none() {
                return;
            }
            let kind = entry.kind_name();
            let member = self.cast.text(self.scan.slice(span.clone()), kind);
            self.cast.mention(member, span.clone());
        }
        let official = |kind| {
            matches!(
                kind,
                "government" | "military" | "police" | "ministry" | "intelligence"
            )
        };
        if let Some(owner) = self.cast.owner(span.start)
            && let member = &mut self.cast.members[owner]
            && member.id.starts_with("text:")
            && member.country.is_none()
            && official(member.kind)
        {
            member.country = tally.focus().map(str::to_string);
            tally.members.extend(member.country.clone());
        }
    }

    /// How often the article names each country, by itself or by what belongs to it.
    fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        for s in &self.states {
            let country = self.scan.entry(s.row).country().unwrap_or("");
            tally.add(country, 1);
            if !tally.states.contains(country) {
                tally.states.insert(country.to_string());
            }
        }
        for m in &self.cast.members {
            tally.add(m.country.as_deref().unwrap_or(""), m.mentions.len());
        }
        tally
    }

    /// The bearer that the article speaks for, if it speaks for one.
    fn choose(&self, pending: &Pending, tally: &Tally) -> Option<u32> {
        let (weak, at) = (pending.weak, pending.span.start);
        let rows: Vec<u32> = pending
            .rows
            .iter()
            .copied()
            .filter(|&row| !weak || self.fits_countries(row, at, tally))
            .collect();
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
                score += 2 * i32::from(tally.states.contains(country));
                score += i32::from(tally.members.contains(country));
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

    /// Whether the article is about the country of a bearer whose name others may bear as well.
    fn fits_countries(&self, row: u32, at: usize, tally: &Tally) -> bool {
        let entry = self.scan.entry(row);
        let Some(country) = entry.country() else {
            return true;
        };
        let named = self
            .cast
            .by_id(&entry.id())
            .is_some_and(|m| !self.cast.members[m].mentions.is_empty());
        let own = tally.of(country);
        let most = tally.times.iter().map(|t| t.1).max().unwrap_or(0);
        let clear = if entry.kind() != Kind::Organ {
            most <= 4 * own
        } else {
            // An organ is the one of the country that was named last, or most.
            most <= own || most <= 3 * own && self.last_country(at) == Some(country)
        };
        let other = entry.kind() == Kind::Organ && tally.focus().is_some_and(|f| f != country);
        named || entry.kind() == Kind::Person || own > 0 && clear && !other
    }

    /// The country that was named last before a word, by itself or by what belongs to it.
    fn last_country(&self, at: usize) -> Option<&str> {
        let before = self.states.partition_point(|s| s.span.end <= at);
        let state = self.states[..before]
            .last()
            .map(|s| (s.span.end, self.scan.entry(s.row).country()));
        let from = state.map_or(0, |s| s.0.saturating_sub(1));
        let member = (from..at).rev().find_map(|k| {
            let country = self.cast.members[self.cast.owner(k)?].country.as_deref()?;
            Some((k + 1, Some(country)))
        });
        state.max(member).and_then(|last| last.1)
    }

    /// Whether an entry existed when the article was published, as far as is known.
    fn alive(&self, entry: &crate::gazetteer::Entry<'_>) -> bool {
        let Some(published) = self.published else {
            return true;
        };
        let mut own = entry.links().filter(|l| l.to == *entry).peekable();
        own.peek().is_none() || own.any(|l| l.from.is_none_or(|f| f <= published))
    }

    /// Whether an entry came into being years after the article; dates of articles may be wrong.
    fn unborn(&self, entry: &crate::gazetteer::Entry<'_>) -> bool {
        let Some(published) = self.published else {
            return false;
        };
        entry
            .links()
            .filter(|l| l.to == *entry)
            .any(|l| l.from.is_some_and(|f| f.year() > published.year() + 5))
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

    /// Whether a person held an office about the time when the article was published, or is not
    /// known to have held any; `before` are the years by which the office may come later.
    pub(super) fn near_office(&self, entry: &crate::gazetteer::Entry<'_>, before: i16) -> bool {
        let Some(year) = self.published.map(|p| p.year()) else {
            return true;
        };
        let mut offices = entry
            .links()
            .filter(|l| l.kind == LinkKind::Office)
            .peekable();
        offices.peek().is_none()
            || offices.any(|l| {
                l.from.is_none_or(|f| f.year() - before <= year)
                    && l.until.is_none_or(|u| u.year() + AFTER >= year)
            })
    }

    /// Whether a word is one of grammar that no name begins with.
    pub(super) fn function(&self, i: usize) -> bool {
        self.scan.has(i, l::FUNCTION)
    }
}

/// The mentions of several words, by the shorter names that they hold: what is left without the
/// first words, and what stands before an `of`.
#[derive(Default)]
pub(super) struct Longer<'a> {
    /// Where the mentions begin; of those in a row with one owner, the first.
    at: Map<&'a str, Vec<usize>>,
    /// How many mentions of the cast have been noted.
    noted: usize,
}

impl<'a> Longer<'a> {
    fn note(&mut self, scan: &Scan<'a>, cast: &Cast) {
        for mention in cast.taken.iter().skip(self.noted) {
            let inner = (mention.start + 1..mention.end).map(|k| k..mention.end);
            let before = (mention.start + 1..mention.end.saturating_sub(1))
                .filter(|&k| scan.word(k) == "of")
                .map(|k| mention.start..k);
            for shorter in inner.chain(before) {
                let starts = self.at.entry(scan.tokens.key(shorter)).or_default();
                let same = starts
                    .last()
                    .is_some_and(|&last| cast.owner(last) == cast.owner(mention.start));
                if !same {
                    starts.push(mention.start);
                }
            }
        }
        self.noted = cast.taken.len();
    }

    /// The only member of the cast that the article has called by a longer name with this in it:
    /// `Salvadoran National Guard` or `National Police of Colombia`.
    pub fn owner(&mut self, scan: &Scan<'a>, cast: &Cast, span: Range<usize>) -> Option<usize> {
        self.note(scan, cast);
        let mut owners = self.at.get(scan.tokens.key(span))?.iter();
        let one = cast.owner(*owners.next()?)?;
        owners.all(|&at| cast.owner(at) == Some(one)).then_some(one)
    }
}

/// Whether a person is known for an office of a state.
pub(super) fn held_state_office(entry: &crate::gazetteer::Entry<'_>) -> bool {
    entry
        .links()
        .any(|l| l.kind == LinkKind::Office && l.to.kind() == Kind::State)
}

/// Countries and how often an article names them.
#[derive(Default)]
struct Tally {
    times: Vec<(String, usize)>,
    /// The countries named by themselves.
    states: Set<String>,
    /// The countries of the first members of the cast, as far as they have been noted.
    members: Set<String>,
    noted: usize,
}

impl Tally {
    fn add(&mut self, code: &str, times: usize) {
        if code.is_empty() || times == 0 {
            return;
        }
        match self.times.iter_mut().find(|t| t.0 == code) {
            Some(t) => t.1 += times,
            None => self.times.push((code.to_string(), times)),
        }
    }

    /// Notes the countries of the members that have come since.
    fn note(&mut self, members: &[Member]) {
        for country in members[self.noted..]
            .iter()
            .filter_map(|m| m.country.as_ref())
        {
            if !self.members.contains(country) {
                self.members.insert(country.clone());
            }
        }
        self.noted = members.len();
    }

    fn of(&self, code: &str) -> usize {
        self.times.iter().find(|t| t.0 == code).map_or(0, |t| t.1)
    }

    /// The country that the article is about, if one stands out.
    fn focus(&self) -> Option<&str> {
        let all: usize = self.times.iter().map(|t| t.1).sum();
        let most = self.times.iter().max_by_key(|t| t.1)?;
        (most.1 * 3 > all * 2).then_some(most.0.as_str())
    }
}
