//! Short forms: a surname, a part of a name, `the ministry`, `the rebels`.
//!
//! A short form is joined to a member only where exactly one fits; a surname behind the name of
//! somebody else makes a person of its own. Pronouns are left alone, and so are role nouns with
//! several possible owners.

use super::Reader;
use super::cast::Member;
use super::lexicon as l;
use super::roles::ministry;
use super::scan::Case;
use crate::extract::hash::Map;
use crate::extract::reading::PLACE_ELEMENTS;
use crate::gazetteer::tokens::{Gap, Shape};
use std::ops::Range;

impl Reader<'_> {
    /// A surname alone is the known person's only while nobody else in the article bears it.
    pub(super) fn settle_namesakes(&mut self) {
        let mut moves = Vec::new();
        for (surname, members) in &self.surnames {
            for &m in members {
                let member = &self.cast.members[m];
                let first = member.key.split(' ').next().unwrap_or("");
                let full = |s: &Range<usize>| {
                    s.clone().any(|t| self.scan.word(t) == first)
                        || self.scan.title(s.start).is_some()
                };
                if member.kind != "person"
                    || member.id.starts_with("text:")
                    || member.mentions.is_empty()
                    || member.mentions.iter().any(full)
                {
                    continue;
                }
                let other = members.iter().copied().find(|&o| {
                    let other = &self.cast.members[o];
                    other.id.starts_with("text:")
                        && !other.mentions.is_empty()
                        && other.key.contains(' ')
                        && other.key.ends_with(surname.as_str())
                        && !other.key.starts_with(first)
                });
                moves.extend(other.map(|o| (m, o)));
            }
        }
        moves.sort_unstable();
        for (from, to) in moves {
            self.cast.transfer(from, to);
        }
    }

    /// `Getachew` behind `Getachew Reda`, `Hassan Sheikh` behind `Hassan Sheikh Mohamud`: the front
    /// of one person's name stands for that person, once the article has given the whole.
    fn given_names(&mut self) {
        let mut fronts: Map<String, Vec<usize>> = Map::default();
        let mut texts = Vec::new();
        for (at, m) in self.cast.members.iter().enumerate() {
            if matches!(m.kind, "person" | "media") && !m.mentions.is_empty() {
                for (end, _) in m.key.match_indices(' ') {
                    fronts.entry(m.key[..end].to_string()).or_default().push(at);
                }
                if m.id.starts_with("text:") {
                    texts.push(at);
                }
            }
        }
        // The longest first, so that of three forms of a name two are one before the third asks.
        texts.sort_by_key(|&at| std::cmp::Reverse(self.cast.members[at].key.len()));
        for at in texts {
            let members = &self.cast.members;
            let m = &members[at];
            let mut owners = fronts
                .get(&m.key)
                .into_iter()
                .flatten()
                .filter(|&&o| !members[o].mentions.is_empty());
            let (Some(&owner), None) = (owners.next(), owners.next()) else {
                continue;
            };
            let first = m.key.split(' ').next().unwrap_or("");
            let whole = |s: &&Range<usize>| {
                s.len() > 1
                    && !self.scan.headline(s.start)
                    && (*s).clone().any(|t| self.scan.word(t) == first)
            };
            let given = members[owner].mentions.iter().filter(whole);
            let given = given.map(|s| s.start).min();
            // A rank before it makes another person of a given name, and so does an age behind it.
            let aged = |t: usize| self.scan.comma(t) && self.scan.digits(t);
            let plain = |s: &Range<usize>| {
                given.is_some_and(|from| from < s.start)
                    && !aged(s.end)
                    && self.scan.title(s.start).is_none_or(|t| t.1.honorific)
            };
            if m.mentions.iter().all(plain) {
                self.cast.transfer(at, owner);
            }
        }
    }

    /// Finds `Tareq Saleh` where the article has Ali Abdullah Saleh: a surname behind a name that
    /// is not his is a person of its own. Returns whether there is any.
    fn relatives(&mut self, parts: &Map<String, Option<usize>>) -> bool {
        let mut any = false;
        for i in 1..self.scan.len() {
            if self.scan.is_capital(i)
                && self.scan.is_capital(i - 1)
                && self.cast.free(i - 1..i + 1)
                && let Some(&owner) = parts.get(self.scan.word(i))
                && let Some(name) = self.relative(i, owner, parts)
            {
                let surname = self.scan.word(name.end - 1).to_string();
                let relative = self.cast.text(self.scan.slice(name.clone()), "person");
                self.enlist(relative, surname);
                any |= self.cast.mention(relative, name);
            }
        }
        any
    }

    /// The words of the name whose surname is at `i` and that is not the only owner's, if there is
    /// only one.
    fn relative(
        &self,
        i: usize,
        owner: Option<usize>,
        parts: &Map<String, Option<usize>>,
    ) -> Option<Range<usize>> {
        let scan = &self.scan;
        let own = owner.map(|m| &self.cast.members[m]);
        let surname =
            |m: &Member| m.kind == "person" && m.key.split(' ').skip(1).any(|w| w == scan.word(i));
        if own.is_some_and(|m| !surname(m)) {
            return None;
        }
        let given = |t: usize| {
            self.name_word(t, t)
                && scan.shape(t) == Shape::Title
                && !scan.has(t, l::FUNCTION | l::CALENDAR)
                && (scan.common(t) == 0 || scan.given(t))
                && !PLACE_ELEMENTS.contains(&scan.word(t))
                && !parts.contains_key(scan.word(t))
                && own.is_none_or(|m| m.key.split(' ').all(|w| w != scan.word(t)))
                && scan.hits(t).actor.is_none()
                && scan.role(t).is_none()
                && scan.title(t).is_none()
                && (scan.given(t) || scan.hits(t).place.is_none())
        };
        let mut start = i;
        let apart = |t: usize| scan.runs_on(t) && !scan.gap(t).has(Gap::HYPHEN);
        while start > 0 && i - start < 3 && apart(start) && given(start - 1) {
            start -= 1;
        }
        let mut end = i + 1;
        while scan.runs_on(end) && end < i + 3 && given(end) {
            end += 1;
        }
        let place = scan.hits(start).place.is_some_and(|p| p.0 >= end - start);
        let inside = scan.runs_on(start) && scan.is_capital(start.wrapping_sub(1))
            || scan.runs_on(end) && scan.is_capital(end);
        // At the head of a sentence any word of another language has a capital.
        let in_place = start > 0 && scan.has(start - 1, l::LOCATIVE);
        let shown = !scan.weak_capital(start) && !in_place
            || scan.given(start)
            || scan.joins(end) && self.verb(end)
            || scan.comma(end) && (end..end + 3).any(|t| is_kin(scan.word(t)));
        (start < i
            && !place
            && !inside
            && shown
            && scan.shape(i) == Shape::Title
            && self.cast.free(start..end))
        .then_some(start..end)
    }

    /// Joins surnames and parts of names to their only possible owners.
    pub(super) fn settle_surnames(&mut self) {
        self.given_names();
        let mut parts = self.parts();
        if parts.is_empty() {
            return;
        }
        if self.relatives(&parts) {
            parts = self.parts();
        }
        for i in 0..self.scan.len() {
            let written = self.scan.is_capital(i) || self.scan.shape(i) == Shape::Caseless;
            if written && self.cast.free(i..i + 1) && !self.scan.has(i, l::FUNCTION | l::CALENDAR) {
                self.surname(i, &parts);
            }
        }
    }

    /// Joins heads, initials and bare role nouns to their only possible owners.
    pub(super) fn settle_short(&mut self) {
        let mut owners = None;
        for i in 0..self.scan.len() {
            if self.scan.is_idle(i) || !self.cast.free(i..i + 1) {
                continue;
            }
            if self.scan.is_capital(i) && !self.scan.has(i, l::FUNCTION | l::CALENDAR) {
                self.head_or_initials(i, &mut owners);
            }
            self.bare_role(i, &mut owners);
        }
    }

    /// The words of persons' names, each with its only owner.
    fn parts(&self) -> Map<String, Option<usize>> {
        let mut parts: Map<String, Option<usize>> = Map::default();
        let mut add = |word: &str, m: usize| {
            parts
                .entry(word.to_string())
                .and_modify(|o| {
                    if *o != Some(m) {
                        *o = None
                    }
                })
                .or_insert(Some(m));
        };
        for (surname, members) in &self.surnames {
            for &m in members {
                add(surname, m);
            }
        }
        for (m, member) in self.cast.members.iter().enumerate() {
            // `Kim` for Kim Jong-un, `Abiy` for Abiy Ahmed: where the family's name stands first, or
            // people go by the given one.
            let first = member.key.split(' ').next().unwrap_or("");
            let whole =
                |s: &Range<usize>| s.len() > 1 && s.clone().any(|t| self.scan.word(t) == first);
            if member.kind == "person"
                && !member.id.starts_with("text:")
                && member.mentions.iter().any(whole)
            {
                let inner = member.key.split(' ').skip(1);
                let inner = inner
                    .filter(|w| w.len() > 2 && self.scan.lexicon.word(w).flags & l::PARTICLE == 0);
                add(first, m);
                inner.for_each(|word| add(word, m));
            }
            if matches!(member.kind, "person" | "media")
                && member.id.starts_with("text:")
                && !member.mentions.is_empty()
            {
                for word in member.key.split(' ').filter(|w| w.len() > 2) {
                    add(word, m);
                }
            }
        }
        parts
    }

    fn surname(&mut self, i: usize, parts: &Map<String, Option<usize>>) {
        let scan = &self.scan;
        let Some(&Some(member)) = parts.get(scan.word(i)) else {
            return;
        };
        if !matches!(self.cast.members[member].kind, "person" | "media") {
            return;
        }
        // A park says nothing, so that `Park said` is the person.
        let speaks = scan.joins(i + 1) && scan.has(i + 1, l::SPEECH);
        if scan.weak_capital(i) && scan.common(i) >= 2 && !speaks
            || scan.hits(i).state.is_some()
            || scan.case != Case::Mixed && scan.common(i) > 0
        {
            return;
        }
        // `La Paz` is a town, whoever is called Paz.
        let inside = |t: usize| {
            scan.hits(t).place.is_some_and(|p| {
                t + p.0 > i
                    && scan.is_capital(t)
                    && (scan.word(t) != "al" || p.1.has(crate::gazetteer::Key::MAJOR))
            })
        };
        if (i.saturating_sub(2)..i).any(inside) {
            return;
        }
        // `the North` is a region, whoever is called so.
        if scan.has(i, l::COMPASS) && scan.before(i) == "the" {
            return;
        }
        // A first name that is also a town needs more than a capital.
        if scan
            .hits(i)
            .place
            .is_some_and(|p| p.1.has(crate::gazetteer::Key::MAJOR))
            && i > 0
            && scan.has(i - 1, l::LOCATIVE)
        {
            return;
        }
        let mut end = i + 1;
        while scan.runs_on(end)
            && scan.is_capital(end)
            && parts.get(scan.word(end)) == Some(&Some(member))
            && self.cast.free(end..end + 1)
        {
            end += 1;
        }
        // `Aliyev Street`, and a longer name of which this is a part.
        if scan.runs_on(end)
            && scan.is_capital(end)
            && !scan.has(end, l::FUNCTION | l::CALENDAR)
            && !scan.headline(end)
        {
            return;
        }
        let mut start = i;
        while start > 0
            && scan.has(start - 1, l::PARTICLE)
            && scan.runs_on(start)
            && self.cast.free(start - 1..start)
            && matches!(
                scan.word(start - 1),
                "al" | "el" | "bin" | "de" | "von" | "van"
            )
        {
            start -= 1;
        }
        self.cast.mention(member, start..end);
    }

    /// `the Coalition` for the only coalition; `GAO` for the only name with these initials.
    fn head_or_initials(&mut self, i: usize, owners: &mut Option<Owners>) {
        let scan = &self.scan;
        if scan.case != Case::Mixed
            || scan.headline(i)
            || scan.runs_on(i + 1) && scan.is_capital(i + 1)
        {
            return;
        }
        let word = scan.word(i);
        let upper = scan.shape(i) == Shape::Upper && word.len() > 2;
        let head = scan.has(i, l::HEAD) && i > 0 && scan.word(i - 1) == "the" && scan.joins(i);
        if !upper && !head {
            return;
        }
        let owners = owners.get_or_insert_with(|| Owners::of(&self.cast.members));
        let fitting = match upper {
            true => owners.by_initials.get(word),
            false => owners.by_word.get(word),
        };
        if let Some(&[member]) = fitting.map(Vec::as_slice)
            && self.cast.members[member]
                .mentions
                .iter()
                .any(|s| s.start < i)
        {
            self.cast.mention(member, i..i + 1);
        }
    }

    /// `the ministry`, `the rebels`, `the junta`: the only member of that kind.
    fn bare_role(&mut self, i: usize, owners: &mut Option<Owners>) {
        let scan = &self.scan;
        if i == 0 || scan.word(i - 1) != "the" || !scan.joins(i) {
            return;
        }
        let Some((n, _)) = scan.role(i) else {
            return;
        };
        if scan.word(i + n) == "of" || scan.role(i + n).is_some() && scan.runs_on(i + n) {
            return;
        }
        if scan.case == Case::Mixed && scan.is_capital(i) {
            return;
        }
        let head = scan.word(i + n - 1);
        let kind = match head {
            "ministry" => "ministry",
            "junta" | "regime" => "government",
            "rebels" | "insurgents" | "guerrillas" | "separatists" | "militants" | "jihadists" => {
                "armed-group"
            }
            "militia" | "militiamen" => "militia",
            "party" => "political-party",
            _ => return,
        };
        let owners = owners.get_or_insert_with(|| Owners::of(&self.cast.members));
        let Some(&[member]) = owners.by_kind.get(kind).map(Vec::as_slice) else {
            return;
        };
        let m = &self.cast.members[member];
        if m.mentions.iter().all(|s| s.start > i) {
            return;
        }
        // `The health ministry` is not the foreign one, `the ruling party` not just any.
        if matches!(head, "ministry" | "party") {
            let phrase = scan.tokens.key(i..i + n);
            let own = |w: &str| m.key.split(' ').any(|k| k == w);
            let agrees = match ministry(phrase) {
                Some(kind) => ministry(&m.key) == Some(kind),
                None => phrase.split(' ').all(|w| w == head || own(w)),
            };
            let last = (0..i).rev().find(|&t| scan.word(t) == head);
            if !agrees || last.is_some_and(|t| self.cast.owner(t) != Some(member)) {
                return;
            }
        }
        // Armed groups are many; only one that the text calls so itself is meant.
        let same = m.kind != "armed-group" || m.key.split(' ').any(|w| w == head);
        if same {
            self.cast.mention(member, i..i + n);
        }
    }
}

