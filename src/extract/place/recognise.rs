//! Recognition: which words of a text name a place.
//!
//! Every name of the gazetteer that begins at a word is looked up in one walk; case, neighbours and
//! the rest of the article decide whether it is meant. A name accepted once on good evidence is
//! accepted everywhere in the article. Which entry it is, is not decided here.

use super::words::{self, Cue};
use crate::extract::hash::{Map, Set};
pub(super) use crate::extract::reading::Case;
use crate::extract::reading::Reading;
pub(super) use crate::gazetteer::Found as Match;
use crate::gazetteer::tokens::{Gap, Shape};
use crate::gazetteer::{Gazetteer, Key, Token, Tokens};
use std::ops::Range;

/// How much a name must have in its favour.
pub(super) const ENOUGH: f32 = 1.0;

/// A name of a place in the text.
#[derive(Debug, Clone)]
pub(super) struct Toponym {
    /// The words of the name alone.
    pub name: Range<usize>,
    /// The words of the mention, with a word that belongs to it (`province`).
    pub span: Range<usize>,
    /// What the gazetteer says of the name; nothing for a name it lacks.
    pub key: Option<Key>,
    /// Looked up under this instead of the name: a state's abbreviation.
    pub stands_for: Option<&'static str>,
    /// What a neighbouring word says it is.
    pub cue: Cue,
    /// Index of the toponym that it is said to lie in: `X, Y`.
    pub inside: Option<usize>,
    /// The enumeration it stands in, by its first toponym.
    pub list: Option<usize>,
    /// What speaks for a place.
    pub score: f32,
    /// Whether a neighbouring word says that it is a place.
    pub firm: bool,
    /// Whether an article stands before it: `the Atlantic`.
    pub article: bool,
    /// Whether it names a street: `the Castello road`.
    pub street: bool,
}

/// What recognition found.
pub(super) struct Recognised {
    pub toponyms: Vec<Toponym>,
    /// Countries that the text names as actors: by adjective or people.
    pub states: Vec<u32>,
}

pub(super) fn recognise(reading: &Reading) -> Recognised {
    let mut scan = Scan {
        text: reading.text,
        tokens: &reading.tokens,
        gazetteer: reading.gazetteer,
        // Capitals on every word still say what may be a name.
        case: match reading.case {
            Case::Titled => Case::Mixed,
            case => case,
        },
        reading,
        toponyms: Vec::new(),
        states: Vec::new(),
        surnames: Set::default(),
    };
    scan.run();
    scan.abbreviations();
    let others = scan.unknown_names();
    scan.placed_names(&others);
    scan.acronyms();
    scan.link();
    scan.vouch();
    scan.select();
    Recognised {
        toponyms: scan.toponyms,
        states: scan.states,
    }
}

pub(super) struct Scan<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a Tokens,
    pub(super) gazetteer: &'a Gazetteer,
    pub(super) case: Case,
    pub(super) toponyms: Vec<Toponym>,
    pub(super) states: Vec<u32>,
    pub(super) surnames: Set<&'a str>,
    reading: &'a Reading<'a>,
}

