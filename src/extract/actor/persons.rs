//! Persons: titles with names, and names by their shape.
//!
//! A title makes the capitalised words behind it a name, and a state, an organisation or an `of`
//! beside it says whom the person serves. Without a title it takes a given name, or a verb of
//! speaking. Later surnames are `short`'s.

use super::Reader;
use super::known::held_state_office;
use super::lexicon as l;
use super::scan::Case;
use crate::extract::place::is_sort;
use crate::extract::reading::PLACE_ELEMENTS;
use crate::gazetteer::tokens::{Gap, Shape};
use crate::gazetteer::{Candidate, Key, Kind, name_key};
use std::ops::Range;

/// What stands behind a name and says who bears it.
#[derive(Default)]
struct Behind {
    /// The ids of whom the person serves.
    parents: Vec<String>,
    media: bool,
    /// Whether a post or a trade is named that no holder of an office of state has.
    low: bool,
    /// Where to go on.
    end: usize,
}

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
        let (mut address, mut low) = (false, false);
        if k > start && !scan.joins(k) {
            return None;
        }
        while k < scan.len() && titles < 4 {
            if let Some((n, title)) = scan.title(k) {
                // `Cpl. Rey Santos`: behind a low rank what is also a given name is one.
                let named = low && scan.given(k) || !self.name_follows(k + n);
                if titles > 0 && scan.is_capital(k) && named {
                    break;
                }
                media |= title.kind == "media";
                honorific &= title.honorific;
                address = title.kind == "honorific";
                low = title.low;
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
                        && scan.hits(t).state.is_none()
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
                && (start < at
                    || at > 0
                        && scan.has(at - 1, l::DETERMINER)
                        && (scan.given(k) || scan.common(k) == 0 && scan.hits(k).place.is_none()));
        if !joined || scan.possessive(k - 1) {
            return None;
        }
        let lower_title = !scan.is_capital(k - 1);
        if lower_title && scan.case == Case::Mixed && honorific && scan.headline(k) {
            return None;
        }
        if !address && self.serves(at, k) {
            return None;
        }
        let name = self.name_at(k)?;
        if name.len() == 1 && !self.single_name(k, lower_title) {
            return None;
        }
        // `King Faisal Hospital`, `General Santander stadium`.
        if scan.runs_on(name.end) && scan.has(name.end, l::FACILITY) {
            return None;
        }
        // `By a staff reporter`, and on the next line `Published: 14 May`.
        if scan.gap(k).has(Gap::NEWLINE) && scan.gap(name.end).has(Gap::COLON) {
            return None;
        }
        // `Cabo Delgado`, `General Santos City`: the gazetteer's place is the whole name.
        let place = |k: usize| {
            scan.hits(k)
                .place
                .is_some_and(|p| p.0 > 1 && k + p.0 >= name.end)
        };
        // `Staff Correspondent`, and on the next line `Mae Sot, Thailand`.
        let beneath = scan.gap(k).has(Gap::NEWLINE) && place(k);
        if beneath || (at..name.start).any(place) {
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

    /// Takes the names of a line such as `By Ione Wells in Quito and Jaroslav Lukiv`, whose `By` is
    /// at `i`; returns where to go on.
    pub(super) fn byline(&mut self, i: usize) -> Option<usize> {
        let scan = &self.scan;
        let breaks = |t: usize| scan.gap(t).has(Gap::NEWLINE | Gap::PARAGRAPH);
        if !scan.opens(i) || scan.word(i) != "by" || scan.case != Case::Mixed {
            return None;
        }
        let end = (i + 1..i + 14).find(|&t| breaks(t))?;
        let name_word = |t: usize| {
            scan.is_capital(t)
                && !scan.has(t, l::FUNCTION | l::CALENDAR | l::HEAD | l::PEOPLE)
                && scan.title(t).is_none()
        };
        let (mut names, mut t) = (Vec::new(), i + 1);
        while t < end {
            let start = t;
            while t < end && name_word(t) && (t == start || scan.runs_on(t) || scan.abbreviated(t))
            {
                t += 1;
            }
            let over = t == end || scan.comma(t) || matches!(scan.word(t), "in" | "and" | "at");
            let known = scan.hits(start).actor.is_some_and(|a| start + a.0 == t);
            if !(2..=4).contains(&(t - start)) || !over || scan.possessive(t - 1) || known {
                break;
            }
            names.push(start..t);
            // `in Quito and`
            while t < end && scan.word(t) != "and" && !scan.comma(t) {
                t += 1;
            }
            t += usize::from(scan.word(t) == "and");
        }
        let first = names.first()?.end;
        for name in names {
            self.take_person(name.start, name, true, &[]);
        }
        Some(first)
    }

    /// Whether the small particle at `k`, directly behind the title at `at`, says whom the title
    /// serves, as `of` does: `alcalde de Tibú`, `comandante del Ejército`, but `General de Gaulle`.
    fn serves(&self, at: usize, k: usize) -> bool {
        let scan = &self.scan;
        if scan.case != Case::Mixed
            || scan.shape(k) != Shape::Lower
            || !matches!(
                scan.word(k),
                "de" | "du" | "del" | "des" | "da" | "do" | "dos" | "della"
            )
        {
            return false;
        }
        let next = k + 1 + usize::from(matches!(scan.word(k + 1), "la" | "las" | "los" | "el"));
        let known = (k..next).any(|k| {
            let bearers = scan.hits(k).actor.map(|a| scan.candidates(a.1));
            bearers.is_some_and(|b| b.iter().any(|c| scan.entry(c.row()).kind() == Kind::Person))
        });
        // English writes most such titles with a capital, and no foreign article before it.
        let foreign = !scan.is_capital(k - 1)
            || matches!(
                scan.before(at),
                "el" | "la" | "le" | "al" | "au" | "del" | "du" | "un" | "una" | "une" | "o"
            );
        let place = scan
            .hits(next)
            .place
            .is_some_and(|p| p.0 > 1 || !p.1.has(Key::SURNAME));
        // `the spokesman de Souza`, `rebel commander de la Cruz said`
        let english = matches!(scan.before(at), "the" | "a" | "an" | "former")
            || self
                .name_at(k)
                .is_some_and(|name| scan.joins(name.end) && self.verb(name.end));
        !known && !english && (foreign || place || scan.has(next, l::HEAD | l::HEAD_OF))
    }

    fn name_follows(&self, k: usize) -> bool {
        self.name_at(k).is_some()
    }

    /// Takes a person by the shape of the name: a given name and more, or somebody who speaks.
    pub(super) fn person(&mut self, i: usize) -> Option<usize> {
        let scan = &self.scan;
        // `the town of Jeb al-Jarrah`
        if scan.before(i) == "of" && scan.joins(i) && is_sort(scan.before(i - 1)) {
            return None;
        }
        let name = self.name_at(i)?;
        let hits = scan.hits(i);
        let whole_place = hits.place.is_some_and(|p| p.0 >= name.len());
        // `Ali` and `Bill` are everyday words at the head of a sentence, but not before a surname.
        let surnamed = name.len() > 1 && !scan.headline(i) && scan.common(i + 1) == 0;
        let given = scan.given(i) && (surnamed || !(scan.weak_capital(i) && scan.common(i) >= 2));
        let says = self.speaks(&name) || self.office_before(&name);
        let upper = name
            .clone()
            .any(|t| scan.shape(t) == Shape::Upper && scan.word(t).len() > 1)
            && scan.case == Case::Mixed;
        let follows = scan.has(name.end, l::THING) && scan.is_capital(name.end)
            || scan.has(name.end, l::FACILITY);
        let thing = scan.has(name.end - 1, l::THING) || follows && scan.runs_on(name.end);
        if upper || thing && !says {
            return None;
        }
        if name.len() == 1 {
            // A lone given name must speak.
            let known = self.bearer(scan.key(i), &[], false, false);
            if let Some(row) = known
                && !scan.headline(i)
                && !(scan.weak_capital(i) && scan.common(i) > 0)
                && !whole_place
            {
                return Some(self.take_entry_person(row, i, name));
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
            && scan.word(i - 1) != "at"
            && (scan.has(i - 1, l::COMPASS) && scan.joins(i) || self.governed(i));
        let second = i + 1;
        let plausible = !scan.headline(i)
            || scan
                .hits(second)
                .word
                .is_none_or(|k| k.common() < 2 || k.has(Key::GIVEN));
        let town = whole_place || located && hits.place.is_some();
        if given && plausible && (says || !town) {
            return Some(self.take_person(i, name, false, &[]));
        }
        let known = whole_place
            || scan.common(i) >= 2 && scan.weak_capital(i) && !given
            || scan.role(i).is_some();
        let particle = name.clone().any(|t| {
            scan.has(t, l::PARTICLE) && scan.word(t).len() > 1 && scan.shape(t) == Shape::Lower
        });
        // `Bab al-Tabbaneh`, `Ain al-Hilweh`: towns are called so, and no persons.
        let town = PLACE_ELEMENTS.contains(&scan.word(i))
            || matches!(
                scan.word(i),
                "place" | "plaza" | "rue" | "avenida" | "stade" | "estadio" | "hopital"
            );
        if (says && name.len() <= 4 && !known
            || particle
                && name.len() <= 5
                && !located
                && !known
                && !town
                && scan.case == Case::Mixed)
            && !scan.headline(i)
        {
            return Some(self.take_person(i, name, false, &[]));
        }
        None
    }

    /// The row of a known person by what the gazetteer says of the surname: by country where one is
    /// known, else if it is enough alone.
    /// `low` is whether the text gives a rank or a trade that no holder of an office of state has.
    fn bearer(
        &self,
        surname: Option<Key>,
        parents: &[String],
        titled: bool,
        low: bool,
    ) -> Option<u32> {
        let scan = &self.scan;
        let key = surname?;
        let persons = || {
            scan.candidates(key)
                .iter()
                .filter(|c| scan.entry(c.row()).kind() == Kind::Person)
                .filter(|c| !c.has(Candidate::DERIVED) || self.near_office(&scan.entry(c.row()), 8))
                .filter(|c| !low || !held_state_office(&scan.entry(c.row())))
        };
        let serves = |row: u32| {
            let country = scan.entry(row).country().unwrap_or("-");
            parents.iter().any(|p| {
                p.strip_prefix("state:")
                    .is_some_and(|p| p.split('/').next() == Some(country))
            })
        };
        let mut fitting: Vec<u32> = persons()
            .map(|c| c.row())
            .filter(|&row| serves(row))
            .collect();
        if fitting.is_empty() && parents.is_empty() {
            fitting = persons()
                .filter(|c| {
                    !c.has(Candidate::WEAK) || titled && self.near_office(&scan.entry(c.row()), 3)
                })
                .map(|c| c.row())
                .collect();
        }
        if fitting.len() > 1 {
            fitting.retain(|&row| self.in_office(&scan.entry(row)));
        }
        if let [one] = fitting[..] {
            Some(one)
        } else {
            None
        }
    }

    fn take_entry_person(&mut self, row: u32, start: usize, name: Range<usize>) -> usize {
        let member = self.cast.entry(self.scan.entry(row));
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
        let behind = self.behind(name.end);
        media |= behind.media;
        let mut parents = parents.to_vec();
        parents.extend(behind.parents);
        let scan = &self.scan;
        let low = behind.low
            || (start..name.start).any(|k| {
                scan.title(k)
                    .is_some_and(|(n, title)| k + n == name.start && title.low)
            });
        let titled = start < name.start;
        // A surname is no full name: whose it is depends on the article.
        let person = |c: &Candidate| {
            scan.entry(c.row()).kind() == Kind::Person && !c.has(Candidate::DERIVED)
        };
        // `Pope Francis` may be known with the title, or without.
        let known = (start..=name.start).rev().find_map(|k| {
            let (words, key) = scan.hits(k).actor?;
            if k + words == name.end {
                scan.candidates(key).iter().find(person).map(|c| c.row())
            } else {
                None
            }
        });
        // `Pablo Escobar Gaviria`: a second surname behind a known name.
        let second = || {
            let (words, key) = scan.hits(name.start).actor?;
            if words < 2 || words + 1 != name.len() {
                return None;
            }
            let c = scan.candidates(key).iter().find(person)?;
            // His son has another one.
            let first = scan.tokens.key(name.start..name.start + words);
            let last = scan.word(name.end - 1);
            let other = scan.entry(c.row()).aliases().any(|alias| {
                let whole = name_key(alias);
                let own = whole.strip_prefix(first).and_then(|r| r.strip_prefix(' '));
                own.is_some_and(|own| {
                    own.len() > 2 && !own.starts_with(last) && !last.starts_with(own)
                })
            });
            (!other).then_some(c.row())
        };
        let double = known.is_none();
        let known = known.or_else(second);
        let first_surname =
            (double && known.is_some()).then(|| scan.word(name.end - 2).to_string());
        let surname = scan.word(name.end - 1).to_string();
        let member = match known {
            Some(row) => self.cast.entry(scan.entry(row)),
            None => {
                let key = scan.tokens.key(name.clone()).to_string();
                let same = self.surnames.get(&surname).and_then(|m| {
                    m.iter().copied().find(|&m| {
                        let full = &self.cast.members[m].key;
                        name.len() == 1
                            || *full == name_key(&key)
                            || full
                                .strip_suffix(key.as_str())
                                .is_some_and(|f| f.ends_with(' '))
                    })
                });
                let same = same.or_else(|| {
                    if name.len() == 1 {
                        self.cast.partly(&surname)
                    } else {
                        None
                    }
                });
                let id = if name.len() == 1 || same.is_some() {
                    None
                } else {
                    self.bearer(scan.gazetteer.lookup(&key), &parents, titled, low)
                };
                let lone = if name.len() == 1 {
                    same.is_none()
                        .then(|| self.bearer(scan.key(name.end - 1), &parents, titled, low))
                        .flatten()
                } else {
                    None
                };
                match (same, id.or(lone).map(|row| self.scan.entry(row))) {
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
        if let Some(surname) = first_surname {
            self.enlist(member, surname);
        }
        let from = self.address(start, name.start);
        self.cast.mention(member, from..name.end);
        self.cast.close(start..from);
        self.byname(member, behind.end)
    }

    /// Takes another name that the text gives a person at `at`: `, widely known as Ghaniwa`,
    /// `, alias Laaouar`; returns where to go on.
    fn byname(&mut self, member: usize, at: usize) -> usize {
        let scan = &self.scan;
        let apart = scan.comma(at) || scan.gap(at).has(Gap::OPEN);
        if !apart && !scan.joins(at) {
            return at;
        }
        let adverb = |t: usize| {
            scan.word(t).ends_with("ly")
                || matches!(
                    scan.word(t),
                    "who" | "is" | "was" | "also" | "better" | "best"
                )
        };
        let mut t = at;
        let (mut who, mut passive) = (false, false);
        while t < at + 3 && adverb(t) {
            who |= scan.word(t) == "who";
            passive |= matches!(scan.word(t), "is" | "was");
            t += 1;
        }
        // Who `called Y`, and `, who called Y a traitor`, spoke to him or of him.
        let named = apart && (!who || passive);
        t += match (scan.word(t), scan.word(t + 1)) {
            ("known", "as") => 2,
            ("called" | "nicknamed" | "alias" | "dubbed" | "aka", _) if named => 1,
            _ => return at,
        };
        let quoted = scan.gap(t).0 & !(Gap::SPACE | Gap::QUOTE) == 0;
        if !(quoted || scan.joins(t)) || scan.hits(t).state.is_some() {
            return at;
        }
        let Some(name) = self.name_at(t) else {
            return at;
        };
        // `called X a traitor`, `known as X's banker`
        if scan.possessive(name.end - 1) || scan.joins(name.end) && !self.verb(name.end) {
            return at;
        }
        // Somebody's other name may be in the table; an organisation's is the organisation's.
        let mut known = None;
        if let Some((words, key)) = scan.hits(t).actor {
            for c in scan.candidates(key).iter() {
                match scan.entry(c.row()).kind() {
                    Kind::Person if c.has(Candidate::DERIVED) || t + words != name.end => {}
                    Kind::Person => known = Some(c.row()),
                    kind if kind.is_place() => {}
                    _ => return at,
                }
            }
        }
        let text = self.cast.members[member].id.starts_with("text:");
        let member = match known {
            Some(row) if text => {
                let known = self.cast.entry(scan.entry(row));
                self.cast.transfer(member, known);
                known
            }
            Some(_) => return at,
            None => member,
        };
        let last = self.scan.word(name.end - 1).to_string();
        self.enlist(member, last);
        self.cast.mention(member, name.clone());
        name.end
    }

    /// Where the mention of a name at `name` begins whose title begins at `start`.
    ///
    /// A title of office or rank belongs to the mention: `President X`, `Russian Foreign Minister X`.
    /// A mere post (`CEO X`, `spokesman X`) says who somebody is, and does not.
    fn address(&self, start: usize, name: usize) -> usize {
        let scan = &self.scan;
        let mut from = name;
        while from > start && !scan.has(from - 1, l::POST) {
            from -= 1;
        }
        if from == start {
            return start;
        }
        (from..name)
            .find(|&k| scan.title(k).is_some() || scan.hits(k).state.is_some())
            .unwrap_or(name)
    }

    pub(super) fn enlist(&mut self, member: usize, surname: String) {
        let list = self.surnames.entry(surname).or_default();
        if !list.contains(&member) {
            list.push(member);
        }
    }

    /// What stands behind a name: `of Azerbaijan`, `of Al Jazeera`, `, the Armenian prime minister`.
    fn behind(&mut self, end: usize) -> Behind {
        let scan = &self.scan;
        let mut t = end;
        let nothing = Behind {
            end,
            ..Behind::default()
        };
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
                    Behind {
                        parents: vec![id],
                        media: kind == "media",
                        low: false,
                        end: go_on,
                    }
                }
                _ => nothing,
            };
        }
        if !scan.comma(t) {
            return nothing;
        }
        let mut parents = Vec::new();
        for _ in 0..6 {
            if t > end && !scan.joins(t) {
                break;
            }
            if let Some((n, title)) = self.post(t) {
                let mut of = t + n;
                if matches!(scan.word(of), "of" | "for" | "at" | "with") && scan.joins(of) {
                    of += 1 + usize::from(scan.word(of + 1) == "the");
                    parents.extend(self.party(of).map(|p| p.0));
                }
                return Behind {
                    parents,
                    media: title.kind == "media",
                    low: title.low,
                    end,
                };
            }
            if let Some((n, row, _)) = scan.hits(t).state {
                parents.push(scan.entry(row).id());
                t += n;
            } else if let Some((id, _, n)) = self.party(t) {
                parents.push(id);
                t += n;
            } else if scan.has(t, l::DETERMINER | l::MODIFIER)
                || matches!(scan.word(t), "who" | "is" | "was")
            {
                t += 1;
            } else {
                break;
            }
        }
        nothing
    }

    /// The state or organisation at `at`: its id, its kind and how many words it has.
    pub(super) fn party(&self, at: usize) -> Option<(String, &'static str, usize)> {
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
            return Some((id, entry.kind_name(), n));
        }
        let (n, row, _) = hits.state?;
        Some((scan.entry(row).id(), "state", n))
    }
}
