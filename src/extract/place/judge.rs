//! Judging: whether a name of the gazetteer, where it stands, names a place.
//!
//! What speaks for it and what against it is added up; some neighbours rule it out at once. The
//! weights are set by hand and are the same for every name. Nothing here knows the rest of the
//! article; `recognise` weighs a name's mentions against each other.

use super::recognise::{Case, Match, Scan, Toponym};
use super::words::{self, Cue};
use crate::extract::actor::{is_people, stands_for_land};
use crate::extract::reading::PLACE_ELEMENTS;
use crate::gazetteer::tokens::{Gap, Shape};
use crate::gazetteer::{Key, Tokens};
use std::ops::Range;

/// A name in its place, with what its neighbours are.
struct Spot<'t> {
    words: Range<usize>,
    key: Key,
    /// Whether a country or a continent bears the name.
    country: bool,
    /// Inhabitants of the largest bearer, or what it is worth in them.
    worth: f32,
    /// The word before and the word after, if they belong to the same stretch of words.
    before: &'t str,
    after: &'t str,
    /// Whether these are written with a capital.
    before_capital: bool,
    after_capital: bool,
    /// Whether the word before makes the name the end of a longer one.
    part: bool,
}

impl<'a> Scan<'a> {
    /// Judges a place's name at `i`; returns where to go on if it is taken or ruled out for good.
    pub(super) fn toponym(&mut self, i: usize, m: &Match) -> Option<usize> {
        let directions = (i..i + m.words).all(|n| words::is_direction(self.tokens.folded(n)))
            && words::cue_after(self.tokens.folded(i + m.words)) == Cue::None;
        if !self.case_fits(i, m) || directions || m.words == 1 && self.is_never_a_place(i) {
            return None;
        }
        let (country, worth, fits) = self.weigh(i, m);
        if !fits {
            return None;
        }
        // `Arab` is a people before it is a town in Alabama, but Afar a region where war is `in Afar`.
        if m.words == 1
            && !country
            && !m.key.has(Key::MAJOR)
            && is_people(self.tokens.folded(i))
            && !stands_for_land(self.tokens, i)
        {
            return None;
        }
        // `Tell el-Zour` is no `Zour`, and `Bab al-Tabbaneh` no `Bab`.
        let element = PLACE_ELEMENTS.contains(&self.tokens.folded(i));
        let longer = self.is_articled(i) || element && self.goes_on_by_article(i + 1);
        if m.words == 1 && !country && longer {
            return None;
        }
        let spot = self.spot(i, m, country, worth)?;
        // `Mount Cameroon` is no Cameroon.
        if spot.before_capital && words::is_mountain(spot.before) {
            return None;
        }
        if let Some(end) = self.ruled_out(&spot) {
            return Some(end);
        }
        let (cue, span) = self.cue(&spot);
        // `the village of San Pedro Xicotal` is no San Pedro.
        let whole = cue == Cue::None
            || span.end > spot.words.end
            || self.tokens.folded(i.wrapping_sub(2)).ends_with('s');
        if !whole && !country && spot.after_capital && self.is_unknown_capital(spot.words.end) {
            return None;
        }
        if cue == Cue::None
            && spot.after_capital
            && words::is_street(spot.after)
            && m.words == 1
            && !m.key.has(Key::MAJOR)
        {
            return Some(spot.words.end + 1);
        }
        let score =
            self.prominence(&spot, m) + self.surroundings(&spot, cue) - self.doubts(&spot, cue);
        if spot.part
            && m.words == 1
            && !m.key.has(Key::MAJOR)
            && !self.opens_sentence(i - 1)
            && !words::is_first_word(spot.before)
        {
            self.surnames.insert(self.tokens.folded(i));
        }
        let name = spot.words.clone();
        self.toponyms.push(Toponym {
            name: name.clone(),
            span,
            key: Some(m.key),
            stands_for: None,
            cue,
            inside: None,
            list: None,
            score,
            firm: cue != Cue::None || words::is_locative(spot.before),
            article: spot.before == "the" && !spot.after_capital,
            street: words::is_street(spot.after),
        });
        Some(name.end)
    }

    /// Words that are capitalised for other reasons: months, single letters, `US$`.
    fn is_never_a_place(&self, i: usize) -> bool {
        let word = self.tokens.folded(i);
        let currency = || {
            self.token(i)
                .is_some_and(|t| self.text[t.end as usize..].starts_with('$'))
        };
        words::is_calendar(word) || word.len() < 2 || currency()
    }