/// The members that the text names, by what may stand for them.
#[derive(Default)]
struct Owners {
    /// By the initials of their names, with and without words such as `of`.
    by_initials: Map<String, Vec<usize>>,
    /// By each word of their names, where these have several.
    by_word: Map<String, Vec<usize>>,
    by_kind: Map<&'static str, Vec<usize>>,
}

impl Owners {
    fn of(members: &[Member]) -> Self {
        let mut owners = Owners::default();
        for (at, m) in members.iter().enumerate() {
            if m.mentions.is_empty() {
                continue;
            }
            owners.by_kind.entry(m.kind).or_default().push(at);
            if matches!(m.kind, "person" | "state") {
                continue;
            }
            let add = |map: &mut Map<String, Vec<usize>>, key: String| {
                let list = map.entry(key).or_default();
                if list.last() != Some(&at) {
                    list.push(at);
                }
            };
            let words = || m.key.split(' ');
            let initials = |all: bool| -> String {
                words()
                    .filter(|w| all || !matches!(*w, "of" | "the" | "for" | "and" | "on" | "in"))
                    .filter_map(|w| w.chars().next())
                    .collect()
            };
            add(&mut owners.by_initials, initials(true));
            add(&mut owners.by_initials, initials(false));
            if m.key.contains(' ') {
                words().for_each(|w| add(&mut owners.by_word, w.to_string()));
            }
        }
        owners
    }
}

/// Whether a word says whose relative somebody is.
fn is_kin(word: &str) -> bool {
    matches!(
        word,
        "son"
            | "daughter"
            | "brother"
            | "sister"
            | "nephew"
            | "niece"
            | "cousin"
            | "uncle"
            | "aunt"
            | "father"
            | "mother"
            | "wife"
            | "widow"
            | "husband"
            | "grandson"
    )
}
