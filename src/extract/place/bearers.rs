//! Who bears a name, so far as it matters for taking the name for a place at all.
//!
//! Places and actors share one table of names; an adjective, a group or a seat of government is no
//! place. Which of several places is meant is `resolve`'s.

use super::recognise::{Case, Match, Scan};
use super::words::{self, Cue};
use crate::gazetteer::tokens::Shape;
use crate::gazetteer::{Candidate, Key, Kind};

/// Inhabitants that a place of a hand-made list is worth where it states none: reports name it.
const CHOSEN: f32 = 1e4;
/// Inhabitants that the seat of a unit has at the least.
const SEAT: u32 = 3000;

impl Scan<'_> {
    /// Whether the last word of a name is a unit's, and the name without it is the better one: `Idlib province`.
    pub(super) fn is_unit_of_shorter(&self, i: usize, m: &Match, found: &[Match]) -> bool {
        let unit = m.words > 1
            && matches!(
                words::cue_after(self.tokens.folded(i + m.words - 1)),
                Cue::Unit | Cue::District
            );
        let is_unit = |m: &Match| {
            self.gazetteer
                .candidates(m.key)
                .iter()
                .any(|c| self.gazetteer.row(c.row()).kind().is_admin())
        };
        unit && !is_unit(m) && found.iter().any(|f| f.words + 1 == m.words && is_unit(f))
    }

    /// Whether an actor's name is a compound that must not be split.
    pub(super) fn is_compound(&self, i: usize, m: &Match) -> bool {
        m.words > 1
            || self.token(i).is_some_and(|t| t.shape == Shape::Upper)
            || self
                .gazetteer
                .candidates(m.key)
                .iter()
                .all(|c| c.has(Candidate::ADJECTIVE) || c.has(Candidate::PEOPLE))
    }

    /// Whether a name that places and actors bear is the actor's: an adjective, a group, an acronym.
    pub(super) fn is_rather_actor(&self, i: usize, m: &Match) -> bool {
        let acronym = self.case == Case::Mixed
            && m.words == 1
            && self
                .token(i)
                .is_some_and(|t| t.shape == Shape::Upper && t.end - t.start < 6)
            && !self.line_is_upper(i);
        let (mut actor, mut country, mut adjective, mut metonym) = (false, false, false, false);
        let mut person = false;
        let (mut town, mut capital, mut metropolis) = (false, false, false);
        let shape = self
            .token(i)
            .map(|t| t.shape)
            .filter(|_| self.case == Case::Mixed);
        for c in self.gazetteer.candidates(m.key).iter().take(24) {
            let e = self.gazetteer.row(c.row());
            match e.kind() {
                Kind::State => {
                    adjective |= (c.has(Candidate::ADJECTIVE) || c.has(Candidate::PEOPLE))
                        && !c.has(Candidate::WEAK);
                    metonym |= c.has(Candidate::METONYM) && !c.has(Candidate::WEAK);
                }
                Kind::Country => {
                    country |= c.has(Candidate::MAIN)
                        || c.has(Candidate::EXACT)
                        || shape == Some(Shape::Upper)
                }
                Kind::Person => person |= !c.has(Candidate::WEAK),
                Kind::Group | Kind::Organisation | Kind::Organ => actor |= !c.has(Candidate::WEAK),
                // Towns of some size and seas are named more often than actors that share their names.
                kind if kind.is_place() => {
                    town |= c.has(Candidate::MAIN) && (e.population() > 20_000 || !kind.is_town());
                    capital |= e.population() > 20_000;
                    metropolis |= e.population() > 300_000 && c.has(Candidate::MAIN);
                }
                _ => {}
            }
        }
        let cued = words::cue_after(self.tokens.folded(i + m.words)) != Cue::None
            && self.tokens.joins(i + m.words);
        !country
            && (adjective && !cued
                || (acronym || !town) && actor
                || person && !metropolis
                || metonym && !town && !capital && !m.key.has(Key::MAJOR))
    }

    /// Notes the countries that an adjective or a people stands for.
    pub(super) fn note_states(&mut self, i: usize, m: &Match) {
        let _ = i;
        let of = |c: Candidate| c.has(Candidate::ADJECTIVE) || c.has(Candidate::PEOPLE);
        let states = self
            .gazetteer
            .candidates(m.key)
            .iter()
            .filter(|c| of(*c))
            .map(|c| self.gazetteer.row(c.row()).country_number());
        self.states.extend(states.filter(|&c| c > 0));
    }

    /// The best bearer of a name: whether it is a country, its population, and whether any bearer's conditions are met.
    pub(super) fn weigh(&self, i: usize, m: &Match) -> (bool, f32, bool) {
        let mut best = (false, 0.0f32, false);
        let is_word = m.key.common() > 1 || m.key.has(Key::SURNAME) || m.key.has(Key::GIVEN);
        let written = &self.text[self.tokens.bytes(i..i + m.words)];
        for c in self.gazetteer.candidates(m.key).iter().take(24) {
            let entry = self.gazetteer.row(c.row());
            let kind = entry.kind();
            if !kind.is_place() {
                continue;
            }
            if c.has(Candidate::EXACT) && self.case == Case::Mixed && !entry.has_alias(written) {
                // `Us` is the word, not a village in France.
                if m.key.common() > 1 {
                    return (false, 0.0, false);
                }
                continue;
            }
            best.2 = true;
            let doubt = if c.has(Candidate::WEAK) || c.has(Candidate::DERIVED) {
                0.3
            } else {
                1.0
            };
            let worth = match kind {
                // A country's name in another language may be a word in this one: `Man`.
                Kind::Country
                    if !c.has(Candidate::MAIN)
                        && !c.has(Candidate::EXACT)
                        && m.words == 1
                        && is_word =>
                {
                    300.0
                }
                Kind::Country | Kind::Macroregion => {
                    best.0 = true;
                    1e7
                }
                Kind::Admin1 | Kind::Region | Kind::FormerState | Kind::Water => 3e5,
                Kind::Admin2 | Kind::Island | Kind::Land | Kind::River => 2e4,
                _ if entry.population() == 0 && entry.is_chosen() => CHOSEN,
                Kind::Seat1 | Kind::Seat2 => entry.population().max(SEAT) as f32,
                Kind::Quarter => entry.population().max(500) as f32 * 0.3,
                _ => entry.population().max(300) as f32,
            };
            best.1 = best.1.max(worth * doubt);
        }
        best
    }

    /// Whether the word's case lets it be a name: an acronym is not a town.
    pub(super) fn case_fits(&self, i: usize, m: &Match) -> bool {
        let Some(t) = self.token(i) else { return false };
        if self.case != Case::Mixed || t.shape != Shape::Upper || m.words > 1 {
            return true;
        }
        let letters = t.end - t.start;
        letters >= 6
            || m.key.has(Key::MAJOR) && letters > 3
            || self.is_dateline(i, i + m.words)
            || self
                .gazetteer
                .candidates(m.key)
                .iter()
                .any(|c| c.has(Candidate::EXACT))
            || self.line_is_upper(i)
    }
}