    /// Whether an Arabic article ties the word at `i` to a capitalised one before it.
    fn is_articled(&self, i: usize) -> bool {
        i > 1
            && self.case == Case::Mixed
            && self.token(i).is_some_and(|t| t.gap.0 == Gap::HYPHEN)
            && words::is_arabic_article(self.tokens.folded(i - 1))
            && self
                .token(i - 1)
                .is_some_and(|t| t.shape == Shape::Lower && t.gap.joins())
            && self.is_capital(i - 2)
            && self.token(i - 2).is_some_and(|t| !t.possessive)
            && !self.opens_sentence(i - 2)
    }

    /// Whether an Arabic article ties a capitalised word to the one before it, a gate, hill or bridge. Behind
    /// another word somebody else may follow: `in Jowhar al-Shabaab fighters`.
    pub(super) fn goes_on_by_article(&self, i: usize) -> bool {
        let tied = |n: usize| self.token(n).is_some_and(|t| t.gap.0 == Gap::HYPHEN);
        self.case == Case::Mixed
            && words::is_arabic_article(self.tokens.folded(i))
            && self
                .token(i)
                .is_some_and(|t| t.shape == Shape::Lower && t.gap.0 == Gap::SPACE)
            && tied(i + 1)
            && self.is_capital(i + 1)
    }

