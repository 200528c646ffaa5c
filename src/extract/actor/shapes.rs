//! Shapes: organisations by the form of their names: `… Liberation Front`, `Ministry of …`.
//!
//! A run of capitalised words with a head noun of organisations in it, or such a noun with `of` or
//! `for` behind it. Names without a head noun are `unknown`'s.

use super::Reader;
use super::lexicon as l;
use super::roles::{ministry, organ};
use super::scan::Case;
use crate::gazetteer::tokens::Shape;
use crate::gazetteer::{Candidate, Key, Kind};

/// An organisation's name by its form.
#[derive(Debug, Clone, Copy)]
pub(super) struct Form {
    pub start: usize,
    pub end: usize,
    /// The word that says what it is.
    head: usize,
}

impl Reader<'_> {
    /// The organisation's name that begins at `i`.
    pub(super) fn shape(&self, i: usize) -> Option<Form> {
        let scan = &self.scan;
        if self.function(i)
            || scan.has(i, l::CALENDAR)
            || scan.headline(i) && scan.case == Case::Mixed && !scan.has(i, l::HEAD_OF)
        {
            return None;
        }
        let article = i > 0 && scan.word(i - 1) == "the" && scan.joins(i);
        if scan.case != Case::Mixed
            && scan.common(i) >= 2
            && !scan.has(i, l::HEAD_OF | l::HEAD)
            && !article
        {
            return None;
        }
        let (mut t, mut head, mut linked, mut capitals) = (i, None, false, 0);
        let mut end = i;
        while t < scan.len() && t < i + 14 {
            if t > i && !scan.joins(t)
                || t > i && scan.possessive(t - 1) && !self.inner_possessive(t - 1)
            {
                break;
            }
            let flags = scan.flags(t);
            if scan.is_capital(t) && flags & l::FUNCTION == 0
                || scan.shape(t) == Shape::Digit && scan.is_capital(t + 1) && scan.runs_on(t + 1)
            {
                if flags & (l::CALENDAR | l::AUXILIARY | l::SPEECH) != 0
                    && flags & (l::HEAD | l::HEAD_OF) == 0
                {
                    break;
                }
                // A title inside begins a person: `Defence Secretary Ash Carter`.
                if head.is_some() && !linked && t > i && scan.title(t).is_some() {
                    break;
                }
                capitals += 1;
                if flags & l::HEAD != 0 || flags & l::HEAD_OF != 0 && scan.has(t + 1, l::LINK) {
                    if head.is_none() || !linked {
                        head = Some(t);
                        end = t + 1;
                    } else {
                        end = t + 1;
                    }
                } else if linked {
                    end = t + 1;
                }
                t += 1;
            } else if flags & l::LINK != 0
                && head.is_some_and(|h| scan.has(h, l::HEAD_OF) && h + 1 == end || linked)
                && self.links(t, head, linked)
            {
                linked = true;
                t += 1 + usize::from(
                    matches!(scan.word(t + 1), "the" | "la" | "los" | "las" | "el")
                        && !scan.is_capital(t + 1),
                );
            } else if t == i + 1 && self.paired(i) {
                t += 1;
            } else if flags & l::HEAD != 0
                && !linked
                && capitals > 0
                && t == i + capitals
                && scan.runs_on(t)
                && self.small_head(t)
            {
                head = Some(t);
                end = t + 1;
                t += 1;
            } else {
                break;
            }
        }
        let head = head?;
        // `Juba International Airport` is where something happens.
        if scan.runs_on(end) && scan.is_capital(end) && self.facility(end) {
            return None;
        }
        let plain =
            (i..end).all(|k| scan.common(k) >= 2 || scan.has(k, l::HEAD | l::HEAD_OF | l::LINK));
        // `Council`, alone, and an ordinary word at the head of a sentence are no names.
        // `Antioquia Department`, `Rakhine State`: a unit of a country is a place.
        if end == head + 1
            && matches!(
                scan.word(head),
                "department" | "state" | "division" | "republic"
            )
        {
            let place = (i..head).any(|k| {
                scan.hits(k).state.is_none()
                    && scan.hits(k).place.is_some_and(|p| {
                        k + p.0 >= head && (p.1.has(Key::MAJOR) || scan.common(k) == 0)
                    })
            });
            if place {
                return None;
            }
        }
        // `West Bank`: the gazetteer's place is the whole name.
        let hits = scan.hits(i);
        if hits
            .place
            .is_some_and(|p| p.1.has(Key::MAJOR) && p.0 >= end - i)
            && hits.actor.is_none_or(|a| a.0 < end - i)
        {
            return None;
        }
        let defined = self.bracketed(end) && self.initials(&(i..end), end);
        if end - i < 2
            || plain && scan.case != Case::Mixed && !defined
            || capitals < 2 && scan.shape(head) != Shape::Lower && !linked
        {
            return None;
        }
        if scan.has(end - 1, l::THING) && !scan.has(end - 1, l::HEAD) && !linked {
            return None;
        }
        if plain && scan.weak_capital(i) && capitals < 2 {
            return None;
        }
        Some(Form {
            start: i,
            end,
            head,
        })
    }

    /// Whether a word says that the name before it is a building's or a street's: an airport, but a
    /// hospital or a school may be an organisation.
    fn facility(&self, i: usize) -> bool {
        self.scan.has(i, l::FACILITY) && !self.scan.has(i, l::HEAD | l::HEAD_OF)
    }

    /// Whether a name is that of a military unit, which may begin with a number: `72nd Mechanised
    /// Brigade`, but no `20th Party Congress`.
    pub(super) fn is_unit(&self, form: &Form) -> bool {
        matches!(
            self.scan.word(form.head),
            "army"
                | "battalion"
                | "brigade"
                | "corps"
                | "division"
                | "fleet"
                | "regiment"
                | "squadron"
        )
    }

    /// `People's Liberation Army`, `Teachers' Union`: a possessive inside a name.
    fn inner_possessive(&self, i: usize) -> bool {
        let scan = &self.scan;
        let hits = scan.hits(i);
        let plural = scan.word(i).ends_with('s')
            && scan.common(i) > 0
            && hits.state.is_none()
            && !scan.has(i, l::PEOPLE);
        (plural || matches!(scan.word(i), "people" | "women" | "children" | "lord"))
            && scan.is_capital(i + 1)
    }

    /// Whether a linking word at `t` goes on inside a name.
    fn links(&self, t: usize, head: Option<usize>, linked: bool) -> bool {
        let scan = &self.scan;
        let article = matches!(scan.word(t + 1), "the" | "la" | "los" | "las" | "el")
            && !scan.is_capital(t + 1);
        let next = t + 1 + usize::from(article);
        if !scan.is_capital(next)
            || !scan.joins(next)
            || scan.shape(t) != Shape::Lower && scan.case == Case::Mixed
        {
            return false;
        }
        match scan.word(t) {
            "of" | "for" | "de" | "del" | "du" | "des" | "la" | "against" => head.is_some(),
            // `Ministry of Culture and Information`, but not `Ministry of Defence and President X`.
            "and" | "y" | "et" => {
                linked
                    && !(article && scan.has(next, l::HEAD | l::HEAD_OF))
                    && scan.title(next).is_none()
                    && scan.hits(next).state.is_none()
                    && scan.hits(next).actor.is_none()
                    && !scan.given(next)
                    && !self.function(next)
            }
            _ => false,
        }
    }

    /// `Unity and Progress Party`: two ordinary nouns before a party's head.
    fn paired(&self, i: usize) -> bool {
        let scan = &self.scan;
        let noun = |t: usize| {
            scan.is_capital(t)
                && scan.common(t) >= 2
                && scan.hits(t).state.is_none()
                && scan.role(t).is_none()
        };
        let head = |t: usize| {
            matches!(
                scan.word(t),
                "party" | "front" | "movement" | "alliance" | "congress" | "union" | "coalition"
            ) && scan.is_capital(t)
                && scan.runs_on(t)
        };
        scan.word(i + 1) == "and"
            && scan.joins(i + 1)
            && noun(i)
            && !scan.weak_capital(i)
            && scan.joins(i + 2)
            && noun(i + 2)
            && (head(i + 3) || noun(i + 3) && head(i + 4))
    }

    /// A head noun in small letters behind capitals: `Cavalry company` no, `Nusra front` yes.
    fn small_head(&self, t: usize) -> bool {
        let scan = &self.scan;
        scan.shape(t) == Shape::Lower
            && scan.case == Case::Mixed
            && matches!(
                scan.word(t),
                "front"
                    | "movement"
                    | "militia"
                    | "brigade"
                    | "battalion"
                    | "party"
                    | "tribe"
                    | "clan"
                    | "cartel"
                    | "police"
                    | "faction"
                    | "regiment"
            )
            && scan.hits(t - 1).state.is_none()
            && !scan.has(t - 1, l::PEOPLE | l::CALENDAR)
            && !scan.weak_capital(t - 1)
    }

    /// Takes an organisation by its form; returns where to go on.
    pub(super) fn take_shape(&mut self, form: Form) -> usize {
        let Form {
            start,
            mut end,
            head,
        } = form;
        let scan = &self.scan;
        let mut state = scan
            .hits(start)
            .state
            .filter(|s| start + s.0 <= head && s.2 & Candidate::METONYM == 0);
        // `Ministry of Defence of Ukraine`, and a state as the last part of the name.
        let mut of = None;
        for k in start + 1..end {
            if let Some(s) = scan.hits(k).state
                && k + s.0 == end
                && matches!(scan.before(k), "of" | "the" | "for")
            {
                of = Some(s);
            }
        }
        if of.is_none() && scan.word(end) == "of" && scan.joins(end) {
            let at = end + 1 + usize::from(scan.word(end + 1) == "the");
            if let Some(s) = scan
                .hits(at)
                .state
                .filter(|s| s.2 & Candidate::METONYM == 0)
            {
                of = Some(s);
                end = at + s.0;
            }
        }
        state = state.or(of);
        if state.is_none() && start > 0 && scan.joins(start) && scan.possessive(start - 1) {
            // `Azerbaijan's Ministry of Defence`.
            state = (start.saturating_sub(4)..start)
                .find_map(|k| scan.hits(k).state.filter(|s| k + s.0 == start));
        }
        let key = scan.tokens.key(start..end);
        let apostrophe = (start..end - 1).any(|t| scan.possessive(t));
        let word = scan.word(head);
        let kind = kind_of(word, key, state.is_some());
        let span = start..end;
        if let Some((_, row, _)) = state {
            let entry = scan.entry(row);
            let own = if word == "ministry" {
                ministry(key)
            } else {
                None
            };
            let chain = scan
                .role(head)
                .filter(|r| r.0 == 1 && end == head + 1 && end - start <= 3)
                .map(|(_, role)| super::roles::Chain {
                    end,
                    role,
                    rebel: false,
                    last: head,
                });
            let plain =
                chain.filter(|_| end - start == 1 + scan.hits(start).state.map_or(9, |s| s.0));
            if let Some(organ) = own.or_else(|| plain.and_then(|c| organ(&c, key))) {
                let member = self.cast.organ(entry, organ);
                self.cast.mention(member, span.clone());
                return self.close_acronym(member, span);
            }
        }
        // The gazetteer may know the name without its state, or as a whole.
        let whole = match scan.hits(start).actor {
            Some((words, key)) if start + words == end => Some(key),
            // The gazetteer's walk ends at an apostrophe.
            _ => scan.gazetteer.lookup(key).filter(|_| apostrophe),
        };
        let known = whole.and_then(|key| {
            let mut rows = scan.candidates(key).iter().filter(|c| {
                let entry = scan.entry(c.row());
                let own = state.is_some_and(|s| scan.entry(s.1).country() == entry.country());
                !entry.kind().is_place()
                    && entry.kind() != Kind::State
                    && (!c.has(Candidate::WEAK) || entry.country().is_none() || own)
            });
            let first = rows.next()?;
            rows.next().is_none().then_some(first.row())
        });
        if let Some(row) = known {
            let member = self.cast.entry(self.scan.entry(row));
            self.cast.mention(member, span.clone());
            return self.close_acronym(member, span);
        }
        if state.is_none()
            && kind != "other"
            && let Some(member) = self.longer.owner(&self.scan, &self.cast, span.clone())
        {
            self.cast.mention(member, span.clone());
            return self.close_acronym(member, span);
        }
        // A hospital is where something happens, unless it speaks.
        if matches!(word, "hospital" | "clinic" | "school" | "airport")
            && !self.verb(end)
            && !self.apposed(end)
            && !self.bracketed(end)
        {
            self.cast.claim(span.clone(), super::Hold::Name);
            self.cast.close(span);
            return end;
        }
        let member = self.cast.text(self.scan.slice(span.clone()), kind);
        if let Some((_, row, _)) = state {
            let entry = self.scan.entry(row);
            self.cast.members[member].country = entry.country().map(str::to_string);
            if matches!(
                kind,
                "military" | "police" | "ministry" | "government" | "intelligence"
            ) {
                self.cast.belongs(member, &entry.id());
            }
        }
        self.cast.mention(member, span.clone());
        self.close_acronym(member, span)
    }
}

