//! Persons: titles with names, and names by their shape.
//!
//! A title makes the capitalised words behind it a name, and a state, an organisation or an `of`
//! beside it says whom the person serves. Without a title it takes a given name, or a verb of
//! speaking. Later surnames are `short`'s.

use super::Reader;
use super::lexicon as l;
use super::scan::Case;
use crate::gazetteer::tokens::{Gap, Shape};
use crate::gazetteer::{Key, Kind, name_key};
use std::ops::Range;

impl Reader<'_> {
    /// Takes a person whose title stands at `at`; the mention begins at `start`.
    ///
    /// `states` are rows of states that stand before the title and that the person serves.
    pub(super) fn titled(&mut self, start: usize, at: usize, states: &[u32]) -> Option<usize> {
        let scan = &self.scan;
        let mut k = at;
        let mut media = false;
        let mut titles = 0;
        let mut honorific = true;
        if k > start && !scan.joins(k) {
            return None;
        }
        while k < scan.len() && titles < 4 {
            if let Some((n, title)) = scan.title(k) {
                if titles > 0 && scan.is_capital(k) && !self.name_follows(k + n) {
                    break;
                }
                media |= title.kind == "media";
                honorific &= title.honorific;
                k += n;
                titles += 1;
                // `Colonel-General`, `Lt. Gen.`, `planning minister, Imad Fakhoury`.
                continue;
            }
            // `Azerbaijan's new foreign minister`
            if scan.has(k, l::MODIFIER)
                && !scan.is_capital(k)
                && titles == 0
                && k < at + 3
                && scan.joins(k)
            {
                k += 1;
                continue;
            }
            break;
        }
        if titles == 0 || scan.opens(k) && !scan.abbreviated(k) {
            return None;
        }
        if matches!(scan.word(k), "for" | "of") && scan.joins(k) && scan.is_capital(k - 1) {
            // `Minister for the Middle East Tobias Ellwood`.
            let name = (k + 2..k + 8)
                .take_while(|&t| scan.joins(t) || scan.comma(t) && scan.given(t))
                .find(|&t| {
                    scan.given(t)
                        && scan.is_capital(t)
                        && scan.is_capital(t + 1)
                        && scan.runs_on(t + 1)
                })?;
            if !(k + 1..name).all(|t| scan.is_capital(t) || scan.has(t, l::LINK)) {
                return None;
            }
            k = name;
        }
        let joined = scan.joins(k)
            || scan.abbreviated(k)
            || scan.comma(k)
                && (start < at || scan.given(k) && at > 0 && scan.has(at - 1, l::DETERMINER));
        if !joined || scan.possessive(k - 1) {
            return None;
        }
        let lower_title = !scan.is_capital(k - 1);
        if lower_title && scan.case == Case::Mixed && honorific && scan.headline(k) {
            return None;
        }
        let name = self.name_at(k)?;
        if name.len() == 1 && !self.single_name(k, lower_title) {
            return None;
        }
        if name.len() > 1 && name.clone().all(|t| scan.common(t) >= 2 && !scan.given(t)) {
            return None;
        }
        let mut parents: Vec<String> = states.iter().map(|r| scan.entry(*r).id()).collect();
        if start == at && at > 0 && scan.joins(at) {
            // `Hamas leader X`, `the ministry's spokesman X`: the owner of the word before.
            if let Some(owner) = self.cast.owner(at - 1) {
                let m = &self.cast.members[owner];
                if m.kind != "person" && !m.kind.ends_with("group") || m.kind == "armed-group" {
                    parents.push(m.id.clone());
                }
            } else if scan.possessive(at - 1)
                && let Some(row) = (at.saturating_sub(4)..at)
                    .find_map(|k| scan.hits(k).state.filter(|s| k + s.0 == at).map(|s| s.1))
            {
                parents.push(scan.entry(row).id());
            }
        }
        Some(self.take_person(start, name, media, &parents))
    }

    fn name_follows(&self, k: usize) -> bool {
        self.name_at(k).is_some()
    }

    /// Whether one word behind a title can be a surname.
    fn single_name(&self, k: usize, lower_title: bool) -> bool {
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
        let place = hits.place.is_some_and(|p| p.1.has(Key::MAJOR));
        if scan.case == Case::Void {
            return scan.common(k) == 0 && scan.role(k).is_none() && !place;
        }
        !(lower_title && place)
            && !(scan.common(k) >= 3 && scan.weak_capital(k))
            && scan.role(k).is_none()
            && scan.title(k).is_none()
    }

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
            } else if scan.has(t, l::PARTICLE)
                && (t > k || scan.shape(t) == Shape::Lower)
                && (self.name_word(t + 1, k) || scan.has(t + 1, l::PARTICLE))
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

    /// `Jim Press`: an ordinary word behind a given name and before none.
    fn last_name(&self, t: usize, first: usize) -> bool {
        let scan = &self.scan;
        t == first + 1
            && scan.given(first)
            && !scan.has(t, l::FUNCTION | l::CALENDAR)
            && !(scan.is_capital(t + 1) && scan.runs_on(t + 1))
            && !scan.weak_capital(t)
    }

    fn name_word(&self, t: usize, first: usize) -> bool {
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
                || scan.case == Case::Void
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
        {
            return false;
        }
        if scan.case == Case::Void || scan.headline(t) {
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

    /// Takes a person by the shape of the name: a given name and more, or somebody who speaks.
    pub(super) fn person(&mut self, i: usize) -> Option<usize> {
        let scan = &self.scan;
        let name = self.name_at(i)?;
        let hits = scan.hits(i);
        let whole_place = hits.place.is_some_and(|p| p.0 >= name.len());
        let given = scan.given(i) && !(scan.weak_capital(i) && scan.common(i) >= 2);
        let says = self.speaks(&name);
        let upper = name
            .clone()
            .any(|t| scan.shape(t) == Shape::Upper && scan.word(t).len() > 1)
            && scan.case == Case::Mixed;
        let thing = scan.has(name.end - 1, l::THING)
            || scan.has(name.end, l::THING) && scan.is_capital(name.end) && scan.runs_on(name.end);
        if upper || thing && !says {
            return None;
        }
        if name.len() == 1 {
            // A lone given name must speak.
            let known = self.bearer(scan.word(i), &[]);
            if let Some(id) = known
                && !scan.headline(i)
                && !(scan.weak_capital(i) && scan.common(i) > 0)
                && !whole_place
            {
                return Some(self.take_entry_person(id, i, name));
            }
            if !(given && says && !whole_place) {
                return None;
            }
            return Some(self.take_person(i, name, false, &[]));
        }
        if scan.headline(i) && !(scan.given(i) && scan.common(i) == 0) {
            return None;
        }
        let located = i > 0
            && scan.has(i - 1, l::LOCATIVE | l::COMPASS)
            && scan.joins(i)
            && scan.word(i - 1) != "at";
        let second = i + 1;
        let plausible = scan
            .hits(second)
            .word
            .is_none_or(|k| k.common() < 2 || k.has(Key::GIVEN))
            || !scan.weak_capital(i);
        if given
            && plausible
            && !(whole_place && !says)
            && !(located && !says && hits.place.is_some())
        {
            return Some(self.take_person(i, name, false, &[]));
        }
        let known =
            whole_place || scan.common(i) >= 2 && scan.weak_capital(i) || scan.role(i).is_some();
        let particle = name.clone().any(|t| {
            scan.has(t, l::PARTICLE) && scan.word(t).len() > 1 && scan.shape(t) == Shape::Lower
        });
        if (says && name.len() <= 4 && !known
            || particle && name.len() <= 5 && !located && !known && scan.case == Case::Mixed)
            && !scan.headline(i)
        {
            return Some(self.take_person(i, name, false, &[]));
        }
        None
    }

    /// Whether somebody speaks: `X said`, `said X`, `X, a spokesman for Y, said`, `X told`.
    fn speaks(&self, name: &Range<usize>) -> bool {
        let scan = &self.scan;
        let after = name.end;
        if scan.joins(after)
            && scan.has(after, l::SPEECH)
            && !scan.possessive(after - 1)
            && scan.shape(after) == Shape::Lower
        {
            return true;
        }
        let before = name.start.wrapping_sub(1);
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
        // `Y, the Armenian prime minister,` and `Y, 34,`.
        if scan.comma(after) {
            let mut t = after;
            if scan.shape(t) == Shape::Digit && scan.word(t).len() == 2 && scan.comma(t + 1) {
                return true;
            }
            for _ in 0..4 {
                if t > after && !scan.joins(t) {
                    return false;
                }
                if scan.title(t).is_some() {
                    return true;
                }
                if !(scan.has(t, l::DETERMINER | l::MODIFIER)
                    || scan.hits(t).state.is_some()
                    || scan.possessive(t))
                {
                    return false;
                }
                t += 1;
            }
        }
        false
    }

    /// The id of a known person by surname: by country where one is known, else if it is enough alone.
    fn bearer(&self, surname: &str, parents: &[String]) -> Option<&'static str> {
        let bearers = self.scan.lexicon.surname(surname);
        let mut fitting = bearers.iter().filter(|b| {
            parents.iter().any(|p| {
                p.strip_prefix("state:")
                    .is_some_and(|p| p.split('/').next() == Some(b.country))
            })
        });
        if let Some(one) = fitting.next() {
            return fitting.next().is_none().then_some(one.id);
        }
        let mut alone = bearers.iter().filter(|b| b.alone && parents.is_empty());
        let one = alone.next()?;
        alone.next().is_none().then_some(one.id)
    }

    fn take_entry_person(&mut self, id: &str, start: usize, name: Range<usize>) -> usize {
        let Some(entry) = self.scan.gazetteer.entry(id) else {
            return self.take_person(start, name, false, &[]);
        };
        let member = self.cast.entry(entry);
        let surname = self.scan.word(name.end - 1).to_string();
        self.enlist(member, surname);
        self.cast.mention(member, start..name.end);
        name.end
    }

    /// Takes a person; `start` is where the mention begins, `name` the words of the name.
    pub(super) fn take_person(
        &mut self,
        start: usize,
        name: Range<usize>,
        mut media: bool,
        parents: &[String],
    ) -> usize {
        let (more, reporter, end) = self.behind(name.end);
        media |= reporter;
        let mut parents = parents.to_vec();
        parents.extend(more);
        let scan = &self.scan;
        let person = |c: &crate::gazetteer::Candidate| scan.entry(c.row()).kind() == Kind::Person;
        let known = scan
            .hits(name.start)
            .actor
            .filter(|a| a.0 == name.len())
            .and_then(|a| scan.candidates(a.1).iter().find(person))
            .map(|c| c.row());
        let surname = scan.word(name.end - 1).to_string();
        let member = match known {
            Some(row) => self.cast.entry(scan.entry(row)),
            None => {
                let key = scan.tokens.key(name.clone()).to_string();
                let same = self.surnames.get(&surname).and_then(|m| {
                    m.iter()
                        .copied()
                        .find(|&m| name.len() == 1 || self.cast.members[m].key == name_key(&key))
                });
                let id = if name.len() == 1 || same.is_some() {
                    None
                } else {
                    self.bearer(&key, &parents)
                };
                let lone = if name.len() == 1 {
                    same.is_none()
                        .then(|| self.bearer(&surname, &parents))
                        .flatten()
                } else {
                    None
                };
                match (
                    same,
                    id.or(lone).and_then(|id| self.scan.gazetteer.entry(id)),
                ) {
                    (Some(member), _) => member,
                    (None, Some(entry)) => self.cast.entry(entry),
                    (None, None) => self.cast.text(self.scan.slice(name.clone()), "person"),
                }
            }
        };
        if media && self.cast.members[member].id.starts_with("text:") {
            self.cast.members[member].kind = "media";
        }
        for parent in &parents {
            if self.cast.members[member].id.starts_with("text:") || !parent.starts_with("state:") {
                self.cast.belongs(member, parent);
            } else {
                self.cast
                    .belongs(member, parent.split('/').next().unwrap_or(parent));
            }
        }
        if self.cast.members[member].country.is_none()
            && let Some(code) = parents.iter().find_map(|p| p.strip_prefix("state:"))
        {
            self.cast.members[member].country =
                Some(code.split('/').next().unwrap_or(code).to_string());
        }
        self.enlist(member, surname);
        self.cast.mention(member, start..name.end);
        end
    }

    fn enlist(&mut self, member: usize, surname: String) {
        let list = self.surnames.entry(surname).or_default();
        if !list.contains(&member) {
            list.push(member);
        }
    }

    /// What stands behind a name: `of Azerbaijan`, `of Al Jazeera`, `, the Armenian prime minister`.
    ///
    /// Returns the ids of whom the person serves, whether a journalist is named, and where to go on.
    fn behind(&mut self, end: usize) -> (Vec<String>, bool, usize) {
        let scan = &self.scan;
        let mut t = end;
        if scan.joins(t) && matches!(scan.word(t), "of" | "from") {
            let at = t + 1 + usize::from(scan.word(t + 1) == "the");
            return match self.party(at) {
                Some((id, kind, words))
                    if scan.joins(at) && (scan.word(t) == "of" || kind == "media") =>
                {
                    // The state is swallowed: it only says whose minister it is.
                    let go_on = if kind == "state" { at + words } else { end };
                    if kind == "state" {
                        self.cast.claim(at..at + words, super::Hold::Acting);
                        self.cast.close(at..at + words);
                    }
                    (vec![id], kind == "media", go_on)
                }
                _ => (Vec::new(), false, end),
            };
        }
        if !scan.comma(t) {
            return (Vec::new(), false, end);
        }
        let mut ids = Vec::new();
        let mut media = false;
        for _ in 0..6 {
            if t > end && !scan.joins(t) {
                break;
            }
            if let Some((n, title)) = scan.title(t) {
                media |= title.kind == "media";
                let mut of = t + n;
                if matches!(scan.word(of), "of" | "for" | "at" | "with") && scan.joins(of) {
                    of += 1 + usize::from(scan.word(of + 1) == "the");
                    ids.extend(self.party(of).map(|p| p.0));
                }
                return (ids, media, end);
            }
            if let Some((n, row, _)) = scan.hits(t).state {
                ids.push(scan.entry(row).id());
                t += n;
            } else if let Some((id, _, n)) = self.party(t) {
                ids.push(id);
                t += n;
            } else if scan.has(t, l::DETERMINER | l::MODIFIER)
                || matches!(scan.word(t), "who" | "is" | "was")
            {
                t += 1;
            } else {
                break;
            }
        }
        (Vec::new(), false, end)
    }

    /// The state or organisation at `at`: its id, its kind and how many words it has.
    fn party(&self, at: usize) -> Option<(String, &'static str, usize)> {
        let scan = &self.scan;
        let hits = scan.hits(at);
        if let Some((n, key)) = hits.actor
            && hits.state.is_none_or(|s| s.0 < n)
        {
            let c = scan.candidates(key).iter().find(|c| {
                matches!(
                    scan.entry(c.row()).kind(),
                    Kind::Group | Kind::Organisation | Kind::Organ
                ) && scan.valid(*c, at..at + n)
            })?;
            let entry = scan.entry(c.row());
            let id = entry.id();
            let kind = super::cast::kind_of(&entry, &id, scan.lexicon);
            return Some((id, kind, n));
        }
        let (n, row, _) = hits.state?;
        Some((scan.entry(row).id(), "state", n))
    }
}