impl Scan<'_> {
    pub(super) fn token(&self, i: usize) -> Option<&Token> {
        self.tokens.get(i)
    }

    /// What the gazetteer says of the word at `i` alone.
    pub(super) fn key(&self, i: usize) -> Option<Key> {
        self.reading.key(i)
    }

    /// A word that may begin or continue a name by its writing.
    pub(super) fn is_capital(&self, i: usize) -> bool {
        self.token(i).is_some_and(|t| match t.shape {
            Shape::Title | Shape::Upper => true,
            Shape::Caseless => true,
            Shape::Lower => self.case == Case::Lower,
            Shape::Digit => false,
        })
    }

    /// A capitalised word that follows the one before it without a break.
    pub(super) fn continues(&self, i: usize) -> bool {
        self.is_capital(i)
            && self.tokens.joins(i)
            && self.token(i).is_some_and(|t| !t.gap.has(Gap::NEWLINE))
            && !self.tokens.list()[i - 1].possessive
    }

    pub(super) fn run(&mut self) {
        let mut i = 0;
        while i < self.tokens.len() {
            let small = self.small_before_capital(i);
            i = if small == 0 {
                self.at(i)
            } else {
                // A name begins at the last of them at the earliest.
                let last = i + small - 1;
                self.small_first_word(last).unwrap_or(last + 1)
            };
        }
    }

    /// How many words from `i` on are not written as names are.
    fn small_before_capital(&self, i: usize) -> usize {
        (i..self.tokens.len())
            .take_while(|&n| !self.is_capital(n))
            .count()
    }

    /// `new York`, `al-Hol`: a name whose first word the text writes small.
    fn small_first_word(&mut self, i: usize) -> Option<usize> {
        if self.case != Case::Mixed || !self.continues(i + 1) {
            return None;
        }
        if self.begins_with_article(i) {
            let names = self.reading.names(i).iter().rev();
            let m = names
                .copied()
                .find(|m| m.words > 1 && m.key.has(Key::PLACE) && !m.key.has(Key::ACTOR))
                .filter(|m| self.written_as_name(i, m))?;
            return self.toponym(i, &m);
        }
        if !words::is_first_word(self.tokens.folded(i)) {
            return None;
        }
        // `the new England manager` is the new manager of England.
        let before = i.checked_sub(1).map_or("", |b| self.tokens.folded(b));
        let determined = matches!(
            before,
            "a" | "an" | "the" | "this" | "his" | "her" | "their"
        );
        if determined {
            return None;
        }
        let names = self.reading.names(i).iter().rev();
        let m = names
            .copied()
            .find(|m| m.words > 1 && m.key.has(Key::PLACE) && m.key.has(Key::MAJOR))
            .filter(|m| self.written_as_name(i, m))?;
        self.toponym(i, &m)
    }

    /// Whether the word at `i` is the Arabic article of a name that begins with it: not in `Bashar al-Assad`.
    fn begins_with_article(&self, i: usize) -> bool {
        let tied = self.token(i + 1).is_some_and(|t| t.gap.0 == Gap::HYPHEN);
        let inner = i > 0
            && self.is_capital(i - 1)
            && self.tokens.joins(i)
            && !words::is_function_word(self.tokens.folded(i - 1));
        tied && words::is_arabic_article(self.tokens.folded(i)) && !inner
    }

    /// Handles the word at `i`; returns where to go on.
    pub(super) fn at(&mut self, i: usize) -> usize {
        // `The police`, `In a statement`: a sentence's first word that begins no name.
        if words::is_function_word(self.tokens.folded(i))
            && self.case == Case::Mixed
            && self.token(i + 1).is_none_or(|t| t.shape == Shape::Lower)
        {
            return i + 1;
        }
        let reading = self.reading;
        self.choose(i, reading.names(i))
    }

    pub(super) fn choose(&mut self, i: usize, found: &[Match]) -> usize {
        // Persons first: a title or a given name takes the capitalised words after it along.
        if let Some(end) = self.person(i, found) {
            return end;
        }
        for m in found.iter().rev() {
            if !self.written_as_name(i, m) || self.is_unit_of_shorter(i, m, found) {
                continue;
            }
            let place = m.key.has(Key::PLACE);
            if m.key.has(Key::ACTOR) {
                self.note_states(i, m);
                if !place && self.is_compound(i, m) || place && self.is_rather_actor(i, m) {
                    return i + m.words;
                }
            }
            if place && let Some(end) = self.toponym(i, m) {
                return end;
            }
        }
        i + 1
    }

    /// Whether the words are written as a name of the gazetteer may be.
    pub(super) fn written_as_name(&self, i: usize, m: &Match) -> bool {
        if m.words == 1 || self.case != Case::Mixed {
            return true;
        }
        let last = i + m.words - 1;
        (i + 1..=last).all(|n| {
            self.is_capital(n)
                || self.token(n).is_some_and(|t| t.gap.has(Gap::HYPHEN))
                || n < last && words::is_particle(self.tokens.folded(n))
                || words::cue_after(self.tokens.folded(n)) != Cue::None
                || words::is_facility(self.tokens.folded(n))
                || n < last && self.tokens.folded(n) == "border"
        })
    }

    /// Keeps what has enough in its favour, a name's best mention speaking for the others.
    pub(super) fn select(&mut self) {
        let mut best: Map<&str, (f32, u32)> = Map::default();
        for t in &self.toponyms {
            let e = best
                .entry(self.tokens.key(t.name.clone()))
                .or_insert((f32::MIN, 0));
            e.0 = e.0.max(t.score);
            e.1 += 1;
        }
        // Names that are words as well, and that the text writes small somewhere.
        let mut words: Map<&str, bool> = Map::default();
        for t in self
            .toponyms
            .iter()
            .filter(|t| t.name.len() == 1 && t.key.is_some_and(|k| k.common() > 0))
        {
            words.insert(self.tokens.folded(t.name.start), false);
        }
        if !words.is_empty() {
            // Few words begin as one of these does.
            let mut firsts = [false; 256];
            for word in words.keys() {
                firsts[usize::from(word.as_bytes().first().copied().unwrap_or(0))] = true;
            }
            for (i, t) in self.tokens.list().iter().enumerate() {
                if t.shape != Shape::Lower {
                    continue;
                }
                let word = self.tokens.folded(i);
                let first = word.as_bytes().first().copied().unwrap_or(0);
                if firsts[usize::from(first)]
                    && let Some(seen) = words.get_mut(word)
                {
                    *seen = true;
                }
            }
        }
        let keep: Vec<bool> = self
            .toponyms
            .iter()
            .map(|t| {
                let name = self.tokens.key(t.name.clone());
                let (best, count) = best.get(name).copied().unwrap_or((t.score, 1));
                let mut score = t.score.max(best - 1.2) + (count.min(4) - 1) as f32 * 0.15;
                if t.name.len() == 1 && self.case == Case::Mixed {
                    // The name of a person of the article needs evidence of its own at every mention.
                    if self.surnames.contains(name) && t.cue == Cue::None {
                        let major = t.key.is_some_and(|k| k.has(Key::MAJOR));
                        // A person may be named after a town that the text names too: `killed in Kolda`.
                        let before = t.name.start.checked_sub(1);
                        let where_from = before.filter(|_| self.tokens.joins(t.name.start));
                        let strictly = where_from
                            .is_some_and(|b| words::is_strictly_locative(self.tokens.folded(b)));
                        score = t.score
                            - match (strictly, major) {
                                (true, _) => 1.5,
                                (false, true) => 4.0,
                                (false, false) => 3.0,
                            };
                    }
                    if words.get(name) == Some(&true) {
                        score -= 1.0;
                    }
                }
                score >= ENOUGH
            })
            .collect();
        let mut place = Vec::with_capacity(keep.len());
        let mut next = 0;
        for k in &keep {
            place.push(k.then_some(next));
            next += usize::from(*k);
        }
        let mut at = 0;
        self.toponyms.retain(|_| {
            at += 1;
            keep[at - 1]
        });
        for t in &mut self.toponyms {
            t.inside = t.inside.and_then(|n| place.get(n).copied().flatten());
        }
    }
}