    fn spot(&self, i: usize, m: &Match, country: bool, worth: f32) -> Option<Spot<'a>> {
        let tokens: &'a Tokens = self.tokens;
        let end = i + m.words;
        let token = self.token(i)?;
        let possessive = self.token(end - 1)?.possessive;
        let mixed = self.case == Case::Mixed;
        let after = if tokens.joins(end) && !possessive {
            tokens.folded(end)
        } else {
            ""
        };
        let before = if i > 0 && token.gap.joins() {
            tokens.folded(i - 1)
        } else {
            ""
        };
        let before_capital = !before.is_empty()
            && mixed
            && self.is_capital(i - 1)
            && !token.gap.has(Gap::NEWLINE)
            && self.token(i - 1).is_some_and(|t| !t.possessive);
        let names_on = before_capital
            && !words::is_direction(before)
            && !words::is_locative(before)
            && !self.is_clause_word(i - 1);
        Some(Spot {
            words: i..end,
            key: m.key,
            country,
            worth,
            before,
            after,
            before_capital,
            after_capital: !after.is_empty() && mixed && self.continues(end),
            part: names_on
                && (self.is_unknown_capital(i - 1)
                    || (!self.is_major(i) || self.common(i) >= 2)
                        && self.is_capital_word(i - 1, end)),
        })
    }

    /// The end of a name in which the place is not meant: `Washington Post`, `University of Oxford`, `Moscow said`.
    fn ruled_out(&self, spot: &Spot) -> Option<usize> {
        let (i, end) = (spot.words.start, spot.words.end);
        if spot.after_capital && self.compound_after(end, spot.country)
            || words::is_thing_after(spot.after)
            || !spot.country && words::is_signed_after(spot.after)
        {
            return Some(self.chunk_end(end));
        }
        // The capital says that it is a name: `the bank of Kabul` is Kabul's.
        if spot.before == "of"
            && i > 1
            && words::is_title_of(self.tokens.folded(i - 2))
            && self.is_capital(i - 2)
        {
            return Some(end);
        }
        if words::is_ship(spot.before) {
            return Some(end);
        }
        None
    }

    /// What a neighbouring word says the name is, and the mention with that word.
    fn cue(&self, spot: &Spot) -> (Cue, Range<usize>) {
        let (i, end) = (spot.words.start, spot.words.end);
        let mut span = i..end;
        let mut cue = Cue::None;
        if !spot.after.is_empty() && !spot.part {
            cue = words::cue_after(spot.after);
            if cue != Cue::None
                && (spot.after_capital || cue != Cue::Town)
                && self.case == Case::Mixed
            {
                span.end = end + 1;
            }
        }
        if cue == Cue::None && !spot.before.is_empty() {
            cue = words::cue_directly_before(spot.before);
            // `the Mukuru district of Nairobi`: that word is the other name's.
            let taken = i > 2
                && self.is_capital(i - 3)
                && self.token(i - 2).is_some_and(|t| t.gap.joins())
                && !self.opens_sentence(i - 3);
            if spot.before == "of"
                && i > 1
                && !taken
                && self.token(i - 1).is_some_and(|t| t.gap.joins())
            {
                cue = words::cue_before(self.tokens.folded(i - 2));
            }
        }
        (cue, span)
    }

    /// What the name itself has in its favour.
    fn prominence(&self, spot: &Spot, m: &Match) -> f32 {
        let mut score = 0.5 + (spot.worth.max(1.0).log10() - 3.5).clamp(-1.0, 3.0) * 0.5;
        score += match (spot.country, m.key.has(Key::MAJOR)) {
            (true, _) => 3.0,
            (false, true) => 1.0,
            (false, false) => 0.0,
        };
        if m.words > 1 {
            return score + 1.0;
        }
        let i = spot.words.start;
        // `US` in capitals is not the word `us`.
        let acronym = spot.country && self.token(i).is_some_and(|t| t.shape == Shape::Upper);
        let common = if acronym {
            0.0
        } else {
            f32::from(m.key.common())
        };
        score -= common * if self.case == Case::Mixed { 0.8 } else { 1.5 };
        if common > 0.0 && self.opens_sentence(i) {
            score -= 1.0 + common * 0.3;
        }
        if m.key.has(Key::GIVEN) && !spot.country {
            score - 0.7
        } else if m.key.has(Key::SURNAME) && !m.key.has(Key::MAJOR) {
            score - 0.5
        } else if common == 0.0 && self.case == Case::Mixed {
            score + 0.4
        } else {
            score
        }
    }

    /// What the words around it say for a place.
    fn surroundings(&self, spot: &Spot, cue: Cue) -> f32 {
        let mut score = 0.0;
        // Persons are captured and surrender as well.
        let borne =
            (spot.key.has(Key::SURNAME) || spot.key.has(Key::GIVEN)) && !spot.key.has(Key::MAJOR);
        if cue != Cue::None {
            score += 2.0;
        }
        if words::is_locative(spot.before) {
            score += 1.5;
        } else if !borne && words::is_verb_of_war(spot.before) {
            score += 0.8;
        } else if words::is_weakly_locative(spot.before) {
            score += 0.5;
        }
        let had = |n: usize| words::is_had_by_place(self.tokens.folded(n));
        if !borne && words::is_fate(spot.after) {
            score += 0.8;
        } else if !borne && spot.before == "of" && spot.words.start > 1 && had(spot.words.start - 2)
        {
            score += 0.3;
        }
        if words::is_civic(spot.after) {
            score += 0.8;
        }
        let i = spot.words.start;
        if spot.before == "the" && i > 1 && words::is_locative(self.tokens.folded(i - 2)) {
            score += 0.6;
        }
        score
    }

    /// What the words around it say against a place: it is a part of some other name.
    fn doubts(&self, spot: &Spot, cue: Cue) -> f32 {
        let (i, end) = (spot.words.start, spot.words.end);
        let (single, major) = (spot.words.len() == 1, spot.key.has(Key::MAJOR));
        let mut doubt = 0.0;
        // `Wal-Mart`, `Rolls-Royce`.
        let hyphen = self
            .token(end)
            .is_some_and(|t| t.gap.0 == Gap::HYPHEN && t.shape == Shape::Title);
        if single && !spot.country && hyphen && self.is_unknown_capital(end) {
            doubt += 1.5;
        }
        if spot.after_capital && cue == Cue::None && !spot.country && self.is_unknown_capital(end) {
            doubt += if major { 0.7 } else { 1.7 };
        }
        if spot.part {
            doubt += match (spot.country, major) {
                (true, _) => 1.0,
                (false, true) => 1.2,
                (false, false) => 2.0,
            };
        } else if spot.before_capital
            && (words::is_compound_head(spot.before) || words::is_street(spot.before))
        {
            doubt += 0.5;
        }
        // No list says which Cyrillic words are common ones, and here the capital says nothing: `Сили` is no
        // Sealy in Texas. Towns of countries that write so are called what they are.
        let cyrillic = self
            .tokens
            .folded(i)
            .starts_with(|c| ('\u{400}'..='\u{52f}').contains(&c));
        let abroad = || {
            let candidates = self.gazetteer.candidates(spot.key).iter();
            let mut countries = candidates.map(|c| self.gazetteer.row(c.row()).country());
            !countries.any(|country| country.is_some_and(writes_cyrillic))
        };
        let opens = single && cyrillic && !spot.country && cue == Cue::None;
        if opens && self.opens_sentence(i) && abroad() {
            doubt += 1.5;
        }
        let quoted = words::is_quoted_after(self.tokens.folded(end))
            && self
                .token(end)
                .is_some_and(|t| t.gap.0 & !(Gap::COMMA | Gap::QUOTE) == Gap::SPACE);
        if single && !spot.country && quoted {
            doubt += 1.2;
        }
        if self.token(i).is_some_and(|t| t.gap.has(Gap::HYPHEN))
            && spot.before_capital
            && self.is_unknown_capital(i - 1)
        {
            doubt += 1.0;
        }
        doubt
    }
}

/// Whether the names of a country's towns are written in Cyrillic letters at home.
fn writes_cyrillic(country: &str) -> bool {
    matches!(
        country,
        "BGR"
            | "BIH"
            | "BLR"
            | "KAZ"
            | "KGZ"
            | "MKD"
            | "MNE"
            | "MNG"
            | "RUS"
            | "SRB"
            | "TJK"
            | "UKR"
    )
}