/// The kind of an organisation by its head noun.
fn kind_of(head: &str, key: &str, state: bool) -> &'static str {
    let has = |w: &str| key.split(' ').any(|k| k == w);
    let official = state
        || key.starts_with(|c: char| c.is_ascii_digit())
        || has("royal")
        || has("national")
        || has("air")
        || has("armed")
        || has("infantry")
        || has("special");
    match head {
        "ministry" | "ministries" => "ministry",
        "army" | "armies" | "force" | "forces" | "corps" | "regiment" | "squadron" | "fleet"
        | "navy" | "marines" | "division" | "command" | "company" | "platoon"
            if official && !has("liberation") && !has("democratic") =>
        {
            "military"
        }
        "brigade" | "brigades" | "battalion" | "battalions" if official && !has("martyrs") => {
            "military"
        }
        "army" | "forces" | "front" | "movement" | "brigade" | "brigades" | "battalion"
        | "battalions" | "resistance" | "liberation" | "jihad" | "martyrs" | "commandos"
        | "commando" => {
            if head == "movement"
                && (has("civil") || has("democratic") || has("rights") || has("political"))
            {
                "political-party"
            } else {
                "armed-group"
            }
        }
        "militia" | "militias" | "guards" => "militia",
        "party" | "partido" | "parti" | "alliance" | "bloc" => "political-party",
        "police" | "guard" | "constabulary" => "police",
        "press" | "times" | "post" | "news" | "television" | "tv" | "radio" | "herald"
        | "tribune" | "gazette" | "journal" | "broadcasting" | "magazine" | "newspaper"
        | "daily" | "agence" | "presse" => "media",
        "court" | "parliament" | "senate" | "congress" | "cabinet" | "administration"
        | "government" | "assembly" | "department" | "directorate" | "secretariat" | "duma"
        | "knesset" | "majlis" | "embassy" | "consulate" => "government",
        "church" | "brotherhood" => "religious-group",
        "association" | "foundation" | "watch" | "observatory" | "crescent" | "cross"
        | "society" | "campaign" | "federation" | "doctors" | "reporters" | "monitor" => "ngo",
        "tribe" | "clan" => "ethnic-group",
        "cartel" => "criminal",
        "coalition" => "coalition",
        _ => "other",
    }
}
